from __future__ import annotations

import re
import string
from collections.abc import Callable
from typing import Any

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

import passex
from passex.errors import AmbiguousNameError, QueryError, UnknownNameError
from passex.graph import labelling, names
from passex.graph.folding import fold
from passex.graph.store import Store, Term
from passex.graph.terms import ID, NR, NRC, SKOS, THINGS
from passex.web import inquiries


@pytest.mark.parametrize(
    "text",
    [
        "Élan Moré",
        "elan more",
        "ELAN  MORE!",
        "  Élan-Moré ",
        "id:elan-more",
        "https://w3id.org/passex/id/elan-more",
        "<https://w3id.org/passex/id/elan-more>",
    ],
)
def test_one_node_by_its_names(azure: Store, text: str) -> None:
    assert names.resolve(azure, text).iri == ID["elan-more"]


def test_further_names_and_initials(azure: Store) -> None:
    assert names.resolve(azure, "AR").label == "Azure"
    assert names.resolve(azure, "League").label == "the League"
    assert names.resolve(azure, "the league").label == "the League"


def test_a_node_knows_its_most_special_class(azure: Store) -> None:
    assert names.resolve(azure, "azure navy").kind == "Navy"
    assert labelling.describe(names.resolve(azure, "ls1")) == (
        "League Squadron One (Formation, id:league-squadron)"
    )


def test_an_unknown_name_gets_suggestions(azure: Store) -> None:
    with pytest.raises(UnknownNameError) as error:
        names.resolve(azure, "Cobolt")
    assert str(error.value) == (
        "'Cobolt': no actor of this graph has that name; did you mean 'Cobalt' or 'Cobalt Navy'?"
    )
    with pytest.raises(UnknownNameError) as error:
        names.resolve(azure, "squadron")
    assert str(error.value).endswith("'League Squadron One'?")


@pytest.mark.parametrize(
    ("typed", "near"),
    [
        ("Atlantis", ()),
        ("Titanic", ()),
        ("Navy of Atlantis", ()),
        ("Koera", ("North Korea", "South Korea")),
        ("frigat", ("frigate",)),
        ("Jpan", ("Japan",)),
        ("Makinamy", ("JS Makinami",)),
        ("Ville de Quebek", ("HMCS Ville de Québec",)),
        ("Kualalumpur", ("Kuala Lumpur",)),
        ("id:jpan", ("Japan",)),
        ("nrc:frigat", ("frigate",)),
        # What holds every word that was typed is near, however much more it holds.
        (
            "training",
            ("training course", "training opportunities", "training ship", "training squadron"),
        ),
    ],
)
def test_what_is_proposed_is_near(typed: str, near: tuple[str, ...]) -> None:
    with pytest.raises(UnknownNameError) as error:
        names.resolve(passex.load().store, typed, *THINGS)
    assert error.value.near == near


@pytest.mark.parametrize("plain", [False, True])
def test_in_other_vocabularies_what_is_proposed_is_near(
    make: Callable[[str], Store], plain: bool
) -> None:
    store = Store(make(':a rdfs:label "at least" ; a nr:State .').engine, plain=plain)
    for typed, hint in (("Atlantis", False), ("at leest", True)):
        with pytest.raises(UnknownNameError) as error:
            names.resolve(store, typed)
        assert ("did you mean" in str(error.value)) is hint


@pytest.mark.parametrize("text", ["", " ", "?!", "xyzzy", "id:nobody", "_:b"])
def test_what_is_no_name_at_all(azure: Store, text: str) -> None:
    with pytest.raises(UnknownNameError):
        names.resolve(azure, text)


def test_an_ambiguous_name_lists_who_has_it(azure: Store) -> None:
    with pytest.raises(AmbiguousNameError) as error:
        names.resolve(azure, "fleet")
    assert str(error.value) == (
        "'fleet' is the name of 2 nodes: Azure Navy (Navy, id:azure-navy), Cobalt Navy (Navy, "
        "id:cobalt-navy); give one of the names in brackets instead"
    )


def test_only_the_class_that_is_asked_for(azure: Store) -> None:
    with pytest.raises(UnknownNameError):
        names.resolve(azure, "Harbour")
    assert names.resolve(azure, "Harbour", NR.Place).kind == "Place"
    with pytest.raises(UnknownNameError):
        names.resolve(azure, "id:harbour")


def test_what_is_asked_for_is_said_in_words(azure: Store) -> None:
    with pytest.raises(UnknownNameError) as error:
        names.resolve(azure, "Mars", NR.Exercise, NR.ExercisePlan)
    assert str(error.value).startswith("'Mars': no exercise or exercise plan of this graph has ")


