"""Measure how long it takes until what follows from one change is derived, beside all at once.

A graph is generated, derived and put on the disk, as `passex serve --writable` has it. Then an
exercise, an affiliation of a ship, and a claim are added and removed again. Processor time.

Example:
    python benchmarks/changing.py 100000
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox

from passex.graph import folding, rules, store
from passex.graph.terms import PREFIXES
from passex.web.delta import written
from passex.web.deriving import Pending

_CHANGES = {
    "an exercise": """INSERT DATA { id:new-drill a nr:Exercise ; rdfs:label "A drill"@en ;
        nr:hasStatus nrc:held ; nr:hasDomain nrc:naval ;
        nr:hasParticipant id:navy-3, id:navy-7 }""",
    "an affiliation": """INSERT DATA { id:new-affiliation a nr:Affiliation ;
        org:member id:ship-5 ; org:organization id:group-1 }""",
    "a claim": """INSERT DATA { id:new-claim nr:about id:exercise-5-1 ;
        nr:onProperty nr:hasParticipant ; nr:hasValue id:navy-3 ;
        nr:hasEvidence <https://w3id.org/passex/id/article-5#char=90,99> .
        <https://w3id.org/passex/id/article-5#char=90,99> oa:exact "met at sea" }""",
}


def _timed(task: Callable[[], object]) -> float:
    begin = time.process_time()
    task()
    return time.process_time() - begin


def main() -> None:
    """Measure at the size of the command line."""
    size = sys.argv[1] if len(sys.argv) > 1 else "100000"
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "fleet.ttl"
        script = str(Path(__file__).with_name("generate.py"))
        command = [sys.executable, script, size, "-o", str(path)]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        loaded = store.load([path])
        print(f"everything: {_timed(lambda: rules.derive(loaded)):.2f} s", flush=True)
        folding.index(loaded.engine)
        engine = ox.Store(Path(folder) / "store")
        engine.bulk_extend(loaded.engine)
        engine.flush()
        before = len(engine)
        pending = Pending()
        pending.reach.everything = ""
        for what, update in _CHANGES.items():
            for text in (update, update.replace("INSERT DATA", "DELETE DATA", 1)):

                def change(text: str = text) -> None:
                    engine.update(text, prefixes=PREFIXES)

                def derive(text: str = text) -> None:
                    pending.write(engine, written(engine, text), change)
                    nodes = len(pending.reach.nodes)
                    if reason := pending.derive(engine, 1 << 34):
                        raise RuntimeError(reason)
                    print(f"{nodes} nodes: ", end="")

                seconds = _timed(derive)
                print(f"{what}, {text[:6].lower()}: {seconds:.3f} s", flush=True)
        print(f"{before} triples, {len(engine)} after all changes were undone")


if __name__ == "__main__":
    main()
