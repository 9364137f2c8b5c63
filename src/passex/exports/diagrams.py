"""Diagrams as text: DOT for Graphviz, and Mermaid, which GitHub and many wikis draw.

DOT (https://graphviz.org/doc/info/lang.html) has a legend. Mermaid (https://mermaid.js.org) is for
small graphs. What their marks mean is said in `drawing.marks`.
"""

from __future__ import annotations

import json
import textwrap
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import chain
from typing import Any, Final

from ..errors import PassexError
from . import columns
from .columns import Report
from .drawing import grammar, marks
from .drawing.grammar import Grammar
from .model import Edge, Field, Picture, Vertex

#: A label is broken into lines of about this many characters.
_LINE: Final = 22
#: Larger pictures are laid out by what is made for them.
_SMALL: Final = 60
#: So many lines at most are led around the nodes.
_ROUTED: Final = 500
#: No edge pulls its ends together more than this.
_PULL: Final = 100
#: What Mermaid draws unless it is configured otherwise (maxEdges, maxTextSize).
_EDGES: Final = 500
_CHARACTERS: Final = 50_000
#: What Graphviz calls shapes, by their sides, and how far these are turned there.
_SHAPES: Final = {
    **{0: ("circle", 0), 3: ("triangle", 90), 4: ("square", 45), 5: ("pentagon", 90)},
    **{6: ("hexagon", 0)},
}
_OTHER: Final = ("octagon", 0)
#: Signs of shapes, by their sides and their turn.
_SIGNS: Final = {
    **{(0, 0): "\u25cf", (3, -90): "\u25b2", (3, 90): "\u25bc", (4, 45): "\u25a0"},
    **{(4, 0): "\u25c6", (5, -90): "\u2b1f", (6, 0): "\u2b22", (6, 30): "\u2b22"},
}
#: What stands around a label in Mermaid, by the sides of its shape.
_BRACKETS: Final = {0: ("([", "])"), 3: ("[/", "\\]"), 6: ("{{", "}}")}
_BOX: Final = ("[", "]")


def dot(picture: Picture, report: Report) -> Iterator[str]:
    """Write a picture as DOT."""
    arrow = "->" if picture.directed else "--"
    drawn = grammar.of(picture)
    small = len(picture.nodes) <= _SMALL
    title = textwrap.fill(picture.title, 90)
    # Its hierarchy is for what has a direction: a network has no upper and lower ends.
    engine = "sfdp" if not small else "dot" if picture.directed else "neato"
    # To lead thousands of lines around the nodes would take Graphviz minutes.
    routes = "true" if small and len(picture.edges) <= _ROUTED else "line"
    yield (
        f"{'digraph' if picture.directed else 'graph'} {_quoted(picture.what)} {{\n"
        f"graph [layout={engine}, overlap=false, splines={routes}, outputorder=edgesfirst, "
        'sep="+12", labelloc=t, fontname="Helvetica", fontsize=16, '
        f"{'rankdir=LR, ' if picture.directed else ''}label={_text(title, report)}];\n"
        'node [style="filled", fontname="Helvetica", fontsize=11, height=0.3, width=0.3, '
        f'fixedsize=true, labelloc=t, color="{marks.LIGHT.ink}"];\n'
        'edge [fontname="Helvetica", fontsize=9, arrowsize=0.6];\n'
    )
    attributes = _attributes(picture.node_fields, report)
    looks = drawn.nodes(0.25, 0.7)
    for node in picture.nodes:
        colour, size = looks[node.iri]
        look = marks.look(node.kind)
        shape, turn = _SHAPES.get(look.sides, _OTHER)
        # Graphviz finds no end with a square that is turned into itself.
        turned = (turn + look.turn) % (360 / look.sides) if look.sides else 0
        # A name stands beside its node, whose shape and size say something.
        yield (
            f'{_quoted(node.iri)} [label="", xlabel={_label(node.label, report)}, '
            f"tooltip={_text(node.label, report)}, URL={_text(node.iri, report)}, "
            f"shape={shape}, orientation={turned:g}, width={size:g}, "
            f'height={size:g}, fillcolor="{colour}", kind={_text(node.kind, report)}'
            f"{attributes(node)}];\n"
        )
    attributes = _attributes(picture.edge_fields, report)
    for edge, width in zip(picture.edges, drawn.widths((1, 2, 3, 4.5)), strict=True):
        yield (
            f"{_quoted(edge.source)} {arrow} {_quoted(edge.target)} "
            f"[label={_text(caption(picture, edge), report)}, "
            f"tooltip={_text(edge.label, report)}, {_stroke(edge)}, penwidth={width:g}, "
            f"weight={1 + round(min(edge.weight, _PULL))}, strength={edge.weight!r}, "
            f"kind={_text(edge.kind, report)}, iri={_text(edge.iri, report)}{attributes(edge)}];\n"
        )
    yield _legend(drawn, report)
    yield "}\n"


