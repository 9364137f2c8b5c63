"""A story in six articles about fictional navies: what the graph says after each of them.

The files are as the last article left them. `EDITS` has what each article changed on nodes that
stood in older files: it is all that it changed there. Taken back, they give the graph of the day.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from copy import copy
from pathlib import Path

import pytest
from click.testing import CliRunner

import passex
from passex import evidence
from passex.cli import cli
from passex.errors import UnknownNameError
from passex.query.solutions import Solutions
from passex.questions import catalogue

STORY = Path(__file__).resolve().parents[1] / "data" / "story"
TEXTS = STORY / "texts"
#: In the order of their days.
ARTICLES = (
    "2031-grey-heron-announced",
    "2031-grey-heron-begins",
    "2031-grey-heron-ends",
    "2031-iron-gull-cancelled",
    "2031-quiet-water",
    "2031-missile-fired",
)
#: These days.
DAYS = ("2031-03-03", "2031-05-03", "2031-05-20", "2031-06-18", "2031-07-24", "2031-09-15")
#: Of each article: the older article's file, what stood there before, and what has stood since.
EDITS: dict[int, list[tuple[str, str, str]]] = {
    2: [
        ("2031-grey-heron-announced", "nr:hasStatus nrc:agreed", "nr:hasStatus nrc:postponed"),
        (
            "2031-grey-heron-announced",
            'nr:earliest "2031-06-01"^^xsd:date ;\n    nr:latest "2031-06-30"^^xsd:date ; '
            'nr:dateWords "in June"',
            'nr:earliest "2031-09-01"^^xsd:date ;\n    nr:latest "2031-09-30"^^xsd:date ; '
            'nr:dateWords "to September"',
        ),
    ],
    3: [("2031-grey-heron-begins", "nr:hasStatus nrc:under-way", "nr:hasStatus nrc:held")],
    4: [
        ("2031-grey-heron-announced", "nr:hasStatus nrc:postponed", "nr:hasStatus nrc:cancelled"),
        (
            "2031-grey-heron-begins",
            'nr:latest "2031-05-10"^^xsd:date ; nr:dateWords "It began on 1 May"',
            'nr:latest "2031-05-09"^^xsd:date ; nr:dateWords "ended on 9 May"',
        ),
    ],
    6: [
        (
            "2031-grey-heron-begins",
            "nr:dateBasis nrc:date-from-calendar .\n",
            'nr:dateBasis nrc:date-from-calendar ;\n    skos:scopeNote "An article of September '
            'has the Gulf of Marn as its place, which a claim says."@en .\n',
        )
    ],
}


#: At each level, of each tie: how many exercises are behind it after each article; on what basis.
TRAINED = {
    "unit": {
        "ANS Petrel - BNS Falke": ((0, 1, 1, 1, 1, 1), "stated"),
        "ANS Petrel - DNS Ork": ((0, 0, 1, 1, 1, 1), "stated"),
        "BNS Falke - DNS Ork": ((0, 0, 1, 1, 1, 1), "stated"),
    },
    "service": {
        "Aldrian Navy - Borland Navy": ((0, 1, 1, 1, 1, 1), "stated"),
        "Borland Navy - Corvian Navy": ((0, 0, 0, 1, 1, 1), "stated"),
        "Borland Navy - Falmar Navy": ((0, 0, 0, 1, 1, 1), "stated"),
        "Corvian Navy - Falmar Navy": ((0, 0, 0, 1, 1, 1), "stated"),
        "Aldrian Navy - Estorian Navy": ((0, 0, 0, 0, 1, 1), "stated"),
        "Estorian Navy - Falmar Navy": ((0, 0, 0, 0, 1, 1), "stated"),
    },
    # That the navies of Castria, Estoria and Falmar are theirs is background here.
    "state": {
        "Aldria - Borland": ((0, 1, 1, 1, 1, 1), "stated"),
        "Aldria - Dunmark": ((0, 1, 2, 3, 3, 3), "stated"),
        "Borland - Dunmark": ((0, 0, 1, 1, 1, 1), "stated"),
        "Borland - Corvia": ((0, 0, 0, 1, 1, 1), "stated"),
        "Borland - Falmar": ((0, 0, 0, 1, 1, 1), "inferred"),
        "Corvia - Falmar": ((0, 0, 0, 1, 1, 1), "inferred"),
        "Aldria - Estoria": ((0, 0, 0, 0, 1, 1), "inferred"),
        "Castria - Estoria": ((0, 0, 0, 0, 1, 1), "inferred"),
        "Corvia - Dunmark": ((0, 0, 0, 0, 1, 1), "stated"),
        "Estoria - Falmar": ((0, 0, 0, 0, 1, 1), "inferred"),
    },
}
#: The same of plans that are open.
PLANNED = {
    "unit": {},
    "service": {
        "Aldrian Navy - Borland Navy": ((1, 0, 0, 0, 0, 0), "stated"),
        "Aldrian Navy - Corvian Navy": ((1, 0, 0, 0, 0, 0), "stated"),
        "Borland Navy - Corvian Navy": ((1, 0, 0, 0, 0, 0), "stated"),
        "Borland Navy - Castrian Navy": ((1, 1, 1, 0, 0, 0), "inferred"),
        "Corvian Navy - Estorian Navy": ((1, 1, 1, 1, 1, 1), "inferred"),
        "Aldrian Navy - Castrian Navy": ((0, 0, 1, 1, 1, 1), "inferred"),
        "Aldrian Navy - Falmar Navy": ((0, 0, 1, 0, 0, 0), "inferred"),
        "Castrian Navy - Falmar Navy": ((0, 0, 1, 0, 0, 0), "inferred"),
    },
    "state": {
        "Aldria - Borland": ((1, 0, 0, 0, 0, 0), "stated"),
        "Aldria - Corvia": ((1, 0, 0, 0, 0, 0), "stated"),
        "Borland - Corvia": ((1, 0, 0, 0, 0, 0), "stated"),
        "Borland - Castria": ((1, 1, 1, 0, 0, 0), "stated"),
        "Aldria - Dunmark": ((1, 1, 1, 1, 1, 1), "stated"),
        "Corvia - Estoria": ((1, 1, 1, 1, 1, 1), "stated"),
        "Corvia - Dunmark": ((0, 0, 1, 1, 0, 0), "stated"),
        "Aldria - Castria": ((0, 0, 1, 1, 1, 1), "stated"),
        "Aldria - Falmar": ((0, 0, 1, 0, 0, 0), "stated"),
        "Castria - Falmar": ((0, 0, 1, 0, 0, 0), "stated"),
    },
}
# An alliance has no part in the story: states stand for themselves.
TRAINED["organisation"], PLANNED["organisation"] = TRAINED["state"], PLANNED["state"]
#: Of each exercise and plan, its status after each article.
STATUSES = {
    "grey-heron-2031-plan": ["announced"] * 6,
    "grey-heron-2031-plan-harbour": ["announced"] * 6,
    "grey-heron-2031-plan-sea": ["announced"] * 6,
    "iron-gull": ["agreed", "postponed", "postponed", "cancelled", "cancelled", "cancelled"],
    "aldria-dunmark-2031": ["planned"] * 6,
    "rescue-drill-2031": ["planned"] * 6,
    "grey-heron-2031": ["", "under-way", "held", "held", "held", "held"],
    "marn-one": ["", *["held"] * 5],
    "lyr-2031-05-12": ["", "", *["held"] * 4],
    "borland-training-2031-04": ["", "", *["held"] * 4],
    "clear-path": ["", "", *["planned"] * 4],
    "deep-bell": ["", "", *["announced"] * 4],
    "marn-two": ["", "", "", "held", "held", "held"],
    "war-game-karst-2031-06": ["", "", "", "held", "held", "held"],
    "quiet-water": ["", "", "", "", "held", "held"],
    "amber-tide-2031": ["", "", "", "", "held", "held"],
    "amber-tide-2031-harbour": ["", "", "", "", "held", "held"],
    "amber-tide-2031-sea": ["", "", "", "", "held", "held"],
    "landing-2031-07-22": ["", "", "", "", "held", "held"],
    "plan-mine-clearance-talks": ["", "", "", "", "agreed", "agreed"],
    "grey-heron-2032-plan": ["", "", "", "", "", "planned"],
}
#: Of each plan, after which articles it is open.
OPEN = {
    "grey-heron-2031-plan": {1},
    "iron-gull": {1, 2, 3},
    "aldria-dunmark-2031": {1, 2, 3, 4, 5, 6},
    "rescue-drill-2031": {1, 2, 3, 4, 5, 6},
    "clear-path": {3, 4},
    "deep-bell": {3, 4, 5, 6},
    "plan-mine-clearance-talks": {5, 6},
    "grey-heron-2032-plan": {6},
}
#: Who is there without training, and since which article.
ROLES = {
    "grey-heron-2031-plan hasInvited dunmark": 1,
    "grey-heron-2031-plan hasObserver estoria": 1,
    "grey-heron-2031 hasWithdrawn corvian-navy": 2,
    "grey-heron-2031 hasObserver estoria": 2,
    "grey-heron-2031 hasSupporter dunmark-coast-guard": 2,
    "deep-bell hasWithdrawn falmar": 4,
}
#: The counts of Grey Heron, by what is counted; they differ, and all of them stay.
COUNTS = {
    "grey-heron-2031-plan 13 exactly edition": 1,
    "grey-heron-2031-plan 20 up-to warship": 1,
    "grey-heron-2031-plan 190 nearly aircraft": 1,
    "grey-heron-2031 1 exactly submarine": 2,
    "grey-heron-2031 2 at-least maritime-patrol-aircraft": 2,
    "grey-heron-2031 15 fewer-than ships": 3,
    "grey-heron-2031 15 more-than ships": 6,
}


class Day:
    """The graph on the day of an article: the actors, and the articles up to that one.

    Args:
        number: Of the article.
        folder: Where it is written, as it was then.
    """

    def __init__(self, number: int, folder: Path) -> None:
        self.number, self.folder = number, folder
        for name in ("actors", *ARTICLES[:number]):
            text = (STORY / f"{name}.ttl").read_text(encoding="utf-8")
            for later in range(len(ARTICLES), number, -1):
                for file, old, new in reversed(EDITS.get(later, [])):
                    if file == name:
                        assert new in text
                        text = text.replace(new, old, 1)
            (folder / f"{name}.ttl").write_text(text, encoding="utf-8")
        self.graph = passex.load(folder, cached=False)

    def looked_back_at(self) -> Day:
        """Give the same day, of the graph of all articles as of that day."""
        back = copy(self)
        back.graph = passex.load(STORY, cached=False, as_of=DAYS[self.number - 1])
        return back

    def rows(self, query: str) -> set[str]:
        """Run a query, and shorten the names in its rows."""
        result = self.graph.query(query)
        assert isinstance(result, Solutions)
        return {" ".join(_short(term.value) for term in row if term is not None) for row in result}

    def ties(self, level: str, *include: str) -> dict[str, tuple[int, str]]:
        """How many activities tie two actors, and on what basis."""
        network = self.graph.ties(passex.Policy(level=level, include=include, domain="all"))
        return {
            f"{tie.source.label} - {tie.target.label}": (len(tie.occasions), tie.basis)
            for tie in network.ties
        }

    def expected(
        self, table: Mapping[str, tuple[tuple[int, ...], str]]
    ) -> dict[str, tuple[int, str]]:
        """What `ties` is to give today."""
        today = {tie: (counts[self.number - 1], basis) for tie, (counts, basis) in table.items()}
        return {tie: (count, basis) for tie, (count, basis) in today.items() if count}


def _short(iri: str) -> str:
    return re.sub(r"^https://w3id\.org/passex/(id/|concept/|ontology#)", "", iri)


@pytest.fixture(scope="module", params=range(1, 7), ids=ARTICLES)
def then(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Day:
    return Day(request.param, tmp_path_factory.mktemp("day"))


@pytest.fixture(scope="module", params=["then", "as of then"])
def day(request: pytest.FixtureRequest, then: Day) -> Day:
    return then if request.param == "then" else then.looked_back_at()


@pytest.mark.parametrize("level", TRAINED)
def test_who_trained_with_whom(day: Day, level: str) -> None:
    assert day.ties(level, "held", "under-way") == day.expected(TRAINED[level])


@pytest.mark.parametrize("level", PLANNED)
def test_who_plans_to_train_with_whom(day: Day, level: str) -> None:
    assert day.ties(level, "planned") == day.expected(PLANNED[level])


@pytest.mark.parametrize(
    ("relation", "table"), [("trainedWith", TRAINED), ("plansToTrainWith", PLANNED)]
)
def test_what_the_rules_derive_is_what_the_networks_show(
    day: Day, relation: str, table: dict[str, dict[str, tuple[tuple[int, ...], str]]]
) -> None:
    derived = day.rows(
        "SELECT (CONCAT(STR(?x), ' - ', STR(?y)) AS ?tie) WHERE "
        f"{{ ?a nr:{relation} ?b ; rdfs:label ?x . ?b rdfs:label ?y . FILTER(STR(?x) < STR(?y)) }}"
    )
    assert derived == {tie for ties in table.values() for tie in day.expected(ties)}


def test_how_far_each_exercise_and_plan_is(day: Day) -> None:
    found = day.rows(
        "SELECT ?node ?status WHERE { ?node nr:hasStatus ?status . "
        "{ ?node a nr:Exercise } UNION { ?node a nr:Plan } }"
    )
    today = {node: statuses[day.number - 1] for node, statuses in STATUSES.items()}
    assert found == {f"{node} {status}" for node, status in today.items() if status}


def test_which_plans_are_open(day: Day) -> None:
    assert day.rows("SELECT ?plan WHERE { ?plan a nr:OpenPlan }") == {
        plan for plan, days in OPEN.items() if day.number in days
    }


def test_which_plans_are_overdue(day: Day) -> None:
    overdue = day.rows(
        "SELECT DISTINCT ?plan WHERE { ?plan a nr:OpenPlan ; nr:latest ?end . "
        "?article a schema:NewsArticle ; nr:latest ?day . FILTER(?end < ?day) }"
    )
    assert overdue == ({"rescue-drill-2031"} if day.number > 1 else set())


def test_who_does_not_train(day: Day) -> None:
    found = day.rows(
        "SELECT ?node ?role ?actor WHERE { ?node ?role ?actor "
        "FILTER(?role IN (nr:hasObserver, nr:hasInvited, nr:hasWithdrawn, nr:hasSupporter)) }"
    )
    assert found == {row for row, since in ROLES.items() if since <= day.number}


def test_counts_that_differ_stay_side_by_side(day: Day) -> None:
    found = day.rows(
        "SELECT ?node ?number ?quantifier ?what WHERE { ?claim nr:about ?node ; "
        "nr:onProperty nr:hasQuantity ; nr:hasValue ?number ; nr:hasQuantifier ?quantifier ; "
        "nr:quantityOf ?what . FILTER(STRSTARTS(STR(?node), STR(id:grey-heron))) }"
    )
    assert found == {row for row, since in COUNTS.items() if since <= day.number}


def test_numbers_that_differ_are_told() -> None:
    """Ships with ships; the warships that were expected are of the plan, and none of them."""
    rows = passex.load(STORY).ask("differing-counts").records()
    names = ("about", "of", "quantifier", "number", "otherQuantifier", "otherNumber")
    assert [tuple(row[name] for name in names) for row in rows] == [
        ("Grey Heron, May 2031", "ships", "fewer than", "15", "more than", "15")
    ]
    assert [(row["speaker"], row["otherSpeaker"]) for row in rows] == [
        ("Tomas Reed", "Castrian state radio")
    ]


def test_an_exercise_at_sea_and_in_the_air_counts_in_both() -> None:
    graph = passex.load(STORY)
    for domain, exercises in (("naval", 1), ("air", 1)):
        ties = graph.ties(passex.Policy(level="service", domain=domain)).ties
        pair = [tie for tie in ties if tie.target.label == "Borland Navy"]
        assert [len(tie.occasions) for tie in pair] == [exercises], domain


def test_a_correction_and_disagreements_are_claims_of_their_articles() -> None:
    graph = passex.load(STORY)
    rows = graph.query(
        "SELECT ?article ?property ?value WHERE { ?claim nr:about id:grey-heron-2031 ; "
        "nr:onProperty ?property ; nr:hasValue ?value ; nr:hasEvidence/oa:hasSource ?article . "
        "FILTER(?property IN (nr:latest, nr:hasPlace)) }"
    )
    assert isinstance(rows, Solutions)
    found = {(_short(a.value), _short(p.value), _short(v.value)) for a, p, v in rows}
    assert found == {
        ("article-2031-grey-heron-begins", "latest", "2031-05-01"),
        ("article-2031-grey-heron-begins", "latest", "2031-05-10"),
        ("article-2031-grey-heron-ends", "latest", "2031-05-10"),
        ("article-2031-iron-gull-cancelled", "latest", "2031-05-09"),
        ("article-2031-grey-heron-begins", "hasPlace", "cape-sorrow"),
        ("article-2031-missile-fired", "hasPlace", "gulf-of-marn"),
    }


#: What isn't there as of the day of each article: words of dates that are others now, by node.
#: Which of a quote's words they were stands in no claim.
WORDS = {
    1: {"iron-gull": "in June"},
    2: {"grey-heron-2031": "It began on 1 May"},
    3: {"grey-heron-2031": "It began on 1 May"},
}


def test_every_answer_is_as_it_was(then: Day) -> None:
    """All questions, networks and portraits; of actors, of those that an article has named."""
    now = then.looked_back_at().graph
    for name, question in catalogue.questions().items():
        if all(parameter.default is not None for parameter in question.parameters):
            rows, before = (kg.ask(name).records() for kg in (now, then.graph))
            named = {row["actor"] for row in rows} if name == "actors" else set()
            assert rows == [r for r in before if name != "actors" or r["actor"] in named], name
    for level in TRAINED:
        policy = passex.Policy(level, ("held", "under-way", "planned"), "all")
        ties, was = now.ties(policy), then.graph.ties(policy)
        assert (ties.ties, ties.alone, ties.notes[1:]) == (was.ties, was.alone, was.notes)
    told = "VALUES ?class { nr:Event nr:Plan nr:Series nr:Relation nr:Tension nr:Place }"
    nodes = f"SELECT DISTINCT ?node WHERE {{ {told} ?node a ?class }}"
    assert len(then.rows(nodes)) > 10
    for node in then.rows(nodes):
        try:
            portrait = now.show(f"id:{node}").records()
        except UnknownNameError:
            assert not then.graph.show(f"id:{node}").claims
            continue
        before_portrait = then.graph.show(f"id:{node}").records()
        if gone := WORDS.get(then.number, {}).get(str(node)):
            [at] = [n for n, row in enumerate(before_portrait) if row["given"] == gone]
            assert before_portrait.pop(at)["property"] == "date words"
        assert portrait == before_portrait


def test_who_is_known_as_of_a_day() -> None:
    """Those that an article up to it names, and what something known leads to, but nobody else."""
    known = [
        {row["actor"] for row in kg.ask("actors").records() if row["class"] == "person"}
        for kg in (passex.load(STORY, cached=False, as_of=day) for day in DAYS)
    ]
    marlow, reed, brandt = {"Ines Marlow"}, {"Tomas Reed"}, {"Leo Brandt"}
    july = {"Ana Kelso", "Jon Orrin"}
    both = marlow | reed
    assert known == [marlow, marlow, both, both, both | july, both | july | brandt]


def test_overdue_is_counted_from_the_day_itself() -> None:
    """Of Clear Path, on 14 July, the next article tells ten days later."""
    for day, words in (
        ("2031-07-14", "open"),
        ("2031-07-15", "overdue: its last day was 2031-07-14, before the day that was asked for"),
        ("2031-07-24", "realised by Quiet Water, 14 July 2031"),
    ):
        kg = passex.load(STORY, cached=False, as_of=day)
        assert str(kg.show("Clear Path, July 2031").standing) == words
        outcomes = {r["outcome"] for r in kg.ask("plans").records() if "Clear" in r["plan"]}
        assert outcomes == {words.partition(":")[0].partition(" ")[0]}


def test_no_article_leaves_a_problem(then: Day) -> None:
    """Each day's graph is valid, and every anchor stands where it is said to."""
    arguments = ["validate", str(then.folder), "--texts", str(TEXTS), "--fail-on", "warning"]
    result = CliRunner().invoke(cli, arguments)
    assert result.exit_code == 0, result.output


