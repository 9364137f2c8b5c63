"""The page with the SPARQL editor."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import Final

from ...query import formats
from ...questions import catalogue
from .frame import page
from .markup import Html, el

_FIRST: Final = """# Which exercises were held, and who took part?
SELECT ?exercise ?label ?participant WHERE {
  ?exercise a/rdfs:subClassOf* nr:Exercise ;
            rdfs:label ?label ;
            nr:hasParticipant ?participant .
}
ORDER BY ?label"""


@lru_cache(maxsize=1)
def home_page() -> str:
    """Write the page. Without JavaScript, it is a form that sends the query to ``/sparql``."""
    text = el(
        "textarea",
        _FIRST,
        id="query",
        name="query",
        aria_label="SPARQL query",
        aria_describedby="query-keys",
        spellcheck="false",
        autocomplete="off",
        autocapitalize="off",
        autocorrect="off",
        rows=8,
    )
    editor = el(
        "div",
        el(
            "div",
            el("div", el("pre", id="shade", aria_hidden="true"), text, class_="sheet"),
            class_="editor",
            id="editor",
        ),
        el("div", id="completions", class_="completions", hidden=True),
        class_="editor-box",
    )
    keys = el(
        "p",
        _key("Ctrl+Enter"),
        " runs the query, ",
        _key("Ctrl+Space"),
        " completes, ",
        _key("Ctrl+/"),
        " comments lines out, ",
        _key("Esc"),
        " closes the list or cancels the query.",
        id="query-keys",
        class_="keys",
    )
    bar = el(
        "div",
        el("button", "Run", type="submit", id="run", class_="primary"),
        el("button", "Cancel", type="button", id="cancel", hidden=True),
        el("button", "Copy link", type="button", id="share"),
        el("label", "Examples", for_="examples"),
        el("select", el("option", "Choose a question …", value=""), id="examples"),
        class_="bar",
    )
    advice = el("div", id="advice", aria_live="polite")
    form = el("form", bar, editor, keys, advice, action="/sparql", id="form")
    results = el(
        "section",
        el("h2", "Results", id="results-title", class_="hidden"),
        el("p", "", id="status", role="status", class_="status"),
        el("div", id="problem", role="alert"),
        el("div", id="views", class_="bar", hidden=True),
        el("div", id="output"),
        aria_labelledby="results-title",
        id="results",
    )
    return page(
        "SPARQL",
        el("h1", "Ask the graph in SPARQL"),
        form,
        results,
        el("noscript", el("p", "Without JavaScript, the answer is shown as the server sends it.")),
        here="/",
        script="main.js",
    )


def _key(name: str) -> Html:
    return el("kbd", name)


@lru_cache(maxsize=1)
def setup() -> bytes:
    """Write what the editor has to know, as JSON: named questions as examples, and formats."""
    examples = [
        {"name": one.name, "summary": one.summary, "query": one.query}
        for one in catalogue.questions().values()
    ]
    forms = {
        kind: [
            {
                "name": form.name,
                "type": form.media_type.partition(";")[0],
                "extension": form.extension,
            }
            for form in table.values()
        ]
        for kind, table in (("solutions", formats.SOLUTIONS), ("graphs", formats.GRAPHS))
    }
    return json.dumps({"examples": examples, "formats": forms}, ensure_ascii=False).encode()
