"""The graph as of a day is the graph that the articles up to then made."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import pyoxigraph as ox
import pytest

import passex
from passex.errors import QueryError
from passex.exports.build import Choice
from passex.graph import as_of, store
from passex.graph.terms import AS_OF, PREFIXES

HEAD = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in PREFIXES.items())
HEAD += "@prefix : <https://example.org/> .\n"
DAYS = ("2031-01-10", "2031-02-10", "2031-03-10", "2031-04-10", "2031-05-10", "2031-06-10")


def article(number: int, facts: str, *claims: str, first: str = "", last: str = "") -> str:
    """Write an article's file: a claim is its subject, property, values and perhaps more."""
    base = f"https://example.org/a{number}"
    first, last = first or DAYS[number - 1], last or DAYS[number - 1]
    lines = [
        f"@base <{base}> .",
        "<> a schema:NewsArticle ; nr:hasZone <#char=0,9>, <#char=10,900> .",
        *([f'<> nr:earliest "{first}"^^xsd:date .'] if first != "-" else []),
        *([f'<> nr:latest "{last}"^^xsd:date .'] if last != "-" else []),
        "<#char=0,9> nr:hasKind nrc:headline . <#char=10,900> nr:hasKind nrc:body .",
        facts,
    ]
    for place, claim in enumerate(claims, 1):
        about, names, values, *more = (part.strip() for part in claim.split("|"))
        quote = f"<#char={place * 20},{place * 20 + 5}>"
        lines.append(
            f"<#c{place}> nr:about {about} ; nr:onProperty {names} ; nr:hasValue {values} "
            f"; nr:hasEvidence {quote} {''.join(f'; {part} ' for part in more)}. "
            f'{quote} oa:exact "words {number} {place}" .'
        )
    return "\n".join(lines) + "\n"


ONTOLOGY = store.ontology().engine
TERMS = {quad.subject for quad in ONTOLOGY}


def loaded(files: Iterable[str]) -> ox.Store:
    engine = ox.Store()
    engine.extend(iter(ONTOLOGY))
    for file in files:
        engine.load(input=(HEAD + file).encode(), format=ox.RdfFormat.TURTLE)
    return engine


def cut(files: Iterable[str], day: str) -> ox.Store:
    engine = loaded(files)
    as_of.cut(engine, day, TERMS)
    return engine


def said(engine: ox.Store, node: str) -> set[str]:
    """What is said of a node, in short: property and value."""
    found = engine.quads_for_pattern(ox.NamedNode(f"https://example.org/{node}"), None, None)
    return {f"{_short(str(q.predicate))} {_short(str(q.object))}" for q in found}


def _short(term: str) -> str:
    text = re.sub(r"\^\^<[^>]*>|@en", "", term)
    return re.sub(r"[<>]|https?://[^ >]*[/#]", "", text)


PLAN = ":p a nr:ExercisePlan ; rdfs:label 'p' ; nr:hasStatus nrc:{} ; {}"
JUNE = '"2031-06-01"^^xsd:date, "2031-06-30"^^xsd:date'
JULY = '"2031-07-01"^^xsd:date, "2031-07-31"^^xsd:date'
IN_JUNE = 'nr:earliest "2031-06-01"^^xsd:date ; nr:latest "2031-06-30"^^xsd:date'
IN_JULY = 'nr:earliest "2031-07-01"^^xsd:date ; nr:latest "2031-07-31"^^xsd:date'
DATES = "nr:earliest, nr:latest"


def test_status_and_dates_are_those_of_the_newest_article_up_to_the_day() -> None:
    more = f'{IN_JULY} ; nr:dateWords "words 2 2" ; nr:dateBasis nrc:date-from-calendar .'
    files = [
        article(
            1,
            PLAN.format("cancelled", more),
            ":p | nr:hasStatus | nrc:planned",
            f":p | {DATES} | {JUNE}",
        ),
        article(2, "", ":p | nr:hasStatus | nrc:postponed", f":p | {DATES} | {JULY}"),
        article(3, "", ":p | nr:hasStatus | nrc:cancelled"),
    ]
    same = {"type ExercisePlan", 'label "p"', "dateBasis date-from-calendar"}
    june = {'earliest "2031-06-01"', 'latest "2031-06-30"'}
    july = {'earliest "2031-07-01"', 'latest "2031-07-31"', 'dateWords "words 2 2"'}
    assert said(cut(files, DAYS[0]), "p") == {*same, *june, "hasStatus planned"}
    assert said(cut(files, DAYS[1]), "p") == {*same, *july, "hasStatus postponed"}
    assert said(cut(files, DAYS[2]), "p") == {*same, *july, "hasStatus cancelled"}
    assert said(cut(files, "2031-03-09"), "p") == {*same, *july, "hasStatus postponed"}


