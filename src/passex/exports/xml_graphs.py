"""GEXF 1.3, for Gephi, Gephi Lite and graphology, and GraphML, for yEd, igraph and networkx.

In GEXF (https://gexf.net) dates are spells: a dynamic graph, whose time line Gephi shows. A spell
goes from the first to the last day on which an event is possible: "2017" is 2017-01-01 to
2017-12-31, and not a day of it. What has no dates has no spell, and is there all the time. Spells
that overlap are one: Gephi would drop the second.

In GraphML (http://graphml.graphdrawing.org) attributes have types, but none for lists and dates,
which become texts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Any, Final

from ..errors import PassexError
from ..text.excerpts import visible
from . import columns
from .columns import Report
from .drawing import grammar
from .model import Field, Picture, Spell

_GEXF: Final = {
    "text": "string",
    "date": "string",
    "integer": "integer",
    "number": "double",
    "boolean": "boolean",
    "list": "liststring",
}
_GEXF_VALUE: Final = '<attvalue for="{}" value="%s"/>'
#: Pixels for a unit of the layout, so that the largest nodes stand free.
_SCALE: Final = 3
_DRAWN: Final = "{}</data>" + "".join(
    f'<data key="n-{name}">{{}}</data>' for name in ("size", "x", "y")
)
#: The ends of edges, each with the shape that comes nearest: GEXF has no dashes with dots.
_LOOK: Final = attrgetter("status", "hollow")
_SHAPES: Final = {
    (status, hollow): f'<viz:shape value="{shape}"/></edge>\n'
    for hollow, solid in ((False, "solid"), (True, "double"))
    for status, shape in (
        *(("", solid), ("held", solid)),
        *(("under-way", "dotted"), ("planned", "dashed")),
    )
}
_GRAPHML: Final = _GEXF | {"integer": "int", "list": "string"}
#: What the graph, every node and every edge have in GraphML, beside the attributes of a picture.
_GRAPH: Final = {"title": "text", "notes": "text"}
_NODE: Final = {
    **dict.fromkeys(("label", "kind", "color"), "text"),
    **dict.fromkeys(("size", "x", "y"), "number"),
}
_EDGE: Final = {**dict.fromkeys(("label", "kind", "iri", "line"), "text"), "weight": "number"}


def gexf(picture: Picture, report: Report) -> Iterator[str]:
    """Write a picture as GEXF 1.3.

    Raises:
        PassexError: Something ends before it begins, which Gephi refuses.
    """
    _check_days(picture)
    drawn = grammar.of(picture)
    looks, places = drawn.nodes(10, 60), drawn.places()
    dynamic = any(node.spells for node in picture.nodes) or any(e.spells for e in picture.edges)
    time = 'dynamic" timeformat="date" timerepresentation="interval' if dynamic else "static"
    about = (
        f"{picture.title}. {drawn.sized} Spells go from the first to the last day "
        "on which an event is possible; what has no dates has no spell."
    )
    description = report.xml(" ".join([about, *picture.notes]))
    yield (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<gexf xmlns="http://gexf.net/1.3" xmlns:viz="http://gexf.net/1.3/viz" version="1.3">\n'
        f"<meta><creator>Passex</creator><description>{description}</description></meta>\n"
        f'<graph defaultedgetype="{"directed" if picture.directed else "undirected"}" '
        f'idtype="string" mode="{time}">\n'
    )
    yield _declared("node", (Field("kind", "text", ""), *picture.node_fields))
    yield _declared("edge", (Field("iri", "text", ""), *picture.edge_fields))
    yield f'<nodes count="{len(picture.nodes)}">\n'
    yield from columns.write(
        picture.nodes,
        columns.texts(report, often=False, iri='<node id="%s"', label=' label="%s">'),
        columns.texts(report, kind='<attvalues><attvalue for="kind" value="%s"/>'),
        _attributes(picture.node_fields, _GEXF_VALUE, report, _items),
        columns.values("spells", _spells),
        columns.values("iri", lambda iri: _viz(*looks[iri], *places[iri])),
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
        _attributes(picture.edge_fields, _GEXF_VALUE, report, _items),
        columns.values("spells", _spells, report),
        lambda edges: iter((map(_SHAPES.__getitem__, map(_LOOK, edges)),)),
    )
    yield "</edges>\n</graph>\n</gexf>\n"


def _declared(of: str, fields: Sequence[Field]) -> str:
    listed = "".join(
        f'<attribute id="{f.name}" title="{f.name}" type="{_GEXF[f.type]}"/>\n' for f in fields
    )
    return f'<attributes class="{of}">\n{listed}</attributes>\n'


def _items(values: Sequence[str]) -> str:
    escaped = (value.replace("\\", "\\\\").replace('"', '\\"') for value in values)
    return "[" + ", ".join(f'"{value}"' for value in escaped) + "]"


def _spells(spells: Sequence[Spell]) -> str:
    """End the attributes of a node or an edge, and write its spells, if it has any."""
    written = ""
    for start, end in merged(spells) if len(spells) > 1 else spells:
        first = f' start="{start}"' if start else ""
        last = f' end="{end}"' if end else ""
        written += f"<spell{first}{last}/>"
    return f"</attvalues><spells>{written}</spells>" if written else "</attvalues>"


def merged(spells: Iterable[Spell]) -> list[Spell]:
    """Make one spell of those that have a day in common.

    Example:
        >>> merged([("2017-01-01", "2017-12-31"), (None, "2016-01-01"), ("2017-12-31", None)])
        [(None, '2016-01-01'), ('2017-01-01', None)]
    """
    made: list[Spell] = []
    for start, end in sorted(spells, key=lambda spell: spell[0] or ""):
        last = made[-1] if made else ("", "")
        if made and (last[1] is None or start is None or start <= last[1]):
            made[-1] = (last[0], None if None in (end, last[1]) else max(str(end), str(last[1])))
        else:
            made.append((start, end))
    return made


def _check_days(picture: Picture) -> None:
    """Refuse what ends before it begins: merged with others, it would say what nobody did."""
    dated = ((e.label, [(e.earliest, e.latest)]) for e in picture.events)
    for label, spells in (*dated, *((node.label, node.spells) for node in picture.nodes)):
        for start, end in spells:
            if start and end and end < start:
                raise PassexError(
                    f"{visible(label)} would end on {end}, before it begins on {start}",
                    "mend its dates; passex validate shows where they stand",
                )


def _viz(colour: str, size: float, x: float, y: float) -> str:
    red, green, blue = bytes.fromhex(colour[1:])
    # From below to above, as in Gephi.
    return (
        f'<viz:color r="{red}" g="{green}" b="{blue}"/><viz:size value="{size}"/>'
        f'<viz:position x="{x * _SCALE:g}" y="{0 - y * _SCALE:g}" z="0"/></node>\n'
    )


@dataclass(frozen=True, slots=True)
class Graphics:
    """What a program's own GraphML has beside the rest.

    Attributes:
        namespace: The declaration of its namespace.
        keys: Those of what it draws.
        nodes: What is drawn for each node.
        edges: What is drawn for each edge.
    """

    namespace: str = ""
    keys: str = ""
    nodes: Iterable[str] = ()
    edges: Iterable[str] = ()


def graphml(picture: Picture, report: Report, graphics: Graphics = Graphics()) -> Iterator[str]:
    """Write a picture as GraphML, with the graphics of a program if there are any."""
    yield (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<graphml xmlns="http://graphml.graphdrawing.org/xmlns" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation='
        '"http://graphml.graphdrawing.org/xmlns '
        f'http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd"{graphics.namespace}>\n'
        f"{graphics.keys}"
    )
    yield from _keys("graph", _GRAPH, ())
    yield from _keys("node", _NODE, picture.node_fields)
    yield from _keys("edge", _EDGE, picture.edge_fields)
    yield (
        f'<graph edgedefault="{"directed" if picture.directed else "undirected"}">\n'
        f'<data key="g-title">{report.xml(picture.title)}</data>\n'
        f'<data key="g-notes">{report.xml(" ".join(picture.notes))}</data>\n'
    )
    drawn = grammar.of(picture)
    looks, places = drawn.nodes(10, 60), drawn.places()
    yield from columns.write(
        picture.nodes,
        columns.texts(
            report, often=False, iri='<node id="%s">', label='<data key="n-label">%s</data>'
        ),
        columns.texts(report, kind='<data key="n-kind">%s</data><data key="n-color">'),
        columns.values("iri", lambda iri: _DRAWN.format(*looks[iri], *places[iri])),
        _attributes(picture.node_fields, '<data key="n-{}">%s</data>', report, report.flat),
        columns.each(graphics.nodes),
        columns.constant("</node>\n"),
    )
    yield from columns.write(
        picture.edges,
        columns.numbered('<edge id="e%d"'),
        columns.texts(
            report,
            source=' source="%s"',
            target=' target="%s">',
            label='<data key="e-label">%s</data>',
            kind='<data key="e-kind">%s</data>',
            iri='<data key="e-iri">%s</data>',
            line='<data key="e-line">%s</data><data key="e-weight">',
        ),
        columns.values("weight", repr),
        columns.constant("</data>"),
        _attributes(picture.edge_fields, '<data key="e-{}">%s</data>', report, report.flat),
        columns.each(graphics.edges),
        columns.constant("</edge>\n"),
    )
    yield "</graph>\n</graphml>\n"


def _keys(of: str, always: dict[str, str], fields: Sequence[Field]) -> Iterator[str]:
    mark = of[0]
    for name, kind in (always | {field.name: field.type for field in fields}).items():
        form = _GRAPHML[kind]
        yield f'<key id="{mark}-{name}" for="{of}" attr.name="{name}" attr.type="{form}"/>\n'


def _attributes(
    fields: Sequence[Field], template: str, report: Report, items: Callable[[tuple[str, ...]], str]
) -> columns.Columns:
    """Give the columns of a picture's attributes; `items` makes a text of a list."""
    writers: dict[str, Callable[[Any], str]] = {
        "text": report.xml,
        "date": str,
        "integer": str,
        "number": repr,
        "boolean": lambda value: "true" if value else "false",
        "list": lambda values: report.xml(items(values)),
    }
    return columns.attributes(fields, template, writers, report)
