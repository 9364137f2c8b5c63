"""The rules: derived triples from SPARQL CONSTRUCT.

A rule is a file of ``ontology/rules/``, applied in the order of the file names. Its first lines
are a header of comments that begin with ``#+``:

- ``#+ summary:`` says what it derives.
- ``#+ fixpoint: true`` marks a recursive rule: it is applied until it adds nothing.
- ``#+ graph: workings`` marks intermediate results. They go into a named graph of their own
  (`WORKINGS`), so that no question about the graph ever meets them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from . import dataset
from .store import Store
from .terms import PREFIXES, WORKINGS

#: The head of a rule up to its pattern, the template in brackets.
_CONSTRUCT: Final = re.compile(r"^CONSTRUCT\s*(\{[^{}]*\})\s*WHERE", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Rule:
    """One CONSTRUCT rule.

    Attributes:
        name: The file name without its extension, such as ``60-involves``.
        summary: What it derives, in a sentence.
        query: The SPARQL CONSTRUCT query.
        fixpoint: Whether it is applied until it adds nothing.
        workings: Whether its triples are intermediate results.
    """

    name: str
    summary: str
    query: str
    fixpoint: bool = False
    workings: bool = False


def read(path: Path) -> Rule:
    """Read a rule from its file.

    Args:
        path: A file of ``ontology/rules/``.

    Raises:
        OSError: The file cannot be read.

    Example:
        >>> read(dataset.rule_files()[0]).workings
        True
    """
    text = path.read_text(encoding="utf-8")
    header: dict[str, str] = {}
    for line in text.splitlines():
        if not line.startswith("#+"):
            break
        key, _, value = line[2:].partition(":")
        header[key.strip()] = value.strip()
    return Rule(
        name=path.stem,
        summary=header["summary"],
        query=text,
        fixpoint=header.get("fixpoint") == "true",
        workings=header.get("graph") == "workings",
    )


def apply(store: Store, rule: Rule) -> None:
    """Apply one rule to a store.

    The engine puts what the query constructs into its own graph: as an update, no triple goes
    through Python.

    Args:
        store: A store that holds what the rule needs; it is changed.
    """
    update = _CONSTRUCT.sub(_insert if rule.workings else r"INSERT \1 WHERE", rule.query)
    engine = store.engine
    size = len(engine) if rule.fixpoint else 0
    while True:
        engine.update(update, prefixes=PREFIXES)
        # Only asked where it has to be: the engine counts by walking through all that it holds.
        if not rule.fixpoint or len(engine) == size:
            return
        size = len(engine)


def _insert(construct: re.Match[str]) -> str:
    return f"INSERT {{ GRAPH <{WORKINGS}> {construct[1]} }} WHERE"


def derive(store: Store, rules: Iterable[Rule] | None = None) -> None:
    """Apply the rules in order.

    Args:
        store: A loaded store; it is changed.
        rules: The rules; without them, those of ``ontology/rules/``.

    Example:
        >>> from passex.graph.store import load
        >>> store = load()
        >>> derive(store)
        >>> bool(store.query("ASK { ?a nr:trainedWith ?b }"))
        True
    """
    # A participation is a new node each time: a second run begins without those of the first.
    store.engine.clear_graph(ox.NamedNode(WORKINGS))
    for rule in [read(path) for path in dataset.rule_files()] if rules is None else rules:
        apply(store, rule)
