"""Mermaid (https://mermaid.js.org), which GitHub and many wikis draw: small graphs only."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Final

from ..errors import PassexError
from .drawing import marks
from .model import Edge, Picture
from .text import Report

#: What Mermaid draws unless it is configured otherwise (maxEdges, maxTextSize).
_EDGES: Final = 500
_CHARACTERS: Final = 50_000
_LINKS: Final = {"solid": ("---", "-->"), "dashed": ("-.-", "-.->"), "dotted": ("-.-", "-.->")}


def write(picture: Picture, report: Report) -> Iterator[str]:
    """Write a picture as a flowchart; a PassexError where Mermaid would refuse it for its size."""
    if len(picture.edges) > _EDGES:
        raise PassexError(
            f"{len(picture.edges)} edges are more than Mermaid draws ({_EDGES})",
            "narrow it down, or export dot or gexf",
        )
    # Attributes have no place in a flowchart.
    names = {node.iri: f"n{number}" for number, node in enumerate(picture.nodes)}
    # The front matter is YAML, which takes texts of JSON.
    title = json.dumps(picture.title, ensure_ascii=False)
    lines = ["---", f"title: {title}", "---", "flowchart LR"]
    for node in picture.nodes:
        lines.append(
            f'  {names[node.iri]}["{_text(node.label, report)}"]:::{_class(picture, node.kind)}'
        )
    for edge in picture.edges:
        link = _LINKS[edge.line][picture.directed]
        words = _words(picture, edge)
        said = f'|"{_text(words, report)}"|' if words else ""
        lines.append(f"  {names[edge.source]} {link}{said} {names[edge.target]}")
    for kind in picture.kinds:
        fill, ink = marks.colour(kind), marks.ink(kind)
        lines.append(
            f"  classDef {_class(picture, kind)} fill:{fill},stroke:{marks.GREY},color:{ink}"
        )
    text = "\n".join([*lines, ""])
    if len(text) > _CHARACTERS:
        raise PassexError(
            f"{len(text)} characters are more than Mermaid draws ({_CHARACTERS})",
            "narrow it down, or export dot or gexf",
        )
    yield text


def _words(picture: Picture, edge: Edge) -> str:
    caption = marks.caption(picture, edge)
    if picture.what not in ("network", "meetings"):
        return caption
    # Dashes and dots look alike here.
    basis = {"dotted": "planned", "dashed": "inferred"}.get(edge.line, "")
    return ", ".join(filter(None, (caption, basis)))


def _class(picture: Picture, kind: str) -> str:
    # A kind's own name may be a word of Mermaid's.
    return f"kind{picture.kinds.index(kind)}"


def _text(text: str, report: Report) -> str:
    """Write each character that could be markup as its number."""
    return "".join(
        c if c.isalnum() or c in " ,.-'()/_" else "<br/>" if c == "\n" else f"#{ord(c)};"
        for c in report.visible(text) or " "
    )
