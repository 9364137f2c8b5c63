"""`passex validate`: problems of a graph, with file, line and column."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Final

import click

from ..graph.dataset import FORMATS as RDF_FORMATS
from ..reports import FORMATS
from ._options import SECONDS, Choice
from ._reader import outlast_reader
from ._validation_run import ValidationRun

if TYPE_CHECKING:
    from ..validation.reporting import Validation
    from ..validation.results import EngineName, Severity

_LEVELS: Final = ("info", "warning", "violation")
#: What is for files that are here, and nothing else.
_HERE: Final = {
    f"--{name.replace('_', '-')}": name
    for name in ("endpoint", "imports", "tracked", "texts", "jobs", "timeout", "reason", "coverage",
                 "fix", "diff", "watch")
} | {"--input-format": "form"}  # fmt: skip
#: The validation, kept to the end of the process: to take its graphs apart takes long.
_KEPT: Final[list[Validation]] = []


@click.command()
@click.argument("paths", nargs=-1, metavar="[PATHS]...")
@click.option(
    "--shapes",
    multiple=True,
    metavar="FILE",
    help="Shapes instead of those that come along; 'bundled' means those. Can be given again.",
)
@click.option(
    "--ontology",
    multiple=True,
    metavar="FILE",
    help="The ontology, mixed into the data so that its classes are known; 'bundled' means ours "
    "(the default with our shapes), 'none' means none. Can be given again.",
)
@click.option(
    "--endpoint",
    metavar="URL",
    help="Check the graph on a SPARQL server instead of files; problems name nodes, not places.",
)
@click.option(
    "--input-format",
    "form",
    type=Choice(tuple(RDF_FORMATS)),
    help="The format of a stream, or of data whose name tells none.  "
    "[default: turtle for a stream]",
)
@click.option(
    "--shapes-format",
    "shapes_form",
    type=Choice(tuple(RDF_FORMATS)),
    help="The same for the shapes.",
)
@click.option(
    "--ontology-format",
    "ontology_form",
    type=Choice(tuple(RDF_FORMATS)),
    help="The same for the ontology.",
)
@click.option("--check-ontology", is_flag=True, help="Judge the ontology too, not only mix it in.")
@click.option(
    "--imports", is_flag=True, help="Read the files that owl:imports names; a URL never is."
)
@click.option(
    "--tracked",
    is_flag=True,
    help="Of PATHS, or of graph/ if there are none, check what git tracks; for hooks.",
)
@click.option("--texts", metavar="DIR", help="Check the evidence against the articles' texts.")
@click.option(
    "--fail-on",
    type=Choice(_LEVELS),
    default="violation",
    show_default=True,
    help="The mildest severity that ends with exit code 1.",
)
@click.option(
    "--level",
    "levels",
    multiple=True,
    metavar="RULE=LEVEL",
    help="Give a rule, or a group such as 'vacuous' or 'ontology', another severity, or switch it "
    "'off'. Can be given again.",
)
@click.option(
    "--report",
    type=Choice(list(FORMATS)),
    default="text",
    show_default=True,
    help="The form of the report; turtle is the W3C's.",
)
@click.option("-o", "--output", metavar="FILE", help="Write the report to a file.")
@click.option("--baseline", metavar="FILE", help="Keep the problems quiet that this file lists.")
@click.option("--write-baseline", metavar="FILE", help="List the problems in a file, and end.")
@click.option(
    "--engine",
    type=Choice(("fast", "pyshacl", "spark")),
    default="fast",
    show_default=True,
    help="What applies the shapes: SPARQL for all nodes at once, pySHACL, or a Spark cluster to "
    "N-Triples and N-Quads, also .gz.",
)
@click.option(
    "--spark",
    metavar="URL",
    envvar="PASSEX_SPARK",
    help="With --engine spark: where Spark Connect listens, such as sc://localhost:15002.",
)
@click.option(
    "--data",
    multiple=True,
    metavar="FILE",
    help="The same as PATHS, as other commands have it. Can be given again.",
)
@click.option(
    "--jobs",
    type=click.IntRange(1),
    metavar="N",
    help="How many shapes are applied at a time; on large graphs as many as there are processors.",
)
@click.option(
    "--timeout",
    type=SECONDS,
    metavar="SECONDS",
    help="End with exit code 2 where it takes longer.",
)
@click.option("--reason", is_flag=True, help="Ask HermiT too whether the ontology is consistent.")
@click.option(
    "--coverage", is_flag=True, help="Print what each shape looked at, and what none did."
)
@click.option(
    "--fix",
    is_flag=True,
    help="Write into the files what is certain, such as an offset that has moved, and check again.",
)
@click.option(
    "--diff",
    is_flag=True,
    help="Print what --fix would write, as a unified diff, and write nothing.",
)
@click.option("--explain", metavar="RULE", help="Describe a rule with examples, and end.")
@click.option("--watch", is_flag=True, help="Check again whenever a file changes.")
@click.option("-v", "--verbose", is_flag=True, help="Say on standard error which engine did what.")
def validate(
    paths: tuple[str, ...],
    shapes: tuple[str, ...],
    ontology: tuple[str, ...],
    form: str | None,
    texts: str | None,
    levels: tuple[str, ...],
    engine: str,
    spark: str | None,
    data: tuple[str, ...],
    jobs: int | None,
    timeout: float | None,
    reason: bool,
    shapes_form: str | None,
    ontology_form: str | None,
    check_ontology: bool,
    imports: bool,
    tracked: bool,
    fail_on: str,
    endpoint: str | None,
    explain: str | None,
    watch: bool,
    **of_report: Any,
) -> None:
    """Check a graph: its syntax, the shapes, the terms, the ontology, the questions, the evidence.

    PATHS are files and folders of RDF, and of questions (.rq), and '-' for standard input; without
    any, the graph that comes along is checked. The exit code is 0 where nothing reaches --fail-on,
    1 where something does, and 2 where it could not be checked.

    \b
    Example:
      passex validate
      passex validate graph/ --shapes shapes.ttl --report github
      gunzip --stdout facts.nt.gz | passex validate - --input-format nt
      passex validate graph/ --texts articles/ --fix
      passex validate --engine spark --spark sc://localhost:15002 --data 's3a://graph/*.nt.gz'
      passex validate --explain nrs:Label
    """  # noqa: D301
    from ..errors import QueryError
    from ..graph import dataset
    from ..validation.request import Request

    paths = (*paths, *data)
    cluster = None
    if engine == "spark":
        cluster = (_cluster(spark, (*paths, *shapes, *ontology)), paths)
        paths = ()
    elif _is_typed("spark"):
        hint = "add --engine spark, or leave it out"
        raise QueryError(f"--spark changes nothing with --engine {engine}", hint)
    if tracked:
        from ..graph.tracked import tracked as listed

        paths = listed(paths)
    request = Request(
        paths, shapes, ontology, texts, _engine(engine), timeout, jobs, _levels(levels), reason,
        form, shapes_form, ontology_form, check_ontology, imports,
    )  # fmt: skip
    if explain is not None:
        from ..validation.explain import explain as described

        click.echo(described(explain, request), nl=False)
        return
    run = ValidationRun(
        request, fail_on=_level(fail_on), endpoint=endpoint, cluster=cluster, **of_report
    )
    if not watch:
        outlast_reader()
        code, done = run()
        _KEPT[:] = [done]
        click.get_current_context().exit(code)
    if endpoint is not None:
        raise QueryError("--watch looks at files, and --endpoint is none", "leave one of them out")
    if dataset.STDIN in (*paths, *shapes, *ontology):
        raise QueryError("--watch looks at files, and standard input is none", "name a file")
    from ._watch import watch as again

    again(run, request)


def _engine(name: str) -> EngineName:
    return "pyshacl" if name == "pyshacl" else "fast"


def _is_typed(option: str) -> bool:
    source = click.get_current_context().get_parameter_source(option)
    return source is click.core.ParameterSource.COMMANDLINE


def _cluster(url: str | None, files: Iterable[str]) -> str:
    """Refuse what is not for a cluster, and give its URL.

    Raises:
        QueryError: As it says.
    """
    from ..errors import QueryError
    from ..graph import dataset

    if not url:
        raise QueryError("--engine spark needs a cluster", "name it with --spark sc://HOST:PORT")
    for option, name in _HERE.items():
        if _is_typed(name):
            raise QueryError(f"{option} is not for a graph on a cluster", "leave it out")
    if dataset.STDIN in files:
        raise QueryError("standard input is here, and not on a cluster", "name a file")
    return url


def _levels(given: Iterable[str]) -> dict[str, Severity | None]:
    from ..errors import QueryError
    from ..validation.messages import full_rule

    found: dict[str, Severity | None] = {}
    for text in given:
        rule, sign, level = text.rpartition("=")
        if not sign or level not in (*_LEVELS, "off"):
            raise QueryError(
                f"'{text}' is no level of a rule",
                f"write RULE=LEVEL, with one of {', '.join(_LEVELS)}, off",
            )
        found[full_rule(rule)] = None if level == "off" else _level(level)
    return found


def _level(name: str) -> Severity:
    from ..validation.results import Severity

    return Severity(name)
