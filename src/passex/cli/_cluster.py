"""Options that say who does what grows with the exercises: this machine, or a cluster."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, Final, TypeVar

import click
from click.core import ParameterSource

from ..errors import QueryError
from ._opening import open_graph
from ._options import AS_OF, INPUT_FORMAT, Choice
from ._stderr import complain, patience

if TYPE_CHECKING:
    from ..graph.store import Store
    from ..importers.carried import MappingText

Command = TypeVar("Command", bound=Callable[..., Any])

#: Where the context of a command has the values of ``--engine`` and ``--spark``.
_ENGINE: Final = f"{__name__}.engine"
_SPARK: Final = f"{__name__}.spark"
_MAPPING: Final = f"{__name__}.mapping"
#: What is read on this machine alone.
_HERE: Final = ("-", "bundled")


def cluster_options(command: Command) -> Command:
    """Give a command ``--engine`` and what goes with it; `open_network` finds these itself."""
    url = click.option(
        "--spark",
        metavar="URL",
        envvar="PASSEX_SPARK",
        expose_value=False,
        callback=_remember(_SPARK),
        help="With --engine spark: where Spark Connect listens, such as sc://localhost:15002.",
    )
    mapping = click.option(
        "--mapping",
        metavar="FILE",
        expose_value=False,
        callback=_remember(_MAPPING),
        help="With --engine spark: what the columns of tables among --data mean, in TOML, or mme.",
    )
    engine = click.option(
        "--engine",
        type=Choice(["local", "spark"]),
        default="local",
        show_default=True,
        expose_value=False,
        callback=_remember(_ENGINE),
        help="Who reads and derives the graph: this machine, or a Spark cluster (N-Triples and "
        "N-Quads, also .gz; Parquet; tables).",
    )
    return engine(url(mapping(command)))


def _remember(place: str) -> Callable[[click.Context, click.Parameter, str | None], None]:
    def callback(ctx: click.Context, param: click.Parameter, value: str | None) -> None:
        ctx.meta[place] = value

    return callback


def cluster_of(data: Sequence[str]) -> str | None:
    """Give the URL of the cluster that reads the graph; None where this machine does.

    Args:
        data: The values of ``--data``.

    Raises:
        QueryError: Options that do not fit each other.
    """
    ctx = click.get_current_context()
    url: str | None = ctx.meta[_SPARK]

    def typed(name: str) -> bool:
        return ctx.get_parameter_source(name) is ParameterSource.COMMANDLINE

    if ctx.meta[_ENGINE] != "spark":
        if typed("spark"):
            hint = "add --engine spark, or leave it out"
            raise QueryError("--spark changes nothing with --engine local", hint)
        if typed("mapping"):
            hint = "import the table first, with passex import table"
            raise QueryError("--mapping is for tables that a cluster imports", hint)
        return None
    if not url:
        raise QueryError("--engine spark needs a cluster", "name it with --spark sc://HOST:PORT")
    beside = {
        "--endpoint": typed("endpoint"),
        "--as-of": ctx.meta[AS_OF] is not None,
        "--input-format": ctx.meta[INPUT_FORMAT] is not None,
    }
    for option, is_given in beside.items():
        if is_given:
            raise QueryError(f"{option} is not for a graph on a cluster", "leave it out")
    for name in _HERE:
        if name in data:
            raise QueryError(f"--data {name} is here, and not on a cluster", "name its files")
    return url


def given_mapping() -> MappingText | None:
    """Read what ``--mapping`` gives.

    Raises:
        InputError: It cannot be read, or means nothing.
    """
    from ..importers.carried import mapping_text

    given: str | None = click.get_current_context().meta[_MAPPING]
    return None if given is None else mapping_text(given)


def open_network(
    data: Sequence[str], no_cache: bool, plain: bool = False, proofs: bool = False
) -> Store:
    """Open a graph for networks: as `open_graph` does, or what these need of one on a cluster.

    Args:
        plain: As of `open_graph`.
        proofs: Whether claims about exercises and quotes are needed, too.

    Raises:
        PassexError: The graph cannot be loaded.
    """
    url = cluster_of(data)
    if url is None:
        return open_graph(data, no_cache, plain)
    from ..spark import collecting

    with patience("reading the graph on the cluster"):
        return collecting.open_store(url, data, complain, proofs, given_mapping())
