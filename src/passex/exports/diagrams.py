"""Diagrams as text: DOT for Graphviz, and Mermaid, which GitHub and many wikis draw.

DOT (https://graphviz.org/doc/info/lang.html) has clusters by kind, and a legend; SVG, PNG and PDF
are drawn by Graphviz, where it is installed. Mermaid (https://mermaid.js.org) is for small graphs.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import textwrap
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import chain
from typing import Any, Final

from ..errors import PassexError
from ..text.wording import words
from . import columns, drawing
from .columns import Report
from .model import LINES, Edge, Field, Picture, Vertex

#: A label is broken into lines of about this many characters.
_LINE: Final = 22
#: Larger pictures have no clusters, which Graphviz cannot lay out well any more.
_SMALL: Final = 60
_CREATED: Final = re.compile(rb"(/CreationDate \(D:)[0-9]{14}")
#: Graphviz takes as long as it likes for large graphs.
_LARGE: Final = 2000
#: What Mermaid draws unless it is configured otherwise (maxEdges, maxTextSize).
_EDGES: Final = 500
_CHARACTERS: Final = 50_000
_LINKS: Final = {"solid": ("---", "-->"), "dashed": ("-.-", "-.->"), "dotted": ("-.-", "-.->")}


def dot(picture: Picture, report: Report) -> Iterator[str]:
    """Write a picture as DOT."""
    arrow = "->" if picture.directed else "--"
    small = len(picture.nodes) <= _SMALL
    # Graphviz's fdp has clusters too, but does not draw the same every time.
    engine = "dot" if small else "sfdp"
    title = textwrap.fill(picture.title, 90)
    yield (
        f"{'digraph' if picture.directed else 'graph'} {_quoted(picture.what)} {{\n"
        f"graph [layout={engine}, overlap=false, splines=true, outputorder=edgesfirst, "
        f"rankdir={'LR' if picture.directed else 'TB'}, "
        'labelloc=t, fontname="Helvetica", fontsize=16, '
        f"label={_text(title, report)}];\n"
        'node [shape=box, style="rounded,filled", fontname="Helvetica", fontsize=11, '
        'color="#767676"];\n'
        'edge [color="#767676", fontname="Helvetica", fontsize=9, arrowsize=0.6];\n'
    )
    attributes = _attributes(picture.node_fields, report)
    sizes = drawing.scale(picture, 10, 18)
    for number, kind in enumerate(picture.kinds):
        yield (
            f'subgraph "{"cluster" if small else "kind"}_{number}" {{\n'
            f'label={_text(words(kind), report)}; color="#dddddd"; fontsize=11;\n'
        )
        for node in picture.nodes:
            if node.kind == kind:
                yield (
                    f"{_quoted(node.iri)} [label={_label(node.label, report)}, "
                    f"tooltip={_text(node.label, report)}, URL={_text(node.iri, report)}, "
                    f'fillcolor="{drawing.colour(kind)}", fontcolor="{drawing.ink(kind)}", '
                    f"fontsize={sizes[node.iri]:g}, kind={_text(kind, report)}"
                    f"{attributes(node)}];\n"
                )
        yield "}\n"
    attributes = _attributes(picture.edge_fields, report)
    widths = drawing.widths(picture, 1, 5)
    for edge, width in zip(picture.edges, widths, strict=True):
        yield (
            f"{_quoted(edge.source)} {arrow} {_quoted(edge.target)} "
            f"[label={_text(drawing.caption(picture, edge), report)}, "
            f"tooltip={_text(edge.label, report)}, "
            f"style={edge.line}, penwidth={width}, "
            f"strength={edge.weight!r}, kind={_text(edge.kind, report)}, "
            f"iri={_text(edge.iri, report)}{attributes(edge)}];\n"
        )
    yield _legend(picture, report)
    yield "}\n"


def _legend(picture: Picture, report: Report) -> str:
    cells = "".join(
        f'<TR><TD BGCOLOR="{drawing.colour(kind)}">  </TD>'
        f'<TD ALIGN="LEFT">{report.xml(words(kind))}</TD></TR>'
        for kind in picture.kinds
    )
    strokes = {"solid": "____", "dashed": "_ _ _", "dotted": ". . . ."}
    if picture.what in ("network", "two-mode"):
        cells += "".join(
            f'<TR><TD>{strokes[line]}</TD><TD ALIGN="LEFT">{LINES[line]}</TD></TR>'
            for line in picture.lines
        )
    if picture.what in ("network", "meetings") and any(
        len(edge.events) > 1 for edge in picture.edges
    ):
        thing = "meetings" if picture.what == "meetings" else "exercises and plans"
        cells += f'<TR><TD COLSPAN="2" ALIGN="LEFT">number: {thing}</TD></TR>'
    if not cells:  # a table without rows is an error to Graphviz
        return ""
    return (
        'subgraph "cluster_legend" {\nlabel=""; color="#dddddd";\n'
        f'"legend" [shape=plain, style="", fontsize=10, label=<<TABLE BORDER="0" '
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


def _drawn(picture: Picture, report: Report, form: str) -> Iterator[bytes]:
    """Have Graphviz draw a picture; a PassexError where it isn't installed, or cannot."""
    program = shutil.which("dot")
    if program is None:
        raise PassexError(
            f"{form.upper()} is drawn by Graphviz, which is not installed",
            "install it (https://graphviz.org/download), or export dot",
        )
    if len(picture.nodes) > _LARGE:
        raise PassexError(
            f"{len(picture.nodes)} nodes are more than a picture can show ({_LARGE})",
            "narrow it down, or export gexf for Gephi",
        )
    own = Report()
    source = "".join(dot(picture, own)).encode()
    # A drawing has no lists that could have become texts.
    report.counts.update({key: n for key, n in own.counts.items() if key[0] != "list"})
    done = subprocess.run([program, f"-T{form}"], input=source, capture_output=True, check=False)
    if done.returncode or not done.stdout:
        lines = done.stderr.decode(errors="replace").splitlines() or ["no reason given"]
        raise PassexError(f"Graphviz cannot draw it: {lines[0]}", "export dot, and look at that")
    # A PDF has the time of day in it; another of the same length leaves its table of places right.
    yield _CREATED.sub(rb"\g<1>20000101000000", done.stdout) if form == "pdf" else done.stdout


