"""Resources, which have an address besides SPARQL: questions, evidence, networks and nodes.

A resource computes a value from a store and parameters, and has a writer for each media type in
which it can be had. A further representation is one more writer in its table.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

from .. import exports
from ..api.knowledge import KnowledgeGraph
from ..errors import PassexError
from ..exports import page as report_page
from ..exports import triples, void
from ..exports.columns import Report
from ..exports.drawing.elements import themes
from ..exports.page import ReportPage
from ..exports.triples import Triples
from ..graph import as_of, tables
from ..graph.store import Store
from ..text import html
from ..text.wording import FIRST
from . import examples, inquiries, vocabulary, welcome
from .errors import HTTPError
from .inquiries import Parameters, Ranked, Subject
from .negotiation import GRAPHS, HTML, JSON, bare, choose

if TYPE_CHECKING:
    from ..network.series import Series

#: Where a page that needs no network says what may run in it: before anything of somebody else's.
_POLICY: Final = re.compile(rb'http-equiv="Content-Security-Policy" content="([^"]+)"')
_STYLE: Final = re.compile("<style>(.*)</style>")
#: Writes a value, given the parameters that it was asked for with.
Writer = Callable[[Any, Parameters], str]


@dataclass(frozen=True, slots=True)
class Resource:
    """A kind of answer.

    Attributes:
        compute: Makes its value.
        writers: What writes it, by media type, default first.
        limited: Whether it takes how many rows are wanted at the most.
    """

    compute: Callable[..., Any]
    writers: Mapping[str, Writer]
    limited: bool = False


def _network(value: Ranked | Series) -> str:
    from ..network.communities import document

    if not isinstance(value, Ranked):
        return value.document()
    return document(value.network, value.ranking, value.weight, value.groups)


def _portrait(value: Subject) -> str:
    return tables.plain(value.portrait)


def _alone(write: Callable[[Any], str]) -> Writer:
    return lambda value, given: write(value)


def _rows(form: str) -> Writer:
    return lambda value, given: tables.FORMATS[form](value.table())


def _markdown(value: Any, given: Parameters) -> str:
    """Write what people read: of many ties, or rows of an answer, what they begin with."""
    from ..questions.answers import Answer

    long = value.network if isinstance(value, Ranked) else value
    if not isinstance(value, Ranked | Answer):
        return tables.markdown(value.table())
    rows, more = long.beginning("format=csv has all")
    return tables.markdown(rows) + (f"\n{more}\n" if more else "")


def _page(module: str, name: str) -> Writer:
    """Write a page; its module is for a worker alone to import, and when it is needed."""

    def write(value: object, given: Parameters) -> str:
        page: str = getattr(import_module(f".pages.{module}", __package__), name)(value, given)
        return page

    return write


#: What the parameter ``format`` of an address can be: it goes before the Accept header.
FORMATS: Final[dict[str, str]] = {
    "json": JSON,
    "html": HTML,
    "csv": "text/csv; charset=utf-8",
    "tsv": "text/tab-separated-values; charset=utf-8",
    "jsonl": "application/jsonl",
    "markdown": "text/markdown; charset=utf-8",
}


#: Those of pictures.
PICTURES: Final[dict[str, str]] = {"svg": "image/svg+xml"}
#: Those of RDF.
RDF: Final[dict[str, str]] = {form.name: form.media_type for form in GRAPHS.values()}
#: The endings of an address that say the same as ``format``.
ENDINGS: Final[dict[str, str]] = {
    ".html": "html",
    ".json": "json",
    ".csv": "csv",
    ".md": "markdown",
    **{f".{form.extension}": form.name for form in GRAPHS.values()},
}


def _as_rdf(triples: Callable[[Any], Triples]) -> dict[str, Writer]:
    """Make writers of each format of RDF, by what takes the triples from a value."""

    def writer(name: str) -> Writer:
        def write(value: Any, given: Parameters) -> str:
            pieces = exports.find(name).pieces(triples(value), Report())
            return "".join(one.decode() if isinstance(one, bytes) else one for one in pieces)

        return write

    return {media_type: writer(name) for name, media_type in RDF.items()}


def _about(value: Subject) -> Triples:
    """Take what is said of a node, with its claims and their evidence."""
    node = value.portrait.node
    return triples.about(value.store, [node.iri], node.label, derived=True)


def _writers(document: Writer, *page: str) -> dict[str, Writer]:
    rows = {FORMATS[form]: _rows(form) for form in ("csv", "tsv", "jsonl")}
    return {JSON: document, HTML: _page(*page), **rows, FORMATS["markdown"]: _markdown}


def _briefing(value: ReportPage, given: Parameters) -> str:
    return "".join(report_page.write(value))


_NODE: Final = {**_writers(_alone(_portrait), "node", "node_page"), **_as_rdf(_about)}
#: The resources by name.
RESOURCES: Final[dict[str, Resource]] = {
    "ask": Resource(inquiries.ask, _writers(_rows("json"), "answer", "answer_page"), True),
    "why": Resource(inquiries.why, _writers(_alone(tables.plain), "answer", "evidence_page")),
    "network": Resource(
        inquiries.network,
        {
            **_writers(_alone(_network), "network", "network_page"),
            PICTURES["svg"]: _page("network", "picture"),
        },
    ),
    "entity": Resource(inquiries.entity, _NODE),
    "show": Resource(inquiries.show, _NODE),
    "ontology": Resource(
        vocabulary.vocabulary,
        {**_as_rdf(lambda value: triples.ontology()), HTML: _page("ontology", "ontology_page")},
    ),
    "void": Resource(vocabulary.described, _as_rdf(void.describe)),
    "home": Resource(welcome.welcome, {HTML: _page("home", "home_page")}),
    "briefing": Resource(welcome.briefing, {HTML: _briefing}),
    "blank": Resource(examples.blank, {HTML: _page("questions", "blank_page")}),
    "complete": Resource(inquiries.complete, {JSON: _alone(tables.dump)}),
    "terms": Resource(inquiries.terms, {JSON: _alone(tables.dump)}),
}


def _noted(text: str, cut: as_of.AsOf, media_type: str) -> str:
    """Say as of which day an answer is: on a page, and in JSON that is more than rows."""
    if media_type == HTML:
        from .pages.frame import noted

        return noted(text, cut.note)
    if media_type == JSON and text.startswith("{"):
        return tables.headed({"as_of": cut.member()}, text)
    return text


def _wanted(media_type: str, given: Parameters) -> int | None:
    """Say how many rows of a long answer are written for people; None for programs: they get all.

    Raises:
        QueryError: There is no such page.
    """
    if media_type == HTML:
        from .pages.tables import Pages

        return Pages("", given).end
    return FIRST if media_type == FORMATS["markdown"] else None


def links(name: str, path: str) -> str:
    """Write a Link header: the same at a path, in each format that has an ending (RFC 8288)."""
    writers = RESOURCES[name].writers
    types = {ending: FORMATS.get(form) or RDF[form] for ending, form in ENDINGS.items()}
    return ", ".join(
        f'<{path}{ending}>; rel="alternate"; type="{bare(one)}"'
        for ending, one in types.items()
        if one in writers
    )


def negotiated(name: str, accept: str | None, form: str | None = None) -> str | None:
    """Choose the media type of a resource, by the Accept header or a format that goes before it.

    None where nothing is acceptable.
    """
    writers = RESOURCES[name].writers
    if form is not None:
        wanted = FORMATS.get(form) or PICTURES.get(form) or RDF.get(form, "")
        return wanted if wanted in writers else None
    return choose(accept, {full: [bare(full)] for full in writers})


def policy(name: str, media_type: str, body: bytes) -> str | None:
    """Give the content security policy of an answer; None where it is the server's.

    The briefing has style and scripts within it, and says by their hashes that no others may run;
    a drawing has a style.
    """
    framed = "; frame-ancestors 'none'"
    if media_type == PICTURES["svg"]:
        return html.policy(_STYLE.sub(r"\1", themes()), "") + framed
    if name == "briefing" and media_type == HTML and (own := _POLICY.search(body[:4096])):
        return own[1].decode() + framed
    return None


def answer(store: Store, name: str, given: Parameters, media_type: str) -> tuple[int, str, bytes]:
    """Compute a resource and write it in one of its media types.

    Returns:
        The status, the media type and the body; an error is a page where a page was asked for,
        else a JSON object with ``error`` and ``hint``.
    """
    resource = RESOURCES[name]
    try:
        asked = {key: value for key, value in given.items() if key != inquiries.PAGE}
        wanted = (_wanted(media_type, given),) if resource.limited else ()
        value = resource.compute(KnowledgeGraph(store), asked, *wanted)
        text = resource.writers[media_type](value, given)
        # The briefing says so itself.
        if (
            HTML in resource.writers
            and name != "briefing"
            and (cut := as_of.read(store.engine)) is not None
        ):
            text = _noted(text, cut, media_type)
        return 200, media_type, text.encode()
    except PassexError as error:
        refusal = HTTPError.of(error)
        if media_type == HTML:
            from .pages.forms import advice, mentioned, refusal_page
            from .pages.frame import join

            advised = advice(error, name, given)
            if refusal.status == 404 and name != "ask":
                advised = join(advised, mentioned(examples.mentioned(store)))
            page = refusal_page(refusal.status, refusal.message, advised, name, given)
            return refusal.status, HTML, page.encode()
        return refusal.status, JSON, refusal.json().encode()
