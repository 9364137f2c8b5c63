"""Where places lie, as the graph says it, and why some of them lie nowhere.

Coordinates are geo:lat and geo:long (W3C Basic Geo), or well-known text (geo:asWKT of GeoSPARQL
1.1, OGC 22-047r1), a place's own or its geometry's: a point, or the area of a polygon.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

from ..graph.store import Store
from ..graph.terms import DWC, WGS84
from ..text.wording import say

#: Degrees north of the equator and east of Greenwich (WGS 84).
Position: TypeAlias = tuple[float, float]
#: A closed line: its first position is its last.
Ring: TypeAlias = tuple[Position, ...]
#: Polygons, each an outer ring and its holes.
Area: TypeAlias = tuple[tuple[Ring, ...], ...]

#: OGC GeoSPARQL.
_GEO: Final = "http://www.opengis.net/ont/geosparql#"
_CRS84: Final = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
_TEXT: Final = re.compile(
    r"\s*(?:<([^>]*)>)?\s*([A-Z]+?)\s*(?:ZM|Z|M)?\s*(EMPTY|\(.*\))\s*", re.IGNORECASE | re.DOTALL
)
_TOKEN: Final = re.compile(r"\s*([(),]|[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)\s*")
#: Positions of a ring: a triangle's three, and the first again.
_RING: Final = 4


class Unreadable(ValueError):
    """What a place has for coordinates gives none; its text says why."""


@dataclass(frozen=True, slots=True)
class Location:
    """Where a place lies.

    Attributes:
        point: Its point; None if it has none.
        area: Its polygons; none if it has none.
        reason: Why it has neither, in words; empty where it has.
    """

    point: Position | None = None
    area: Area = ()
    reason: str = ""


def locate(store: Store, place: str) -> Location:
    """Read where a place lies. Nothing is guessed: what differs or is off the globe is nowhere.

    Example:
        >>> from passex import load
        >>> from passex.graph.terms import ID
        >>> locate(load().store, ID["yokosuka"]).point
        (35.28361, 139.66722)
    """
    points: set[Position] = set()
    areas: set[Area] = set()
    reasons = []
    try:
        points |= _pairs(store, place)
    except Unreadable as why:
        reasons.append(str(why))
    for text in _texts(store, place):
        try:
            found = read(text)
        except Unreadable as why:
            reasons.append(str(why))
            continue
        if found.point:
            points.add(found.point)
        if found.area:
            areas.add(found.area)
    if len(points) > 1 or len(areas) > 1:
        return Location(reason="coordinates that differ")
    if points or areas:
        return Location(next(iter(points), None), next(iter(areas), ()))
    return Location(reason="; ".join(dict.fromkeys(reasons)) or "no coordinates")


def read(text: str) -> Location:
    """Read well-known text: a point, a polygon, or several polygons.

    A third and a fourth number of a position, height and measure, are read and left out: CRS 84 has
    two axes, and nothing says what a height would be above.

    Raises:
        Unreadable: It is something else, in another reference system, or off the globe.

    Example:
        >>> read("POINT Z (139.7 35.3 12)").point
        (35.3, 139.7)
        >>> read("LINESTRING(1 2, 3 4)")
        Traceback (most recent call last):
            ...
        passex.exports.geometry.Unreadable: a linestring, which is neither a point nor an area
    """
    match = _TEXT.fullmatch(text)
    if match is None:
        raise Unreadable("coordinates that are no well-known text")
    system, kind, body = match[1], match[2].upper(), match[3]
    if system not in (None, _CRS84):
        raise Unreadable(f"coordinates in another reference system than CRS 84: {system}")
    if kind not in ("POINT", "POLYGON", "MULTIPOLYGON"):
        raise Unreadable(f"a {kind.lower()}, which is neither a point nor an area")
    if body.upper() == "EMPTY":
        raise Unreadable("an empty geometry")
    nested = _nested(body)
    try:
        if kind == "POINT":
            ((longitude, latitude),) = nested
            return Location(_position(latitude, longitude))
        polygons = [nested] if kind == "POLYGON" else nested
        if not all(polygons or [()]):
            raise ValueError("an area without an outline")
        return Location(area=tuple(tuple(map(_ring, polygon)) for polygon in polygons))
    except (TypeError, ValueError) as why:
        if isinstance(why, Unreadable):
            raise
        raise Unreadable("coordinates that are no well-known text") from why


def precision(store: Store, place: str) -> str:
    """Say what a place's coordinates stand for (Darwin Core); ``not stated`` if nothing does."""
    metres = [f"within {m} m" for m in store.objects(place, DWC.coordinateUncertaintyInMeters)]
    remarks = store.objects(place, DWC.georeferenceRemarks)
    return "; ".join([*remarks, *metres]) or "not stated"


