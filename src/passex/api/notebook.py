"""What a notebook shows of a graph and of a network: a summary, the strongest ties, a picture."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import TYPE_CHECKING, Final

from ..network.model import Network
from ..text.wording import FIRST, first, say

if TYPE_CHECKING:
    from ..exports.model import Picture
    from ..graph.as_of import AsOf
    from ..graph.statistics import Census
    from .exportable import SourcedNetwork

#: A picture is never taller than the screen, nor wider than the notebook.
_FITTED: Final = "max-width: 100%; max-height: 85vh; height: auto"
_NUMBER: Final = ' style="text-align: right"'
_TEXT: Final = ' style="text-align: left"'


def network(ties: Network, picture: Picture) -> str:
    """Write a network as HTML."""
    from ..exports.drawing import svg

    drawn = svg.draw(picture).replace("<svg ", f'<svg style="{_FITTED}" ', 1)
    actors, count = say(len(ties.nodes), "actor"), say(len(ties.ties), "tie")
    summary = f"{actors}, {count}: {ties.policy}."
    # What has to be said of it stands below the picture already.
    return "\n".join([f"<p>{escape(summary)}</p>", *_table(ties), drawn, ""])


def graph(census: Census, cut: AsOf | None, ties: SourcedNetwork | None) -> str:
    """Write a graph as HTML: what it holds, and who trains with whom in it.

    Args:
        census: What it holds.
        cut: As of which day it is; None where it has all.
        ties: Its network; None where it has other vocabularies than ours.
    """
    from ..exports import sketch

    counts = [
        (census.triples, "triple"),
        (census.articles, "article"),
        (census.evidence, "quote"),
        (sum(census.claims.values()), "claim"),
    ]
    held = ", ".join(say(number, word) for number, word in counts)
    summary = (
        f"<p><strong>Knowledge graph</strong>: {held}{'' if cut is None else f'; {cut.words}'}.</p>"
    )
    if ties is None:
        return f"{summary}\n"
    return f"{summary}\n{network(ties, sketch.of(ties, ties.store))}"


def _table(ties: Network) -> Iterable[str]:
    """Write the strongest ties, without the exercises behind them."""
    if not ties.ties:
        yield f"<p>{escape(ties.table().empty)}</p>"
        return
    shown, more = first(ties.ties, FIRST, "records() has all")
    plans = any(tie.planned for tie in ties.ties)
    names = ["actor", "other actor", "exercises", *(["plans"] if plans else []), "weight", "basis"]
    kinds = [_TEXT, _TEXT, *[_NUMBER] * (3 if plans else 2), _TEXT]
    yield "<table>"
    head = "".join(f"<th{kind}>{name}</th>" for name, kind in zip(names, kinds, strict=True))
    yield f"<thead><tr>{head}</tr></thead>"
    yield "<tbody>"
    for tie in shown:
        numbers = [
            tie.count,
            *([tie.planned] if plans else []),
            f"{tie.weight:.2f}" if tie.count else "",
        ]
        cells = [tie.source.label, tie.target.label, *map(str, numbers), tie.basis]
        row = "".join(f"<td{k}>{escape(c)}</td>" for c, k in zip(cells, kinds, strict=True))
        yield f"<tr>{row}</tr>"
    yield "</tbody>"
    yield "</table>"
    if more:
        yield f"<p>{escape(more)}</p>"
