"""`passex export`: the graph, or a part of it, in a format that another program opens."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click
from click.core import ParameterSource

from ..errors import QueryError
from ..exports import FORMATS, Format, find, save
from ._cluster import cluster_of, cluster_options, open_network
from ._opening import complain_of_day
from ._options import Choice, Range, data_option
from ._policy import measure_option, policy_options, weight_option
from ._stderr import complain, progress

if TYPE_CHECKING:
    from ..exports.model import Picture
    from ..network.policy import Policy

#: So many of the events that are not on a map are named; the file names all.
_NAMED: Final = 5
#: What is made of networks.
_TIED: Final = ("network", "two-mode")
#: What each choice of --what does not look at, of the options that say what counts.
#: The formats of RDF that have named graphs.
_WITH_GRAPHS: Final = ("trig", "nquads", "jsonld", "rdfparquet")
_NOT_DATES: Final = ("level", "include", "domain", "min_events", "basis", "backbone", "alpha")
_POLICY: Final = (*_NOT_DATES, "since", "until")
_IDLE: Final[dict[str, tuple[str, ...]]] = {
    "network": (),
    "two-mode": ("min_events", "backbone", "alpha"),
    "graph": (*_POLICY, "weight"),
    "meetings": (*_NOT_DATES, "weight"),
    "ontology": (*_POLICY, "weight", "measure"),
}


class FormatOrFile(Choice):
    """A format by its name, or a file whose ending tells it, such as ``briefing.docx``."""

    def __init__(self) -> None:
        super().__init__(tuple(FORMATS))

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Take a file as it is; what is neither is refused as any choice."""
        endings = {ending for form in FORMATS.values() for ending in form.endings}
        if Path(value).suffix.lower() in endings:
            return value
        return str(super().convert(value, param, ctx))


@click.command()
@click.argument("form", metavar="[FORMAT]", required=False, type=FormatOrFile())
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    help="The file, instead of standard output. Its ending tells the format where none is named. "
    "Tables are two files: ties.csv makes ties-nodes.csv and ties-edges.csv; so is a briefing in "
    "Markdown: briefing.md shows briefing.svg.",
)
@click.option(
    "--what",
    type=Choice(list(_IDLE)),
    default="network",
    show_default=True,
    help="Who trains with whom; actors and their exercises; the knowledge graph; who met whom; "
    "the ontology's diagram.",
)
@click.option(
    "--around",
    multiple=True,
    metavar="NAME",
    help="Only what is near to this node of the knowledge graph. Can be given again.",
)
@click.option(
    "--hops",
    type=click.IntRange(min=0),
    default=1,
    show_default=True,
    help="With --around: how many steps away a node may be.",
)
@click.option(
    "--derived",
    is_flag=True,
    help="With --what graph and in RDF: also what the rules derived, marked as such.",
)
@click.option(
    "--part",
    type=Choice(["events", "actors", "evidence"]),
    help="With --what ontology: events and plans; actors; claims and their evidence.",
)
@click.option(
    "--scale",
    type=Range(0.5, 8),
    default=2,
    show_default=True,
    help="Of PNG: how many pixels a pixel of the drawing becomes.",
)
@policy_options
@measure_option
@weight_option
@cluster_options
@data_option
@click.pass_context
def export(
    ctx: click.Context,
    form: str | None,
    output: str | None,
    what: str,
    around: tuple[str, ...],
    hops: int,
    derived: bool,
    part: str | None,
    scale: float,
    policy: Policy,
    measure: str,
    weight: str,
    data: tuple[str, ...],
    no_cache: bool,
) -> None:
    """Write a network, or the graph, in a format that another program opens.

    FORMAT is a file whose ending tells it, or one of gexf, graphml, yed, cyjs, cx2, nodelink, dot,
    mermaid (text), svg, png, pdf (pictures), csv, tsv, gephi, neo4j, parquet (tables), geojson,
    kml (maps), html (a page that needs no network), md, docx (a briefing of two pages), jsonld,
    turtle, trig, nquads, ntriples, rdfxml, rdfparquet (RDF) or annotations (the quotes, as W3C
    Web Annotation). docs/exports.md says what opens each, and what each carries.

    Tables on standard output are the edges. A file is written whole, or not at all.

    \b
    Example:
      passex export gexf -o services.gexf
      passex export briefing.docx
      passex export -o states.svg --level state --include held,under-way,planned
      passex export turtle --around Japan --hops 2
    """  # noqa: D301
    from ..exports import build
    from ..exports.columns import Report
    from ..exports.model import Picture
    from ..exports.triples import Triples
    from ..text.wording import say

    if form is not None and form not in FORMATS:
        if output is not None:
            raise QueryError(f"{form} and {output} are two files", "name one of them")
        form, output = None, form
    path = None if output is None else Path(output)
    chosen = find(form, path)
    if around or chosen.of == "quotes":
        what = "graph" if ctx.get_parameter_source("what") is ParameterSource.DEFAULT else what
    _check(ctx, chosen, what, around, derived)
    if path is None and chosen.binary and sys.stdout.isatty():
        raise QueryError(
            f"{chosen.title} is no text for a terminal", "give a file with -o, or use a pipe"
        )
    default = ctx.get_parameter_source("what") is ParameterSource.DEFAULT
    open_to_all = chosen.of in ("picture", "triples") and (what == "graph" or default)
    if what not in _TIED and cluster_of(data) is not None:
        raise QueryError(
            f"--what {what} is no network, and what grows with those is all that a cluster does",
            "leave --engine out",
        )
    store = open_network(data, no_cache, open_to_all, proofs=True)
    if store.plain:
        what = "graph"
    choice = build.Choice(what, policy, measure, weight, around, hops, derived, part or "")
    report = Report()
    with progress(f"passex: writing {chosen.title}{{}} …") as tell:
        tell("")
        source = build.source(store, choice, chosen.of, lambda doing: tell(f": {doing}"))
        notes = _notes(source, chosen) if isinstance(source, Picture) else []
        pieces = chosen.pieces(source, report, scale, path)
        if path is not None:
            save(chosen, path, pieces)
    if path is None:
        _print(pieces[1] if chosen.pair else pieces)
    ending = "" if path is None else path.suffix.lower()
    endings = {other for form in FORMATS.values() for other in form.endings}
    if path is not None and ending in endings - {*chosen.endings}:
        notes.append(f"{path.name}: written as {chosen.title}, whatever its ending says")
    if isinstance(source, Triples) and source.graphs and chosen.name not in _WITH_GRAPHS:
        merged = say(len(source.graphs), "named graph")
        notes.append(f"{merged} merged with the rest: {chosen.title} has none; use trig or nquads")
    if isinstance(source, Triples):
        notes += store.tags_made_one()
    for note in (*notes, report.line(chosen.title)):
        if note:
            complain(note)
    if not isinstance(source, Picture):
        complain_of_day()


