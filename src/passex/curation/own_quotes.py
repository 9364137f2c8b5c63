"""The quotes that stood on a node, as claims: on another node they would prove other values."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Final

import pyoxigraph as ox

from ..graph.lexical import written
from ..graph.store import Store
from ..graph.terms import LABELLING, NR, SKOS
from .layout import laid_out
from .one_thing import Pair
from .spelling import spell
from .statements import Node, Statement, Unit, Word

_NUMBER: Final = re.compile(r"(?<=#c)[0-9]+\Z")


class OwnQuotes:
    """Writes the claims that the rules made of a node's own quotes into its file.

    Args:
        store: The graph, with what the rules derive.
        pair: The node that goes, and the one about which the claims are to be.
        triples: All facts of the files.

    Attributes:
        made: The IRIs of the claims that were written.
    """

    def __init__(self, store: Store, pair: Pair, triples: Sequence[ox.Triple]) -> None:
        self._store = store
        self._kept, self._gone = pair.kept.iri, pair.gone.iri
        self._triples = triples
        self.made: list[str] = []
        #: The highest number of a claim of each article.
        self._numbers: dict[str, int] = defaultdict(int)
        for triple in triples:
            iri = str(triple.subject).strip("<>")
            if match := _NUMBER.search(iri):
                article = iri.partition("#")[0]
                self._numbers[article] = max(self._numbers[article], int(match[0]))

    def claims(self, at: Statement) -> list[str]:
        """Write the claims, once.

        Args:
            at: The statement behind which they are to stand.

        Returns:
            The lines; none where they have been written.
        """
        if self.made:
            return []
        node, lines = ox.NamedNode(self._gone), []
        own = [triple for triple in self._triples if triple.subject == node]
        quotes = sorted({_iri(t) for t in own if t.predicate.value == NR.hasEvidence})
        rules = self._store.rows(
            f"SELECT DISTINCT ?claim {{ ?claim nr:about {node} ; nr:hasEvidence ?quote "
            f'FILTER(STRSTARTS(STR(?claim), "{self._gone}#")) }} ORDER BY ?claim'
        )
        for (claim,) in rules:
            lines += self._claim(at, self._said(str(claim)), quotes)
        about = ox.NamedNode(NR.about)
        if not lines and not any(t.predicate == about and t.object == node for t in self._triples):
            # Nothing else stands there: what they prove is that it is there, under its name.
            for name in (t.object for t in own if t.predicate.value in LABELLING):
                if isinstance(name, ox.Literal):
                    prove = (NR.onProperty, self._naming(name)), (NR.hasValue, name)
                    lines += self._claim(at, prove, quotes)
        return lines

    def _naming(self, name: ox.Literal) -> ox.NamedNode:
        """The property by which the node that stays has a name of the other."""
        kept = ox.NamedNode(self._kept)
        own = [t for t in self._triples if t.subject == kept and t.object == name]
        labels = [t.predicate for t in own if t.predicate.value in LABELLING]
        return labels[0] if labels else ox.NamedNode(SKOS.altLabel)

    def _said(self, claim: str) -> list[tuple[str, ox.NamedNode | ox.Literal]]:
        """The properties and the values of a claim, in a fixed order."""
        quads = self._store.engine.quads_for_pattern(
            ox.NamedNode(claim), None, None, ox.DefaultGraph()
        )
        found = []
        for quad in quads:
            name, value = quad.predicate.value, quad.object
            if name in (NR.onProperty, NR.hasValue) and isinstance(
                value, ox.NamedNode | ox.Literal
            ):
                term = written(value)
                assert not isinstance(term, ox.BlankNode)
                found.append((name, term))
        return sorted(found, key=str)

    def _claim(
        self,
        at: Statement,
        said: Iterable[tuple[str, ox.NamedNode | ox.Literal]],
        quotes: Sequence[str],
    ) -> list[str]:
        article = quotes[0].partition("#")[0]
        self._numbers[article] += 1
        name = f"{article}#c{self._numbers[article]}"
        self.made.append(name)
        values: dict[str, list[str | ox.NamedNode | ox.Literal]] = {
            NR.about: [self._kept], NR.onProperty: [], NR.hasValue: [], NR.hasEvidence: [*quotes]
        }  # fmt: skip
        for verb, value in said:
            values[verb].append(value)

        def word(term: str | ox.NamedNode | ox.Literal) -> Word:
            iri = term if isinstance(term, str) else ""
            return Word(spell(term, at.prefixes, at.base), iri)

        units = []
        for verb, terms in values.items():
            listed: list[list[Node]] = [[word(term)] for term in terms]
            units.append(Unit(word(verb), listed))
        return laid_out(Statement(subject=word(name), units=units, closing=Word(".")))


def _iri(triple: ox.Triple) -> str:
    return str(triple.object).strip("<>")