def test_the_second_value_stands_even_if_the_first_is_back() -> None:
    files = [
        article(1, PLAN.format("planned", ":x :y ."), ":p | nr:hasStatus | nrc:planned"),
        article(2, "", ":p | nr:hasStatus | nrc:postponed"),
        article(3, "", ":p | nr:hasStatus | nrc:planned"),
    ]
    stati = [said(cut(files, day), "p") & {"hasStatus planned", "hasStatus postponed"}
             for day in DAYS[:3]]  # fmt: skip
    assert stati == [{"hasStatus planned"}, {"hasStatus postponed"}, {"hasStatus planned"}]


@pytest.mark.parametrize(
    "weak",
    ["nr:hasCertainty nrc:probable", "nr:hasBasis nrc:inferred", "nr:hasEvidence <#char=1,4>"],
)
def test_a_weak_claim_gives_way_to_a_strong_one(weak: str) -> None:
    newer = article(2, "", f":p | nr:hasStatus | nrc:postponed | {weak}")
    if "Evidence" in weak:
        newer = newer.replace("nr:hasEvidence <#char=20,25>", "dcterms:description 'x'")
    files = [
        article(1, PLAN.format("cancelled", ":x :y ."), ":p | nr:hasStatus | nrc:planned"),
        newer,
        article(3, "", ":p | nr:hasStatus | nrc:cancelled"),
    ]
    assert "hasStatus planned" in said(cut(files, DAYS[1]), "p")


def test_a_value_that_only_weak_claims_give_stands_until_a_strong_one() -> None:
    weak = ":p | nr:hasStatus | nrc:drafted | nr:hasCertainty nrc:probable"
    files = [
        article(1, PLAN.format("agreed", ":x :y ."), weak),
        article(2, "", ":p | nr:hasStatus | nrc:agreed"),
    ]
    assert "hasStatus drafted" in said(cut(files, DAYS[0]), "p")


def test_what_was_put_off_without_new_dates_had_none() -> None:
    files = [
        article(
            1,
            PLAN.format("postponed", f"{IN_JULY} ."),
            ":p | nr:hasStatus | nrc:planned",
            f":p | {DATES} | {JUNE}",
        ),
        article(2, "", ":p | nr:hasStatus | nrc:postponed"),
        article(3, "", f":p | {DATES} | {JULY}"),
    ]
    assert 'latest "2031-06-30"' in said(cut(files, DAYS[0]), "p")
    assert not {x for x in said(cut(files, DAYS[1]), "p") if "est" in x}
    assert 'latest "2031-07-31"' in said(cut(files, DAYS[2]), "p")


def test_dates_that_were_taken_off_are_back_where_they_held() -> None:
    files = [
        article(
            1,
            PLAN.format("postponed", "nr:leavesOpen nr:earliest, nr:latest, nr:hasPlace ."),
            ":p | nr:hasStatus | nrc:planned",
            f":p | {DATES} | {JUNE}",
        ),
        article(2, "", ":p | nr:hasStatus | nrc:postponed"),
    ]
    then, now = said(cut(files, DAYS[0]), "p"), said(cut(files, DAYS[1]), "p")
    assert then >= {'earliest "2031-06-01"', 'latest "2031-06-30"', "leavesOpen hasPlace"}
    assert "leavesOpen earliest" not in then
    assert now >= {"leavesOpen earliest", "leavesOpen latest"}


