"""Series of a measure laid out for people: an actor a line, a year a column."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ..text.wording import first
from ._layout import table, wrap

if TYPE_CHECKING:
    from ..graph.labelling import Node
    from ..network.series import Series, Year

#: So many years, the latest, are columns unless all are asked for.
_YEARS: Final = 8


def lines(series: Series, limit: int | None) -> list[str]:
    """Lay out the latest years, and the `limit` actors: those with most in these years."""
    rows = series.table()
    said = [*wrap(rows.caption, "", "  "), ""]
    years = series.years if limit is None else series.years[-_YEARS:]
    actors = _actors(years)
    if actors:
        shown, more = first(actors, limit)
        header = ["actor", *(str(year.year) for year in years)]
        body = [[node.label, *(_figure(year, node) for year in years)] for node in shown]
        for name in ("exercises", "plans", "uncertain", "ties"):
            if not any(year.numbers()[name] for year in years):
                continue
            body.append([f"({name})", *(str(year.numbers()[name]) for year in years)])
        said += table(header, body, [*range(1, len(header))])
        said += filter(None, [more])
        if earlier := len(series.years) - len(years):
            said.append(f"{earlier:,} {'year' if earlier == 1 else 'years'} before these (--all)")
    else:
        said.append(rows.empty)
    said.append("")
    for note in series.notes:
        said += wrap(note, "Note: ", "  ")
    return said if said[-1] else said[:-1]


def _figure(year: Year, node: Node) -> str:
    score = year.scores.get(node.iri)
    if score is None:
        return "-"
    return f"{score:.3f}" if isinstance(score, float) else str(score)


def _actors(years: tuple[Year, ...]) -> list[Node]:
    totals: dict[Node, float] = {}
    for year in years:
        for node in year.network.nodes:
            totals[node] = totals.get(node, 0.0) + year.scores[node.iri]
    return sorted(totals, key=lambda node: (-totals[node], node))
