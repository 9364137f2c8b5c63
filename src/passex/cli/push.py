"""`passex push`: the graph on a SPARQL server."""

from __future__ import annotations

import click

from ..errors import QueryError
from ..text.wording import say
from ._opening import complain_of_day, endpoint_of, open_files
from ._options import data_option
from ._stderr import complain, progress


@click.command()
@click.option(
    "--graph", metavar="IRI", help="The named graph there.  [default: one of Passex's own]"
)
@click.option(
    "--graph-store",
    metavar="URL",
    help="Where the server takes graphs, if Passex does not know it.",
)
@click.option("--update", metavar="URL", help="Where the server takes updates, likewise.")
@data_option
def push(
    graph: str | None,
    graph_store: str | None,
    update: str | None,
    data: tuple[str, ...],
    no_cache: bool,
) -> None:
    """Put the graph, with its derived triples, on the server of --endpoint: all of it, or nothing.

    It goes into named graphs; what is there under their names is replaced when all has arrived and
    was compared. The same graph is not sent again. Passwords come from PASSEX_USER and
    PASSEX_PASSWORD, PASSEX_TOKEN or ~/.netrc.

    \b
    Example:
      passex push --endpoint http://localhost:7878/query
      passex ask partners Japan --endpoint http://localhost:7878/query
    """  # noqa: D301
    url = endpoint_of(click.get_current_context())
    if url is None:
        raise QueryError("no server to push to", "give --endpoint URL")
    store = open_files(data, no_cache)
    complain_of_day()
    from ..query.remote import pushing

    with progress("{} triples sent") as tell:
        note, sent = pushing.push(store, url, graph, graph_store, update, tell)
    there = "is" if note.triples == 1 else "are"
    result = "pushed" if sent else f"{there} there already, nothing was sent"
    complain(f"{say(note.triples, 'triple')} {result}")
