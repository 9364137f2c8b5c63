"""What has an address besides SPARQL: questions, evidence, networks and nodes.

A resource computes a value from a store and parameters, and has a writer for each media type in
which it can be had. A further representation is one more writer in its table.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from ..api.knowledge import KnowledgeGraph
from ..errors import PassexError
from ..graph.store import Store
from . import inquiries
from .errors import HTTPError
from .inquiries import Known, Parameters, Ranked
from .negotiation import HTML, JSON, bare, choose

if TYPE_CHECKING:
    from ..evidence.reasons import NodeClaims, Reasons
    from ..questions.answers import Answer

#: Writes a value, given the parameters that it was asked for with.
Writer = Callable[[Any, Parameters], str]


@dataclass(frozen=True, slots=True)
class Resource:
    """A kind of answer.

    Attributes:
        compute: Makes the value.
        writers: Writes the value, by media type; the first is the default.
    """

    compute: Callable[[KnowledgeGraph, Parameters], Any]
    writers: Mapping[str, Writer]


def _document(found: Ranked, given: Parameters) -> str:
    from ..network import document

    return document.write(found.network, found.ranking, found.weight, found.groups)


def _plain(value: object, given: Parameters) -> str:
    from ..graph import tables

    return tables.plain(value)


def _dumped(value: object, given: Parameters) -> str:
    from ..graph import tables

    return tables.dump(value)


def _rows(form: str) -> Writer:
    def write(found: Any, given: Parameters) -> str:
        from ..graph import tables

        return tables.FORMATS[form](found.table())

    return write


def _answer_page(found: Answer, given: Parameters) -> str:
    from .pages.answer import answer_page

    return answer_page(found, given)


def _why_page(found: Reasons | NodeClaims, given: Parameters) -> str:
    from .pages.evidence import why_page

    return why_page(found, given)


def _network_page(found: Ranked, given: Parameters) -> str:
    from .pages.network import network_page

    return network_page(found, given)


def _portrait(found: Known, given: Parameters) -> str:
    return _plain(found.portrait, given)


def _entity_page(found: Known, given: Parameters) -> str:
    from .pages.entity import entity_page

    return entity_page(found, given)


def _writers(document: Writer, page: Writer) -> dict[str, Writer]:
    return {
        JSON: document,
        HTML: page,
        "text/csv; charset=utf-8": _rows("csv"),
        "text/tab-separated-values; charset=utf-8": _rows("tsv"),
        "application/jsonl": _rows("jsonl"),
        "text/markdown; charset=utf-8": _rows("markdown"),
    }


#: The resources by name.
RESOURCES: Final[dict[str, Resource]] = {
    "ask": Resource(inquiries.ask, _writers(_rows("json"), _answer_page)),
    "why": Resource(inquiries.why, _writers(_plain, _why_page)),
    "network": Resource(inquiries.network, _writers(_document, _network_page)),
    "entity": Resource(inquiries.entity, _writers(_portrait, _entity_page)),
    "show": Resource(inquiries.show, _writers(_portrait, _entity_page)),
    "complete": Resource(inquiries.complete, {JSON: _dumped}),
    "terms": Resource(inquiries.terms, {JSON: _dumped}),
}
#: What the parameter ``format`` of an address can be: it goes before the Accept header.
FORMATS: Final[dict[str, str]] = {
    "json": JSON,
    "html": HTML,
    "csv": "text/csv; charset=utf-8",
    "tsv": "text/tab-separated-values; charset=utf-8",
    "jsonl": "application/jsonl",
    "markdown": "text/markdown; charset=utf-8",
}


def negotiated(name: str, accept: str | None, form: str | None = None) -> str | None:
    """Choose the media type of a resource.

    Args:
        name: The resource.
        accept: The Accept header.
        form: One of `FORMATS`, where the address says it.

    Returns:
        The media type; None where nothing is acceptable.
    """
    writers = RESOURCES[name].writers
    if form is not None:
        wanted = FORMATS.get(form, "")
        return wanted if wanted in writers else None
    return choose(accept, {full: [bare(full)] for full in writers})


def answer(store: Store, name: str, given: Parameters, media_type: str) -> tuple[int, str, bytes]:
    """Compute a resource and write it.

    Args:
        store: A store with its derived triples.
        name: The resource.
        given: Its parameters.
        media_type: One of its media types.

    Returns:
        The status, the media type and the body; an error is a page where a page was asked for,
        else a JSON object with ``error`` and ``hint``.
    """
    resource = RESOURCES[name]
    try:
        value = resource.compute(KnowledgeGraph(store), given)
        return 200, media_type, resource.writers[media_type](value, given).encode()
    except PassexError as error:
        status = HTTPError.of(error).status
        if media_type == HTML:
            from .pages.refusal import advice, refusal_page

            page = refusal_page(status, error.message, advice(error, name, given), name, given)
            return status, HTML, page.encode()
        body = json.dumps({"error": error.message, "hint": error.hint}, ensure_ascii=False)
        return status, JSON, f"{body}\n".encode()
