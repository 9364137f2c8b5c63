from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from passex.errors import QueryError
from passex.evidence.routes import Route
from passex.evidence.why import Reasons, why
from passex.graph import rules
from passex.graph.names import resolve
from passex.graph.rows import Named
from passex.graph.store import Store, load
from passex.graph.terms import ID, PREFIXES


def reasons(store: Store, a: str, b: str) -> Reasons:
    return why(store, resolve(store, a), resolve(store, b))


def said(routes: tuple[Route, ...]) -> list[tuple[str, tuple[str, ...], bool]]:
    return [
        (route.participant.label, tuple(link.label for link in route.links), route.inferred)
        for route in routes
    ]


def test_routes_of_what_is_named_carried_and_sailing(azure: Store) -> None:
    first, second = reasons(azure, "Azure Navy", "LS1").occasions
    assert [first.happening.label, second.happening.label] == ["Meeting at sea", "June sailing"]
    assert first.levels == second.levels == ("service",)
    assert first.dates == "2030-05-06 ('on Monday'; from the text)"
    # Of three that are as strong and as short, the first by its IRI.
    assert said(first.routes_a) == [("AZ Heron", ("az-heron belongs to azure-navy",), False)]
    assert said(first.routes_b) == [("League Squadron One", (), False)]
    assert said(second.routes_a) == [("Azure Navy", (), False)]
    assert said(second.routes_b) == [("CB Wren", ("cb-wren belongs to league-squadron",), False)]
    assert (second.routes_a[0].claims, second.basis) == ((), "stated")
    # The claim on the squadron's part is no step to the navy through the ship.
    assert first.routes_a[0].claims == ()
    [claim] = first.routes_b[0].claims
    assert claim.iri == f"{ID['article-harbour']}#c1"


def test_what_no_claim_is_about_has_a_row_without_one(azure: Store) -> None:
    table = reasons(azure, "Azure Navy", "LS1").table()
    rows = [row for row in table.rows if table.label(row[0]) == "June sailing"]
    through, claim = table.columns.index("through"), table.columns.index("claim")
    named = [(table.label(row[through]), row[claim] is None) for row in rows]
    assert named == [("Azure Navy", True), ("CB Wren", True)]


def test_routes_of_what_is_inferred(azure: Store) -> None:
    found = reasons(azure, "Azure Navy", "Cobalt Navy")
    rescue = found.occasions[0]
    assert rescue.dates == "2029 (2029-01-01 to 2029-12-31; 'In 2029'; from the text)"
    assert rescue.participants == (Named("Azure", ID.azure), Named("Cobalt", ID.cobalt))
    [route] = rescue.routes_a
    assert said(rescue.routes_a) == [("Azure", ("azure-navy belongs to azure",), True)]
    assert route.links[0].iri == ID["azure-navy-in-azure"]
    assert [claim.basis for claim in route.claims] == ["stated", "inferred"]
    assert (route.basis, rescue.basis) == ("inferred", "inferred")
    assert [r.happening.label for r in found.occasions] == [
        "Rescue exercise",
        "July sailing",
        "Three-way drill",
    ]


def test_every_level_and_domain_and_plans_last(azure: Store) -> None:
    found = reasons(azure, "Umber", "Cobalt")
    assert [(r.happening.label, r.levels) for r in found.occasions] == [
        ("Three-way drill", ("state", "organisation")),
        ("Drill of Umber and Cobalt", ("state", "organisation")),
    ]
    air = reasons(azure, "Umber", "Azure").occasions
    assert [r.happening.label for r in air] == ["Air week", "Three-way drill"]


def test_realised_plans_are_no_reason(azure: Store) -> None:
    labels = [r.happening.label for r in reasons(azure, "Azure", "Cobalt").occasions]
    assert "Rescue exercise as planned" not in labels


def test_a_ship_and_her_squadron_are_not_tied(azure: Store) -> None:
    found = reasons(azure, "AZ Heron", "Azure Training Squadron")
    assert found.occasions == ()
    assert (found.levels_a, found.levels_b) == ({"unit": 1}, {"unit": 2})
    assert found.instead == ()


def test_two_actors_that_are_never_at_one_level(azure: Store) -> None:
    found = reasons(azure, "Azure Navy", "Cobalt")
    assert found.occasions == ()
    assert (found.levels_a, found.levels_b) == (
        {"service": 5},
        {"state": 4, "organisation": 4},
    )
    assert found.instead == (
        ("service", "Azure Navy", "Cobalt Navy"),
        ("state", "Azure", "Cobalt"),
        ("organisation", "Azure", "Cobalt"),
    )


def test_three_names_at_most_are_given_instead(make: Callable[[str], Store]) -> None:
    store = make(
        ':N a nr:Navy ; rdfs:label "N" . :A a nr:State ; rdfs:label "A" . :B a nr:State .'
        ":e a nr:Exercise ; nr:hasParticipant :A, :B ."
        + "".join(
            f':s{i} a nr:Ship ; rdfs:label "S{i}" . :in{i} a nr:Affiliation ; '
            f"org:member :s{i} ; org:organization :N . "
            f":e{i} a nr:Exercise ; nr:hasParticipant :s{i}, :s{(i + 1) % 4} ."
            for i in range(4)
        )
    )
    found = reasons(store, "N", "S0")
    assert found.instead == (("unit", "S1", "S0"), ("unit", "S2", "S0"))