def caption(picture: Picture, edge: Edge) -> str:
    """Say what tells an edge from the others.

    In a network all edges say the same, and differ by how many events are behind them; in a
    two-mode network they don't differ.
    """
    if picture.what in ("network", "meetings"):
        return grammar.number(edge)
    return "" if picture.what == "two-mode" else edge.label


def _stroke(edge: Edge) -> str:
    """Write how an edge is drawn; Graphviz has no dashes with dots, and dots stand for them."""
    colour = getattr(marks.LIGHT, marks.COLOUR.get(edge.status, "held"))
    style = {"planned": "dashed", "under-way": "dotted"}.get(edge.status, "solid")
    # Two lines with nothing between them.
    drawn = f"{colour}:invis:{colour}" if edge.hollow else colour
    return f'style={style}, color="{drawn}"'


def _legend(drawn: Grammar, report: Report) -> str:
    strokes = {
        "held": "\u2014\u2014\u2014",
        "under-way": "\u00b7 \u00b7 \u00b7 \u00b7",
        "planned": "- - - -",
    }
    cells = ""
    for entry in drawn.key():
        words = f'<TD ALIGN="LEFT">{report.xml(entry.words)}</TD>'
        if entry.mark == "node":
            look = marks.look(entry.kind)
            shape = _SIGNS.get((look.sides, look.turn), "\u2b23") if entry.kind else "\u25cf"
            colour = entry.colour or marks.LIGHT.ink
            cells += f'<TR><TD><FONT COLOR="{colour}">{shape}</FONT></TD>{words}</TR>'
        elif entry.mark == "line":
            line = "\u2550\u2550\u2550" if entry.hollow else strokes[entry.status]
            cells += f"<TR><TD>{line}</TD>{words}</TR>"
        else:
            cells += f'<TR><TD COLSPAN="2" ALIGN="LEFT">{report.xml(entry.words)}</TD></TR>'
    if not cells:  # a table without rows is an error to Graphviz
        return ""
    return (
        'subgraph "cluster_legend" {\nlabel=""; color="#dddddd";\n'
        f'"legend" [shape=plain, style="", fixedsize=false, fontsize=10, label=<<TABLE BORDER="0" '
        f'CELLBORDER="0" CELLSPACING="2">{cells}</TABLE>>];\n}}\n'
    )


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '\\"') + '"'


def _text(text: str, report: Report) -> str:
    """Quote a text in which nothing is markup: backslashes and ampersands are."""
    text = report.visible(text).replace("\\", "\\\\").replace("&", "&amp;").replace('"', '\\"')
    return '"' + text.replace("\r\n", "\\n").replace("\n", "\\n").replace("\r", "\\n") + '"'


def _label(label: str, report: Report) -> str:
    # A word is broken only where it is longer than any line should be.
    longest = max((len(word) for word in label.split()), default=0)
    width = max(_LINE, min(longest, 2 * _LINE))
    lines = [textwrap.fill(line, width) for line in label.splitlines()]
    return _text("\n".join(lines) or " ", report)


