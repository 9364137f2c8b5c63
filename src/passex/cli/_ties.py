"""Ties laid out for people, and networks in brief."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import click
from click.core import ParameterSource

from ..text.wording import FIRST, first
from ._cluster import cluster_of, given_mapping
from ._layout import styled, table, wrap
from ._opening import open_graph
from ._stderr import complain, patience
from ._writing import write

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..network.brief import BriefNetwork, BriefTie
    from ..network.model import Tie
    from ..network.policy import Policy

_STYLES: Final = {"actor": "strong"}


def refuse_beside(given: dict[str, bool]) -> None:
    """Refuse what asks a network in brief for more than it has.

    Args:
        given: Which of such options are given.

    Raises:
        QueryError: One is, or a measure.
    """
    from ..errors import QueryError

    source = click.get_current_context().get_parameter_source
    for name in ("measure", "weight"):
        given[f"--{name}"] = source(name) is ParameterSource.COMMANDLINE
    if beside := [option for option, is_given in given.items() if is_given]:
        raise QueryError(
            f"--brief has counts and Newman's weights alone, and {beside[0]} asks for more",
            f"leave --brief or {beside[0]} out",
        )


def build_brief(data: Sequence[str], no_cache: bool, policy: Policy) -> BriefNetwork:
    """Build a network in brief, here or on a cluster.

    Raises:
        PassexError: The graph cannot be loaded.
    """
    if (url := cluster_of(data)) is not None:
        from ..spark import projecting

        with patience("counting on the cluster"):
            return projecting.build(url, data, policy, complain, given_mapping())
    from ..network import brief

    return brief.build(open_graph(data, no_cache), policy)


def write_brief(built: BriefNetwork, form: str, whole: bool) -> None:
    """Print a network in brief; of a long one the strongest ties, unless it is to be whole."""
    cut = form == "markdown" and not whole
    rows, more = built.beginning("--all") if cut else (built, "")

    def lines() -> list[str]:
        whole_table = built.table()
        ties, rest = first(built.ties, None if whole else FIRST)
        said = [*wrap(whole_table.caption, "", "  "), ""]
        said += [*ties_table(built.policy, ties), *filter(None, [rest])] if ties else []
        said += [] if ties else [whole_table.empty]
        said.append("")
        for note in built.notes:
            said += wrap(styled(f"Note: {note}", "dim"), "", "  ")
        return said

    write(rows, form, lines, built.document)
    if more:
        click.echo(f"\n{more}")


def ties_table(policy: Policy, ties: Sequence[Tie] | Sequence[BriefTie]) -> list[str]:
    """Lay out ties; in brief, without what tells of their articles."""
    from ..network.model import Tie, say_chance

    done = set(policy.include) != {"planned"}
    plans = "planned" in policy.include
    header = ["actor", "actor"]
    header += ["exercises", "weight"] if done else []
    header += ["plans", "plan weight"] if plans else []
    header += ["p"] if policy.backbone else []
    right = [*range(2, len(header))]
    rows, full = [], False
    for tie in ties:
        row = [tie.source.label, tie.target.label]
        row += [str(tie.count), f"{tie.weight:.2f}"] if done else []
        row += [str(tie.planned), f"{tie.planned_weight:.2f}"] if plans else []
        if full := isinstance(tie, Tie):
            row += [] if tie.p is None else [say_chance(tie.p)]
            row += [tie.basis, str(len(tie.sources))]
        rows.append(row)
    if full:
        right.append(len(header) + 1)
        header += ["basis", "sources"]
    return table(header, rows, right, _STYLES)
