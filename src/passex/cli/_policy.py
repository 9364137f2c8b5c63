"""The options that say what counts as a tie, and how ties are weighed."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Final

import click

from ..graph.terms import LEVELS, WEIGHTS

#: As in `passex.network.measures`, which is not imported for the help alone.
MEASURES: Final = (
    *("degree", "strength", "betweenness", "closeness"),
    *("eigenvector", "pagerank", "constraint", "core"),
)

Command = Callable[..., Any]

_POLICY: Final = (
    click.option(
        "--level",
        type=click.Choice(list(LEVELS)),
        default="service",
        show_default=True,
        help="Which actors are compared.",
    ),
    click.option(
        "--include",
        default="held,under-way",
        show_default=True,
        metavar="STATUS,…",
        help="What counts: held, under-way, planned.",
    ),
    click.option(
        "--domain",
        default="naval",
        show_default=True,
        help="A domain, such as naval or air; or all.",
    ),
    click.option(
        "--since",
        metavar="DATE",
        help="What may have taken place in or after a year or on or after a day (2017, "
        "2017-05-01).",
    ),
    click.option(
        "--until",
        metavar="DATE",
        help="What may have taken place in or before a year or on or before a day.",
    ),
    click.option(
        "--min-events",
        type=int,
        default=1,
        show_default=True,
        metavar="N",
        help="Only ties of at least N exercises, or plans where they are included.",
    ),
)


def policy_options(command: Command) -> Command:
    """Give a command the options of a policy, and the policy as the parameter ``policy``."""

    @wraps(command)
    def with_policy(
        level: str,
        include: str,
        domain: str,
        since: str | None,
        until: str | None,
        min_events: int,
        **others: Any,
    ) -> Any:
        from ..network.policy import Policy

        statuses = tuple(dict.fromkeys(part.strip() for part in include.split(",") if part.strip()))
        policy = Policy(level, statuses, domain, since, until, min_events)
        return command(policy=policy, **others)

    for option in reversed(_POLICY):
        option(with_policy)
    return with_policy


def measure_option(command: Command) -> Command:
    """Give a command the option ``--measure``."""
    return click.option(
        "--measure",
        type=click.Choice(MEASURES),
        default="strength",
        show_default=True,
        help="What actors are ranked by.",
    )(command)


def weight_option(command: Command) -> Command:
    """Give a command the option ``--weight``."""
    return click.option(
        "--weight",
        type=click.Choice(list(WEIGHTS)),
        default="newman",
        show_default=True,
        help="How strong a tie is for the measure: 1/(n-1) an exercise of n parties, or 1.",
    )(command)
