"""Questions that are computed have the rows of their queries, in the same order."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from thorough import examples

import passex
from passex.graph import rules, store
from passex.graph.terms import LEVELS, NR, RDF
from passex.questions import answers, catalogue

from .test_batches import AZURE
from .worlds import ACTORS, EXERCISES, HEAD, STORY, lines, turtle

QUESTIONS = {name: catalogue.find(name) for name in answers._COMPUTED}
#: Two contingents, a ship beside her squadron, a phase, and two articles.
SIDES = """
:a a nr:State . :b a nr:State . :c a nr:State . :d a nr:State . :s a nr:Ship . :q a nr:Formation .
:x a nr:Affiliation ; org:member :s ; org:organization :q .
:k a nr:Contingent ; dcterms:isPartOf :e . :a nr:inContingent :k . :b nr:inContingent :k .
:e a nr:Exercise ; nr:hasParticipant :a, :b, :c, :s, :q .
:h a nr:Exercise ; dcterms:isPartOf :e ; nr:hasParticipant :c, :d .
:c1 nr:about :e ; nr:onProperty nr:hasParticipant ; nr:hasValue :a, :b, :c, :q ;
    nr:hasEvidence <https://example.org/one#char=0,4> .
:c2 nr:about :h ; nr:onProperty nr:hasParticipant ; nr:hasValue :c, :d ;
    nr:hasEvidence <https://example.org/two#char=0,4> .
:c3 nr:about :e ; nr:onProperty nr:hasParticipant ; nr:hasValue :s ;
    nr:hasEvidence <https://example.org/two#char=0,4> .
