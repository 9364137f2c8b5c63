"""Differences triple by triple: blank nodes are matched, and the difference is a patch."""

from __future__ import annotations

import random
import time
from collections.abc import Iterable
from pathlib import Path

import pytest
import rdflib
from hypothesis import given
from hypothesis import strategies as st
from rdflib.compare import isomorphic

from passex.curation.diff import triples
from passex.curation.diff.blank_nodes import correspondence, differences
from passex.curation.diff.patterns import Pattern
from passex.errors import InputError
from passex.graph.parsing import parse
from passex.graph.sources import Source

#: A triple of a small graph: ends from 0 to 3 are blank nodes, others are IRIs.
TRIPLES = st.lists(
    st.tuples(st.integers(0, 6), st.integers(0, 2), st.integers(0, 7)), max_size=12, unique=True
)


def source(text: str, name: str = "a.nt") -> Source:
    return Source(Path(name), content=text.encode())


def compare(old: str, new: str, name: str = "a.ttl") -> triples.TripleChanges:
    return triples.compare([source(old, name)], [source(new, name)])


def written(graph: Iterable[tuple[int, int, int]], names: dict[int, str]) -> str:
    """Write a graph with these names for its blank nodes."""

    def term(number: int) -> str:
        return f"_:{names[number]}" if number in names else f"<urn:n{number}>"

    return "".join(f"{term(s)} <urn:p{p}> {term(o)} .\n" for s, p, o in graph)


FIRST = {0: "a", 1: "b", 2: "c", 3: "d"}


@given(TRIPLES, st.permutations(range(4)), st.randoms(use_true_random=False))
def test_names_and_order_are_no_difference(
    graph: list[tuple[int, int, int]], order: list[int], chance: random.Random
) -> None:
    other = chance.sample(graph, len(graph))
    names = {number: f"x{order[number]}" for number in FIRST}
    assert not compare(written(graph, FIRST), written(other, names), "a.nt")


@given(TRIPLES, TRIPLES, st.permutations(range(4)))
def test_the_difference_makes_the_new_graph_of_the_old_one(
    before: list[tuple[int, int, int]], after: list[tuple[int, int, int]], order: list[int]
) -> None:
    names = {number: f"x{order[number]}" for number in FIRST}
    texts = [written(before, FIRST), written(after, names)]
    old, new = (
        [Pattern.of(quad) for quad in parse(source(text)) if "_:" in str(quad)] for text in texts
    )
    ours, theirs = correspondence(old, new)
    # Two nodes of a graph are never one.
    assert len({*ours.values()}) == len(ours)
    assert len({*theirs.values()}) == len(theirs)
    lines = [
        {pattern.line({node: f"_:n{number}" for node, number in side.items()}) for pattern in part}
        for part, side in ((old, ours), (new, theirs))
    ]
    for text, blank in zip(texts, lines, strict=True):
        ground = [line for line in text.splitlines() if "_:" not in line]
        made = rdflib.Graph().parse(data="\n".join([*ground, *blank]), format="nt")
        assert isomorphic(made, rdflib.Graph().parse(data=text, format="nt"))
    gone, come = differences(old, new)
    assert (len(gone), len(come)) == (len(lines[0] - lines[1]), len(lines[1] - lines[0]))
    found = compare(texts[0], texts[1], "a.nt")
    ground_old, ground_new = (
        {line for line in text.splitlines() if "_:" not in line} for text in texts
    )
    assert set(found.removed) == {*gone, *(ground_old - ground_new)}
    assert set(found.added) == {*come, *(ground_new - ground_old)}


@given(TRIPLES, TRIPLES)
def test_what_one_way_adds_the_other_way_removes(
    before: list[tuple[int, int, int]], after: list[tuple[int, int, int]]
) -> None:
    there = compare(written(before, {}), written(after, {}), "a.nt")
    back = compare(written(after, {}), written(before, {}), "a.nt")
    assert (there.removed, there.added) == (back.added, back.removed)
    lines = set(written(before, {}).splitlines()) - {*there.removed} | {*there.added}
    assert lines == set(written(after, {}).splitlines())


