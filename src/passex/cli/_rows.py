"""The solutions of a query for people: with prefixes or labels, and with the claims behind them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from ..graph.rows import Table
from ..graph.store import Store, Term
from ..text.wording import say
from ._layout import claim_lines, table, wrap

if TYPE_CHECKING:
    from ..evidence.derived import Chain

_NUMBERS: Final = ("integer", "decimal", "double", "float")

Row = tuple["Term | None", ...]


@dataclass(frozen=True)
class Writer:
    """Writes terms for people.

    Attributes:
        store: The graph, for labels and claims.
        spaces: The namespaces by prefix.
        labels: Whether a node is written with its label.
    """

    store: Store
    spaces: Mapping[str, str]
    labels: bool = False

    def cells(self, rows: Sequence[Row]) -> list[list[str]]:
        """Write rows of terms as rows of text, each on one line."""
        from ..query.prefixes import short

        nodes = {term.value for row in rows for term in row if isinstance(term, ox.NamedNode)}
        called = {iri: short(iri, self.spaces) for iri in nodes}
        if self.labels:
            from ..graph.labelling import labels
            from ..graph.terms import shorten

            found = labels(self.store, nodes)
            # What has no label is called by its prefixed name, of which there are more here.
            called |= {iri: label for iri, label in found.items() if label != shorten(iri)}
        label = Table((), (), labels=called).label
        return [[" ".join(label(term).split()) for term in row] for row in rows]

    def lines(self, columns: Sequence[str], rows: Sequence[Row]) -> list[str]:
        """Lay out rows under the names of their columns."""
        if not rows:
            return ["No solutions."]
        if not columns:
            return [f"{say(len(rows), 'solution')} without columns."]
        right = [i for i in range(len(columns)) if _numeric([row[i] for row in rows])]
        return table(columns, self.cells(rows), right)

    def with_claims(
        self, columns: Sequence[str], rows: Sequence[Row], chains: Sequence[Sequence[Chain]]
    ) -> list[str]:
        """Lay out rows, and under each what is behind it.

        That are the chains behind the derived triples that the query asks for; if it asks for none,
        the claims about its nodes.
        """
        from ..evidence.claims import claims_about

        if not rows:
            return ["No solutions."]
        derived = any(chains)
        lines: list[str] = []
        for row, cells, behind in zip(rows, self.cells(rows), chains, strict=True):
            lines += [""] if lines else []
            for name, cell in zip(columns, cells, strict=True):
                lines += wrap(f"{name}: {cell}".rstrip(), "", "  ")
            if derived:
                for chain in behind:
                    lines += _chain(chain)
                lines += [] if behind else ["  claims: none"]
                continue
            nodes = dict.fromkeys(term.value for term in row if isinstance(term, ox.NamedNode))
            found = {node: claims_about(self.store, node) for node in nodes}
            named = dict(zip(nodes, self.cells([(ox.NamedNode(n),) for n in nodes]), strict=True))
            for node, claims in found.items():
                lines += wrap(f"claims about {named[node][0]}:", "  ", "    ") if claims else []
                for claim in claims:
                    lines += claim_lines(claim, "  ")
            lines += [] if any(found.values()) else ["  claims: none"]
        return lines

    def table(self, columns: Sequence[str], rows: Sequence[Row]) -> Table:
        """Give rows of text, to be written as Markdown."""
        return Table(tuple(columns), tuple(map(tuple, self.cells(rows))))


def _chain(chain: Chain) -> list[str]:
    from .why import reason_lines, route_lines

    ends = (chain.subject.label, chain.relation.label, chain.value.label)
    lines: list[str] = []
    reasons = chain.reasons
    for number, reason in enumerate(reasons.occasions if reasons else (), 1):
        assert reasons is not None
        lines += reason_lines(number, reason, reasons)
    for route in chain.routes:
        lines += route_lines(chain.end, route)
    rest = [f"{reasons.rest[:-1]} (passex why --all)."] if reasons and reasons.rest else []
    return [*wrap(f"{' '.join(ends)}:", "  ", "    "), *(f"  {line}" for line in [*rest, *lines])]


def _numeric(column: Sequence[Term | None]) -> bool:
    terms = [term for term in column if term is not None]
    return bool(terms) and all(
        isinstance(term, ox.Literal) and term.datatype.value.rpartition("#")[2] in _NUMBERS
        for term in terms
    )
