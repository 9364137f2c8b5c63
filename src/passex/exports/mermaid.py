"""Mermaid (https://mermaid.js.org), which GitHub and many wikis draw: small graphs only."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ..errors import PassexError
from . import style
from .model import Picture
from .text import Report

#: What Mermaid draws unless it is configured otherwise (maxEdges, maxTextSize).
_EDGES: Final = 500
_CHARACTERS: Final = 50_000
_LINKS: Final = {"solid": ("---", "-->"), "dashed": ("-.-", "-.->"), "dotted": ("-.-", "-.->")}


def write(picture: Picture, report: Report) -> Iterator[str]:
    """Write a picture as a flowchart.

    Args:
        picture: The picture.
        report: Counts what could not be held as it is.

    Yields:
        The document.

    Raises:
        PassexError: Mermaid would refuse it for its size.
    """
    if len(picture.edges) > _EDGES:
        raise PassexError(
            f"{len(picture.edges)} edges are more than Mermaid draws ({_EDGES})",
            "narrow it down, or export dot or gexf",
        )
    # Attributes have no place in a flowchart.
    names = {node.iri: f"n{number}" for number, node in enumerate(picture.nodes)}
    lines = ["---", f"title: {_title(picture.title)}", "---", "flowchart LR"]
    for node in picture.nodes:
        lines.append(
            f'  {names[node.iri]}["{_text(node.label, report)}"]:::{_class(picture, node.kind)}'
        )
    for edge in picture.edges:
        link = _LINKS[edge.line][picture.directed]
        said = _said(picture, edge.line, len(edge.events), edge.label)
        words = f'|"{_text(said, report)}"|' if said else ""
        lines.append(f"  {names[edge.source]} {link}{words} {names[edge.target]}")
    for kind in picture.kinds:
        fill, ink = style.colour(kind), style.ink(kind)
        lines.append(f"  classDef {_class(picture, kind)} fill:{fill},stroke:#767676,color:{ink}")
    text = "\n".join([*lines, ""])
    if len(text) > _CHARACTERS:
        raise PassexError(
            f"{len(text)} characters are more than Mermaid draws ({_CHARACTERS})",
            "narrow it down, or export dot or gexf",
        )
    yield text


def _said(picture: Picture, line: str, events: int, label: str) -> str:
    if picture.what not in ("network", "meetings"):
        return "" if picture.what == "two-mode" else label
    parts = [str(events)] if events > 1 else []
    parts += ["planned"] if line == "dotted" else ["inferred"] if line == "dashed" else []
    return ", ".join(parts)


def _class(picture: Picture, kind: str) -> str:
    # A kind's own name may be a word of Mermaid's.
    return f"kind{picture.kinds.index(kind)}"


def _title(text: str) -> str:
    import json

    # The front matter is YAML, which takes texts of JSON.
    return json.dumps(text, ensure_ascii=False)


def _text(text: str, report: Report) -> str:
    """Write each character that could be markup as its number."""
    return "".join(
        c if c.isalnum() or c in " ,.-'()/_" else "<br/>" if c == "\n" else f"#{ord(c)};"
        for c in report.visible(text) or " "
    )