def test_what_was_looked_up_stands() -> None:
    """A bound with a source may be more exact than what any article says."""
    exact = 'nr:earliest "2031-06-03"^^xsd:date ; nr:dateBasis nrc:date-from-background'
    background = ':b nr:about :e ; nr:onProperty nr:earliest ; dcterms:source "a log" ;'
    files = [
        article(
            1,
            f":e a nr:Exercise ; {exact} . {background} nr:hasValue '2031-06-03'^^xsd:date .",
            ':e | nr:earliest | "2031-06-01"^^xsd:date',
        ),
        article(2, "", ':e | nr:earliest | "2031-06-03"^^xsd:date'),
    ]
    assert said(cut(files, DAYS[0]), "e") >= {
        'earliest "2031-06-03"', "dateBasis date-from-background",
    }  # fmt: skip


def test_roles_follow() -> None:
    facts = ":e a nr:Exercise ; nr:hasParticipant :a ; nr:hasObserver :b ; nr:hasWithdrawn :c ."
    files = [
        article(1, facts, ":e | nr:hasParticipant | :a, :b, :c"),
        article(2, "", ":e | nr:hasObserver | :b"),
        article(3, "", ":e | nr:hasWithdrawn | :c"),
    ]
    a, observer = "hasParticipant a", "hasObserver b"
    roles = [{x for x in said(cut(files, day), "e") if x.startswith("has")} for day in DAYS[:3]]
    assert roles == [
        {a, "hasParticipant b", "hasParticipant c"},
        {a, observer, "hasParticipant c"},
        {a, observer, "hasWithdrawn c"},
    ]


def test_whom_a_newer_list_left_out_was_a_party_until_then() -> None:
    files = [
        article(
            1,
            ":e nr:hasParticipant :a, :b ; nr:leavesOpen nr:hasParticipant .",
            ":e | nr:hasParticipant | :a, :b, :c",
        ),
        article(2, "", ":e | nr:hasParticipant | :a, :b"),
    ]
    assert said(cut(files, DAYS[0]), "e") >= {"hasParticipant c", "leavesOpen hasParticipant"}
    assert "hasParticipant c" not in said(cut(files, DAYS[1]), "e")


def test_what_someone_else_said_and_no_node_took_stays_a_claim() -> None:
    files = [
        article(
            1,
            ":e nr:hasParticipant :a .",
            ":e | nr:hasParticipant | :a",
            ":e | nr:hasParticipant | :x | prov:wasAttributedTo :radio",
        ),
        article(2, ":e nr:hasParticipant :b .", ":e | nr:hasParticipant | :b"),
    ]
    assert said(cut(files, DAYS[0]), "e") == {"hasParticipant a"}


def test_another_place_and_a_kind_that_came_later() -> None:
    files = [
        article(1, ":e nr:hasPlace :y ; nr:hasKind nrc:war-game .", ":e | nr:hasPlace | :x"),
        article(2, "", ":e | nr:hasPlace | :y", ":e | nr:hasKind | nrc:war-game"),
    ]
    assert said(cut(files, DAYS[0]), "e") == {"hasPlace x"}


def test_an_event_that_is_not_told_of_is_nowhere() -> None:
    files = [
        article(1, ":p nr:realisedBy :e .", ":p | nr:hasStatus | nrc:planned"),
        article(2, ":e a nr:Exercise ; rdfs:label 'e' .", ":e | nr:hasStatus | nrc:held"),
    ]
    engine = cut(files, DAYS[0])
    assert said(engine, "e") == said(engine, "p") == said(engine, "a2") == set()
    assert not [quad for quad in engine if "example.org/a2" in str(quad)]


def test_who_is_named_later_only_is_not_known_unless_something_known_leads_there() -> None:
    actors = """
:s a nr:State . :n a nr:Navy . :far a nr:State . :sea a nr:Place . :minister a org:Post ;
    org:postIn :t . :t a nr:State . :who a nr:Person . :nobody a nr:State .
:x1 a nr:Affiliation ; org:member :n ; org:organization :s .
:x2 a nr:Affiliation ; org:member :m ; org:organization :far . :m a nr:Navy .
:b1 nr:about :x1 ; nr:onProperty org:member ; nr:hasValue :n ; dcterms:source "its name" .
:b2 nr:about :x2 ; nr:onProperty org:member ; nr:hasValue :m ; dcterms:source "its name" .
"""
    files = [
        actors,
        article(1, ":h a nr:Tenure .", ":e | nr:hasParticipant | :s", ":h | nr:inPost | :minister"),
        article(2, "", ":e | nr:hasParticipant | :n, :m, :far, :t", ":v | nr:hasPlace | :sea"),
    ]
    engine = cut(files, DAYS[0])
    known = {name for name in ("s", "n", "far", "sea", "minister", "t", "nobody", "x1", "x2", "m",
             "b1", "b2") if said(engine, name)}  # fmt: skip
    assert known == {"s", "n", "minister", "t", "nobody", "x1", "b1"}