def _attributes(fields: Sequence[Field], report: Report) -> Callable[[Vertex | Edge], str]:
    writers: dict[str, Callable[[Any], str]] = {
        "text": lambda value: _text(value, report),
        "date": lambda value: f'"{value}"',
        "integer": str,
        "number": lambda value: f'"{value!r}"',
        "boolean": lambda value: "true" if value else "false",
        "list": lambda items: _text(report.flat(items), report),
    }

    # Many a short name, such as color or pos, tells Graphviz how to draw.
    named = [
        replace(f, name=f"added_{f.name.removeprefix('added_')}") if f.added else f for f in fields
    ]
    written = columns.attributes(named, ", {}=%s", writers, report)
    return lambda thing: "".join(chain.from_iterable(written([thing])))


def mermaid(picture: Picture, report: Report) -> Iterator[str]:
    """Write a picture as a flowchart; a PassexError where Mermaid would refuse it for its size."""
    _limit(len(picture.edges), "edges", _EDGES)
    # Attributes have no place in a flowchart.
    names = {node.iri: f"n{number}" for number, node in enumerate(picture.nodes)}
    # The front matter is YAML, which takes texts of JSON.
    title = json.dumps(picture.title, ensure_ascii=False)
    lines = ["---", f"title: {title}", "---", "flowchart LR"]
    drawn = grammar.of(picture)
    colours = sorted({drawn.colour(node) for node in picture.nodes})
    for node in picture.nodes:
        before, after = _BRACKETS.get(marks.look(node.kind).sides, _BOX)
        name, mark = names[node.iri], colours.index(drawn.colour(node))
        label = _numbered(node.label, report)
        lines.append(f'  {name}{before}"{label}"{after}:::mark{mark}')
    for edge in picture.edges:
        link = "-->" if picture.directed else "---"
        said = _words(picture, edge)
        label = f'|"{_numbered(said, report)}"|' if said else ""
        lines.append(f"  {names[edge.source]} {link}{label} {names[edge.target]}")
    for mark, colour in enumerate(colours):
        lines.append(
            f"  classDef mark{mark} fill:{colour},stroke:{marks.LIGHT.held},"
            f"color:{marks.ink(colour)}"
        )
    for place, (edge, width) in enumerate(zip(picture.edges, drawn.widths(), strict=True)):
        lines.append(f"  linkStyle {place} {_link(edge, width)}")
    text = "\n".join([*lines, ""])
    _limit(len(text), "characters", _CHARACTERS)
    yield text


def _limit(number: int, things: str, most: int) -> None:
    if number > most:
        raise PassexError(
            f"{number} {things} are more than Mermaid draws ({most})",
            "narrow it down, or export dot or gexf",
        )


def _link(edge: Edge, width: float) -> str:
    """Write the style of an edge; what has dashes has those of every drawing."""
    colour = getattr(marks.LIGHT, marks.COLOUR.get(edge.status, "held"))
    dash = " ".join(map(str, marks.stroke(edge.status).dash))
    dashes = f",stroke-dasharray:{dash}" if dash else ""
    return f"stroke:{colour},stroke-width:{width:g}px{dashes}"


def _words(picture: Picture, edge: Edge) -> str:
    said = caption(picture, edge)
    if picture.what not in ("network", "meetings"):
        return said
    # There is no key, and no line with an empty middle.
    count = (
        ""
        if "planned" in said
        else {"planned": "planned", "under-way": "under way"}.get(edge.status, "")
    )
    return ", ".join(filter(None, (said, count, "inferred" if edge.hollow else "")))


def _numbered(text: str, report: Report) -> str:
    """Write each character that could be markup as its number."""
    return "".join(
        c if c.isalnum() or c in " ,.-'()/_" else "<br/>" if c == "\n" else f"#{ord(c)};"
        for c in report.visible(text) or " "
    )
