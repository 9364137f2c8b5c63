"""The page without scripts, also for search engines and archives: its ties, notes and ranking.

Its scripts put the same things in their place, with all that the filters reach.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from typing import Final

from ...graph.store import Store
from ...network import measures
from ...network.model import Network, Tie
from ...network.policy import EVERY, WEIGHTS
from ...network.ranking import Ranking, combined, rank
from ...network.sample import Told
from ...text.wording import say, say_span

#: So many ties stand in the page; all of them are in its table, and in `passex network --all`.
_TIES: Final = 300
#: A ranking of more steps is left to the browser.
_STEPS: Final = 20_000_000


def parts(
    store: Store, network: Network, measure: str, weight: str, told: Told | None = None
) -> dict[str, str]:
    """Write what the page shows first as HTML, by the names of the slots of ``page.html``.

    What `passex.network.sample.articles` gives can be given as ``told``.

    Example:
        >>> from passex import load
        >>> kg = load()
        >>> parts(kg.store, kg.ties(), "strength", "newman")["words"]
        'service level; exercises held and under way; naval domain'
    """
    actors = {end.iri for tie in network.ties for end in (tie.source, tie.target)}
    return {
        "words": escape(str(network.policy)),
        "counts": f"{_say(len(actors), 'actor')}, {_say(len(network.ties), 'tie')}",
        "notes": "".join(f"<li>{escape(note)}</li>" for note in network.notes),
        "ties": _ties(network),
        "ranking": _ranking(store, network, measure, weight, told),
    }


def _say(number: int, word: str) -> str:
    """Say a number of things with commas in large numbers, as the page's scripts do."""
    return say(number, word).replace(str(number), f"{number:,}", 1)


def _ties(network: Network) -> str:
    if not network.ties:
        return f'<p class="empty">{escape(network.table().empty)}</p>'
    columns: list[tuple[str, bool, list[str]]] = [
        ("Actor", False, [tie.source.label for tie in network.ties]),
        ("Other actor", False, [tie.target.label for tie in network.ties]),
        ("Exercises", True, [str(tie.count) for tie in network.ties]),
        ("Weight", True, [f"{tie.weight:.2f}" for tie in network.ties]),
        ("Plans", True, [str(tie.planned) for tie in network.ties]),
        ("Weight of plans", True, [f"{tie.planned_weight:.2f}" for tie in network.ties]),
        ("Basis", False, [tie.basis for tie in network.ties]),
        ("Dates", False, [_dates(tie) for tie in network.ties]),
        ("Sources", True, [str(len(tie.sources)) for tie in network.ties]),
    ]
    # A column of zeros says nothing.
    kept = [one for one in columns if not one[1] or any(float(cell) for cell in one[2])]
    head = [(name, number) for name, number, _ in kept]
    rows = list(zip(*(cells for _, _, cells in kept), strict=True))
    caption = f"{_say(len(rows), 'tie')}: {network.policy}"
    left = len(rows) - _TIES
    more = f"<p>And {_say(left, 'more tie')}: passex network --all lists them.</p>"
    return f'<div class="scroll">{_table(caption, head, rows[:_TIES])}</div>' + (
        more if left > 0 else ""
    )


def _dates(tie: Tie) -> str:
    days = [o.activity for o in tie.occasions if not o.activity.planned or not tie.count]
    return say_span([(day.earliest, day.latest) for day in days])


def _ranking(store: Store, network: Network, measure: str, weight: str, told: Told | None) -> str:
    name = "strength" if measure == EVERY else measure
    if network.ties and measures.steps(combined(network, WEIGHTS[weight]), name) > _STEPS:
        return f"<p>A ranking by {escape(name)} is computed by the browser, with JavaScript.</p>"
    # Whoever asked for the page is told of nothing that takes long: it doesn't.
    ranking = rank(store, network, name, WEIGHTS[weight], warn=lambda _: None, told=told)
    said = "".join(f'<p class="caveat">{escape(text)}</p>' for text in ranking.warnings)
    return said + _places(ranking)


def _places(ranking: Ranking) -> str:
    if not ranking.places:
        return ""
    digits = 0 if all(place.score == int(place.score) for place in ranking.places) else 3
    head = [("Place", True), ("Actor", False), ("Score", True)]
    rows = [[str(p.place), p.node.label, f"{p.score:.{digits}f}"] for p in ranking.places]
    if ranking.articles:
        head.append(("Sources" if ranking.left_out == "article" else "Articles", True))
        for row, place in zip(rows, ranking.places, strict=True):
            row.append(f"{place.articles}/{ranking.articles}")
    return _table(f"Actors by {ranking.measure}", head, rows)


def _table(caption: str, head: Sequence[tuple[str, bool]], rows: Iterable[Sequence[str]]) -> str:
    """Write a table; the heads say whether their column has numbers."""
    looks = [' class="number"' if number else "" for _, number in head]
    heads = "".join(
        f'<th scope="col"{look}>{escape(name)}</th>'
        for (name, _), look in zip(head, looks, strict=True)
    )
    lines = []
    for row in rows:
        cells = "".join(
            f'<td dir="auto"{look}>{escape(cell)}</td>'
            for cell, look in zip(row, looks, strict=True)
        )
        lines.append(f"<tr>{cells}</tr>")
    return (
        f"<table><caption>{escape(caption)}</caption><thead><tr>{heads}</tr></thead>"
        f"<tbody>{''.join(lines)}</tbody></table>"
    )
