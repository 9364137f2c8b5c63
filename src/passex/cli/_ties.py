"""A network laid out for people: the ranking, the groups, the ties, and what is behind each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ._layout import table, wrap

if TYPE_CHECKING:
    from ..network.communities import Communities
    from ..network.model import Network, SharedActivity, Tie
    from ..network.ranking import Ranking


def network_lines(found: Network, ranks: Ranking, groups: Communities | None) -> list[str]:
    """Write a network.

    Args:
        found: The network.
        ranks: Its ranking.
        groups: Its groups, if they were asked for.

    Returns:
        The lines, the notes and warnings last.
    """
    lines = wrap(found.table().caption, "", "  ")
    lines.append("")
    if ranks.places:
        lines += [*_ranking(ranks), ""]
    if groups is not None and groups.groups:
        lines += [*_groups(groups), ""]
    if found.ties:
        lines += _table(found)
        lines.append("")
        for tie in found.ties:
            lines += _occasions(tie)
        lines.append("")
    else:
        lines += [found.table().empty, ""]
    warnings = (*ranks.warnings, *(groups.warnings if groups is not None else ()))
    for note in (*found.notes, *(warnings if found.ties else ())):
        lines += wrap(note, "Note: ", "  ")
    return lines[:-1] if not lines[-1] else lines


def _ranking(ranks: Ranking) -> list[str]:
    header = ["place", "actor", ranks.measure]
    if ranks.articles:
        header += ["places without one article", "articles"]
    rows = []
    for place in ranks.places:
        worst = "none" if place.worst is None else str(place.worst)
        span = str(place.best) if worst == str(place.best) else f"{place.best} to {worst}"
        share = f"{place.articles} of {ranks.articles}"
        row = [str(place.place), place.node.label, f"{place.score:.3f}", span, share]
        rows.append(row[: len(header)])
    return table(header, rows, [0, 2])


def _groups(groups: Communities) -> list[str]:
    lines = [f"Groups, of modularity {groups.modularity:.3f}:"]
    for number, group in enumerate(groups.groups, 1):
        lines += wrap("; ".join(node.label for node in group), f"{number:3}. ", "     ")
    return lines


def _table(found: Network) -> list[str]:
    done = set(found.policy.include) != {"planned"}
    plans = "planned" in found.policy.include
    header = ["actor", "actor"]
    header += ["exercises", "weight"] if done else []
    header += ["plans", "plan weight"] if plans else []
    rows = []
    for tie in found.ties:
        row = [tie.source.label, tie.target.label]
        row += [str(tie.count), f"{tie.weight:.2f}"] if done else []
        row += [str(tie.planned), f"{tie.planned_weight:.2f}"] if plans else []
        rows.append([*row, tie.basis, str(len(tie.sources))])
    return table([*header, "basis", "sources"], rows, [*range(2, len(header)), len(header) + 1])


def _occasions(tie: Tie) -> list[str]:
    lines = wrap(f"{tie.source.label} and {tie.target.label}", "", "  ")
    for occasion in tie.occasions:
        lines += wrap(_occasion(occasion), "  - ", "    ")
    return lines


def _occasion(occasion: SharedActivity) -> str:
    activity = occasion.activity
    details = [activity.when, activity.status.replace("-", " "), f"{occasion.parties} parties"]
    details += ["inferred"] if occasion.inferred else []
    sources = "; ".join(source.label for source in occasion.sources) or "no article"
    return f"{activity.label} ({', '.join(details)}) [{sources}]"
