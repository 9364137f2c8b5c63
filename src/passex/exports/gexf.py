"""GEXF 1.3, for Gephi, Gephi Lite and graphology (https://gexf.net).

Dates are spells: a dynamic graph, whose time line Gephi shows. A spell goes from the first to the
last day on which an event is possible: "2017" is 2017-01-01 to 2017-12-31, and not a day of it.
What has no dates has no spell, and is there all the time.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from operator import attrgetter
from typing import Final

from . import columns, style
from .model import Field, Picture, Spell
from .text import Report

_TYPES: Final = {
    "text": "string",
    "date": "string",
    "integer": "integer",
    "number": "double",
    "boolean": "boolean",
    "list": "liststring",
}


def write(picture: Picture, report: Report) -> Iterator[str]:
    """Write a picture.

    Args:
        picture: The picture.
        report: Counts what could not be held as it is.

    Yields:
        The document, piece by piece.
    """
    xml = report.xml
    dynamic = any(node.spells for node in picture.nodes) or any(e.spells for e in picture.edges)
    direction = "directed" if picture.directed else "undirected"
    time = ' mode="dynamic" timeformat="date" timerepresentation="interval"'
    yield (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<gexf xmlns="http://gexf.net/1.3" xmlns:viz="http://gexf.net/1.3/viz" version="1.3">\n'
        f"<meta><creator>Passex</creator><description>{xml(_description(picture))}"
        "</description></meta>\n"
        f'<graph defaultedgetype="{direction}" idtype="string"'
        f"{time if dynamic else ' mode=' + chr(34) + 'static' + chr(34)}>\n"
    )
    yield _attributes("node", (Field("kind", "text", ""), *picture.node_fields))
    yield _attributes("edge", (Field("iri", "text", ""), *picture.edge_fields))
    sizes = style.scale(picture, 10, 60)
    yield f'<nodes count="{len(picture.nodes)}">\n'
    values = _values(picture.node_fields, report)
    colours = {kind: _colour(kind) for kind in picture.kinds}
    for _, nodes in columns.parts(picture.nodes):
        yield columns.joined(
            (f'<node id="{xml(node.iri)}" label="{xml(node.label)}">' for node in nodes),
            (f'<attvalues><attvalue for="kind" value="{xml(node.kind)}"/>' for node in nodes),
            *values(nodes),
            (f"</attvalues>{_spells(node.spells)}{colours[node.kind]}" for node in nodes),
            (f'<viz:size value="{sizes[node.iri]}"/></node>\n' for node in nodes),
        )
    yield f'</nodes>\n<edges count="{len(picture.edges)}">\n'
    values = _values(picture.edge_fields, report)
    source, target, label, kind, iri, line = (
        columns.text(name, template, xml, report)
        for name, template in (
            ("source", ' source="%s"'),
            ("target", ' target="%s"'),
            ("label", ' label="%s"'),
            ("kind", ' kind="%s" weight="'),
            ("iri", '"><attvalues><attvalue for="iri" value="%s"/>'),
            ("line", '<viz:shape value="%s"/></edge>\n'),
        )
    )
    spells = columns.Remembered(lambda given: f"</attvalues>{_spells(given)}", report).__getitem__
    for start, edges in columns.parts(picture.edges):
        yield columns.joined(
            map('<edge id="e%d"'.__mod__, range(start, start + len(edges))),
            *(source(edges), target(edges), label(edges), kind(edges)),
            map(repr, map(attrgetter("weight"), edges)),
            iri(edges),
            *values(edges),
            map(spells, map(attrgetter("spells"), edges)),
            line(edges),
        )
    yield "</edges>\n</graph>\n</gexf>\n"


def _description(picture: Picture) -> str:
    bounds = (
        "Spells go from the first to the last day on which an event is possible; "
        "what has no dates has no spell."
    )
    sizes = f"Sizes show {picture.measure}."
    return " ".join([f"{picture.title}.", sizes, bounds, *picture.notes])


def _attributes(of: str, fields: Sequence[Field]) -> str:
    listed = "".join(
        f'<attribute id="{f.name}" title="{f.name}" type="{_TYPES[f.type]}"/>\n' for f in fields
    )
    return f'<attributes class="{of}">\n{listed}</attributes>\n'


def _values(fields: Sequence[Field], report: Report) -> columns.Attributes:
    xml = report.xml

    def items(values: Sequence[str]) -> str:
        quoted = (f'"{v}"' for v in (_escaped(v) for v in values))
        return xml(f"[{', '.join(quoted)}]")

    def around(field: Field) -> tuple[str, str]:
        return f'<attvalue for="{field.name}" value="', '"/>'

    return columns.attributes(fields, around, columns.xml(report, items), report)


def _escaped(item: str) -> str:
    return item.replace("\\", "\\\\").replace('"', '\\"')


def _spells(spells: Sequence[Spell]) -> str:
    if not spells:
        return ""
    return f"<spells>{''.join(map(_spell, spells))}</spells>"


def _spell(spell: Spell) -> str:
    start, end = spell
    first = f' start="{start}"' if start else ""
    last = f' end="{end}"' if end else ""
    return f"<spell{first}{last}/>"


def _colour(kind: str) -> str:
    red, green, blue = bytes.fromhex(style.colour(kind)[1:])
    return f'<viz:color r="{red}" g="{green}" b="{blue}"/>'
