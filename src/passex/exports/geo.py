"""Maps: GeoJSON (RFC 7946) for geographic information systems, and KML for Google Earth.

There is a feature for each event at each of its places that the graph has coordinates for; what
has none is not on the map, and a note says how many that are.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from html import escape
from typing import Final

from .model import Event, Picture, Spot
from .text import Report

_KML: Final = "http://www.opengis.net/kml/2.2"


def _features(picture: Picture) -> Iterator[tuple[Spot, Event]]:
    events = {event.iri: event for event in picture.events}
    for spot in picture.spots:
        for iri in spot.events:
            yield spot, events[iri]


def _properties(spot: Spot, event: Event) -> dict[str, object]:
    found: dict[str, object] = {
        "name": event.label,
        "iri": event.iri,
        "kind": event.kind,
        "status": event.status,
        "when": event.when,
        "first": event.earliest,
        "last": event.latest,
        "place": spot.label,
        "place_iri": spot.iri,
        "precision": spot.precision,
        "coordinates_from": spot.source,
        "participants": list(event.participants),
        "sources": len(event.articles),
        "articles": list(event.articles),
        "claims": list(event.claims),
    }
    return {name: value for name, value in found.items() if value not in (None, "", [])}


def geojson(picture: Picture, report: Report) -> Iterator[str]:
    """Write the places of a picture's events as GeoJSON.

    Args:
        picture: The picture.
        report: Counts what could not be held as it is: nothing.

    Yields:
        The document, piece by piece.
    """
    # RFC 7946, 6.1: members of one's own are allowed.
    head = {
        "type": "FeatureCollection",
        "title": picture.title,
        "not_on_the_map": [
            {"name": event.label, "iri": event.iri, "when": event.when} for event in picture.nowhere
        ],
    }
    yield json.dumps(head, ensure_ascii=False)[:-1] + ', "features": ['
    comma = "\n"
    for spot, event in _features(picture):
        feature = {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": [spot.longitude, spot.latitude]},
            "properties": _properties(spot, event),
        }
        yield comma + json.dumps(feature, ensure_ascii=False)
        comma = ",\n"
    yield "\n]}\n"


def kml(picture: Picture, report: Report) -> Iterator[str]:
    """Write the places of a picture's events as KML.

    Args:
        picture: The picture.
        report: Counts what could not be held as it is.

    Yields:
        The document, piece by piece.
    """
    xml = report.xml
    yield (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<kml xmlns="{_KML}">\n<Document>\n'
        f"<name>{xml(picture.title)}</name>\n"
        f"<description>{xml(_html(_left_out(picture)))}</description>\n"
    )
    for spot, event in _features(picture):
        begin = f"<begin>{event.earliest}</begin>" if event.earliest else ""
        end = f"<end>{event.latest}</end>" if event.latest else ""
        span = f"<TimeSpan>{begin}{end}</TimeSpan>" if begin or end else ""
        data = ""
        for name, value in _properties(spot, event).items():
            text = report.flat(tuple(value)) if isinstance(value, list) else str(value)
            data += f'<Data name="{name}"><value>{xml(text)}</value></Data>'
        yield (
            f"<Placemark><name>{xml(event.label)}</name><description>"
            f"{xml(_html(f'{spot.label} ({spot.precision}); {event.when}'))}</description>{span}"
            f"<ExtendedData>{data}</ExtendedData>"
            f"<Point><coordinates>{spot.longitude!r},{spot.latitude!r}</coordinates></Point>"
            "</Placemark>\n"
        )
    yield "</Document>\n</kml>\n"


def _left_out(picture: Picture) -> str:
    if not picture.nowhere:
        return "Every event is on the map."
    named = "; ".join(f"{event.label} ({event.when})" for event in picture.nowhere)
    return (
        f"{len(picture.nowhere)} of {len(picture.events)} events are not on the map, since the "
        f"graph has no coordinates for where they were: {named}"
    )


def _html(text: str) -> str:
    # A description is HTML (OGC 07-147r2, 9.1.3.10).
    return escape(text, quote=False)
