"""Results that other threads read: a fault would end the process, so each case has its own."""

from __future__ import annotations

import gc
import os
import subprocess
import sys
import textwrap
import threading
import time
from collections.abc import Callable, Iterator

import pyoxigraph
import pytest

from passex.errors import QueryError
from passex.graph import dataset
from passex.query.threads import hand_over
from passex.validation.shacl.limits import Limit

CASES = {
    "made here, read by a worker": (
        "found = kg.query(Q); print(pool.submit(lambda: len(found)).result())",
        "3",
    ),
    "made by a worker, read here": ("print(len(pool.submit(kg.query, Q).result()))", "3"),
    "asyncio": (
        """
        async def main():
            found = await asyncio.to_thread(kg.query, Q)
            return sorted(row["name"] for row in found.records())[0]
        print(asyncio.run(main()))
        """,
        "HMCS Ville de Québec",
    ),
    "never read, dropped here": (
        "found = pool.submit(kg.query, Q).result(); del found; gc.collect(); print('dropped')",
        "dropped",
    ),
    "half read here, read on by a worker": (
        """
        rows = iter(kg.query(MANY))
        first = [next(rows) for _ in range(100)]
        rest = pool.submit(list, rows).result()
        whole = [tuple(row) for row in kg.query(MANY)]
        print(len(first), len(rest), [tuple(row) for row in first + rest] == whole)
        """,
        "100 19900 True",
    ),
    "half read here, dropped by a worker": (
        """
        rows = [iter(kg.query(MANY))]
        next(rows[0])
        pool.submit(rows.clear).result(); gc.collect()
        print(len(rows))
        """,
        "0",
    ),
    "half read, kept to the end": ("rows = iter(kg.query(MANY)); next(rows); print('end')", "end"),
    "still looked for at the end": (
        """
        three = "CONCAT(STR(?s), STR(?t), STR(?u))"
        rows = kg.query(
            f"SELECT * {{ ?s ?p ?o . ?t ?q ?r . ?u ?v ?w FILTER(STRLEN({three}) > 9999) }}"
        )
        print("end")
        """,
        "end",
    ),
    "triples, made by a worker": (
        """
        found = pool.submit(kg.query, "CONSTRUCT WHERE { ?s a nr:Ship }").result()
        print(found.serialize("ntriples").count("ontology#Ship"))
        """,
        "3",
    ),
    "triples, half read by a worker": (
        """
        found = iter(kg.query("CONSTRUCT WHERE { ?s a nr:Ship }"))
        print(len([pool.submit(next, found).result(), *found]))
        """,
        "3",
    ),
    "a truth value": ("print(pool.submit(kg.query, 'ASK { ?s a nr:Ship }').result())", "True"),
    "no SPARQL": (
        """
        try:
            pool.submit(kg.query, "SELECT").result()
        except passex.errors.QueryError as error:
            print(type(error).__name__)
        """,
        "SparqlError",
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_any_thread_reads_and_drops_a_result(case: str) -> None:
    code, expected = CASES[case]
    head = """
        import asyncio, gc, sys
        from concurrent.futures import ThreadPoolExecutor
        import passex
        kg = passex.load(*sys.argv[1:])
        Q = "SELECT * { ?s a nr:Ship ; rdfs:label ?name }"
        MANY = "SELECT * { ?s ?p ?o . ?t a ?c FILTER(?t != ?s) } LIMIT 20000"
        pool = ThreadPoolExecutor(1)
    """
    code = textwrap.dedent(head) + textwrap.dedent(code)
    command = [sys.executable, "-c", code, *map(str, dataset.data_files())]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, f"{expected}\n", "")


class Numbers:
    """Numbers that note in which threads they are made and given up."""

    def __init__(self, until: int, broken: bool = False) -> None:
        self.until = until
        self.broken = broken
        self.made = 0
        self.threads: set[int] = set()
        self.ended = threading.Event()

    def __call__(self) -> Iterator[int]:
        try:
            for number in range(self.until):
                self.threads.add(threading.get_ident())
                self.made += 1
                yield number
            if self.broken:
                raise QueryError("broken off")
        finally:
            self.threads.add(threading.get_ident())
            self.ended.set()


def test_all_is_done_in_one_other_thread() -> None:
    numbers = Numbers(10_000)
    assert list(hand_over(numbers)) == list(range(10_000))
    assert numbers.ended.wait(10)
    assert len(numbers.threads) == 1
    assert threading.get_ident() not in numbers.threads


def test_what_came_before_an_error_is_given() -> None:
    items = hand_over(Numbers(5000, broken=True))
    assert [next(items) for _ in range(5000)] == list(range(5000))
    with pytest.raises(QueryError, match="broken off"):
        next(items)
    assert list(items) == []


def test_it_runs_ahead_by_no_more_than_it_may() -> None:
    numbers = Numbers(1_000_000)
    items = hand_over(numbers)
    read = [next(items) for _ in range(10_000)]
    time.sleep(0.1)
    assert len(read) <= numbers.made <= len(read) + 13 * 1024
    del items
    gc.collect()
    assert numbers.ended.wait(10)
    assert len(numbers.threads) == 1


def test_the_first_is_not_kept_waiting_for_the_second() -> None:
    going_on = threading.Event()

    def start() -> Iterator[int]:
        for number in range(100):
            if number in (1, 80):
                assert going_on.wait(10)
                going_on.clear()
            yield number

    items = hand_over(start)
    assert next(items) == 0
    going_on.set()
    assert [next(items) for _ in range(30)] == list(range(1, 31))
    going_on.set()
    assert list(items) == list(range(31, 100))


def test_threads_are_used_again() -> None:
    list(hand_over(Numbers(3)))
    time.sleep(0.1)
    before = threading.active_count()
    for _ in range(50):
        list(hand_over(Numbers(3)))
    assert threading.active_count() <= before + 1


@pytest.mark.skipif(not hasattr(os, "fork"), reason="there are no forks here")
def test_a_fork_does_not_wait_for_threads_that_it_does_not_have() -> None:
    code = """
        import os
        from passex.query.threads import hand_over
        old = hand_over(lambda: iter(range(100_000)))
        next(old)
        child = os.fork()
        if not child:
            print(list(hand_over(lambda: iter(range(3)))), flush=True)
            try:
                list(old)
            except Exception as error:
                print(error, flush=True)
            os._exit(0)
        os.waitpid(child, 0)
        print(sum(1 for _ in old))
    """
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(code)],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stdout) == (
        0,
        "[0, 1, 2]\nthis result was begun before a fork; query again\n99999\n",
    )


