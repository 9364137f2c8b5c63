"""A graph is derived in batches as all at once, however it is cut."""

from __future__ import annotations

import gc
import random
from pathlib import Path
from unittest import mock

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from thorough import examples

import passex
from passex.errors import CacheError
from passex.graph import (
    batches,
    batching,
    cache,
    dataset,
    folding,
    reading,
    rules,
    shared,
    store,
    uniting,
)
from passex.graph.neighbours import Node
from passex.graph.shared import Shared
from passex.graph.store import Store

from .worlds import STORY, lines, turtle

AZURE = Path(__file__).resolve().parents[1] / "data" / "azure.ttl"
ONTOLOGY = [quad for path in dataset.ontology_files() for quad in ox.parse(path=str(path))]
ABOVE = {quad.subject for quad in ONTOLOGY}


def at_once(engine: ox.Store) -> set[ox.Quad]:
    """Derive all at once."""
    whole = ox.Store()
    whole.extend(engine)
    rules.derive(Store(whole))
    folding.index(whole)
    return set(whole)


def in_batches(engine: ox.Store, groups: list[list[Node]], size: int, few: int = 5) -> set[ox.Quad]:
    """Derive batch by batch, and unite.

    Args:
        few: How many may have a property that is looked up for these alone; and how many actors
            are kept.
    """
    united = set(engine)
    with mock.patch.multiple(shared, _FEW=few, _KEPT=few + 1):
        kept = Shared(engine, many=True)
        for batch in batching.split(groups, size):
            united.update(batching.derived(engine, kept, batch))
    return united


def _own(quads: set[ox.Quad]) -> set[ox.Quad]:
    """Leave out what is said of the ontology: it would take long, and is always the same."""
    return {quad for quad in quads if quad.subject not in ABOVE}


@pytest.mark.parametrize(("data", "size"), [("bundled", 60), (str(AZURE), 25), ("story", 1)])
def test_batches_give_the_same_as_all_at_once(data: str, size: int, tmp_path: Path) -> None:
    if data == "story":
        path = tmp_path / "story.ttl"
        path.write_text(STORY)
        data = str(path)
    engine = store.load([data]).engine
    groups = [group for group in batching.groups(engine) if group[0] not in ABOVE]
    assert _own(in_batches(engine, groups, size)) == _own(at_once(engine))


def test_the_ontology_is_in_batches_too() -> None:
    engine = ox.Store()
    engine.extend(ONTOLOGY)
    assert in_batches(engine, list(batching.groups(engine)), 100) == at_once(engine)


@settings(max_examples=examples(12), deadline=None)
@given(
    lines(proved=True),
    st.randoms(use_true_random=False),
    st.integers(3, 12),
    st.sampled_from((0, 3, 5000)),
)
def test_however_it_is_cut(drawn: list[str], chance: random.Random, size: int, few: int) -> None:
    engine = ox.Store()
    engine.extend(ONTOLOGY)
    engine.extend(ox.parse(turtle(drawn), ox.RdfFormat.TURTLE))
    groups = [group for group in batching.groups(engine) if group[0] not in ABOVE]
    chance.shuffle(groups)
    assert _own(in_batches(engine, groups, size, few)) == _own(at_once(engine))


def test_what_few_nodes_have_is_looked_up_for_these_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    # Which of them the engine lists first, nobody knows.
    nodes = [ox.NamedNode(f"a:{number}") for number in range(4)]
    term = ox.NamedNode("a:p")
    told = [ox.Quad(node, term, ox.Literal(text)) for node in nodes[:3] for text in "xyz"]
    engine = ox.Store()
    engine.extend(told)
    for few in (1, 3, 8, 9):
        monkeypatch.setattr(shared, "_FEW", few)
        kept = Shared(engine, many=True)
        listed = [set(kept.saying(engine, node, "a:p")) for node in nodes]
        assert listed == [set(told[:3]), set(told[3:6]), set(told[6:]), set()]


def test_the_actors_met_last_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shared, "_KEPT", 2)
    kept = Shared(ox.Store())
    first, second, third = (ox.NamedNode(f"a:{number}") for number in range(3))
    actors = {node: shared.Actor({}, [], []) for node in (first, second, third)}
    kept.keep(first, actors[first])
    kept.keep(second, actors[second])
    assert kept.actor(first) is actors[first]
    kept.keep(third, actors[third])
    assert [kept.actor(node) for node in actors] == [actors[first], None, actors[third]]


def test_files_are_united_in_parts_of_whole_lines(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(uniting, "_LENGTH", 8)
    texts = [b"one\n", b"", b"two\nthree\nfour\n", b"a line that is longer\n", b"five\n"]
    paths = [tmp_path / str(number) for number in range(len(texts))]
    for path, text in zip(paths, texts, strict=True):
        path.write_bytes(text)
    assert list(uniting._parts(paths)) == [
        b"one\ntwo\nthree\n",
        b"four\na line that is longer\n",
        b"five\n",
    ]
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("processes", [1, 2])
def test_a_large_graph_is_derived_on_the_disk(
    processes: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "cache"
    monkeypatch.setenv("PASSEX_CACHE_DIR", str(place))
    monkeypatch.setattr(reading, "LARGE", 100)
    monkeypatch.setattr(batches, "SIZE", 50)
    monkeypatch.setattr(uniting, "_LENGTH", 1 << 16)
    monkeypatch.setattr("os.cpu_count", lambda: processes)
    files = [str(AZURE), str(tmp_path / "nodes.ttl")]
    # A blank node keeps its name from batch to batch.
    Path(files[1]).write_text(
        STORY + ":g a nr:Exercise ; nr:hasParticipant :A, [ nr:about :e ] .", encoding="utf-8"
    )
    made = passex.load(*files)
    expected = store.load(files).engine
    rules.derive(Store(expected))
    folding.index(expected)
    # Of one without a name a participation is a blank node, called otherwise each time.
    assert _named(made.store.engine) == _named(expected)
    assert len(made.store.engine) == len(expected)
    [entry] = place.glob("*.store")
    assert [path for path in place.iterdir() if path.suffix == ".tmp"] == []
    del made
    gc.collect()
    again = cache.fetch(entry.stem, [])
    assert again is not None
    assert _named(again.engine) == _named(expected)


def _named(engine: ox.Store) -> set[ox.Quad]:
    return {
        quad
        for quad in engine
        if not isinstance(quad.subject, ox.BlankNode) and not isinstance(quad.object, ox.BlankNode)
    }


def test_a_large_graph_without_a_cache_writes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.setattr(reading, "LARGE", 100)
    made = passex.load(str(AZURE), cached=False)
    assert made.query("ASK { ?a nr:trainedWith ?b }")
    assert list(tmp_path.iterdir()) == []


def test_a_batch_that_fails_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    engine = ox.Store(tmp_path / "store")
    engine.extend(ONTOLOGY)
    engine.add(ox.Quad(ox.NamedNode("a:b"), ox.NamedNode("a:c"), ox.Literal("d")))
    with monkeypatch.context() as patched:
        patched.setattr("sys.executable", "false")
        with pytest.raises(CacheError, match="was ended"):
            batches.derive(engine, scratch, processes=2)
    for number in range(10):  # where the processes are to write
        (scratch / f"{number}.nq").mkdir()
    (scratch / "facts").rename(tmp_path / "facts")
    with pytest.raises(CacheError, match=r"cannot be derived: .*directory"):
        batches.derive(engine, scratch, processes=2)
