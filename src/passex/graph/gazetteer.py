"""The gazetteer: states, territories and naval services of the world, to look up by name and code.

Which of its entries a graph has, `background` says.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from typing import Final

import pyoxigraph as ox

from ..text.wording import say_dates
from . import dataset
from .folding import bare, fold
from .parsing import parse
from .sources import Source
from .terms import DCTERMS, NAMING, NR, ORG, RDF, RDFS, SKOS, expand

#: A code that needs no scheme before it, if it means one node in all of them.
_CODE: Final = re.compile(r"[A-Z]{2,3}")
#: Before and after all days.
ALWAYS: Final = ("0000", "9999")


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of the gazetteer.

    Attributes:
        iri: The IRI that a graph has for it too.
        label: Its usual name.
        kind: Its class.
        whole: The IRI of the state that it is of, or part of; empty for a state.
        bounds: Its first and its last day, as text.
        names: Its names, folded.
        hidden: Names, folded, that lead to it: shared ones, and its capital.
        codes: Its codes, with and without their scheme.
        triples: All that is said of it.
    """

    iri: str
    label: str
    kind: str
    whole: str
    bounds: tuple[str, str]
    names: frozenset[str]
    hidden: frozenset[str]
    codes: frozenset[str]
    triples: tuple[ox.Triple, ...]

    def lasted(self, start: str, end: str) -> bool:
        """Tell whether it may have been there between two days."""
        return self.bounds[0] <= end and start <= self.bounds[1]

    @property
    def lifetime(self) -> str:
        """Its first and its last day in words; empty if it was always there."""
        first, last = (None if day in ALWAYS else day for day in self.bounds)
        return say_dates(first, last) if first or last else ""


@cache
def entries() -> dict[str, Entry]:
    """Read all entries, by their IRIs; only where they are needed, and once."""
    triples = [quad.triple for quad in parse(Source(dataset.gazetteer_file()))]
    by_node = groupby(triples, lambda triple: str(triple.subject).strip("<>"))
    found = (_entry(iri, tuple(said)) for iri, said in by_node)
    return {entry.iri: entry for entry in found if entry.kind.startswith(NR.iri)}


def _entry(iri: str, triples: tuple[ox.Triple, ...]) -> Entry:
    values: dict[str, list[str]] = {}
    codes = set()
    for triple in triples:
        value = triple.object
        assert isinstance(value, ox.NamedNode | ox.Literal)
        values.setdefault(triple.predicate.value, []).append(value.value)
        if triple.predicate.value == SKOS.notation and isinstance(value, ox.Literal):
            codes |= {value.value, f"{value.datatype.value.removeprefix(NR.iri)}:{value.value}"}

    def first(*terms: str) -> str:
        return next((values[term][0] for term in terms if term in values), "")

    def folded(*terms: str) -> frozenset[str]:
        return frozenset(fold(name) for term in terms for name in values.get(term, ()))

    return Entry(
        iri,
        first(RDFS.label),
        first(RDF.type),
        first(ORG.subOrganizationOf, DCTERMS.isPartOf),
        (first(NR.earliest) or ALWAYS[0], first(NR.latest) or ALWAYS[1]),
        folded(*NAMING),
        folded(SKOS.hiddenLabel),
        frozenset(codes),
        triples,
    )


@cache
def _index() -> dict[str, list[Entry]]:
    """Find entries by their folded names, and by their codes with a space before them."""
    found: dict[str, list[Entry]] = {}
    for entry in entries().values():
        for spelling in (*(entry.names | entry.hidden), *(f" {code}" for code in entry.codes)):
            found.setdefault(spelling, []).append(entry)
    return found


def called(name: str, day: str = "") -> list[Entry]:
    """Look up what has a name or a code.

    Args:
        name: A name, whole or with a remark in brackets; a capital; a code in capitals, alone or
            behind its scheme, as in ``iso3166-1-alpha-3:JPN``; or an IRI.
        day: A day, as ``1985-05-01``, by which to tell apart what shares a name.

    Returns:
        The entries, by label: several, if the name alone doesn't tell.

    Example:
        >>> [entry.label for entry in called("Moscow")]
        ['Russia']
        >>> [entry.label for entry in called("SLV")]
        ['El Salvador', 'Slovenia']
        >>> [entry.label for entry in called("cow-number:740")]
        ['Japan']
    """
    for spelling in (name.strip(), bare(name)):
        folded, iri = fold(spelling), expand(spelling)
        code = spelling if ":" in spelling or _CODE.fullmatch(spelling) else ""
        known, by = entries(), _index()
        those = {entry.iri: entry for entry in (*by.get(folded, ()), *by.get(f" {code}", ()))}
        found = [*(those | {iri: known[iri]} if iri in known else those).values()]
        if len(found) > 1 and day:
            found = [entry for entry in found if entry.lasted(day, day)] or found
            if len(found) > 1:  # whose own name it is, before who only shares it
                found = [entry for entry in found if folded in entry.names] or found
        if found:
            return sorted(found, key=lambda entry: (entry.label, entry.iri))
    return []


def remark(name: str, entry: Entry) -> str:
    """Say that a name was taken for another, where it is that of a capital."""
    if fold(name) not in entry.hidden:
        return ""
    capitals = [hidden for hidden in entry.hidden if len(called(hidden)) == 1]
    verb = "it is or was" if len(capitals) > 1 else "it is"
    verb = verb if entry.bounds[1] == ALWAYS[1] else "it was"
    return f"{name}: taken for {entry.label}, whose capital {verb}"
