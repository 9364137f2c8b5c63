"""Maps: GeoJSON (RFC 7946) for geographic information systems, and KML for Google Earth.

There is a feature for each event at each of its places that the graph has coordinates for; what
has none is not on the map, and a note says how many that are.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from html import escape
from typing import Final

from .model import Event, MapPlace, Picture
from .text import Report

_KML: Final = "http://www.opengis.net/kml/2.2"


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
            {"name": event.label, "iri": event.iri, "when": event.when} for event in picture.nowhere
        ],
    }
    yield json.dumps(head, ensure_ascii=False)[:-1] + ', "features": ['
    comma = "\n"
    for place, event in _features(picture):
        feature = {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": [place.longitude, place.latitude]},
            "properties": _properties(place, event),
        }
        yield comma + json.dumps(feature, ensure_ascii=False)
        comma = ",\n"
    yield "\n]}\n"


def kml(picture: Picture, report: Report) -> Iterator[str]:
    """Write the places of a picture's events as KML."""
    xml = report.xml
    yield (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<kml xmlns="{_KML}">\n<Document>\n'
        f"<name>{xml(picture.title)}</name>\n"
        f"<description>{xml(_html(_left_out(picture)))}</description>\n"
    )
    for place, event in _features(picture):
        begin = f"<begin>{event.earliest}</begin>" if event.earliest else ""
        end = f"<end>{event.latest}</end>" if event.latest else ""
        span = f"<TimeSpan>{begin}{end}</TimeSpan>" if begin or end else ""
        data = ""
        for name, value in _properties(place, event).items():
            text = report.flat(tuple(value)) if isinstance(value, list) else str(value)
            data += f'<Data name="{name}"><value>{xml(text)}</value></Data>'
        yield (
            f"<Placemark><name>{xml(event.label)}</name><description>"
            f"{xml(_html(f'{place.label} ({place.precision}); {event.when}'))}</description>{span}"
            f"<ExtendedData>{data}</ExtendedData>"
            f"<Point><coordinates>{place.longitude!r},{place.latitude!r}</coordinates></Point>"
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