def test_an_actor_that_is_in_nothing(azure: Store) -> None:
    found = reasons(azure, "Élan Moré", "Azure")
    assert (found.occasions, found.levels_a, found.instead) == ((), {}, ())


def test_an_actor_has_no_tie_with_itself(azure: Store) -> None:
    with pytest.raises(QueryError) as error:
        reasons(azure, "Azure", "id:azure")
    assert str(error.value) == "both names mean Azure; give two different actors"


def test_a_circle_of_affiliations_ends(make: Callable[[str], Store]) -> None:
    store = make(
        """:A a nr:State ; rdfs:label "A" . :B a nr:State ; rdfs:label "B" . :f a nr:Formation .
        :g a nr:Formation . :e a nr:Exercise ; nr:hasParticipant :f, :B .
        :x a nr:Affiliation ; org:member :f ; org:organization :g .
        :y a nr:Affiliation ; org:member :g ; org:organization :f .
        :z a nr:Affiliation ; org:member :g ; org:organization :A ."""
    )
    [reason] = reasons(store, "A", "B").occasions
    assert [len(route.links) for route in reason.routes_a] == [2]


def test_what_was_a_blank_node_has_routes(make: Callable[[str], Store]) -> None:
    store = make(
        """:A a nr:State ; rdfs:label "A" . :B a nr:State ; rdfs:label "B" .
        [] a nr:Exercise ; nr:hasParticipant :A, :B ; nr:hasDomain nrc:naval ."""
    )
    [reason] = reasons(store, "A", "B").occasions
    assert (len(reason.routes_a), reason.dates) == (1, "no date")


def test_a_tie_is_as_strong_as_its_weakest_step_and_shows_no_other_claim(
    make: Callable[[str], Store],
) -> None:
    store = make(
        """:A a nr:State ; rdfs:label "A" . :B a nr:State ; rdfs:label "B" .
        :n a nr:Navy ; rdfs:label "N" . :s a nr:Ship ; rdfs:label "S" .
        :m a nr:Affiliation ; org:member :s ; org:organization :n .
        :of a nr:Affiliation ; org:member :n ; org:organization :A .
        :e a nr:Exercise ; nr:hasParticipant :s, :B ; nr:hasDomain nrc:naval .
        :c1 nr:about :e ; nr:onProperty nr:hasParticipant ; nr:hasValue :s .
        :c2 nr:about :e ; nr:onProperty nr:hasParticipant ; nr:hasValue :B .
        :c3 nr:about :e ; nr:onProperty nr:hasDomain ; nr:hasValue nrc:naval .
        :c4 nr:about :m ; nr:onProperty org:member, org:organization ; nr:hasValue :s, :n ;
            nr:hasBasis nrc:inferred .
        :c5 nr:about :of ; nr:onProperty org:member, org:organization ; nr:hasValue :n, :A ."""
    )
    [reason] = reasons(store, "A", "B").occasions
    [a], [b] = reason.routes_a, reason.routes_b
    assert [claim.iri[-2:] for claim in a.claims] == ["c1", "c4", "c5"]
    assert [claim.iri[-2:] for claim in b.claims] == ["c2"]
    assert (a.basis, b.basis, reason.basis) == ("inferred", "stated", "inferred")


@pytest.mark.parametrize("phase", ["a", "z"])
def test_the_whole_names_an_actor_before_a_phase_does(
    make: Callable[[str], Store], phase: str
) -> None:
    """Whatever their names are: a phase may be without the other."""
    store = make(
        f""":A a nr:State ; rdfs:label "A" . :B a nr:State ; rdfs:label "B" .
        :C a nr:State ; rdfs:label "C" .
        :e a nr:Exercise ; nr:hasParticipant :A, :B ; nr:hasDomain nrc:naval .
        :{phase} a nr:Exercise ; dcterms:isPartOf :e ; nr:hasParticipant :A, :C .
        :c1 nr:about :e ; nr:onProperty nr:hasParticipant ; nr:hasValue :A, :B .
        :c2 nr:about :{phase} ; nr:onProperty nr:hasParticipant ; nr:hasValue :A, :C ."""
    )
    [reason] = reasons(store, "A", "B").occasions
    for [route] in (reason.routes_a, reason.routes_b):
        assert [claim.iri[-2:] for claim in route.claims] == ["c1"]


def test_a_service_that_is_named_keeps_its_name(tmp_path: Path) -> None:
    file = tmp_path / "a.ttl"
    prefixes = "".join(f"@prefix {name}: <{space}> .\n" for name, space in PREFIXES.items())
    file.write_text(
        f"{prefixes}id:e a nr:Exercise ; nr:hasDomain nrc:naval ; "
        "nr:hasParticipant id:royal-navy, id:peru ."
    )
    store = load([file])
    rules.derive(store)
    [reason] = reasons(store, "United Kingdom", "Peru").occasions
    links = ("Royal Navy is of United Kingdom, by the gazetteer",)
    assert said(reason.routes_a) == [("Royal Navy", links, False)]
