"""The page of a network: who trains with whom, as a picture and as tables."""

from __future__ import annotations

from collections.abc import Mapping

from ...graph.rows import Named
from ...network.model import Network, SharedActivity, Tie
from ..inquiries import Ranked
from .evidence import between
from .forms import network_form
from .frame import formats, link, page, several
from .markup import Html, el, join
from .picture import draw
from .tables import ROWS, grid, notes, table_of


def network_page(found: Ranked, given: Mapping[str, str]) -> str:
    """Write the page of a network with its ranking."""
    network, ranking, groups = found.network, found.ranking, found.groups
    ranked = [el("h2", f"Ranking by {ranking.measure.replace('-', ' ')}")]
    # What has to be said before anyone relies on the places stands before them.
    ranked.append(notes(ranking.warnings, "notes warning"))
    if ranking.places:
        table = ranking.table()
        ranked.append(table_of(type(table)(table.columns, table.rows, caption=table.caption)))
    return page(
        "Who trains with whom",
        el("h1", "Who trains with whom"),
        el("p", str(network.policy), class_="policy-words"),
        draw(network),
        notes(network.notes),
        el("h2", "Ties"),
        _ties(network),
        *ranked,
        join(el("h2", "Groups"), table_of(groups.table())) if groups is not None else "",
        el("h2", "Another network"),
        network_form(given),
        formats("/network", given),
        here="/network",
    )


def _ties(network: Network) -> Html:
    if not network.ties:
        return el("p", network.table().empty, class_="empty")
    done = set(network.policy.include) != {"planned"}
    plans = "planned" in network.policy.include
    numbers = [
        *(("exercises", "weight") if done else ()),
        *(("plans", "plan weight") if plans else ()),
    ]
    rows = [_row(tie, done, plans) for tie in network.ties[:ROWS]]
    more = len(network.ties) - len(rows)
    return join(
        el("p", f"The first {ROWS} ties; {more} more are in the other formats.", class_="count")
        if more
        else "",
        grid(
            f"Ties: {network.policy}",
            ("actor", "other actor", *numbers, "basis", "exercises and plans", "articles", "why"),
            rows,
            numbers,
        ),
    )


def _row(tie: Tie, done: bool, plans: bool) -> list[Html]:
    numbers: list[str | int] = [tie.count, f"{tie.weight:.2f}"] if done else []
    numbers += [tie.planned, f"{tie.planned_weight:.2f}"] if plans else []
    return [
        link(tie.source),
        link(tie.target),
        *(join(number) for number in numbers),
        el("span", tie.basis, class_=f"badge {tie.basis}"),
        several(map(_occasion, tie.occasions), "; "),
        join("; ".join(source.label for source in tie.sources)),
        between(tie.source, tie.target),
    ]


def _occasion(occasion: SharedActivity) -> Html:
    activity = occasion.activity
    details = f" ({activity.when}, {activity.status.replace('-', ' ')})"
    return join(link(Named(activity.label, activity.iri)), details)