def _check(
    ctx: click.Context, chosen: Format, what: str, around: tuple[str, ...], derived: bool
) -> None:
    """Refuse options that would change nothing."""
    from ..exports import build

    def given(name: str) -> bool:
        return ctx.get_parameter_source(name) is ParameterSource.COMMANDLINE

    idle = [name for name in _IDLE[what] if given(name)]
    if around and what != "graph":
        idle.append("around")
    if given("part") and what != "ontology":
        idle.append("part")
    if given("scale") and chosen.name != "png":
        idle.append("scale")
    if given("hops") and not around:
        idle.append("hops")
    drawn_derived = what == "graph" and chosen.of != "quotes"
    if derived and (what == "ontology" or not (drawn_derived or chosen.of == "triples")):
        idle.append("derived")
    if idle:
        option = f"--{idle[0].replace('_', '-')}"
        raise QueryError(
            f"{option} changes nothing in {chosen.title} with --what {what}", "leave it out"
        )
    build.check(chosen.of, what)


def _notes(drawn: Picture, chosen: Format) -> list[str]:
    from ..exports.drawing import strongest

    notes = list(drawn.notes)
    if chosen.name in ("svg", "png", "pdf") and (said := strongest.of(drawn)[1]):
        notes.insert(0, said)
    if not drawn.nodes:
        notes.append("nothing is drawn: no node has an edge that counts")
    if chosen.of == "map":
        for events, where in (
            (drawn.nowhere, "not on the map"),
            (drawn.elsewhere, "on the map at some places only"),
        ):
            if events:
                named = "; ".join(f"{e.label} ({'; '.join(why)})" for e, why in events[:_NAMED])
                are = "event is" if len(events) == 1 else "events are"
                more = f"; and {len(events) - _NAMED} more" if len(events) > _NAMED else ""
                notes.append(f"{chosen.title}: {len(events)} {are} {where}: {named}{more}")
    return notes


def _print(pieces: Iterable[str | bytes]) -> None:
    out = sys.stdout.buffer
    sys.stdout.flush()
    # In the encoding of the formats, whatever the terminal's is.
    for piece in pieces:
        out.write(piece.encode() if isinstance(piece, str) else piece)
    out.flush()
