"""What a cluster is asked to do, done here: lines parsed, groups found, files listed."""

from __future__ import annotations

import bz2
import gzip
import random
import threading
import zlib
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from threading import Event
from typing import Any, cast

import networkx
import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from passex.errors import InputError
from passex.graph import dataset
from passex.graph.terms import NR
from passex.network.ties import weigh
from passex.spark import executor, grouping, lines, locations, session, sharing, waiting

pyarrow: Any = pytest.importorskip("pyarrow", reason="pip install --editable '.[spark]'")

_names = st.sampled_from(["<a:b>", "<a:c>", "_:x", "_:y", "<a:\\u0064>"])
_values = st.one_of(_names, st.sampled_from(['"x"', '"_:x"@en', '"a\\n<b>"', '"1"^^<a:t>']))
_lines = st.one_of(
    st.sampled_from(["", "# _:x", "  "]),
    st.builds(
        lambda s, o, g, end: f"{s} <a:p> {o} {g}{end}",
        *(
            _names,
            _values,
            st.sampled_from(["", "<a:g> ", "_:g "]),
            st.sampled_from([".", ". # x"]),
        ),
    ),
)


@given(st.lists(_lines, max_size=12), st.integers(0, 12))
def test_lines_say_the_same_wherever_a_file_is_cut(written: list[str], place: int) -> None:
    found: Counter[tuple[str, str]] = Counter()
    for part in (written[:place], written[place:]):
        parsed = lines.parse(7, part)
        assert not isinstance(parsed, lines.Fault)
        for quad, line in parsed:
            [again] = ox.parse(line.encode(), ox.RdfFormat.N_TRIPLES)
            assert again.triple == quad.triple
            found[str(quad.subject), str(quad.object)] += 1
    expected = Counter(
        (_named(quad.subject), _named(quad.object))
        for quad in ox.parse("\n".join(written).encode(), ox.RdfFormat.N_QUADS)
    )
    assert found == expected


def _named(term: object) -> str:
    if isinstance(term, ox.BlankNode):
        return f"<urn:passex:blank:7-{term.value}>"
    return str(term)


def test_a_line_that_does_not_parse_has_its_place() -> None:
    fault = lines.parse(0, ["<a:b> <a:p> <a:c> .", "", "<a:b> <a:p> ."])
    assert isinstance(fault, lines.Fault)
    assert (fault.line, fault.column) == (2, 13)
    assert "\n" not in fault.reason


def packed(*parts: list[ox.Quad]) -> bytes:
    packing = executor.Packing()
    for quads in parts:
        packing.add(quads)
    return packing.packed()


def test_what_is_packed_in_parts_is_all_there() -> None:
    quads = [ox.Quad(ox.NamedNode(f"a:{n}"), ox.NamedNode("a:p"), ox.Literal("x")) for n in "123"]
    packing = executor.Packing()
    packing.add(quads[:1])
    assert zlib.decompress(packing.packed()) == b'<a:1> <a:p> "x" .\n'
    packing.add(quads[1:])
    assert packing.number == 3
    assert zlib.decompress(packing.packed()).splitlines()[2] == b'<a:3> <a:p> "x" .'


def test_executors_see_the_same_in_what_they_get_of_the_rest() -> None:
    quads = [quad for path in dataset.bundled_facts() for quad in ox.parse(path=str(path))]
    # Exercises, plans and events, the claims about them, and the evidence for these.
    own: set[Any] = {
        quad.subject
        for quad in quads
        if quad.predicate.value in (NR.hasParticipant, NR.hasStatus, NR.hasDomain)
    }
    own |= {q.subject for q in quads if q.predicate.value == NR.about and q.object in own}
    own |= {q.object for q in quads if q.predicate.value == NR.hasEvidence and q.subject in own}
    bucket = [f"{quad.triple} ." for quad in quads if lines.goes_by(quad) in own]
    rest = [quad for quad in quads if lines.goes_by(quad) not in own]
    said = pyarrow.chunked_array([["", *(f"{quad.triple} ." for quad in rest)]])
    seen = {}
    for proofs in (False, True):
        [(found, kept)] = sharing.looked_at(said, proofs)
        assert found == rest
        assert len(kept) < len(rest)
        assert not {NR.sha256, NR.textLength} & {quad.predicate.value for quad in kept}
        seen[proofs] = {*executor.cut(packed(kept), bucket)[0]}
    every = {*executor.cut(packed(rest), bucket)[0]}
    assert seen[True] == every
    # All but the zones of the articles.
    zones = {quad.object for quad in every if quad.predicate.value == NR.hasZone}
    assert zones
    left = {q for q in every if q.predicate.value == NR.hasZone or q.subject in zones}
    assert seen[False] == every - left


def batch(rows: list[tuple[int, str]], *names: str) -> Any:
    numbers, values = zip(*rows, strict=True)
    arrays = [pyarrow.array(numbers, pyarrow.int32()), pyarrow.array(values)]
    return pyarrow.record_batch(arrays, names=list(names))


