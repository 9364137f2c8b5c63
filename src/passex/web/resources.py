"""Resources, which have an address besides SPARQL: questions, evidence, networks and nodes.

A resource computes a value from a store and parameters, and has a writer for each media type in
which it can be had. A further representation is one more writer in its table.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import Any, Final

from ..api.knowledge import KnowledgeGraph
from ..errors import PassexError
from ..graph import tables
from ..graph.store import Store
from . import inquiries
from .errors import HTTPError
from .inquiries import Parameters, Ranked, Subject
from .negotiation import HTML, JSON, bare, choose

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


def _network(value: Ranked, given: Parameters) -> str:
    from ..network.communities import document

    return document(value.network, value.ranking, value.weight, value.groups)


def _plain(value: object, given: Parameters) -> str:
    return tables.plain(value)


def _portrait(value: Subject, given: Parameters) -> str:
    return tables.plain(value.portrait)


def _dumped(value: object, given: Parameters) -> str:
    return tables.dump(value)


def _rows(form: str) -> Writer:
    return lambda value, given: tables.FORMATS[form](value.table())


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


def _writers(document: Writer, *page: str) -> dict[str, Writer]:
    rows = ("csv", "tsv", "jsonl", "markdown")
    return {JSON: document, HTML: _page(*page), **{FORMATS[form]: _rows(form) for form in rows}}


#: The resources by name.
RESOURCES: Final[dict[str, Resource]] = {
    "ask": Resource(inquiries.ask, _writers(_rows("json"), "answer", "answer_page")),
    "why": Resource(inquiries.why, _writers(_plain, "evidence", "evidence_page")),
    "network": Resource(inquiries.network, _writers(_network, "network", "network_page")),
    "entity": Resource(inquiries.entity, _writers(_portrait, "answer", "node_page")),
    "show": Resource(inquiries.show, _writers(_portrait, "answer", "node_page")),
    "complete": Resource(inquiries.complete, {JSON: _dumped}),
    "terms": Resource(inquiries.terms, {JSON: _dumped}),
}


def negotiated(name: str, accept: str | None, form: str | None = None) -> str | None:
    """Choose the media type of a resource, by the Accept header or a format that goes before it.

    Returns:
        The media type; None where nothing is acceptable.
    """
    writers = RESOURCES[name].writers
    if form is not None:
        wanted = FORMATS.get(form, "")
        return wanted if wanted in writers else None
    return choose(accept, {full: [bare(full)] for full in writers})


def answer(store: Store, name: str, given: Parameters, media_type: str) -> tuple[int, str, bytes]:
    """Compute a resource and write it in one of its media types.

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
