"""`passex query`: SPARQL."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from itertools import islice
from typing import IO, TYPE_CHECKING, Final

import click

from ..errors import CUT, QueryError
from ..text.wording import say
from ._interrupt import run_stoppable
from ._opening import open_target, server_of
from ._options import AS_OF, INPUT_FORMAT, SECONDS, Choice, data_option, mixing_option, show_option
from ._stderr import complain
from ._writing import write_queries

if TYPE_CHECKING:
    from ..evidence.proofs import Proofs
    from ..query.errors import Remark
    from ..query.request import Request

#: Formats of solutions and truth values, and of graphs; the first of each is the default.
_SOLUTIONS: Final = ("table", "csv", "tsv", "json", "xml", "jsonl", "markdown")
_GRAPHS: Final = ("turtle", "ntriples", "trig", "jsonld", "rdfxml", "nquads")


@click.command()
@click.argument("query", required=False)
@click.option(
    "--format",
    "form",
    type=Choice(_SOLUTIONS + _GRAPHS),
    metavar="FORMAT",
    help="How the answer is written: table (default), csv, tsv, json, xml, jsonl or markdown; of "
    "CONSTRUCT and DESCRIBE turtle (default), ntriples, trig, jsonld, rdfxml or nquads.",
)
@click.option(
    "--bind",
    multiple=True,
    metavar="NAME=VALUE",
    help="Give a variable a value: a name (South Korea), an IRI, a prefixed name, a number, a day, "
    """a literal ('"text"@en'). Can be given again.""",
)
@click.option("--labels", is_flag=True, help="Write labels of nodes (table and markdown).")
@click.option("--why", is_flag=True, help="Add what proves each row of a SELECT.")
@click.option("--limit", type=click.IntRange(0), metavar="N", help="At most N rows or triples.")
@click.option(
    "--timeout",
    type=SECONDS,
    metavar="SECONDS",
    help="Stop the query after so many seconds.",
)
@click.option(
    "--explain",
    is_flag=True,
    help="Print the query as SPARQL algebra, as rdflib reads it, and do not run it.",
)
@click.option("--interactive", "-i", is_flag=True, help="Ask in a shell, with completion.")
@show_option
@mixing_option
@data_option
def query(
    query: str | None,
    form: str | None,
    bind: tuple[str, ...],
    labels: bool,
    why: bool,
    limit: int | None,
    timeout: float | None,
    explain: bool,
    interactive: bool,
    show: bool,
    mixed: bool | None,
    data: tuple[str, ...],
    no_cache: bool,
) -> None:
    """Answer a SPARQL 1.1 query: SELECT, ASK, CONSTRUCT or DESCRIBE.

    QUERY is the query itself, a file (.rq), or - for standard input. Our prefixes and well-known
    ones need no declaration. Names that nothing declares are warned of before the query runs.

    It ends with 0 if all of the answer is there (no rows, or false, is an answer), 3 if --limit
    has cut it, 124 if it timed out, 2 if it cannot be done, 130 on Ctrl-C.

    \b
    Example:
      passex query "SELECT ?ship { ?ship a nr:Ship }" --labels
      passex query queries/partners.rq --bind actor=Japan
      passex query "CONSTRUCT WHERE { id:nara ?p ?o }"
    """  # noqa: D301
    from ..evidence.proofs import Proofs
    from ..graph.sources import standard_input
    from ..query.parser import parse
    from ..query.request import check, read, request

    if interactive:
        if "-" in data:
            raise QueryError("the shell reads standard input itself", "give the facts as a file")
        from . import _shell

        options = _options(form, labels, why, limit, timeout, mixed, data, no_cache)
        _shell.run(options, data, no_cache, mixed)
        return
    if query is None:
        raise QueryError("no query", "give one, a FILE.rq, - for standard input, or --interactive")
    if query == "-" and "-" in data:
        raise QueryError(
            "standard input cannot be both the query and the facts", "give one of them as a file"
        )
    text, name = read(query, standard_input)
    asked = parse(text)
    run_stoppable(lambda: check(asked, name), timeout)
    chosen = _format(asked.form, form, labels, why)
    target, url = open_target(data, no_cache, timeout, mixed), server_of(data)

    def work() -> bool:
        # All that a server may be asked for is within the time.
        ready, values = request(target, asked, bind, limit)
        proofs = Proofs(ready, values, url, not no_cache, complain) if why else None
        if explain:
            from ..query.algebra import algebra

            click.echo(algebra(parse(ready.text)))
        elif show:
            write_queries([proofs.query() if proofs and chosen != "table" else ready.shown])
        else:
            _warn(target.warned(asked, values), asked.text, name)
            return _answer(ready, chosen, labels, proofs, sys.stdout.buffer)
        return False

    if run_stoppable(work, timeout):
        assert limit is not None  # or nothing would have been cut
        rows = say(limit, "row" if asked.form == "SELECT" else "triple")
        complain(f"cut at {rows}; there are more")
        click.get_current_context().exit(CUT)


def _options(
    form: str | None,
    labels: bool,
    why: bool,
    limit: int | None,
    timeout: float | None,
    mixed: bool | None,
    data: Sequence[str],
    no_cache: bool,
) -> list[str]:
    """Write options again, for the queries of a shell."""
    given = [word for path in data for word in ("--data", path)]
    url = server_of(data)
    given += [] if url is None else ["--endpoint", url]
    meta = click.get_current_context().meta
    values = (("--format", form), ("--limit", limit), ("--timeout", timeout))
    for name, value in (*values, ("--input-format", meta[INPUT_FORMAT]), ("--as-of", meta[AS_OF])):
        given += [] if value is None else [name, str(value)]
    flags = (
        *(("--labels", labels), ("--why", why), ("--no-cache", no_cache)),
        *(("--facts-only", mixed is False), ("--with-ontology", mixed is True)),
    )
    return given + [name for name, is_set in flags if is_set]


def _format(kind: str, form: str | None, labels: bool, why: bool) -> str:
    """Choose the format, and refuse what does not fit the kind of query."""
    rows = kind in ("SELECT", "ASK")
    fitting = _SOLUTIONS if rows else _GRAPHS
    chosen = form or fitting[0]
    if chosen not in fitting:
        gives = {"SELECT": "solutions", "ASK": "true or false"}.get(kind, "a graph")
        raise QueryError(
            f"{kind} gives {gives}, which {chosen} does not write", f"use {', '.join(fitting)}"
        )
    if labels and chosen not in ("table", "markdown"):
        raise QueryError(f"no labels in {chosen}", "use --labels with table or markdown")
    if why and kind != "SELECT":
        raise QueryError(f"no claims for {kind}: it has no rows", "use --why with SELECT")
    return chosen


def _warn(found: Sequence[Remark], text: str, name: str) -> None:
    for remark in found:
        warned = remark.located(name, text)
        complain(f"warning: {warned}")
        click.echo(warned.excerpt, err=True)


def _answer(
    ready: Request, form: str, labels: bool, proofs: Proofs | None, output: IO[bytes]
) -> bool:
    """Run a query and write its answer; say whether it was cut."""
    import pyoxigraph as ox

    from ..query import formats
    from ..query.prefixes import naming

    if form in ("table", "markdown"):
        _for_people(ready, form, labels, proofs)
        return ready.more()
    more = False
    with ready.run(proofs.query() if proofs else None) as found:
        if form in formats.GRAPHS:
            assert not isinstance(found, ox.QuerySolutions | ox.QueryBoolean)
            triples = iter(found)
            wanted = found if ready.limit is None else islice(triples, ready.limit)
            formats.write(wanted, output, formats.GRAPHS[form], naming(ready.query.words))
            more = next(triples, None) is not None
        else:
            assert isinstance(found, ox.QuerySolutions | ox.QueryBoolean)
            if form == "jsonl":
                formats.write_lines(found, output)
            else:
                formats.write(found, output, formats.SOLUTIONS[form])
    more = more if form in formats.GRAPHS else ready.more()
    if output.isatty() and (form in ("json", "xml", "jsonld") or ready.query.form == "ASK"):
        # They end without a line break, and the prompt would stand beside them.
        output.write(b"\n")
    output.flush()
    return more


def _for_people(ready: Request, form: str, labels: bool, proofs: Proofs | None) -> None:
    import pyoxigraph as ox

    from ..query.lexer import prefixes
    from ..query.prefixes import KNOWN
    from ._layout import visible
    from ._rows import Writer

    table = form == "table"
    with ready.run(proofs.query() if proofs and not table else None) as found:
        if isinstance(found, ox.QueryBoolean):
            click.echo("true" if found else "false")
            return
        assert isinstance(found, ox.QuerySolutions)
        columns = [variable.value for variable in found.variables]
        rows = [tuple(solution) for solution in found]
    nodes = {term.value for row in rows for term in row if isinstance(term, ox.NamedNode)}
    wanted = nodes if labels or proofs else ()
    beside = ready.target.described(wanted, claims=bool(proofs) and table)
    writer = Writer(beside, {**KNOWN, **prefixes(ready.query.words)}, labels)
    if not table:
        from ..graph.tables import markdown

        click.echo(markdown(writer.table(columns, rows)), nl=False)
    else:
        if not rows and ready.more():
            lines = ["  ".join(columns)]  # there are solutions, of which none was wanted
        elif proofs:
            lines = writer.with_claims(columns, rows, proofs.chains(columns, rows))
        else:
            lines = writer.lines(columns, rows)
        click.echo("\n".join(map(visible, lines)))