def test_a_changed_blank_node_stays_the_same_node() -> None:
    old = "<urn:s> <urn:p> [ a <urn:Shape> ; <urn:path> <urn:x> ; <urn:min> 1 ] ."
    new = "<urn:s> <urn:p> [ a <urn:Shape> ; <urn:path> <urn:x> ; <urn:min> 2 ] ."
    integer = "<http://www.w3.org/2001/XMLSchema#integer>"
    assert [*compare(old, new).lines()] == [
        f'- _:b1 <urn:min> "1"^^{integer} .',
        f'+ _:b1 <urn:min> "2"^^{integer} .',
    ]


def test_a_list_that_grows_keeps_its_cells() -> None:
    found = compare("<urn:a> <urn:p> (1 2 3 4 5) .", "<urn:a> <urn:p> (1 2 3 4 5 6) .")
    rest = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#rest>"
    assert found.removed == (f"_:b1 {rest} <http://www.w3.org/1999/02/22-rdf-syntax-ns#nil> .",)
    assert len(found.added) == 3


def test_lines_are_sorted_with_what_was_before_what_is() -> None:
    found = compare("<urn:b> <urn:p> 1 . <urn:a> <urn:p> 2 .", "<urn:b> <urn:p> 3 .")
    assert [line[:21] for line in found.lines()] == [
        '- <urn:a> <urn:p> "2"',
        '- <urn:b> <urn:p> "1"',
        '+ <urn:b> <urn:p> "3"',
    ]
    assert found.subjects == {"urn:a", "urn:b"}


def test_what_stands_in_a_file_of_both_sides_is_in_both() -> None:
    same = source("<urn:a> <urn:p> <urn:b> .\n<urn:a> <urn:p> <urn:c> .", "same.ttl")
    found = triples.compare(
        [same, source("<urn:a> <urn:p> <urn:b> .")], [same, source("<urn:x> <urn:p> <urn:b> .")]
    )
    assert (found.removed, found.added) == ((), ("<urn:x> <urn:p> <urn:b> .",))


def test_literals_are_compared_as_they_are_written() -> None:
    found = compare('<urn:a> <urn:p> 01, "x"@en .', '<urn:a> <urn:p> 1, "x"@EN .')
    assert [line.split('"')[1] for line in (*found.removed, *found.added)] == ["01", "1"]


def test_named_graphs_and_triples_within_triples() -> None:
    old = "<urn:s> <urn:p> <urn:o> <urn:g> ."
    assert compare(old, "<urn:s> <urn:p> <urn:o> .", "a.nq").removed == (old,)
    quoted = "<urn:s> <urn:p> <<( _:{} <urn:q> 1 )>> . _:{} <urn:r> 2 ."
    assert not compare(quoted.format("x", "x"), quoted.format("y", "y"))
    assert compare(quoted.format("x", "x"), quoted.format("x", "y"))


def test_a_file_of_both_sides_has_to_be_rdf() -> None:
    with pytest.raises(InputError, match=r"a\.ttl:1:9: not Turtle"):
        compare("<urn:a> ", "<urn:a> ")


@pytest.mark.parametrize(
    ("old", "new", "size"),
    [
        # So many cells, leaves and rings that look alike; each took minutes to tell apart once.
        (f"<urn:a> <urn:p> ({'0 ' * 3000}) .", f"<urn:a> <urn:p> ({'0 ' * 3001}) .", 4),
        *(
            (
                "".join(f"{root} <urn:p> _:x{n} . _:x{n} a <urn:C> .\n" for n in range(3000)),
                "".join(f"{root} <urn:p> _:y{n} . _:y{n} a <urn:C> .\n" for n in range(3001)),
                2,
            )
            for root in ("<urn:a>", "_:root")
        ),
        (
            "".join(f"_:x{n} <urn:p> _:x{(n + 1) % 1000} .\n" for n in range(1000)),
            "".join(f"_:x{n} <urn:p> _:x{(n + 1) % 1000} .\n" for n in range(999, -1, -1)),
            0,
        ),
    ],
    ids=["list", "leaves", "leaves of a blank node", "ring"],
)
def test_much_that_looks_alike_is_matched_in_time(old: str, new: str, size: int) -> None:
    begin = time.monotonic()
    found = compare(old, new)
    assert len(found.removed) + len(found.added) == size
    assert time.monotonic() - begin < 60
