"""Places of events on a map: only what the graph itself gives coordinates for."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from ..graph.names import labels
from ..graph.store import Store
from ..graph.terms import DWC, WGS84
from .model import Event, MapPlace

#: OGC GeoSPARQL.
_GEO: Final = "http://www.opengis.net/ont/geosparql#"
_CRS84: Final = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
_NUMBER: Final = r"([-+]?[0-9]+(?:\.[0-9]*)?(?:[eE][-+]?[0-9]+)?)"
#: GeoSPARQL's well-known text; another reference system than CRS 84 is not read.
_POINT: Final = re.compile(
    rf"\s*(?:<{re.escape(_CRS84)}>)?\s*POINT\s*\(\s*{_NUMBER}\s+{_NUMBER}\s*\)\s*", re.IGNORECASE
)


def on_map(store: Store, events: Iterable[Event]) -> tuple[MapPlace, ...]:
    """Find the places of events that can be put on a map, by label.

    A place is where the graph says that the event was (nr:hasPlace), not what a claim alone makes
    of it. A place without coordinates is left out: nothing is guessed from its name.
    """
    iris = {event.iri for event in events}
    at: dict[str, list[str]] = {}
    for event, place in store.rows(
        "# Where events were.\nSELECT ?event ?place { ?event nr:hasPlace ?place }"
    ):
        # A blank node without a type is no place that anything could be said of.
        if event in iris and not str(place).startswith("_:"):
            at.setdefault(str(place), []).append(str(event))
    called = labels(store, at)
    places = []
    for place, where in at.items():
        point = coordinates(store, place)
        if point is not None:
            places.append(
                MapPlace(
                    iri=place,
                    label=called[place],
                    latitude=point[0],
                    longitude=point[1],
                    precision=precision(store, place),
                    source=_source(store, place),
                    events=tuple(sorted(where)),
                )
            )
    return tuple(sorted(places, key=lambda place: (place.label, place.iri)))


def coordinates(store: Store, place: str) -> tuple[float, float] | None:
    """Read a place's latitude and longitude in degrees (WGS 84).

    They are geo:lat and geo:long (W3C Basic Geo), or a point as well-known text (geo:asWKT of
    GeoSPARQL), its own or its geometry's. None where there are none, or several that differ, or
    none that lies on the globe.
    """
    points = {
        point
        for latitude in store.objects(place, WGS84.lat)
        for longitude in store.objects(place, WGS84.long)
        if (point := _point(latitude, longitude))
    }
    geometries = (
        geometry
        for term in ("hasGeometry", "hasDefaultGeometry", "hasCentroid")
        for geometry in store.objects(place, _GEO + term)
        if ":" in geometry
    )
    for node in (place, *geometries):
        for text in store.objects(node, _GEO + "asWKT"):
            match = _POINT.fullmatch(text)
            # Well-known text has the longitude first.
            if match and (point := _point(match[2], match[1])):
                points.add(point)
    return points.pop() if len(points) == 1 else None


def _point(latitude: str, longitude: str) -> tuple[float, float] | None:
    try:
        point = float(latitude), float(longitude)
    except ValueError:
        return None
    return point if abs(point[0]) <= 90 and abs(point[1]) <= 180 else None


def precision(store: Store, place: str) -> str:
    """Say what a place's coordinates stand for (Darwin Core); ``not stated`` if nothing does."""
    metres = [f"within {m} m" for m in store.objects(place, DWC.coordinateUncertaintyInMeters)]
    remarks = store.objects(place, DWC.georeferenceRemarks)
    return "; ".join([*remarks, *metres]) or "not stated"


def _source(store: Store, place: str) -> str:
    rows = store.rows(
        f"""# Where the coordinates of a place come from.
        SELECT DISTINCT ?source {{
            VALUES ?property {{ <{WGS84}lat> <{_GEO}asWKT> <{_GEO}hasGeometry> }}
            ?claim nr:about <{place}> ; nr:onProperty ?property ; dcterms:source ?source
        }}"""
    )
    return "; ".join(sorted(str(source) for (source,) in rows))
