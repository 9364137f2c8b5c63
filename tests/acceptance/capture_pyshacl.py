"""Write the inputs of pySHACL's own tests, with what pySHACL finds in each, as JSON.

    python capture_pyshacl.py FOLDER

FOLDER is the folder ``test`` of pySHACL's source distribution. Its tests run in this process, with
the network shut and without their assertions: pySHACL validates nothing then, and what they hand
to it is kept. Each input is validated afterwards, alone: with the Advanced Features, without
inference.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import socket
import sys
import tempfile
from contextlib import redirect_stdout
from importlib.machinery import SourceFileLoader
from pathlib import Path
from types import CodeType
from typing import Any

import pyshacl
import pytest
from pyshacl.validator import Validator
from rdflib import SH, BNode, Dataset, Graph
from rdflib.term import Node
from thorough import THOROUGH

#: They start processes, or need an engine for JavaScript; or `test_w3c_shacl` has them.
LEFT_OUT = ("test_js", "test_cmdline.py", "test_cmdline_rules.py", "test_sht_validate.py")
#: Its shapes are a megabyte, and its results like those of others: each week, with all the rest.
LARGE = "test_98"
INPUTS: dict[str, dict[str, Any]] = {}


def _refused(*_: object) -> None:
    raise OSError("no network in this test")


def plain(graph: Any) -> Graph:
    """Copy all triples of a graph, with its prefixes."""
    found = Graph(bind_namespaces="none")
    if graph is None:
        return found
    impl = getattr(graph, "impl", graph)
    if isinstance(impl, Dataset):
        triples = ((s, p, o) for s, p, o, _ in impl.quads())
    elif isinstance(impl, Graph):
        triples = iter(impl)
    else:
        triples = graph.triples((None, None, None))
    for triple in triples:
        found.add(triple)
    if isinstance(impl, Graph):
        for prefix, namespace in impl.namespaces():
            found.bind(prefix, namespace, override=True)
    return found


def _kept(self: Validator, *args: Any, **kwargs: Any) -> Any:
    data, shapes = plain(self.data_graph), plain(self.shacl_graph.graph)
    texts = {
        "data": data.serialize(format="nt"),
        "shapes": shapes.serialize(format="turtle"),
        "ontology": plain(self.ont_graph).serialize(format="nt"),
    }
    lines = [line for text in texts.values() for line in sorted(text.splitlines())]
    key = hashlib.sha256("\n".join(lines).encode()).hexdigest()
    # What stands in brackets depends on where the tests lie: the data have a name of their own.
    name = os.environ.get("PYTEST_CURRENT_TEST", "").partition(" (")[0].removeprefix("test/")
    name, bracket, _ = name.partition("[")
    named = re.search(r"/sh/tests/\S*/([\w-]+)\.test> <\S+#type> <\S+#Ontology>", texts["data"])
    if bracket and named:
        name += f"[{named[1]}]"
    INPUTS.setdefault(key, {"name": name, **texts})
    # Nobody asserts what comes of it, so that what a test validates next is handed over too.
    return True, Graph(), ""


RUN: Any = Validator.run


def without_assertions(folder: Path) -> None:
    """Have the modules of a folder imported as ``python -O`` would, and all others as they are."""
    get_code = SourceFileLoader.get_code

    def compiled(self: SourceFileLoader, name: str) -> CodeType | None:
        path = self.get_filename(name)
        if not Path(path).is_relative_to(folder):
            return get_code(self, name)
        return compile(self.get_data(path), path, "exec", dont_inherit=True, optimize=1)

    SourceFileLoader.get_code = compiled  # type: ignore[method-assign, assignment]


def term(node: Node | None) -> str:
    """Write a term so that blank nodes are all one."""
    return "" if node is None else "_" if isinstance(node, BNode) else node.n3()


def found(texts: dict[str, Any], folder: Path) -> list[str] | None:
    """Validate one input with pySHACL: its results, or None if it gives up."""
    files = {}
    for role, suffix in (("data", "nt"), ("shapes", "ttl"), ("ontology", "nt")):
        files[role] = folder / f"{role}.{suffix}"
        files[role].write_text(texts[role], encoding="utf-8")
    try:
        _, report, _ = pyshacl.validate(
            str(files["data"]),
            shacl_graph=str(files["shapes"]),
            ont_graph=str(files["ontology"]) if texts["ontology"].strip() else None,
            advanced=True,
        )
    except Exception:
        return None
    if not isinstance(report, Graph):
        return None
    keys = (SH.focusNode, SH.resultPath, SH.value, SH.sourceConstraintComponent, SH.resultSeverity)
    return sorted(
        " ".join(term(report.value(result, key)) for key in keys)
        for result in report.objects(None, SH.result)
    )


def main(folder: Path) -> None:
    """Run the tests of a folder, and write what they were about."""
    socket.socket.connect = _refused  # type: ignore[method-assign]
    Validator.run = _kept  # type: ignore[method-assign]
    without_assertions(folder)
    os.chdir(folder.parent)
    sys.path.insert(0, str(folder.parent))
    ignored = [f"--ignore={folder / name}" for name in LEFT_OUT]
    # No settings of ours are to count.
    options = ["-q", "-c", os.devnull, f"--rootdir={folder.parent}", f"--confcutdir={folder}"]
    options += ["-p", "no:cacheprovider", "-p", "no:xdist", "-p", "no:warnings", "--assert=plain"]
    options += ["-k", "not sparql_mode" if THOROUGH else f"not (sparql_mode or {LARGE})"]
    with redirect_stdout(sys.stderr):
        pytest.main([*options, *ignored, str(folder)])
        Validator.run = RUN  # type: ignore[method-assign]
        seen: dict[str, int] = {}
        with tempfile.TemporaryDirectory() as place:
            for texts in INPUTS.values():
                number = seen[texts["name"]] = seen.get(texts["name"], 0) + 1
                texts["name"] += f" ({number})" * (number > 1)
                texts["found"] = found(texts, Path(place))
    json.dump(list(INPUTS.values()), sys.stdout)


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve())