def test_remarks_on_what_a_later_article_changed_go() -> None:
    files = [
        article(
            1,
            ":e nr:hasDomain nrc:naval ; skos:scopeNote 'x' . :f skos:scopeNote 'y' .",
            ":e | nr:hasDomain | nrc:naval",
            ":f | nr:hasDomain | nrc:naval",
        ),
        article(2, "", ":e | nr:hasPlace | :y"),
    ]
    engine = cut(files, DAYS[0])
    assert said(engine, "e") == {"hasDomain naval"}
    assert said(engine, "f") == {'scopeNote "y"'}


@pytest.mark.parametrize("older", [1, 2])
def test_a_claim_on_two_articles_is_of_the_newer(older: int) -> None:
    """Whether it stands in the file of the one or of the other."""
    both = f"nr:hasEvidence <https://example.org/a{3 - older}#char=20,25>"
    claim = f":e | nr:inSeries | :s | {both}"
    files = [
        article(1, ":e nr:inSeries :s .", *[claim][: older % 2]),
        article(2, "", *[claim][: (older + 1) % 2]),
    ]
    assert said(cut(files, DAYS[0]), "e") == set()
    assert said(cut(files, DAYS[1]), "e") == {"inSeries s"}


def test_an_article_counts_from_the_last_day_on_which_it_can_have_been_published() -> None:
    files = [
        article(1, "", ":e | nr:hasDomain | nrc:naval"),
        article(2, "", ":f | nr:hasDomain | nrc:naval", first="2031-02-01", last="2031-02-20"),
        article(3, "", ":g | nr:hasDomain | nrc:naval", first="2031-01-05", last="-"),
    ]
    undated = "1 without a last day"
    for day, words in (
        ("2031-01-31", f"as of 2031-01-31: 1 of 3 articles, without {undated}"),
        (
            "2031-02-19",
            "as of 2031-02-19: 1 of 3 articles, without 1 that may have been published by then "
            f"and {undated}",
        ),
        ("2031-02-20", f"as of 2031-02-20: 2 of 3 articles, without {undated}"),
    ):
        found = as_of.read(cut(files, day))
        assert found is not None
        assert (found.day, found.of, found.words) == (day, 3, words)
        assert found.note == f"A{words[1:]}."


class Clock(date):
    """A clock that stands still."""

    @classmethod
    def today(cls) -> Clock:
        return cls(2031, 12, 31)


