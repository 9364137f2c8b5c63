"""The page with the SPARQL editor."""

from __future__ import annotations

import json
import re
from functools import lru_cache
from importlib.resources import files

from ...query import formats
from ...questions import catalogue
from ..negotiation import bare
from .frame import page
from .markup import Html


@lru_cache(maxsize=1)
def home_page() -> str:
    """Write the page. Without JavaScript, it is a form that sends the query to ``/sparql``."""
    editor = (files(__package__) / "editor.html").read_text(encoding="utf-8")
    # The line breaks of the query are its own; those before elements are there to be read.
    content = Html(re.sub(r"\n *(?=<|$)", "", editor))
    return page("SPARQL", content, here="/", script="main.js")


@lru_cache(maxsize=1)
def setup() -> bytes:
    """Write what the editor has to know, as JSON: named questions as examples, and formats."""
    examples = [
        {"name": one.name, "summary": one.summary, "query": one.query}
        for one in catalogue.questions().values()
    ]
    forms = {
        kind: [
            {"name": form.name, "type": bare(form.media_type), "extension": form.extension}
            for form in table.values()
        ]
        for kind, table in (("solutions", formats.SOLUTIONS), ("graphs", formats.GRAPHS))
    }
    return json.dumps({"examples": examples, "formats": forms}, ensure_ascii=False).encode()
