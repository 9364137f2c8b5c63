"""Representations of an answer: which there are, and which a client gets (RFC 9110, 12.5)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import IO, Final, TypeAlias

import pyoxigraph as ox

from ..graph.store import Term
from ..graph.tables import escaped
from ..query import formats
from ..query.prefixes import KNOWN, short
from .errors import HTTPError

TEXT: Final = "text/plain; charset=utf-8"
HTML: Final = "text/html; charset=utf-8"
JSON: Final = "application/json"

Solutions: TypeAlias = ox.QuerySolutions | ox.QueryBoolean


@dataclass(frozen=True, slots=True)
class Written:
    """A format of solutions and booleans that is ours, not the engine's.

    Attributes:
        media_type: Its media type, with a charset where it is text that needs one.
        aliases: Further media types that a client may ask for it by.
        write: Writes while the solutions are found.
    """

    name: str
    media_type: str
    aliases: tuple[str, ...]
    write: Callable[[Solutions, IO[bytes]], None]


def _markdown(result: Solutions, output: IO[bytes]) -> None:
    if isinstance(result, ox.QueryBoolean):
        output.write(b"true\n" if result else b"false\n")
        return
    names = [variable.value for variable in result.variables]
    for row in (names, ["---"] * len(names)):
        output.write(_line(row))
    for solution in result:
        output.write(_line(["" if term is None else escaped(_text(term)) for term in solution]))


def _line(cells: list[str]) -> bytes:
    return f"| {' | '.join(cells)} |\n".encode()


def _text(term: Term) -> str:
    if isinstance(term, ox.NamedNode):
        return short(term.value, KNOWN)
    return term.value if isinstance(term, ox.Literal) else str(term)


#: The formats of solutions by name; a client that takes anything gets the first.
SOLUTIONS: Final[dict[str, formats.Format | Written]] = {
    **formats.SOLUTIONS,
    "jsonl": Written("jsonl", "application/jsonl", ("application/x-ndjson",), formats.write_lines),
    "markdown": Written("markdown", "text/markdown; charset=utf-8", (), _markdown),
}
GRAPHS: Final = formats.GRAPHS


def bare(media_type: str) -> str:
    """Give a media type without its parameters."""
    return media_type.partition(";")[0]


def _offers(forms: Iterable[formats.Format | Written]) -> dict[str, list[str]]:
    return {form.name: [bare(form.media_type), *form.aliases] for form in forms}


_SOLUTIONS: Final = _offers(SOLUTIONS.values())
_GRAPHS: Final = _offers(GRAPHS.values())
#: Short names, as clients send them that know one name for solutions and graphs.
_SHORT: Final = {"json": "jsonld", "json-ld": "jsonld", "n3": "turtle", "xml": "rdfxml"}
#: The media types of graphs, to be named in messages.
GRAPH_TYPES: Final = ", ".join(types[0] for types in _GRAPHS.values())


#: How exactly a media type is named that isn't meant by a wildcard.
_NAMED: Final = 3


@lru_cache(maxsize=256)
def acceptable(accept: str | None) -> tuple[str | None, str | None]:
    """Choose formats of solutions and of graphs by an Accept header, before the kind is known.

    Example:
        >>> acceptable("text/csv, application/rdf+xml;q=0.5"), acceptable("image/png")
        (('csv', 'rdfxml'), (None, None))
    """
    return choose(accept, _SOLUTIONS), choose(accept, _GRAPHS)


def asked(forms: Iterable[str]) -> tuple[str | None, str | None]:
    """Choose formats of solutions and of graphs by names or media types that an address gives.

    Names that mean nothing here are passed over if another does: SPARQLWrapper sends ``rdf+xml``
    and ``application/rdf+xml``, in the hope that a server knows one of them.

    Raises:
        HTTPError: None of them is a format, or they mean different ones.

    Example:
        >>> asked(["rdf+xml", "application/rdf+xml"]), asked(["xml"]), asked(["csv"])
        ((None, 'rdfxml'), ('xml', 'rdfxml'), ('csv', None))
    """
    forms = list(forms)
    solutions = {_meant(form, _SOLUTIONS) for form in forms} - {None}
    graphs = {_meant(_SHORT.get(form, form), _GRAPHS) for form in forms} - {None}
    if not solutions and not graphs:
        offered = ", ".join({**SOLUTIONS, **GRAPHS})
        raise HTTPError(406, f"'{forms[0][:100]}' is no format", f"use one of {offered}")
    if max(len(solutions), len(graphs)) > 1:
        raise HTTPError(400, "the parameter 'format' names different formats", "give it once")
    return next(iter(solutions), None), next(iter(graphs), None)


def _meant(form: str, offers: Mapping[str, Sequence[str]]) -> str | None:
    return next((name for name, types in offers.items() if form in (name, *types)), None)


def prefers_page(accept: str | None) -> bool:
    """Tell whether a client would rather have a page than a graph: then it is a person's."""
    return choose(accept, {**_GRAPHS, "page": ["text/html"]}) == "page"