@pytest.mark.parametrize(
    ("files", "day", "message"),
    [
        ([":e a nr:Exercise ."], "2031-01-01", "no articles in this graph, so that nothing in it "
         "is as of a day; leave the day out"),
        ([article(2, "")], "2031-02-09", "no article of this graph is as old as 2031-02-09; "
         "give 2031-02-10 or a later day"),
        ([article(1, "", last="-")], "2030-01-01", "no article of this graph has a last day, its "
         "nr:latest; give each the last day on which it can have been published"),
        ([article(1, "")], "2032-01-01", "2032-01-01 is still to come; give a day up to "
         "2031-12-31"),
    ],
)  # fmt: skip
def test_a_day_as_of_which_nothing_can_be_said(
    files: list[str], day: str, message: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(as_of, "date", Clock)
    with pytest.raises(QueryError) as raised:
        cut(files, day)
    assert str(raised.value) == message


def test_an_invented_story_has_no_today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(as_of, "date", Clock)
    found = as_of.read(cut([article(1, "", last="2032-01-10")], "2033-01-01"))
    assert found is not None
    assert found.words == "as of 2033-01-01: 1 of 1 article"


@pytest.mark.parametrize("text", ["", "soon", "2031", "2031-2-1", "2031-02-30", "20310201"])
def test_what_is_no_day(text: str) -> None:
    with pytest.raises(QueryError, match=f"^'{text}' is no day; give one as YYYY-MM-DD$"):
        as_of.parse(text)


def test_what_is_no_text_is_no_day() -> None:
    given: Any = 2026
    with pytest.raises(QueryError, match=r"^'2026' is no day; give one as YYYY-MM-DD$"):
        as_of.parse(given)


def test_a_whole_graph_is_as_of_no_day_and_what_says_so_is_no_fact(tmp_path: Path) -> None:
    path = tmp_path / "a.ttl"
    path.write_text(HEAD + article(1, ":e a nr:Exercise .", ":e | nr:hasDomain | nrc:naval"))
    assert passex.load(path, cached=False).as_of is None
    kg = passex.load(path, cached=False, as_of=date(2031, 1, 10))
    assert repr(kg).endswith(" triples, 1 file; as of 2031-01-10: 1 of 1 article>")
    assert kg.query(f"ASK {{ <{AS_OF}> dcterms:date '2031-01-10'^^xsd:date }}") is True
    assert AS_OF not in str(kg.export("turtle", Choice("graph")))


@dataclass
class Story:
    """A story of some plans and exercises, told as the pages for curators say."""

    random: Random
    nodes: dict[str, dict[str, list[str]]] = field(default_factory=dict)
    claims: dict[int, list[str]] = field(default_factory=dict)

    def tell(self, number: int) -> None:
        """Tell an article: something new, or something else of what is known."""
        claims = self.claims[number] = []
        for _ in range(4):
            if not self.nodes or self.random.random() < 0.3:
                name = f":n{len(self.nodes)}"
                self.nodes[name] = {}
                self._set(claims, name, "nr:hasStatus", [f"nrc:s{self.random.randrange(4)}"])
                self._add(claims, name, "nr:hasParticipant", self._actors(3))
            name = self.random.choice(sorted(self.nodes))
            match self.random.randrange(6):
                case 0:
                    self._set(claims, name, "nr:hasStatus", [f"nrc:s{self.random.randrange(4)}"])
                case 1:
                    self._date(claims, name)
                case 2:
                    self._add(claims, name, "nr:hasParticipant", self._actors(2))
                case 3:
                    self._recast(claims, name)
                case 4:
                    self._add(claims, name, "nr:follows", [f":w{self.random.randrange(9)}"])
                case 5:
                    claims.append(f"{name} | nr:hasQuantity | {self.random.randrange(9)}")

    def _actors(self, number: int) -> list[str]:
        return self.random.sample([f":k{i}" for i in range(9)], number)

    def _set(self, claims: list[str], name: str, of: str, values: list[str]) -> None:
        # Once an article: of one day, one of two values is as good as the other.
        if not any(claim.startswith(f"{name} | {of} ") for claim in claims):
            self.nodes[name][of] = values
            claims.append(f"{name} | {of} | {', '.join(values)}")

    def _date(self, claims: list[str], name: str) -> None:
        first = self.random.randrange(10, 20)
        days = [f'"2031-07-{first + more}"^^xsd:date' for more in (0, self.random.randrange(9))]
        if not any(claim.startswith(f"{name} | {DATES} ") for claim in claims):
            for of, day in zip(("nr:earliest", "nr:latest"), days, strict=True):
                self.nodes[name][of] = [day]
            claims.append(f"{name} | {DATES} | {', '.join(days)}")

    def _add(self, claims: list[str], name: str, of: str, values: list[str]) -> None:
        node = self.nodes[name]
        others = {v for role, vs in node.items() if role != of for v in vs}
        values = [value for value in values if value not in others]
        if values:
            node[of] = [*node.get(of, []), *(v for v in values if v not in node.get(of, []))]
            claims.append(f"{name} | {of} | {', '.join(values)}")

    def _recast(self, claims: list[str], name: str) -> None:
        """Somebody withdrew, or only watches: its old role may stay, or it has the new instead."""
        node = self.nodes[name]
        fresh = {v for c in claims if c.startswith(name) for v in re.findall(r":k\d", c)}
        fresh |= {*node.get("nr:hasWithdrawn", []), *node.get("nr:hasObserver", [])}
        parties = [actor for actor in node["nr:hasParticipant"] if actor not in fresh]
        if parties:
            actor, role = parties[0], self.random.choice(["nr:hasWithdrawn", "nr:hasObserver"])
            if role == "nr:hasObserver" or self.random.random() < 0.5:
                node["nr:hasParticipant"].remove(actor)
            node.setdefault(role, []).append(actor)
            claims.append(f"{name} | {role} | {actor}")

    def files(self) -> Iterator[str]:
        """Write what has been told so far: the nodes as they are now, and all claims."""
        for name, said in self.nodes.items():
            values = "".join(f" ; {of} {', '.join(vs)}" for of, vs in said.items() if vs)
            yield f"{name} a nr:ExercisePlan{values} .\n"
        for number, claims in self.claims.items():
            yield article(number, "", *claims)


@pytest.mark.parametrize("seed", range(12))
def test_any_story_as_of_a_day_is_as_it_was_written_then(seed: int) -> None:
    story = Story(Random(seed))
    written = []
    for number in range(1, len(DAYS) + 1):
        story.tell(number)
        written.append(set(loaded(story.files())))
    files = [*story.files()]
    for day, then in zip(DAYS, written, strict=True):
        found = {quad for quad in cut(files, day) if quad.subject.value != AS_OF}
        assert found == then, day


def test_a_data_set_is_whole_and_that_is_said(tmp_path: Path) -> None:
    files = [tmp_path / f"{name}.ttl" for name in ("a", "t")]
    files[0].write_text(HEAD + article(1, ":e a nr:Event .", ":e | nr:hasKind | nrc:port-call"))
    files[1].write_text(
        HEAD + ':t a dcat:Dataset . :x a nr:Exercise ; nr:latest "2040-01-01"^^xsd:date .\n'
        ':c nr:about :x ; nr:onProperty nr:latest ; nr:hasValue "2040-01-01"^^xsd:date ;'
        " nr:hasEvidence <https://example.org/t#row=2> ."
        ' <https://example.org/t#row=2> oa:exact "X" .'
    )
    kg = passex.load(*files, cached=False, as_of="2031-01-10")
    assert kg.query("ASK { ?x a nr:Exercise }")
    cut = as_of.read(kg.store.engine)
    assert cut is not None
    assert cut.note == (
        "As of 2031-01-10: 1 of 1 article; and 1 data set as a whole, since no row has a day of "
        "publication."
    )


TABLE = """:t a dcat:Dataset ; dcterms:title "Exercises" .
:x a nr:Exercise ; nr:hasStatus nrc:held ; nr:hasParticipant :aldria, :borland ; nr:inSeries :s .
:s a nr:Series . :aldria a nr:State . :borland a nr:State .
:c1 nr:about :x ; nr:onProperty nr:hasParticipant ; nr:hasValue :aldria, :borland ;
    nr:hasEvidence <https://example.org/t#row=2> .
:c2 nr:about :x ; nr:onProperty nr:inSeries ; nr:hasValue :s ;
    nr:hasEvidence <https://example.org/t#row=2> .
:c3 nr:about :x ; nr:onProperty nr:hasStatus ; nr:hasValue nrc:held ; nr:hasBasis nrc:inferred ;
    nr:hasEvidence <https://example.org/t#row=2> .
<https://example.org/t#row=2> oa:exact "X" .
"""


def test_what_a_later_article_tells_too_stays_in_a_data_set() -> None:
    first = article(1, ":e a nr:Event .", ":e | nr:hasKind | nrc:port-call")
    later = article(
        2,
        ":y a nr:Exercise ; nr:hasParticipant :aldria, :caldera ; nr:inSeries :s . "
        ":caldera a nr:State . :x nr:hasPlace :sea . :y owl:sameAs :x .",
        ":y | nr:hasParticipant | :aldria, :caldera",
        ":y | nr:inSeries | :s",
        ":x | nr:hasPlace | :sea",
        ":x | nr:hasStatus | nrc:held",
    )
    found = {q for q in cut([first, later, TABLE], DAYS[0]) if q.subject.value != AS_OF}
    assert sorted(map(str, found ^ set(loaded([first, TABLE])))) == []
