"""Which representation a client gets (RFC 9110, section 12.5)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache


@lru_cache(maxsize=1024)
def _ranges(header: str) -> tuple[tuple[str, float], ...]:
    """Read an Accept or Accept-Encoding header: ranges in lower case with their weights."""
    found = []
    for part in header.split(","):
        name, *parameters = (piece.strip().lower() for piece in part.split(";"))
        if not name:
            continue
        weight = 1.0
        for parameter in parameters:
            key, _, value = parameter.partition("=")
            if key.strip() == "q":
                try:
                    weight = min(max(float(value), 0.0), 1.0)
                except ValueError:
                    weight = 0.0  # what cannot be read is not wanted
        found.append((name, weight))
    return tuple(found)


def choose(header: str | None, offers: Mapping[str, Sequence[str]]) -> str | None:
    """Choose a representation.

    Args:
        header: The Accept header; None where there is none, which accepts everything.
        offers: What there is: names, each with its media types without parameters, the best first.

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
        rank = max((_quality(ranges, one) for one in types), default=(0.0, 0))
        if rank[0] > 0 and rank > best:
            best, chosen = rank, name
    return chosen


def _quality(ranges: Sequence[tuple[str, float]], media_type: str) -> tuple[float, int]:
    """The weight of a media type and how exactly it is named: the most exact range counts."""
    kind = media_type.partition("/")[0] + "/*"
    exact: dict[int, float] = {}
    for name, weight in ranges:
        exactness = {media_type: 3, kind: 2, "*/*": 1, "*": 1}.get(name, 0)
        if exactness:
            exact[exactness] = max(weight, exact.get(exactness, 0.0))
    if not exact:
        return 0.0, 0
    exactness = max(exact)
    return exact[exactness], exactness


def takes_gzip(header: str | None) -> bool:
    """Tell whether a client takes gzip.

    Args:
        header: The Accept-Encoding header, or None.

    Returns:
        Whether gzip is named there with a weight, or anything is welcome.

    Example:
        >>> takes_gzip("deflate, gzip;q=0.5"), takes_gzip("gzip;q=0, *"), takes_gzip(None)
        (True, False, False)
    """
    weights = dict(_ranges(header or ""))
    return weights.get("gzip", weights.get("*", 0.0)) > 0