def test_labels_prefer_english_and_fall_back_to_the_prefixed_name(
    make: Callable[[str], Store],
) -> None:
    store = make(':a rdfs:label "Eins"@de, "One"@en, "Un" . :b rdfs:label "Zwei"@de, "Deux" .')
    base = "https://example.org/"
    found = labelling.labels(store, [base + "a", base + "b", base + "c", "_:x"])
    assert found == {
        base + "a": "One",
        base + "b": "Deux",
        base + "c": f"<{base}c>",
        "_:x": "_:x",
    }
    # The label of a concept counts beside one in another language.
    store = make(':a rdfs:label "Eins"@de ; skos:prefLabel "One"@en .')
    assert labelling.labels(store, [base + "a"]) == {base + "a": "One"}
    many = labelling.labels(store, [base + "a", *(f"{base}n{i}" for i in range(300))])
    assert many[base + "a"] == "One"
    assert many[base + "n7"] == f"<{base}n7>"


@pytest.mark.parametrize("plain", [False, True])
def test_the_label_among_what_was_read_is_that_of_a_look_up(
    make: Callable[[str], Store], plain: bool
) -> None:
    texts = ['rdfs:label "b"@de', 'rdfs:label "a"', 'skos:prefLabel "d"@en', 'dcterms:title "t"']
    texts += ['rdfs:label "c"@en', 'skos:prefLabel "0"', "rdfs:label :n"]
    some = [[text for at, text in enumerate(texts) if number >> at & 1] for number in range(128)]
    facts = (f":n{number} :p 1 ; {' ; '.join(own)} ." for number, own in enumerate(some) if own)
    store = Store(make(" ".join(facts)).engine, plain=plain)
    for number in range(129):
        iri = f"https://example.org/n{number}"
        said: dict[str, list[Term]] = {}
        for quad in store.engine.quads_for_pattern(ox.NamedNode(iri), None, None):
            said.setdefault(quad.predicate.value, []).append(quad.object)
        assert labelling.label_among(store, iri, said) == labelling.labels(store, [iri])[iri]


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_case_does_not_count(text: str) -> None:
    assert fold(text.upper().lower()) == fold(text.lower().upper().lower())


@given(
    st.text(string.ascii_letters + " ", min_size=1),
    st.text(string.punctuation.replace(".", "").replace("'", "").replace("`", "") + " "),
)
def test_punctuation_around_a_name_does_not_count(text: str, marks: str) -> None:
    assert fold(marks + text + marks) == fold(text)


def test_what_a_name_may_be_going_to_be(azure: Store) -> None:
    found = names.complete(azure, "azu", NR.State)
    assert [(name, node.label) for name, node in found] == [
        ("Azure", "Azure"),
        ("Azure Republic", "Azure"),
    ]
    assert [name for name, _ in names.complete(azure, "id:elan")] == ["id:elan-more"]
    assert [name for name, _ in names.complete(azure, "elan m")] == ["Élan Moré"]
    assert names.complete(azure, "xyzzy") == []


def test_every_completion_resolves(azure: Store) -> None:
    found = names.complete(azure, "", *THINGS)
    assert found
    for name, node in found:
        assert names.resolve(azure, name, *THINGS) == node


def test_a_shared_name_completes_to_what_tells_the_nodes_apart(make: Callable[..., Store]) -> None:
    store = make(':a a nr:State ; rdfs:label "Twin" . :b a nr:State ; rdfs:label "TWIN" .')
    assert [name for name, _ in names.complete(store, "t")] == [
        "<https://example.org/a>",
        "<https://example.org/b>",
    ]


@pytest.mark.parametrize("kind", ["Ship", "", None, 3])
def test_a_kind_is_the_iri_of_a_class(azure: Store, kind: Any) -> None:
    with pytest.raises(QueryError, match=f"^{re.escape(repr(kind))} is no class") as caught:
        names.resolve(azure, "Japan", kind)
    assert caught.value.hint == "give the IRI of one, such as https://w3id.org/passex/ontology#Ship"


@pytest.mark.parametrize(
    "name",
    ["PASSEX", "passex", "passing exercise", "The Passing-Exercise", "passing exercise (PASSEX)"],
)
def test_what_ends_in_brackets_is_found_without_them_and_by_an_abbreviation(name: str) -> None:
    store = passex.load().store
    assert names.resolve(store, name, SKOS.Concept).label == "passing exercise (PASSEX)"


LISTS_OF_INCIDENTS = ("tension-kind", "quantity")
THERE_IS = """'passex kinds "kind of exercise"' lists what there is"""


