"""Maps: where events were, and GeoJSON (RFC 7946) and KML of that.

There is a feature for each event at each of its places that the graph has coordinates or an area
for, and for no others: nothing is guessed. What is not on the map is named, with the reason.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from html import escape
from itertools import pairwise
from typing import Final, NamedTuple

from ..graph.labelling import labels
from ..graph.store import Store
from ..text.wording import say
from . import geometry
from .columns import Report
from .geometry import Location, Ring
from .model import Event, MapGap, MapPlace, Picture

_KML: Final = "http://www.opengis.net/kml/2.2"


class OnMap(NamedTuple):
    """What of events is on a map, and what is not."""

    places: tuple[MapPlace, ...]
    gaps: tuple[MapGap, ...]


def on_map(store: Store, events: Iterable[Event]) -> OnMap:
    """Find the places of events, by label: those that can be put on a map, and the others.

    A place is where the graph says that the event was (nr:hasPlace), not what a claim alone makes
    of it.
    """
    at: dict[str, list[str]] = {event.iri: [] for event in events}
    query = "# Where events were.\nSELECT ?event ?place { ?event nr:hasPlace ?place }"
    for event, place in store.rows(query):
        # A blank node without a type is no place that anything could be said of.
        if str(event) in at and not str(place).startswith("_:"):
            at[str(event)].append(str(place))
    met: dict[str, list[str]] = {}
    for iri, where in at.items():
        for one in where:
            met.setdefault(one, []).append(iri)
    called, sources = labels(store, met), geometry.sources(store)
    places = []
    gaps = [MapGap(place="", iri="", reason="no place", events=(e,)) for e in at if not at[e]]
    for iri, held in met.items():
        found, own = geometry.locate(store, iri), tuple(sorted(held))
        if found.reason:
            gaps.append(MapGap(place=called[iri], iri=iri, reason=found.reason, events=own))
            continue
        places.append(
            MapPlace(
                iri=iri,
                label=called[iri],
                location=found,
                precision=geometry.precision(store, iri),
                source="; ".join(sorted(sources.get(iri, ()))),
                events=own,
            )
        )
    return OnMap(
        tuple(sorted(places, key=lambda place: (place.label, place.iri))),
        tuple(sorted(gaps, key=lambda gap: (gap.place, gap.iri, gap.events))),
    )


def _features(picture: Picture) -> Iterator[tuple[MapPlace, Event]]:
    events = {event.iri: event for event in picture.events}
    for place in picture.places:
        for iri in place.events:
            yield place, events[iri]


def _properties(place: MapPlace, event: Event) -> dict[str, object]:
    properties: dict[str, object] = {
        "name": event.label,
        "iri": event.iri,
        "kind": event.kind,
        "status": event.status,
        "when": event.when,
        "first": event.earliest,
        "last": event.latest,
        "place": place.label,
        "place_iri": place.iri,
        "precision": place.precision,
        "coordinates_from": place.source,
        "participants": list(event.participants),
        "sources": len(event.articles),
        "articles": list(event.articles),
        "claims": list(event.claims),
    }
    return {name: value for name, value in properties.items() if value not in (None, "", [])}


def geojson(picture: Picture, report: Report) -> Iterator[str]:
    """Write the places of a picture's events as GeoJSON."""
    # RFC 7946, 6.1: members of one's own are allowed.
    head = {
        "type": "FeatureCollection",
        "title": picture.title,
        "not_on_the_map": [
            {"name": event.label, "iri": event.iri, "when": event.when, "why": "; ".join(why)}
            for event, why in picture.nowhere
        ],
        "places_not_on_the_map": [
            {"name": gap.place, "iri": gap.iri, "why": gap.reason, "events": list(gap.events)}
            for gap in picture.gaps
            if gap.place
        ],
    }
    yield json.dumps(head, ensure_ascii=False)[:-1] + ', "features": ['
    comma = "\n"
    for place, event in _features(picture):
        feature = {
            "type": "Feature",
            "geometry": _geometry(place.location),
            "properties": _properties(place, event),
        }
        yield comma + json.dumps(feature, ensure_ascii=False)
        comma = ",\n"
    yield "\n]}\n"


