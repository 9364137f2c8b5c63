"""The page of a network: who trains with whom, as a picture and as tables.

The nodes and ties of the picture are links; its colours are the style sheet's.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from urllib.parse import urlencode

from ...errors import QueryError
from ...exports import sketch
from ...exports.drawing import svg
from ...exports.model import Picture
from ...graph.rows import Cell, few
from ...graph.terms import shorten
from ...network.model import Network, Tie, say_chance
from ...network.policy import Policy
from ...network.series import Series
from ...text.wording import say
from ..inquiries import Ranked
from .forms import network_form
from .frame import Html, address, el, formats, join, link, name, page
from .tables import Pages, cell, grid, notes, table_of


def network_page(found: Ranked | Series, given: Mapping[str, str]) -> str:
    """Write the page of a network with its ranking, or of a measure year by year."""
    if isinstance(found, Series):
        return page(
            f"{found.measure.capitalize()} by year",
            *_asked(found.policy, given),
            table_of(found.table(), Pages("/network", given)),
            formats("/network", given),
            here="/network",
        )
    network, ranking, groups = found.network, found.ranking, found.groups
    pages = Pages("/network", given)
    ranked = [el("h2", f"Ranking by {ranking.measure.replace('-', ' ')}")]
    # What has to be said before anyone relies on the places stands before them.
    ranked.append(notes(ranking.warnings, "notes warning"))
    if ranking.places:
        ranked.append(table_of(replace(ranking.table(), notes=()), pages, "actor"))
    figures = ranking.centralities
    rounded: tuple[tuple[Cell, ...], ...] = tuple(
        (node, *(round(n, 3) for n in numbers)) for node, numbers in figures.actors
    )
    return page(
        "Who trains with whom",
        *_asked(network.policy, given),
        draw(found) if pages.number == 1 else "",
        notes(network.notes) if pages.number > 1 or not network.ties else "",
        *ranked,
        el("h2", "Ties"),
        _ties(network, pages),
        el("h2", "Centralities"),
        table_of(replace(figures.table(), rows=rounded), pages, "actor"),
        join(el("h2", "Groups"), table_of(groups.table(), pages)) if groups is not None else "",
        formats("/network", given),
        here="/network",
    )


def _asked(policy: Policy, given: Mapping[str, str]) -> tuple[Html, Html]:
    """Say what counts, and ask for something else."""
    form = el("details", el("summary", "Another network"), network_form(given))
    return el("p", str(policy), class_="policy-words"), form


def picture(found: Ranked | Series, given: Mapping[str, str]) -> str:
    """Draw a network by itself, as `draw` does: it turns dark where its reader has chosen that.

    Raises:
        QueryError: It is a measure year by year.
    """
    if isinstance(found, Series):
        raise QueryError("a series by year has no picture", "leave 'by' out, or ask for rows")
    return svg.draw(_sketch(found))


def sizes(found: Ranked) -> Mapping[str, float]:
    """Give what the sizes of actors show, by IRI; nothing where the network bears no ranking."""
    ranking = found.ranking
    return ranking.centralities.scores(ranking.measure) if ranking.places else {}


def _ties(network: Network, pages: Pages) -> Html:
    if not network.ties:
        return el("p", network.table().empty, class_="empty")
    done = set(network.policy.include) != {"planned"}
    plans = "planned" in network.policy.include
    numbers = ["exercises", "weight"] if done else []
    numbers += ["plans", "plan weight"] if plans else []
    numbers += ["p"] if network.policy.backbone else []
    shown, count = pages.of(network.ties, "tie")
    rows = [_row(tie, done, plans) for tie in shown]
    columns = ("actor", "other actor", *numbers, "basis", "sources")
    table = grid(f"Ties: {network.policy}", columns, rows, numbers) if rows else ""
    return join(count, table)


def _row(tie: Tie, done: bool, plans: bool) -> list[Html]:
    numbers = [_count(tie, tie.count, "exercise"), join(f"{tie.weight:.2f}")] if done else []
    if plans:
        numbers += [_count(tie, tie.planned, "plan"), join(f"{tie.planned_weight:.2f}")]
    numbers += [] if tie.p is None else [join(say_chance(tie.p))]
    return [
        link(tie.source),
        link(tie.target),
        *numbers,
        el("span", tie.basis, class_=f"badge {tie.basis}"),
        cell(few(tie.sources)),
    ]


def _count(tie: Tie, number: int, word: str) -> Html:
    """Write a number of exercises or plans: a link to them, and to the claims behind them."""
    ends = f"{name(tie.source)} and {name(tie.target)}"
    label = f"evidence: {say(number, word)} of {ends}"
    return el("a", number, href=evidence(tie.source.iri, tie.target.iri), aria_label=label)


def evidence(a: str, b: str) -> str:
    """Give the address of the evidence behind a tie, by the IRIs of its ends."""
    return f"/why?{urlencode({'a': shorten(a), 'b': shorten(b)})}"


def draw(found: Ranked) -> Html:
    """Draw a network as a figure, or give nothing for a network without ties."""
    if not found.network.ties:
        return Html()
    links = svg.Links(lambda node: address(node.iri), lambda a, b: evidence(a.iri, b.iri))
    return figure(svg.draw(_sketch(found), dark=False, links=links))


def _sketch(found: Ranked) -> Picture:
    network = found.network
    return sketch.of(network, network.store, sizes(found), found.ranking.measure)


def figure(drawn: str) -> Html:
    """Put a drawing into a page; its colours of dark ground are the style sheet's."""
    picture = Html(drawn.replace("<svg ", '<svg class="network" ', 1))
    return el("figure", picture, class_="drawing")
