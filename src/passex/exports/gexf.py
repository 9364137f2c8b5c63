"""GEXF 1.3, for Gephi, Gephi Lite and graphology (https://gexf.net).

Dates are spells: a dynamic graph, whose time line Gephi shows. A spell goes from the first to the
last day on which an event is possible: "2017" is 2017-01-01 to 2017-12-31, and not a day of it.
What has no dates has no spell, and is there all the time.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from . import columns
from .drawing import marks
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
    """Write a picture."""
    dynamic = any(node.spells for node in picture.nodes) or any(e.spells for e in picture.edges)
    time = 'dynamic" timeformat="date" timerepresentation="interval' if dynamic else "static"
    yield (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<gexf xmlns="http://gexf.net/1.3" xmlns:viz="http://gexf.net/1.3/viz" version="1.3">\n'
        f"<meta><creator>Passex</creator><description>{report.xml(_description(picture))}"
        "</description></meta>\n"
        f'<graph defaultedgetype="{"directed" if picture.directed else "undirected"}" '
        f'idtype="string" mode="{time}">\n'
    )
    yield _declared("node", (Field("kind", "text", ""), *picture.node_fields))
    yield _declared("edge", (Field("iri", "text", ""), *picture.edge_fields))
    yield f'<nodes count="{len(picture.nodes)}">\n'
    sizes = marks.scale(picture, 10, 60)
    yield from columns.write(
        picture.nodes,
        columns.texts(
            report,
            iri='<node id="%s"',
            label=' label="%s">',
            kind='<attvalues><attvalue for="kind" value="%s"/>',
        ),
        _attributes(picture.node_fields, report),
        columns.values("spells", _spells),
        columns.values("kind", _colour, report),
        columns.values("iri", lambda iri: f'<viz:size value="{sizes[iri]}"/></node>\n'),
    )
    yield f'</nodes>\n<edges count="{len(picture.edges)}">\n'
    yield from columns.write(
        picture.edges,
        columns.numbered('<edge id="e%d"'),
        columns.texts(
            report,
            source=' source="%s"',
            target=' target="%s"',
            label=' label="%s"',
            kind=' kind="%s" weight="',
        ),
        columns.values("weight", repr),
        columns.texts(report, iri='"><attvalues><attvalue for="iri" value="%s"/>'),
        _attributes(picture.edge_fields, report),
        columns.values("spells", _spells, report),
        columns.texts(report, line='<viz:shape value="%s"/></edge>\n'),
    )
    yield "</edges>\n</graph>\n</gexf>\n"


def _description(picture: Picture) -> str:
    bounds = (
        "Spells go from the first to the last day on which an event is possible; "
        "what has no dates has no spell."
    )
    sizes = f"Sizes show {picture.measure}."
    return " ".join([f"{picture.title}.", sizes, bounds, *picture.notes])


def _declared(of: str, fields: Sequence[Field]) -> str:
    listed = "".join(
        f'<attribute id="{f.name}" title="{f.name}" type="{_TYPES[f.type]}"/>\n' for f in fields
    )
    return f'<attributes class="{of}">\n{listed}</attributes>\n'


def _attributes(fields: Sequence[Field], report: Report) -> columns.Columns:
    def items(values: Sequence[str]) -> str:
        escaped = (value.replace("\\", "\\\\").replace('"', '\\"') for value in values)
        return report.xml("[" + ", ".join(f'"{value}"' for value in escaped) + "]")

    def around(field: Field) -> tuple[str, str]:
        return f'<attvalue for="{field.name}" value="', '"/>'

    return columns.attributes(fields, around, columns.xml(report, items), report)


def _spells(spells: Sequence[Spell]) -> str:
    """End the attributes of a node or an edge, and write its spells, if it has any."""
    written = ""
    for start, end in spells:
        first = f' start="{start}"' if start else ""
        last = f' end="{end}"' if end else ""
        written += f"<spell{first}{last}/>"
    return f"</attvalues><spells>{written}</spells>" if written else "</attvalues>"


def _colour(kind: str) -> str:
    red, green, blue = bytes.fromhex(marks.colour(kind)[1:])
    return f'<viz:color r="{red}" g="{green}" b="{blue}"/>'
