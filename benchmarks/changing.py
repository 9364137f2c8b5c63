"""Measure how long it takes until what follows from one change is derived, beside all at once.

A graph is generated, derived and put on the disk, as `passex serve --writable` has it. Then an
exercise, affiliations of ships, and a claim are added and removed again. Processor time.

With `--serve`, a server has the store: the change is sent to it, and then a query, while another
client asks all the time. By the clock, with the processor time of the server's processes (Linux).

Example:
    python benchmarks/changing.py 100000
    python benchmarks/changing.py 1000000 --serve
"""

from __future__ import annotations

import argparse
import http.client
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pyoxigraph as ox
from serve import processor

from passex.graph import folding, rules, store
from passex.graph.terms import PREFIXES
from passex.web.delta import written
from passex.web.deriving import Pending

_AFFILIATION = """INSERT DATA { id:new-affiliation a nr:Affiliation ;
        org:member id:%s ; org:organization id:group-1 }"""
_CHANGES = {
    "an exercise": """INSERT DATA { id:new-drill a nr:Exercise ; rdfs:label "A drill"@en ;
        nr:hasStatus nrc:held ; nr:hasDomain nrc:naval ;
        nr:hasParticipant id:navy-3, id:navy-7 }""",
    "a claim": """INSERT DATA { id:new-claim nr:about id:exercise-5-1 ;
        nr:onProperty nr:hasParticipant ; nr:hasValue id:navy-3 ;
        nr:hasEvidence <https://w3id.org/passex/id/article-5#char=90,99> .
        <https://w3id.org/passex/id/article-5#char=90,99> oa:exact "met at sea" }""",
}
_SHIPS = """SELECT ?ship (COUNT(*) AS ?number) {
    ?ship a nr:Ship . ?exercise nr:hasParticipant ?ship
} GROUP BY ?ship ORDER BY DESC(?number) ?ship"""
#: What is asked after a change, and by another client meanwhile.
_QUERY = "SELECT (COUNT(*) AS ?n) { id:navy-3 nr:trainedWith ?other }"
_MEANWHILE = "ASK { id:navy-5 nr:trainedWith ?other }"


def _made(size: str, folder: Path) -> Path:
    """Make a store in which all is derived."""
    path = folder / "fleet.ttl"
    script = str(Path(__file__).with_name("generate.py"))
    command = [sys.executable, script, size, "-o", str(path)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    loaded = store.load([path])
    begin = time.process_time()
    rules.derive(loaded)
    print(f"everything: {time.process_time() - begin:.2f} s", flush=True)
    folding.index(loaded.engine)
    engine = ox.Store(folder / "store")
    engine.bulk_extend(loaded.engine)
    engine.optimize()
    engine.flush()
    return folder / "store"


def _changes(engine: ox.Store) -> Iterator[tuple[str, str]]:
    """List what is changed, and by which update; each is undone by the next."""
    rows = engine.query(_SHIPS, prefixes=PREFIXES)
    assert isinstance(rows, ox.QuerySolutions)
    ships = [(str(ship).rpartition("/")[2][:-1], int(number.value)) for ship, number in rows]
    every = dict(_CHANGES)
    for share in (0.5, 0.1, 0.01, 0):
        ship, number = ships[int(share * len(ships))]
        every[f"an affiliation of a ship of {number} exercises"] = _AFFILIATION % ship
    for what, update in every.items():
        yield f"{what}, made", update
        yield f"{what}, undone", update.replace("INSERT DATA", "DELETE DATA", 1)


def _measure(place: Path) -> None:
    engine = ox.Store(place)
    before = len(engine)
    pending = Pending()
    pending.trust(before)
    for what, text in _changes(engine):

        def change(text: str = text) -> None:
            engine.update(text, prefixes=PREFIXES)

        begin = time.process_time()
        pending.write(engine, written(engine, text), change)
        if reason := pending.derive(engine, 1 << 34):
            raise RuntimeError(reason)
        seconds = time.process_time() - begin
        print(f"{what}: {seconds:.3f} s, {pending.derived} nodes", flush=True)
    print(f"{before} triples, {len(engine)} after all changes were undone")


@contextmanager
def _served(place: Path) -> Iterator[tuple[int, str]]:
    """Serve a store; gives the process and the address."""
    command = [sys.executable, "-m", "passex", "serve", "--port", "0", "--writable", "--quiet"]
    begin = time.monotonic()
    process = subprocess.Popen([*command, "--store", str(place)], stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        address = process.stdout.readline().strip()
        if not address:
            raise RuntimeError("the server did not start")
        spent, seconds = processor(process.pid), time.monotonic() - begin
        print(f"a start: {seconds:.2f} s, processor {spent:.2f} s", flush=True)
        yield process.pid, urlsplit(address).netloc
    finally:
        process.terminate()
        process.wait()


def _sent(client: http.client.HTTPConnection, text: str, kind: str) -> str:
    client.request("POST", "/sparql", text, {"Content-Type": f"application/sparql-{kind}"})
    answer = client.getresponse()
    body = answer.read().decode()
    if answer.status >= 400:
        raise RuntimeError(body)
    return answer.getheader("Passex-Behind") or ""


class _Other:
    """Another client, which asks one thing after the other until it is told to stop."""

    def __init__(self, address: str) -> None:
        self.longest = 0.0
        self._address = address
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._ask)
        self._thread.start()

    def _ask(self) -> None:
        client = http.client.HTTPConnection(self._address)
        while not self._stopped.wait(0.02):
            begin = time.monotonic()
            _sent(client, _MEANWHILE, "query")
            self.longest = max(self.longest, time.monotonic() - begin)

    def stop(self) -> None:
        self._stopped.set()
        self._thread.join()


def _serve(place: Path) -> None:
    with _served(place):
        pass
    changes = list(_changes(ox.Store.read_only(str(place))))
    with _served(place) as (pid, address):
        client = http.client.HTTPConnection(address)
        for what, text in changes:
            other = _Other(address)
            before, begin = processor(pid), time.monotonic()
            _sent(client, text, "update")
            changed = time.monotonic()
            behind = _sent(client, _QUERY, "query")
            end = time.monotonic()
            while behind:  # the state before has answered: until that of now does
                time.sleep(0.05)
                behind = _sent(client, _QUERY, "query")
            now = time.monotonic()
            spent = processor(pid) - before
            other.stop()
            late = f" (the state before; that of now after {now - changed:.2f} s)" * (
                now - end > 0.04
            )
            print(
                f"{what}: changed in {changed - begin:.2f} s, first answer in {end - changed:.2f} s"
                f"{late}, processor {spent:.2f} s, another client's longest {other.longest:.2f} s",
                flush=True,
            )


def main() -> None:
    """Measure at the size of the command line."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("size", nargs="?", default="100000")
    parser.add_argument("--serve", action="store_true", help="over HTTP")
    parser.add_argument("--store", type=Path, help="a store that was made before")
    arguments = parser.parse_args()
    measure: Callable[[Path], None] = _serve if arguments.serve else _measure
    if arguments.store is not None:
        measure(arguments.store)
        return
    with tempfile.TemporaryDirectory() as folder:
        measure(_made(arguments.size, Path(folder)))


if __name__ == "__main__":
    main()