def format_of(media_type: str) -> str | None:
    """Find the format of graphs that a media type, without parameters, means.

    Example:
        >>> format_of("text/turtle"), format_of("image/png")
        ('turtle', None)
    """
    return next((name for name, types in _GRAPHS.items() if media_type in types), None)


@lru_cache(maxsize=1024)
def _ranges(header: str) -> tuple[tuple[str, float], ...]:
    """Read an Accept or Accept-Encoding header: ranges in lower case with their weights."""
    ranges = []
    for part in header.split(","):
        name, *parameters = (piece.strip().lower() for piece in part.split(";"))
        weight = 1.0
        for parameter in parameters:
            key, _, value = parameter.partition("=")
            if key.strip() == "q":
                try:
                    weight = min(max(float(value), 0.0), 1.0)
                except ValueError:
                    weight = 0.0  # what cannot be read is not wanted
        ranges += [(name, weight)] if name else []
    return tuple(ranges)


def choose(header: str | None, offers: Mapping[str, Sequence[str]]) -> str | None:
    """Choose a representation.

    Args:
        header: The Accept header; None where there is none, which accepts everything.
        offers: What there is: names, each with its media type, without parameters, and others by
            which it may be asked for.

    Returns:
        The name with the highest weight. Where several have it, the one that is asked for most
        exactly; then the one that is offered first. None where nothing is acceptable.

    Example:
        >>> offers = {"turtle": ["text/turtle"], "xml": ["application/rdf+xml"]}
        >>> choose("application/rdf+xml;q=0.9, text/*;q=0.5", offers)
        'xml'
        >>> choose("text/html", offers) is None
        True
    """
    if header is None or not header.strip():
        return next(iter(offers), None)
    ranges = _ranges(header) or (("*/*", 1.0),)
    best: tuple[float, int] = (0.0, 0)
    chosen = None
    for name, types in offers.items():
        first, *aliases = (_quality(ranges, one) for one in types)
        # An alias is for who asks for it: a wildcard that it fits doesn't take what is sent.
        rank = max([first, *(alias for alias in aliases if alias[1] == _NAMED)])
        if rank[0] > 0 and rank > best:
            best, chosen = rank, name
    return chosen


def _quality(ranges: Sequence[tuple[str, float]], media_type: str) -> tuple[float, int]:
    """The weight of a media type and how exactly it is named: the most exact range counts."""
    kind = media_type.partition("/")[0] + "/*"
    exact: dict[int, float] = {}
    for name, weight in ranges:
        exactness = {media_type: _NAMED, kind: 2, "*/*": 1, "*": 1}.get(name, 0)
        if exactness:
            exact[exactness] = max(weight, exact.get(exactness, 0.0))
    exactness = max(exact, default=0)
    return exact.get(exactness, 0.0), exactness


def takes_gzip(header: str | None) -> bool:
    """Tell whether an Accept-Encoding header names gzip with a weight, or takes anything.

    Example:
        >>> takes_gzip("deflate, gzip;q=0.5"), takes_gzip("gzip;q=0, *"), takes_gzip(None)
        (True, False, False)
    """
    weights = dict(_ranges(header or ""))
    return weights.get("gzip", weights.get("*", 0.0)) > 0