@pytest.mark.parametrize("number", [2, 3, 4])
def test_a_node_that_an_article_left_behind_is_noticed(number: int, tmp_path: Path) -> None:
    """Of each article whose edits were forgotten, at the line of the older value."""
    Day(number, tmp_path)
    for file, old, new in EDITS[number]:
        older = tmp_path / f"{file}.ttl"
        text = older.read_text(encoding="utf-8")
        older.write_text(text.replace(new, old, 1), encoding="utf-8")
    result = CliRunner().invoke(cli, ["validate", str(tmp_path)])
    assert result.exit_code == 1
    found = re.findall(r"(\S+)\.ttl:\d+:\d+: violation\[(\S+) ", result.output)
    values = {Path(file).name for file, rule in found if rule == "nrs:NewestValue"}
    assert values == {file for file, *_ in EDITS[number]}


def test_every_anchor_stands_in_its_text() -> None:
    report = evidence.check(passex.load(STORY).store, TEXTS)
    assert report.findings == ()
    assert report.articles == len(ARTICLES)
    written = [(STORY / f"{name}.ttl").read_text(encoding="utf-8") for name in ARTICLES]
    assert report.anchors == sum(text.count(" oa:exact ") for text in written) > 90


@pytest.mark.parametrize("name", ARTICLES)
def test_an_article_takes_at_most_twenty_lines_a_sentence(name: str) -> None:
    turtle = (STORY / f"{name}.ttl").read_text(encoding="utf-8")
    assert max(map(len, turtle.splitlines())) <= 120
    head, facts = turtle.split("\n# 1. ")
    assert "@base" in head
    lines = [line for line in facts.splitlines()[1:] if line and not line.startswith("#")]
    text = (TEXTS / f"{name}.txt").read_text(encoding="utf-8")
    sentences = [
        line for line in text.splitlines()[1:] if line
    ]  # one a line; the first is a headline
    assert len(lines) <= 20 * len(sentences)
    assert facts.count("\n# ") + 1 == len(sentences)


@pytest.mark.parametrize("name", ["2031-forms", "2031-more-forms"])
def test_honest_forms_are_accepted(name: str) -> None:
    """Sentences of other kinds, of states and navies that the gazetteer has."""
    forms = STORY.parent / "forms"
    turtle = forms / f"{name}.ttl"
    arguments = ["validate", str(turtle), "--texts", str(forms / "texts")]
    result = CliRunner().invoke(cli, [*arguments, "--fail-on", "warning"])
    assert result.exit_code == 0, result.output
    report = evidence.check(passex.load(turtle).store, forms / "texts")
    assert (report.articles, report.findings) == (1, ())