def test_statements_go_with_their_subjects_and_who_is_in_a_contingent_with_that() -> None:
    rows = [
        (0, "<a:b> <a:p> <a:c> ."),
        (0, f"<a:ship> <{NR.inContingent}> <a:k> ."),
        (1, f"<a:b> <{NR.trainedWith}> <a:c> ."),
        (2, "nothing"),
        (3, "_:x <a:p> <a:c> <a:g> ."),
    ]
    found = lines.split(batch(rows, "file", "value")).to_pylist()
    assert [tuple(row.values()) for row in found] == [
        (lines.STATEMENT, "<a:b>", rows[0][1]),
        (lines.STATEMENT, "<a:k>", rows[1][1]),
        (lines.IGNORED, "", ""),
        (lines.BROKEN, "2", "nothing"),
        (
            *(lines.STATEMENT, "<urn:passex:blank:3-x>"),
            "<urn:passex:blank:3-x> <a:p> <a:c> .",
        ),
    ]
    edges = lines.pick(batch(rows, "file", "value"), {"a:p"}).to_pylist()
    assert [row["subject"] for row in edges] == ["<a:b>", "<urn:passex:blank:3-x>"]
    none = lines.pick(batch(rows[3:4], "file", "value"), {"a:p"})
    assert (none.num_rows, none.schema.names) == (0, ["subject", "term", "object"])


@pytest.mark.parametrize("name", ["a.nt", "a.nq.gz", "a.nt.bz2"])
def test_the_first_fault_of_a_file_is_counted_from_its_start(name: str) -> None:
    pack: dict[str, Callable[[bytes], bytes]] = {"gz": gzip.compress, "bz2": bz2.compress}
    packed = pack.get(name[5:], bytes)
    good = b"<a:b> <a:p> <a:c> .\n"
    contents = [packed(good), packed(good * 9 + b"\n# x\n<a:b> .\nbad")]
    found = lines.find_fault(name, pyarrow.record_batch([contents], names=["content"]))
    [row] = found.to_pylist()
    assert (row["line"], row["column"]) == (12, 7)
    assert "\n" not in row["reason"]


@given(st.lists(st.tuples(st.integers(0, 12), st.integers(0, 12))))
def test_groups_are_connected_components(pairs: list[tuple[int, int]]) -> None:
    names = [(f"<{a}>", f"<{b}>") for a, b in pairs]
    graph = networkx.Graph(names)
    groups = grouping._groups([*names, ("<0>", '"a literal"')])
    expected = {n: min(part) for part in networkx.connected_components(graph) for n in part}
    assert groups == expected


@given(st.lists(st.integers(2, 40), max_size=60), st.randoms(use_true_random=False))
def test_a_weight_is_the_same_number_in_any_order(parties: list[int], chance: Any) -> None:
    counts = Counter(parties)
    shuffled = list(counts.items())
    cast(random.Random, chance).shuffle(shuffled)
    assert weigh(dict(shuffled)) == weigh(counts)
    assert weigh(counts) == pytest.approx(sum(1 / (n - 1) for n in parties))


def test_rules_that_are_left_out_exist() -> None:
    assert {path.stem for path in dataset.rule_files()} >= executor._IDLE


def test_files_are_found_here(tmp_path: Path) -> None:
    inside = tmp_path / "in" / "deep"
    inside.mkdir(parents=True)
    for name in ("a.nt", "b.nq.gz", "c.ttl"):
        (tmp_path / name).touch()
    (inside / "d.nt.zst").touch()
    no_session = cast(Any, None)
    names = ("a.nt", "b.nq.gz", "in/deep/d.nt.zst")
    urls = {name: f"file://{tmp_path}/{name}" for name in names}
    for path in (str(tmp_path), f"file://{tmp_path}", f"file:{tmp_path}"):
        assert locations.find(no_session, [path]) == list(urls.values())
    assert locations.find(no_session, [f"{tmp_path}/*.n*", f"{tmp_path}/a.nt"]) == [
        urls["a.nt"],
        urls["b.nq.gz"],
    ]
    (tmp_path / "in" / "x[1].nt").touch()
    for path, said in (
        (f"{tmp_path}/c.ttl", "neither N-Triples, N-Quads nor Parquet"),
        (f"{tmp_path}/none*.nt", "no such file"),
        (f"{tmp_path}/in/x[1].nt", "takes for a pattern"),
    ):
        with pytest.raises(InputError, match=said):
            locations.find(no_session, [path])


def test_the_sentence_in_what_an_engine_says() -> None:
    grpc = '<_Inactive of RPC:\n\tstatus = X\n\tdetails = "failed to connect"\n>'
    assert session.reason(grpc) == "failed to connect"
    assert session.reason("[PATH] not there.\n\nJVM stacktrace:\nat x") == "[PATH] not there"
    assert len(session.reason("x" * 5000)) == 301
    assert session.reason("") == "nothing"


def test_a_job_that_nobody_works_on_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    given_up = Event()

    class Session:
        interruptAll = staticmethod(given_up.set)

        def registerProgressHandler(self, handler: object) -> None:
            assert handler == jobs.progress

    jobs = waiting.Waiting()
    jobs.watch(cast(Any, Session()))
    monkeypatch.setattr(waiting, "LONGEST", 30)
    # Idle, and then worked on; idle, and then done: neither goes on to be waited for.
    for inflight, done in ((0, False), (2, False), (0, False), (0, True)):
        jobs.progress([], inflight, None, done)
    for thread in threading.enumerate():
        if isinstance(thread, threading.Timer):
            thread.join(10)
            assert not thread.is_alive()
    assert not jobs.over
    monkeypatch.setattr(waiting, "LONGEST", 0.01)
    jobs.progress([], 0, None, False)
    assert given_up.wait(10)
    assert jobs.over
