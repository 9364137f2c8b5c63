"""The rules: derived triples from SPARQL CONSTRUCT.

A rule is a file of ``ontology/rules/``, applied in the order of the file names. Its first lines
are a header of comments that begin with ``#+``:

- ``#+ summary:`` says what it derives.
- ``#+ fixpoint: true`` marks a recursive rule: it is applied until it adds nothing.
- ``#+ graph: workings`` marks intermediate results. They go into a named graph of their own
  (`vocabulary.WORKINGS`), so that no question about the graph ever meets them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from . import dataset, vocabulary
from .store import Store


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

    Returns:
        The rule.

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


def apply(store: Store, rule: Rule) -> int:
    """Apply one rule to a store.

    Args:
        store: A store that holds what the rule needs.
        rule: The rule.

    Returns:
        How many triples it added.
    """
    graph: ox.NamedNode | ox.DefaultGraph
    graph = ox.NamedNode(vocabulary.WORKINGS) if rule.workings else ox.DefaultGraph()
    engine = store.engine
    added = 0
    while True:
        triples = engine.query(rule.query, prefixes=vocabulary.PREFIXES)
        assert isinstance(triples, ox.QueryTriples)
        # Listed first: the store is not to change under the query that reads it. Counted here,
        # because the store can only count itself by walking through all that it holds.
        quads = [ox.Quad(t.subject, t.predicate, t.object, graph) for t in triples]
        fresh = [quad for quad in quads if quad not in engine]
        engine.bulk_extend(fresh)
        added += len(fresh)
        if not rule.fixpoint or not fresh:
            return added


def derive(store: Store, rules: Iterable[Rule] | None = None) -> dict[str, int]:
    """Apply the rules in order.

    Args:
        store: A loaded store; it is changed.
        rules: The rules; without them, those of ``ontology/rules/``.

    Returns:
        How many triples each rule added, by rule name.

    Example:
        >>> from passex.store import load
        >>> derive(load())["60-involves"] > 0
        True
    """
    # A participation is a new node each time: a second run begins without those of the first.
    store.engine.clear_graph(ox.NamedNode(vocabulary.WORKINGS))
    if rules is None:
        rules = [read(path) for path in dataset.rule_files()]
    return {rule.name: apply(store, rule) for rule in rules}
