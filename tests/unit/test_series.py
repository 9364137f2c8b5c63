"""Yearly series, against networks of each year and counts in plain Python."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Sequence
from itertools import combinations
from random import Random

import pytest

from passex.api.knowledge import KnowledgeGraph
from passex.errors import QueryError
from passex.graph.store import Store
from passex.network.policy import Policy

Event = tuple[tuple[str, ...], str, str, str]


def turtle(events: Sequence[Event]) -> str:
    names = sorted({name for actors, *_ in events for name in actors})
    lines = [f':{name} a nr:State ; rdfs:label "{name}" .' for name in names]
    for n, (actors, first, last, kind) in enumerate(events):
        dates = f'; nr:earliest "{first}"^^xsd:date ' if first else ""
        dates += f'; nr:latest "{last}"^^xsd:date ' if last else ""
        lines.append(
            f':e{n} a nr:{kind} ; rdfs:label "E{n:02}" ; nr:hasDomain nrc:naval {dates}'
            f"; nr:hasParticipant :{', :'.join(actors)} ."
        )
    return "\n".join(lines)


def generated() -> list[Event]:
    chance = Random(11)
    events: list[Event] = []
    for _ in range(50):
        actors = tuple(sorted(chance.sample("ABCDEFG", chance.choice((1, 2, 2, 2, 3, 5)))))
        year = chance.randint(2001, 2006)
        first, last = chance.choice(
            (
                (f"{year}-03-01", f"{year}-03-09"),
                (f"{year}-01-01", f"{year}-12-31"),
                (f"{year}-06-01", f"{year + 1}-02-01"),
                (f"{year}-01-01", f"{year + 2}-12-31"),
                ("", ""),
            )
        )
        events.append((actors, first, last, "Exercise"))
    return events


def test_each_year_is_what_a_count_gives(make: Callable[[str], Store]) -> None:
    events = generated()
    kg = KnowledgeGraph(make(turtle(events)))
    dated = [event for event in events if event[1]]
    expected = []
    for year in sorted({y for _, a, b, _ in dated for y in range(int(a[:4]), int(b[:4]) + 1)}):
        own = [e for e in dated if int(e[1][:4]) <= year <= int(e[2][:4])]
        unsure = sum(e[1][:4] != e[2][:4] for e in own)
        strength: dict[str, float] = defaultdict(float)
        for actors, *_ in own:
            for a, b in combinations(actors, 2):
                strength[a] += 1 / (len(actors) - 1)
                strength[b] += 1 / (len(actors) - 1)
        # As many as the exercises of two or more that it is in.
        ordered = sorted(strength, key=lambda name: (-round(strength[name], 9), name))
        expected += [(year, name, strength[name], len(own), 0, unsure) for name in ordered]
    found = kg.series(Policy("state"))
    rows = [(row[0], found.table().label(row[1]), *row[2:]) for row in found.table().rows]
    assert [row[:2] + row[3:] for row in rows] == [row[:2] + row[3:] for row in expected]
    assert [row[2] for row in rows] == pytest.approx([row[2] for row in expected])
    several = [f"E{n:02}" for n, e in enumerate(events) if e[1] and e[1][:4] != e[2][:4]]
    bare = [f"E{n:02}" for n, e in enumerate(events) if not e[1]]
    assert found.notes[0] == (
        f"{len(several)} of {len(dated)} exercises only may have taken place in one of several "
        f"years, and count in each: {'; '.join(several[:6])}; and {len(several) - 6} more."
    )
    assert found.notes[1] == (
        f"{len(bare)} without dates are not counted: {'; '.join(bare[:6])}; "
        f"and {len(bare) - 6} more."
    )


@pytest.mark.parametrize("measure", ["degree", "betweenness"])
def test_a_year_is_the_network_of_that_year(make: Callable[[str], Store], measure: str) -> None:
    kg = KnowledgeGraph(make(turtle(generated())))
    found = kg.series(Policy("state", min_events=2), measure, "count")
    assert len(found.years) > 5
    for year in found.years:
        alone = kg.ties(Policy("state", since=year.year, until=year.year, min_events=2))
        assert year.network.ties == alone.ties
        scores = kg.rank(alone, measure, "count").centralities.scores(measure)
        assert year.scores == pytest.approx(scores)
    assert "Each year is a network for itself: ties are left out year by year." in found.notes


def test_a_period_cuts_the_first_and_the_last_year(make: Callable[[str], Store]) -> None:
    events: list[Event] = [
        (("A", "B"), "2010-02-01", "2010-02-02", "Exercise"),
        (("A", "C"), "2010-08-01", "2010-08-02", "Exercise"),
        (("A", "C"), "2010-05-01", "2010-12-31", "Exercise"),
        (("B", "C"), "2013-01-01", "2013-01-01", "Exercise"),
        (("B", "D"), "2013-06-01", "2013-06-02", "Exercise"),
        (("B", "C"), "2013-03-01", "2013-07-01", "Exercise"),
    ]
    kg = KnowledgeGraph(make(turtle(events)))
    found = kg.series(Policy("state", since="2010-07-01", until="2013-05-31"), "degree")
    assert [tuple(year.numbers().values()) for year in found.years] == [
        (2010, 2, 0, 1, 2, 1),
        (2013, 2, 0, 1, 2, 1),
    ]
    assert found.notes == (
        "Nothing that counts may have taken place in 2011, 2012.",
        "2 of 4 exercises only may have taken place then: E02; E05.",
    )


def test_plans_are_no_exercises_of_a_year(make: Callable[[str], Store]) -> None:
    events: list[Event] = [
        (("A", "B"), "2010-02-01", "2010-02-02", "Exercise"),
        (("A", "B"), "2010-08-01", "2011-08-02", "ExercisePlan"),
        (("A", "C"), "2012-08-01", "", "ExercisePlan"),
        (("A", "B"), "2014-02-01", "2014-02-02", "Exercise"),
    ]
    kg = KnowledgeGraph(make(turtle(events)))
    found = kg.series(Policy("state", include="held,planned"))  # type: ignore[arg-type]
    assert [tuple(year.numbers().values()) for year in found.years] == [
        (2010, 1, 1, 1, 2, 1),
        (2011, 0, 1, 1, 2, 1),
        (2012, 0, 1, 1, 2, 1),
        # Nobody knows when the plan is over, nor whether it is to take place in these years.
        (2013, 0, 1, 1, 2, 1),
        (2014, 1, 1, 1, 3, 2),
    ]
    assert found.notes == (
        "2 of 2 plans only may take place in one of several years, and count in each: E01; E02.",
    )


def test_json_of_a_series(make: Callable[[str], Store]) -> None:
    kg = KnowledgeGraph(make(turtle([(("A", "B"), "2010-02-01", "2010-02-02", "Exercise")])))
    found = json.loads(kg.series(Policy("state"), "degree", "count").document())
    assert found["policy"]["words"] == "state level; exercises held and under way; naval domain"
    assert (found["measure"], found["weight"], found["notes"]) == ("degree", "count", [])
    assert found["years"] == [
        {"year": 2010, "exercises": 1, "plans": 0, "uncertain": 0, "actors": 2, "ties": 1}
    ]
    assert found["actors"][0] == {
        "year": 2010,
        "actor": {"label": "A", "iri": "https://example.org/A"},
        "degree": 1,
        "exercises": 1,
        "plans": 0,
        "uncertain": 0,
    }


def test_nothing_has_a_year(make: Callable[[str], Store]) -> None:
    kg = KnowledgeGraph(make(turtle([(("A", "B"), "", "", "Exercise")])))
    found = kg.series(Policy("state"))
    assert (found.years, found.table().rows) == ((), ())
    assert found.notes == ("1 without dates is not counted: E00.",)
    with pytest.raises(QueryError, match="'size' is no measure"):
        kg.series(measure="size")