def _geometry(location: Location) -> dict[str, object]:
    """Write a location as a geometry of GeoJSON; where it has both, its area (RFC 7946, 3.1)."""
    if location.point and not location.area:
        return {"type": "Point", "coordinates": list(location.point[::-1])}
    polygons = [
        [[position[::-1] for position in ring] for ring in _wound(polygon)]
        for polygon in location.area
    ]
    if len(polygons) == 1:
        return {"type": "Polygon", "coordinates": polygons[0]}
    return {"type": "MultiPolygon", "coordinates": polygons}


def _wound(polygon: tuple[Ring, ...]) -> Iterator[Ring]:
    """Turn the outer ring counterclockwise and its holes clockwise (RFC 7946, 3.1.6)."""
    for number, ring in enumerate(polygon):
        twice = sum(x1 * y2 - x2 * y1 for (y1, x1), (y2, x2) in pairwise(ring))
        yield ring if (twice > 0) == (number == 0) else ring[::-1]


def kml(picture: Picture, report: Report) -> Iterator[str]:
    """Write the places of a picture's events as KML."""
    xml = report.xml
    # A description is HTML (OGC 07-147r2, 9.1.3.10).
    yield (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<kml xmlns="{_KML}">\n<Document>\n'
        f"<name>{xml(picture.title)}</name>\n"
        f"<description>{xml(escape(_left_out(picture), quote=False))}</description>\n"
    )
    for place, event in _features(picture):
        begin = f"<begin>{event.earliest}</begin>" if event.earliest else ""
        end = f"<end>{event.latest}</end>" if event.latest else ""
        span = f"<TimeSpan>{begin}{end}</TimeSpan>" if begin or end else ""
        about, data = f"{place.label} ({place.precision}); {event.when}", ""
        for name, value in _properties(place, event).items():
            text = report.flat(tuple(value)) if isinstance(value, list) else str(value)
            data += f'<Data name="{name}"><value>{xml(text)}</value></Data>'
        yield (
            f"<Placemark><name>{xml(event.label)}</name>"
            f"<description>{xml(escape(about, quote=False))}</description>{span}"
            f"<ExtendedData>{data}</ExtendedData>{_shape(place.location)}</Placemark>\n"
        )
    yield "</Document>\n</kml>\n"


def _shape(location: Location) -> str:
    """Write a location as a geometry of KML; where it has both, its area."""

    def line(ring: Ring) -> str:
        found = " ".join(f"{longitude!r},{latitude!r}" for latitude, longitude in ring)
        return f"<LinearRing><coordinates>{found}</coordinates></LinearRing>"

    if location.point and not location.area:
        latitude, longitude = location.point
        return f"<Point><coordinates>{longitude!r},{latitude!r}</coordinates></Point>"
    shapes = [
        "<Polygon>"
        f"<outerBoundaryIs>{line(polygon[0])}</outerBoundaryIs>"
        + "".join(f"<innerBoundaryIs>{line(hole)}</innerBoundaryIs>" for hole in polygon[1:])
        + "</Polygon>"
        for polygon in location.area
    ]
    return shapes[0] if len(shapes) == 1 else f"<MultiGeometry>{''.join(shapes)}</MultiGeometry>"


def _left_out(picture: Picture) -> str:
    """Say which events are not on the map, and why."""
    said = []
    if picture.nowhere:
        named = "; ".join(
            f"{event.label} ({event.when}; {'; '.join(why)})" for event, why in picture.nowhere
        )
        are = "is" if len(picture.nowhere) == 1 else "are"
        said.append(
            f"{len(picture.nowhere)} of {say(len(picture.events), 'event')} {are} not on the map: "
            f"{named}"
        )
    if picture.elsewhere:
        named = "; ".join(f"{event.label} ({'; '.join(why)})" for event, why in picture.elsewhere)
        said.append(f"On the map at some of their places only: {named}")
    return ". ".join(said) or "Every event is on the map."