svg: Final = partial(_drawn, form="svg")
png: Final = partial(_drawn, form="png")
pdf: Final = partial(_drawn, form="pdf")


def mermaid(picture: Picture, report: Report) -> Iterator[str]:
    """Write a picture as a flowchart; a PassexError where Mermaid would refuse it for its size."""
    _limit(len(picture.edges), "edges", _EDGES)
    # Attributes have no place in a flowchart.
    names = {node.iri: f"n{number}" for number, node in enumerate(picture.nodes)}
    # The front matter is YAML, which takes texts of JSON.
    title = json.dumps(picture.title, ensure_ascii=False)
    lines = ["---", f"title: {title}", "---", "flowchart LR"]
    for node in picture.nodes:
        lines.append(
            f'  {names[node.iri]}["{_numbered(node.label, report)}"]:::{_class(picture, node.kind)}'
        )
    for edge in picture.edges:
        link = _LINKS[edge.line][picture.directed]
        words = _words(picture, edge)
        label = f'|"{_numbered(words, report)}"|' if words else ""
        lines.append(f"  {names[edge.source]} {link}{label} {names[edge.target]}")
    for kind in picture.kinds:
        fill, ink = drawing.colour(kind), drawing.ink(kind)
        lines.append(
            f"  classDef {_class(picture, kind)} fill:{fill},stroke:{drawing.GREY},color:{ink}"
        )
    text = "\n".join([*lines, ""])
    _limit(len(text), "characters", _CHARACTERS)
    yield text


def _limit(number: int, things: str, most: int) -> None:
    if number > most:
        raise PassexError(
            f"{number} {things} are more than Mermaid draws ({most})",
            "narrow it down, or export dot or gexf",
        )


def _words(picture: Picture, edge: Edge) -> str:
    caption = drawing.caption(picture, edge)
    if picture.what not in ("network", "meetings"):
        return caption
    # Dashes and dots look alike here.
    basis = {"dotted": "planned", "dashed": "inferred"}.get(edge.line, "")
    return ", ".join(filter(None, (caption, basis)))


def _class(picture: Picture, kind: str) -> str:
    # A kind's own name may be a word of Mermaid's.
    return f"kind{picture.kinds.index(kind)}"


def _numbered(text: str, report: Report) -> str:
    """Write each character that could be markup as its number."""
    return "".join(
        c if c.isalnum() or c in " ,.-'()/_" else "<br/>" if c == "\n" else f"#{ord(c)};"
        for c in report.visible(text) or " "
    )
