"""The house: which room may import from which, and that no circle is left."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

SOURCE = Path(__file__).resolve().parents[2] / "src"

#: The rooms from below to above; a room imports from its own row, from those below, and no others.
ROWS = (
    ("text",),
    ("errors",),
    ("graph",),
    ("query",),
    ("questions",),
    ("network",),
    ("evidence",),
    ("validation",),
    ("curation",),
    ("exports", "reports", "importers"),
    ("spark",),
    ("api",),
    ("web",),
    ("cli",),
)
FLOOR = {room: floor for floor, row in enumerate(ROWS) for room in row}


def modules() -> dict[str, Path]:
    """Find every module of the package by its dotted name."""
    found = {}
    for path in (SOURCE / "passex").rglob("*.py"):
        parts = path.relative_to(SOURCE).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


MODULES = modules()


def statements(text: str) -> Iterator[ast.AST]:
    """Go through the statements of a module, also those within others: no expression imports."""
    waiting: list[ast.AST] = [ast.parse(text)]
    while waiting:
        node = waiting.pop()
        yield node
        for part in ("body", "orelse", "finalbody", "handlers", "cases"):
            waiting += getattr(node, part, ())


def imports(name: str) -> Iterator[str]:
    """List the modules of ours that a module imports, also lazily and for types alone."""
    path = MODULES[name]
    package = name.split(".") if path.name == "__init__.py" else name.split(".")[:-1]
    for node in statements(path.read_text(encoding="utf-8")):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name in MODULES)
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            source = ".".join([*base, *([node.module] if node.module else [])])
            for alias in node.names:
                full = f"{source}.{alias.name}"
                if full in MODULES:
                    yield full
                elif source in MODULES:
                    yield source


@cache
def graph() -> dict[str, set[str]]:
    """Give what each module imports: read where it is asked for, and not by whoever collects."""
    return {name: set(imports(name)) for name in MODULES}


def room(name: str) -> str:
    """Name the room that a module lies in; the package itself lies in none."""
    return name.split(".")[1] if "." in name else ""


def test_every_module_lies_in_a_room() -> None:
    top = {name for name in MODULES if name.count(".") == 1 and MODULES[name].name != "__init__.py"}
    assert top == {"passex.__main__", "passex.errors"}
    assert {room(name) for name in MODULES} - {"", "__main__"} <= set(FLOOR)


def test_rooms_import_from_below_alone() -> None:
    up = {
        (name, target)
        for name, targets in graph().items()
        for target in targets
        if room(name) in FLOOR
        and room(target) != room(name)
        and (room(target) not in FLOOR or FLOOR[room(target)] >= FLOOR[room(name)])
    }
    assert up == set()


def test_no_module_imports_itself_by_way_of_others() -> None:
    # Tarjan's strongly connected components would do; a module is small enough to be searched for.
    def reached(start: str) -> set[str]:
        waiting, seen = [*graph()[start]], set()
        while waiting:
            name = waiting.pop()
            if name not in seen:
                seen.add(name)
                waiting += graph()[name]
        return seen

    circular = {name for name in MODULES if name in reached(name)}
    assert circular == set()