@pytest.mark.parametrize(
    ("name", "message"),
    [
        (
            "boarding",
            "'boarding' is no kind of exercise: boarding (kind of event, nrc:boarding); did you "
            "mean 'boarding exercise'?",
        ),
        (
            "minehunter",
            "'minehunter' is no kind of exercise: minehunter (kind of ship, nrc:minehunter); "
            + THERE_IS,
        ),
        (
            "incidents",
            "'incidents' is no kind of exercise: incidents (kind of tension, nrc:incidents), "
            "incidents (what is counted or measured, nrc:incidents-counted); " + THERE_IS,
        ),
        (
            "Japan",
            "'Japan' is no kind of exercise: Japan (State, id:japan); " + THERE_IS,
        ),
        (
            "passing",
            "'passing': no kind of exercise of this graph has that name; did you mean 'passing "
            "exercise (PASSEX)'?",
        ),
        ("xyzzy", "'xyzzy': no kind of exercise of this graph has that name; " + THERE_IS),
    ],
)
def test_a_concept_of_another_list_is_said_to_be_one(name: str, message: str) -> None:
    store = passex.load().store
    with pytest.raises(UnknownNameError) as caught:
        names.resolve(store, name, NRC["scheme-exercise-kind"])
    assert str(caught.value) == message


def test_of_several_lists_that_have_a_name_the_one_that_is_asked_for_counts() -> None:
    store = passex.load().store
    found = [names.resolve(store, "incidents", NRC[f"scheme-{of}"]) for of in LISTS_OF_INCIDENTS]
    assert [node.iri for node in found] == [NRC.incidents, NRC["incidents-counted"]]
    with pytest.raises(AmbiguousNameError) as caught:
        names.resolve(store, "incidents", *THINGS)
    assert str(caught.value) == (
        "'incidents' is the name of 2 nodes: incidents (kind of tension, nrc:incidents), incidents "
        "(what is counted or measured, nrc:incidents-counted); give one of the names in brackets "
        "instead"
    )


def test_a_list_completes_to_its_concepts() -> None:
    found = names.complete(passex.load().store, "board", NRC["scheme-exercise-kind"])
    assert [(name, node.iri) for name, node in found] == [
        ("boarding exercise", NRC["boarding-exercise"])
    ]


def test_brackets_that_tell_two_apart_are_asked_for() -> None:
    with pytest.raises(AmbiguousNameError) as caught:
        names.resolve(passex.load().store, "captain", SKOS.Concept)
    assert str(caught.value) == (
        "'captain' is the name of 2 nodes: captain (army) (rank, nrc:captain-of-an-army), "
        "captain (navy) (rank, nrc:captain-of-a-navy); give one of the names in brackets instead"
    )
    # What stands in them isn't a name by itself, unless it is an abbreviation.
    with pytest.raises(UnknownNameError):
        names.resolve(passex.load().store, "navy", SKOS.Concept)


def test_a_name_in_full_comes_before_one_without_its_brackets(make: Callable[[str], Store]) -> None:
    store = make(
        """:a a nr:Place ; rdfs:label "Cove (north)"@en . :b a nr:Place ; rdfs:label "Cove"@en .
        :c a nr:Place ; rdfs:label "Harbour (HBR)"@en ."""
    )
    found = [names.resolve(store, name, NR.Place).label for name in ("cove", "hbr", "harbour")]
    assert found == ["Cove", "Harbour (HBR)", "Harbour (HBR)"]


def test_classes_without_a_name_are_no_reason_to_fail() -> None:
    """OWL has classes that are blank nodes, and a file may have a literal for a class."""
    engine = ox.Store()
    engine.load(
        f"""@prefix nr: <{NR.iri}> . @prefix id: <{ID.iri}> .
        @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
        nr:Ship rdfs:subClassOf nr:Actor .
        id:odd a nr:Ship, "ship", [ rdfs:subClassOf nr:Actor ] ; rdfs:label "Odd" .
        id:bare a [] ; rdfs:label "Bare" .""",
        ox.RdfFormat.TURTLE,
    )
    store = Store(engine)
    assert labelling.named_types(store, ID.odd) == [NR.Ship]
    assert names.resolve(store, "odd", NR.Actor).kind == "Ship"
    assert names.resolve(store, "id:odd", NR.Actor).kind == "Ship"
    assert inquiries._node(store, "id:odd") == labelling.Node("Odd", ID.odd, "Ship")
    assert inquiries._node(store, "id:bare") == labelling.Node("Bare", ID.bare, "Node")
