"""The rules: derived triples from SPARQL CONSTRUCT.

A rule is a file of ``ontology/rules/``, applied in the order of the file names. Its first lines
are a header of comments that begin with ``#+``:

- ``#+ summary:`` says what it derives.
- ``#+ fixpoint: true`` marks a recursive rule: it is applied until it adds nothing.
- ``#+ graph: workings`` marks intermediate results. They go into a named graph of their own
  (`WORKINGS`), so that no question about the graph ever meets them.
- ``#+ graph: filled`` marks what facts may leave out. It goes where facts are, as far as it isn't
  there, and into a named graph (`FILLED`) as well, which tells it from what the files say.
- ``#+ scope:`` says what a rule has to see. Those of the scopes ``shared``, ``article`` and
  ``node`` are applied to all facts, once; those of the scope ``exercise`` see an exercise or a
  plan with its phases, its contingents and the claims about it, and what no exercise has to
  itself. So these can be applied to some exercises at a time, and the results united.
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

#: The head of a rule up to its pattern, the template in brackets.
#: Removes from the facts what was filled in.
FORGET: Final = f"DELETE {{ ?s ?p ?o }} WHERE {{ GRAPH <{FILLED}> {{ ?s ?p ?o }} }}"
_FILLED: Final = ox.NamedNode(FILLED)
_CONSTRUCT: Final = re.compile(r"^CONSTRUCT\s*(\{[^{}]*\})\s*WHERE", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Rule:
    """One CONSTRUCT rule.

    Attributes:
        name: The file name without its extension, such as ``60-involves``.
        summary: What it derives, in a sentence.
        query: The SPARQL CONSTRUCT query.
        fixpoint: Whether it is applied until it adds nothing.
        graph: ``workings`` for intermediate results, ``filled`` for what facts may leave out,
            empty for derived properties.
        scope: What it has to see: ``shared``, ``article``, ``node`` or ``exercise``.
    """

    name: str
    summary: str
    query: str
    fixpoint: bool = False
    graph: str = ""
    scope: str = "exercise"


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
    )


def apply(store: Store, rule: Rule) -> None:
    """Apply one rule to a store.

    Args:
        store: A store that holds what the rule needs; it is changed.
    """
    # Only asked where it has to be: the engine counts by walking through all that it holds.
    while _apply(store.engine, rule) and rule.fixpoint:
        pass


def _apply(engine: ox.Store, rule: Rule) -> bool:
    """Apply a rule once, and tell whether it may have to be applied again."""
    if rule.graph == "filled":
        triples = engine.query(rule.query, prefixes=PREFIXES)
        assert isinstance(triples, ox.QueryTriples)
        quads = (ox.Quad(t.subject, t.predicate, t.object) for t in triples)
        if new := [quad for quad in quads if quad not in engine]:
            engine.extend(new)
            engine.extend(ox.Quad(q.subject, q.predicate, q.object, _FILLED) for q in new)
        return bool(new)
    # The engine puts what the query constructs into its own graph: no triple goes through Python.
    size = len(engine) if rule.fixpoint else 0
    into = _insert if rule.graph else r"INSERT \1 WHERE"
    engine.update(_CONSTRUCT.sub(into, rule.query), prefixes=PREFIXES)
    return rule.fixpoint and len(engine) > size


def _insert(construct: re.Match[str]) -> str:
    return f"INSERT {{ GRAPH <{WORKINGS}> {construct[1]} }} WHERE"


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
