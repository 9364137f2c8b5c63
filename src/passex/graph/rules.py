"""The rules: derived triples from SPARQL CONSTRUCT.

A rule is a file of ``ontology/rules/``, applied in the order of the file names. Its first lines
are a header of comments that begin with ``#+``:

- ``#+ summary:`` says what it derives.
- ``#+ fixpoint: true`` marks a recursive rule: it is applied until its pattern matches nothing.
  So the pattern has to leave out what is there.
- ``#+ graph: workings`` marks intermediate results. They go into a named graph of their own
  (`WORKINGS`), so that no question about the graph ever meets them.
- ``#+ graph: filled`` marks what facts may leave out. It goes where facts are, and into a named
  graph (`FILLED`) as well, which tells it from what the files say: so the rule itself has to leave
  out what is there.
- ``#+ scope:`` says what a rule has to see. Those of the scopes ``shared``, ``article`` and
  ``node`` are applied to all facts, once; those of the scope ``exercise`` see an exercise or a
  plan with its phases, its contingents and the claims about it, and what no exercise has to
  itself. So these can be applied to some exercises at a time, and the results united.
- ``#+ belonging: true`` marks those of these that look at what participants are and to what they
  belong, or at what such a rule derives: where nothing else has changed, they alone are applied.
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
from .terms import FILLED, PREFIXES, WORKINGS

#: Removes from the facts what was filled in.
FORGET: Final = f"DELETE {{ ?s ?p ?o }} WHERE {{ GRAPH <{FILLED}> {{ ?s ?p ?o }} }}"
#: The head of a rule up to its pattern, the template in brackets.
_CONSTRUCT: Final = re.compile(r"^CONSTRUCT\s*\{([^{}]*)\}\s*WHERE", re.MULTILINE)
_TIES: Final = ("trainedWith", "plansToTrainWith")
#: What comes in the place of that head, by the `Rule.graph`.
_INTO: Final = {
    "": r"INSERT {\1} WHERE",
    "workings": rf"INSERT {{ GRAPH <{WORKINGS}> {{\1}} }} WHERE",
    "filled": rf"INSERT {{ GRAPH <{FILLED}> {{\1}} \1 }} WHERE",
}


@dataclass(frozen=True, slots=True)
class Rule:
    """One CONSTRUCT rule.

    Attributes:
        name: The file name without its extension, such as ``60-involves``.
        summary: What it derives, in a sentence.
        query: The SPARQL CONSTRUCT query.
        fixpoint: Whether it is applied until its pattern matches nothing.
        graph: ``workings`` for intermediate results, ``filled`` for what facts may leave out,
            empty for derived properties.
        scope: What it has to see: ``shared``, ``article``, ``node`` or ``exercise``.
        belonging: Whether it looks at what participants are and to what they belong.
    """

    name: str
    summary: str
    query: str
    fixpoint: bool = False
    graph: str = ""
    scope: str = "exercise"
    belonging: bool = False

    @property
    def ties(self) -> bool:
        """Whether it relates actors to each other, and so is no exercise's own."""
        head = _CONSTRUCT.search(self.query)
        return head is not None and any(f":{name} " in head[1] for name in _TIES)


def read(path: Path) -> Rule:
    """Read a rule from its file.

    Args:
        path: A file of ``ontology/rules/``.

    Raises:
        OSError: The file cannot be read.

    Example:
        >>> read(dataset.rule_files()[0]).graph
        'filled'
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
        graph=header.get("graph", ""),
        scope=header["scope"],
        belonging=header.get("belonging") == "true",
    )


def apply(store: Store, rule: Rule) -> None:
    """Apply one rule to a store.

    Args:
        store: A store that holds what the rule needs; it is changed.
    """
    # The engine puts what the query constructs into its own graph: no triple goes through Python.
    update = _CONSTRUCT.sub(_INTO[rule.graph], rule.query)
    store.engine.update(update, prefixes=PREFIXES)
    if rule.fixpoint:
        # Asked of the pattern: the engine counts by walking through all that it holds.
        more = _CONSTRUCT.sub("ASK WHERE", rule.query)
        while store.engine.query(more, prefixes=PREFIXES):
            store.engine.update(update, prefixes=PREFIXES)


def forget(engine: ox.Store) -> None:
    """Remove what was filled in and the intermediate results, but not the derived properties."""
    engine.update(FORGET)
    for name in (FILLED, WORKINGS):
        engine.clear_graph(ox.NamedNode(name))


def derive(store: Store, rules: Iterable[Rule] | None = None) -> None:
    """Apply the rules in order, after removing what they filled in before.

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
    forget(store.engine)
    for rule in [read(path) for path in dataset.rule_files()] if rules is None else rules:
        apply(store, rule)