def sources(store: Store) -> dict[str, set[str]]:
    """Read where coordinates come from, by place; those of all at once, which is soon done."""
    rows = store.rows(
        f"""# Where the coordinates of places come from.
        SELECT ?place ?source {{
            VALUES ?property {{ <{WGS84}lat> <{_GEO}asWKT> <{_GEO}hasGeometry> }}
            ?claim nr:onProperty ?property ; nr:about ?place ; dcterms:source ?source
        }}"""
    )
    found: dict[str, set[str]] = {}
    for place, source in rows:
        found.setdefault(str(place), set()).add(str(source))
    return found


def _pairs(store: Store, place: str) -> set[Position]:
    north, east = store.objects(place, WGS84.lat), store.objects(place, WGS84.long)
    if bool(north) != bool(east):
        given, lacking = ("latitude", "longitude") if north else ("longitude", "latitude")
        raise Unreadable(f"a {given} without a {lacking}")
    return {_position(latitude, longitude) for latitude in north for longitude in east}


def _texts(store: Store, place: str) -> Iterator[str]:
    geometries = (
        geometry
        for term in ("hasGeometry", "hasDefaultGeometry", "hasCentroid")
        for geometry in store.objects(place, _GEO + term)
        if ":" in geometry
    )
    for node in dict.fromkeys((place, *geometries)):
        yield from store.objects(node, _GEO + "asWKT")


def _nested(body: str) -> list[Any]:
    """Read brackets and numbers; a position is the first two of its numbers."""
    stack: list[list[Any]] = [[]]
    numbers: list[float] = []
    end = 0

    def close() -> None:
        if numbers:
            if not 2 <= len(numbers) <= _RING:
                raise Unreadable(f"a position of {say(len(numbers), 'number')}")
            stack[-1].append(tuple(numbers[:2]))
            numbers.clear()

    while end < len(body):
        match = _TOKEN.match(body, end)
        if match is None:
            raise Unreadable("coordinates that are no well-known text")
        end = match.end()
        if match[1] == "(":
            stack.append([])
        elif match[1] in "),":
            close()
            if match[1] == ")":
                if len(stack) == 1:
                    raise Unreadable("coordinates that are no well-known text")
                closed = stack.pop()
                stack[-1].append(closed)
        else:
            numbers.append(float(match[1]))
    if len(stack) != 1 or end < len(body) or len(stack[0]) != 1:
        raise Unreadable("coordinates that are no well-known text")
    found: list[Any] = stack[0][0]
    return found


def _ring(positions: Sequence[tuple[float, float]]) -> Ring:
    ring = tuple(_position(latitude, longitude) for longitude, latitude in positions)
    if len(ring) < _RING or ring[0] != ring[-1]:
        raise Unreadable("an outline that isn't closed")
    return ring


def _position(latitude: str | float, longitude: str | float) -> Position:
    try:
        position = float(latitude), float(longitude)
    except ValueError:
        raise Unreadable(f"coordinates that are no numbers: {latitude}, {longitude}") from None
    if not (abs(position[0]) <= 90 and abs(position[1]) <= 180):
        raise Unreadable(f"coordinates off the globe: latitude {latitude}, longitude {longitude}")
    return position
