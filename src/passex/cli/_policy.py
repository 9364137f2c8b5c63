"""The options that say what counts as a tie, and how ties are weighed."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

import click
from click.core import ParameterSource

from ..errors import QueryError
from ..network import division
from ..network.division import Division
from ..network.policy import BASIS, FIGURES, MEASURE, OPTIONS, WEIGHT, Option, Policy
from ._options import Choice

Command = Callable[..., Any]


def policy_options(command: Command) -> Command:
    """Give a command the options of a policy, and the policy as the parameter ``policy``."""

    @wraps(command)
    def with_policy(**values: Any) -> Any:
        given = {option.name: values.pop(option.name.replace("-", "_")) for option in OPTIONS}
        source = click.get_current_context().get_parameter_source("alpha")
        if given["backbone"] is None and source != ParameterSource.DEFAULT:
            raise QueryError(
                "--alpha changes nothing without --backbone", "leave it out, or give both"
            )
        return command(policy=Policy.parse(given), **values)

    for option in reversed(OPTIONS):
        _option(option)(with_policy)  # which click notes on the function itself
    return with_policy


def basis_option(command: Command) -> Command:
    """Give a command the option ``--basis`` alone."""
    return _option(BASIS)(command)


def is_given(ctx: click.Context) -> bool:
    """Tell whether a person gave any option of a policy to the command that runs."""
    names = (option.name.replace("-", "_") for option in OPTIONS)
    return any(ctx.get_parameter_source(name) != ParameterSource.DEFAULT for name in names)


def measure_option(command: Command) -> Command:
    """Give a command the option ``--measure``."""
    return _option(MEASURE)(command)


def figures_option(command: Command) -> Command:
    """Give a command the option ``--measure`` where ``all`` stands for every measure."""
    return _option(FIGURES)(command)


def weight_option(command: Command) -> Command:
    """Give a command the option ``--weight``."""
    return _option(WEIGHT)(command)


def division_options(command: Command) -> Command:
    """Give a command the options of groups, as the parameter ``division``; None without any.

    ``--communities`` alone is the usual way to divide a network.
    """

    @wraps(command)
    def with_division(**values: Any) -> Any:
        given = {option.name: values.pop(option.name) for option in division.OPTIONS}
        method = given["communities"]
        for name in ("resolution", "seed"):
            if given[name] is not None and method is None:
                raise QueryError(
                    f"--{name} changes nothing without --communities", "leave it out, or give both"
                )
        if given["seed"] is not None and method not in division.RANDOM:
            raise QueryError(
                f"--seed changes nothing with --communities {method}",
                f"leave it out, or use one of {', '.join(division.RANDOM)}",
            )
        return command(division=None if method is None else Division.parse(given), **values)

    groups, *others = division.OPTIONS
    for option in reversed(others):
        text = f"{option.about}  [default: {option.default}]"
        click.option(f"--{option.name}", metavar=option.form, help=text)(with_division)
    click.option(
        f"--{groups.name}",
        is_flag=False,
        flag_value=groups.default,
        type=Choice(groups.choices),
        help=f"{groups.about} Alone, it means {groups.default} (table and json).",
    )(with_division)
    return with_division


def _option(option: Option) -> Callable[[Command], Command]:
    number = int if option.default.isdecimal() else None
    return click.option(
        f"--{option.name}",
        type=Choice(option.choices) if option.choices else number,
        default=option.default or None,
        show_default=bool(option.default),
        metavar=option.form or None,
        help=option.about,
    )
