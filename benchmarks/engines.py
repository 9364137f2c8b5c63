"""Validate a file with another engine, and list the focus nodes of the results.

`validate.py` runs it as a process, by an interpreter that has the engine, so that all are measured
alike and what they found can be compared. Each is asked for the W3C's results.

Example:
    python benchmarks/engines.py pyrudof fleet.ttl benchmarks/shapes.ttl found.txt
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from importlib import import_module
from pathlib import Path
from typing import Any, Final

_SH: Final = "http://www.w3.org/ns/shacl#"


def _reported(report: Any) -> list[str]:
    """Read a report that is a graph of rdflib."""
    from rdflib import URIRef

    results = report.objects(None, URIRef(f"{_SH}result"))
    return [str(report.value(result, URIRef(f"{_SH}focusNode"))) for result in results]


def _pyshacl(data: str, shapes: str, module: str = "pyshacl") -> Iterable[str]:
    return _reported(import_module(module).validate(data, shacl_graph=shapes)[1])


def _turbo(data: str, shapes: str) -> Iterable[str]:
    return _pyshacl(data, shapes, "pyshacl_turbo")


def _shifty(data: str, shapes: str) -> Iterable[str]:
    return _reported(import_module("shifty").validate(Path(data), Path(shapes))[1])


def _algebra(data: str, shapes: str) -> Iterable[str]:
    """Ask shifty for its own results, which are quicker, and not those of the W3C."""
    found = import_module("shifty").validate_algebra(Path(data), Path(shapes))
    return [each.focus_node for each in found.violations for _ in each.reasons]


def _rudof(data: str, shapes: str) -> Iterable[str]:
    pyrudof = import_module("pyrudof")
    session = pyrudof.Rudof(pyrudof.RudofConfig())
    session.read_data(Path(data))
    session.read_shacl(Path(shapes))
    return [entry.focus_node for entry in session.validate_shacl()]


#: By the names of their packages; of shifty two ways.
ENGINES: Final[dict[str, Callable[[str, str], Iterable[str]]]] = {
    "pyshacl": _pyshacl,
    "pyshacl-turbo": _turbo,
    "pyshifty": _shifty,
    "pyshifty-algebra": _algebra,
    "pyrudof": _rudof,
}


def main() -> None:
    engine, data, shapes, found = sys.argv[1:]
    nodes = sorted(node.strip("<>") for node in ENGINES[engine](data, shapes))
    Path(found).write_text("".join(f"{node}\n" for node in nodes), encoding="utf-8")


if __name__ == "__main__":
    main()
