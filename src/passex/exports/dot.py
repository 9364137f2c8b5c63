"""DOT for Graphviz (https://graphviz.org/doc/info/lang.html): clusters by kind, and a legend.

SVG, PNG and PDF are drawn by Graphviz, where it is installed.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any, Final

from ..errors import PassexError
from .drawing import marks
from .model import LINES, Field, Picture, Value
from .text import Report

#: A label is broken into lines of about this many characters.
_LINE: Final = 22
#: Larger pictures have no clusters, which Graphviz cannot lay out well any more.
_SMALL: Final = 60
_CREATED: Final = re.compile(rb"(/CreationDate \(D:)[0-9]{14}")
#: Graphviz takes as long as it likes for large graphs.
_LARGE: Final = 2000


def write(picture: Picture, report: Report) -> Iterator[str]:
    """Write a picture."""
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
    values = _values(picture.node_fields, report)
    sizes = marks.scale(picture, 10, 18)
    for number, kind in enumerate(picture.kinds):
        yield (
            f'subgraph "{"cluster" if small else "kind"}_{number}" {{\n'
            f'label={_text(marks.words(kind), report)}; color="#dddddd"; fontsize=11;\n'
        )
        for node in picture.nodes:
            if node.kind == kind:
                yield (
                    f"{_quoted(node.iri)} [label={_label(node.label, report)}, "
                    f"tooltip={_text(node.label, report)}, URL={_text(node.iri, report)}, "
                    f'fillcolor="{marks.colour(kind)}", fontcolor="{marks.ink(kind)}", '
                    f"fontsize={sizes[node.iri]:g}, kind={_text(kind, report)}"
                    f"{values(node.attributes)}];\n"
                )
        yield "}\n"
    values = _values(picture.edge_fields, report)
    widths = marks.widths(picture, 1, 5)
    for edge, width in zip(picture.edges, widths, strict=True):
        yield (
            f"{_quoted(edge.source)} {arrow} {_quoted(edge.target)} "
            f"[label={_text(marks.caption(picture, edge), report)}, "
            f"tooltip={_text(edge.label, report)}, "
            f"style={edge.line}, penwidth={width}, "
            f"strength={edge.weight!r}, kind={_text(edge.kind, report)}, "
            f"iri={_text(edge.iri, report)}{values(edge.attributes)}];\n"
        )
    yield _legend(picture, report)
    yield "}\n"


def _legend(picture: Picture, report: Report) -> str:
    cells = "".join(
        f'<TR><TD BGCOLOR="{marks.colour(kind)}">  </TD>'
        f'<TD ALIGN="LEFT">{report.xml(marks.words(kind))}</TD></TR>'
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


def _values(fields: Sequence[Field], report: Report) -> Callable[[Sequence[Value]], str]:
    writers: dict[str, Callable[[Any], str]] = {
        "text": lambda value: _text(value, report),
        "date": lambda value: f'"{value}"',
        "integer": str,
        "number": lambda value: f'"{value!r}"',
        "boolean": lambda value: "true" if value else "false",
        "list": lambda items: _text(report.flat(items), report),
    }
    # Many a short name, such as color or pos, tells Graphviz how to draw.
    names = (f"added_{f.name.removeprefix('added_')}" if f.added else f.name for f in fields)
    columns = [(f", {name}=", writers[f.type]) for name, f in zip(names, fields, strict=True)]

    def row(attributes: Sequence[Value]) -> str:
        return "".join(
            [
                f"{head}{write(value)}"
                for (head, write), value in zip(columns, attributes, strict=True)
                if value is not None and value != ()
            ]
        )

    return row


def _drawn(picture: Picture, report: Report, form: str) -> Iterator[bytes]:
    """Have Graphviz draw a picture; a PassexError where it isn't installed, or cannot."""
    import shutil
    import subprocess

    dot = shutil.which("dot")
    if dot is None:
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
    source = "".join(write(picture, own)).encode()
    # A drawing has no lists that could have become texts.
    report.counts.update({key: n for key, n in own.counts.items() if key[0] != "list"})
    done = subprocess.run([dot, f"-T{form}"], input=source, capture_output=True, check=False)
    if done.returncode or not done.stdout:
        lines = done.stderr.decode(errors="replace").splitlines() or ["no reason given"]
        raise PassexError(f"Graphviz cannot draw it: {lines[0]}", "export dot, and look at that")
    # A PDF has the time of day in it; another of the same length leaves its table of places right.
    yield _CREATED.sub(rb"\g<1>20000101000000", done.stdout) if form == "pdf" else done.stdout


svg: Final = partial(_drawn, form="svg")
png: Final = partial(_drawn, form="png")
pdf: Final = partial(_drawn, form="pdf")