def _breaks() -> Iterator[int]:
    """Hold solutions of the engine in a frame of the error, and of each of the two behind it."""

    def begun() -> pyoxigraph.QuerySolutions:
        rows = pyoxigraph.Store().query("SELECT * { VALUES ?x { 1 2 } }")
        assert isinstance(rows, pyoxigraph.QuerySolutions)
        next(rows)
        return rows

    def fail(error: type[Exception]) -> None:
        rows = begun()
        raise error(rows is None)

    rows = begun()
    try:
        fail(IndexError)
    except IndexError as error:
        cause = error
    try:
        fail(KeyError)
    except KeyError:
        raise ValueError(rows is None) from cause
    yield 1


@pytest.mark.parametrize(
    "work",
    [
        lambda: next(hand_over(_breaks)),
        lambda: Limit(60).apart(lambda: next(_breaks())),
    ],
    ids=["hand_over", "Limit.apart"],
)
def test_an_error_leaves_what_is_the_engines_in_its_thread(
    work: Callable[[], object], monkeypatch: pytest.MonkeyPatch
) -> None:
    dropped: list[object] = []
    monkeypatch.setattr(sys, "unraisablehook", lambda fault: dropped.append(fault.exc_value))
    with pytest.raises(ValueError, match="False") as caught:
        work()
    behind = caught.value.__cause__, caught.value.__context__
    assert [type(error) for error in behind] == [IndexError, KeyError]
    del caught, behind
    gc.collect()
    assert dropped == []