<https://example.org/one#char=0,4> oa:exact "word" .
<https://example.org/two#char=0,4> oa:exact "word" .
"""
_NAMES = [f"https://example.org/{name}" for name in "abcdefg"]
_EVENTS = [f"https://example.org/e{number}" for number in range(4)]
_events = st.fixed_dictionaries(
    {
        event: st.fixed_dictionaries(
            {level: st.lists(st.sampled_from(_NAMES), max_size=4, unique=True) for level in LEVELS}
        )
        for event in _EVENTS
    }
)
_links = st.lists(st.tuples(st.sampled_from(_NAMES), st.sampled_from(_NAMES)), max_size=6)


def same_as_queried(graph: store.Store, name: str) -> int:
    """Compare what is computed with what the query gives, cut and whole, and count it."""
    solutions = graph.query(QUESTIONS[name].query)
    assert isinstance(solutions, ox.QuerySolutions)
    columns = tuple(variable.value for variable in solutions.variables)
    queried = [tuple(solution) for solution in solutions]
    whole = answers.ask(graph, QUESTIONS[name])
    assert whole.columns == columns
    assert list(whole.rows) == queried
    assert whole.left == 0
    for most in (0, 1, len(queried) // 2, len(queried) + 1):
        cut = answers.ask(graph, QUESTIONS[name], (), most)
        assert list(cut.rows) == queried[:most]
        assert len(cut.rows) + cut.left == len(queried)
    return len(queried)


@pytest.mark.parametrize("name", QUESTIONS)
def test_of_whole_graphs(name: str, tmp_path: Path) -> None:
    (tmp_path / "story.ttl").write_text(STORY, encoding="utf-8")
    (tmp_path / "sides.ttl").write_text(HEAD + SIDES, encoding="utf-8")
    sides = passex.load(tmp_path / "sides.ttl", cached=False)
    if name == "single-source-ties":
        found = [(row["actor"][-2], row["partner"][-2]) for row in sides.ask(name).records()]
        assert found == [("a", "c"), ("b", "c"), ("c", "d")]
    assert same_as_queried(sides.store, name)
    for data, least in (((), 5), ((str(AZURE),), 3), ((str(tmp_path / "story.ttl"),), 0)):
        assert same_as_queried(passex.load(*data, cached=False).store, name) >= least


@settings(max_examples=examples(60))
@given(
    _events,
    st.sets(st.sampled_from(_EVENTS)),
    st.sets(st.frozensets(st.sampled_from(_NAMES), min_size=2, max_size=2), max_size=12),
    st.integers(0, 2),
    _links,
    st.sets(st.sampled_from(_NAMES), max_size=2),
)
def test_triads_of_any_ties(
    events: dict[str, dict[str, list[str]]],
    plans: set[str],
    tied: set[frozenset[str]],
    oneway: int,
    links: list[tuple[str, str]],
    formations: set[str],
) -> None:
    quads = [
        (event, LEVELS[level], actor)
        for event, levels in events.items()
        for level, actors in levels.items()
        for actor in actors
    ]
    quads += [(event, RDF.type, NR.Exercise) for event in _EVENTS if event not in plans]
    for number, (a, b) in enumerate(sorted(map(sorted, tied))):
        # Facts that go round in circles have ties of one direction.
        both = [(a, NR.trainedWith, b), (b, NR.trainedWith, a)]
        quads += [both[number]] if number < oneway else both
    quads += [(member, NR.belongsTo, whole) for member, whole in links]
    quads += [(formation, RDF.type, NR.Formation) for formation in formations]
    engine = ox.Store()
    engine.extend(ox.Quad(*map(ox.NamedNode, quad)) for quad in quads)
    same_as_queried(store.Store(engine), "open-triads")


_claims = st.lists(
    st.tuples(
        st.sampled_from(EXERCISES),
        st.lists(st.sampled_from(ACTORS), min_size=1, max_size=3, unique=True),
        st.integers(0, 2),
    ),
    max_size=6,
)


@settings(max_examples=examples(15), deadline=None)
@example(  # a phase in which the same stand as in the whole
    drawn=[
        ":x0 a nr:Affiliation ; org:member :state0 ; org:organization :state1 .",
        ":e0 a nr:Exercise . :e3 a nr:Exercise ; dcterms:isPartOf :e0 .",
    ],
    claims=[(":e0", [":state0"], 0), (":e3", [":state0"], 0)],
)
@example(  # an exercise that is part of its other account
    drawn=[":e0 a nr:Exercise ; dcterms:isPartOf :e1 ; owl:sameAs :e1 . :e1 a nr:Exercise ."],
    claims=[(":e1", [":state0", ":state1"], 0)],
)
@given(drawn=lines(), claims=_claims)
def test_of_any_exercises(
    drawn: list[str],
    claims: list[tuple[str, list[str], int]],
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    for number, (exercise, actors, article) in enumerate(claims):
        # Who is claimed took part: else no article names it.
        quote = f"<https://example.org/article{article}#char=1,{number + 3}>"
        drawn = [
            *drawn,
            f"{exercise} nr:hasParticipant {', '.join(actors)} .",
            f":q{number} nr:about {exercise} ; nr:onProperty nr:hasParticipant ; "
            f'nr:hasValue {", ".join(actors)} ; nr:hasEvidence {quote} . {quote} oa:exact "x" .',
        ]
    path = tmp_path_factory.mktemp("any") / "any.ttl"
    path.write_text(turtle(drawn), encoding="utf-8")
    made = store.load([path])
    rules.derive(made)
    for name in QUESTIONS:
        same_as_queried(made, name)


def test_a_formation_and_what_belongs_to_it_are_no_triad() -> None:
    engine = ox.Store()
    facts = """
    :x a nr:Exercise ; nr:involvesUnit :squadron, :far . :squadron a nr:Formation .
    :y a nr:Exercise ; nr:involvesUnit :ship, :far . :ship nr:belongsTo :squadron .
    :z a nr:Exercise ; nr:involvesUnit :far, :other .
    :far nr:trainedWith :squadron, :ship, :other . :squadron nr:trainedWith :far .
    :ship nr:trainedWith :far . :other nr:trainedWith :far .
    """
    engine.extend(ox.parse(HEAD + facts, ox.RdfFormat.TURTLE))
    found = answers.ask(store.Store(engine), QUESTIONS["open-triads"]).table()
    rows = [[found.label(one).rpartition("/")[2].strip(">") for one in row] for row in found.rows]
    assert rows == [
        ["other", "far", "ship", "unit", "1"],
        ["other", "far", "squadron", "unit", "1"],
    ]


def test_who_never_was_there_at_one_time_is_no_triad(tmp_path: Path) -> None:
    path = tmp_path / "states.ttl"
    facts = """
    @prefix id: <https://w3id.org/passex/id/> .
    :e a nr:Exercise ; nr:hasDomain nrc:naval ; nr:hasParticipant id:france, id:east-germany .
    :f a nr:Exercise ; nr:hasDomain nrc:naval ; nr:hasParticipant id:france, id:ukraine .
    :g a nr:Exercise ; nr:hasDomain nrc:naval ; nr:hasParticipant id:france, id:poland .
    """
    path.write_text(HEAD + facts, encoding="utf-8")
    graph = passex.load(path, cached=False)
    found = [tuple(row.values()) for row in graph.ask("open-triads").records()]
    # East Germany, and its navy, ended in 1990; Ukraine, and with it its navy, began in 1991.
    assert found == [
        ("East Germany", "France", "Poland", "state", "1"),
        ("Poland", "France", "Ukraine", "state", "1"),
        ("Polish Navy", "French Navy", "Ukrainian Navy", "service", "1"),
        ("Polish Navy", "French Navy", "Volksmarine", "service", "1"),
    ]
    assert same_as_queried(graph.store, "open-triads") == 4
