"""HTML as values, and the parts that pages have in common.

What is no markup yet is text, and cannot become anything else.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape
from typing import Final, TypeAlias, Union
from urllib.parse import quote, urlencode

from ...graph.labelling import Node
from ...graph.rows import Named
from ...graph.terms import shorten
from ..inquiries import PAGE

#: The pages in the head of each, by their addresses.
NAVIGATION: Final = (
    ("/", "Overview"),
    ("/briefing", "Briefing"),
    ("/ask", "Questions"),
    ("/network", "Network"),
    ("/why", "Evidence"),
    ("/#sparql", "SPARQL"),
)
#: The formats that a page links to, as the parameter ``format`` names them.
FORMATS: Final = ("json", "csv", "tsv", "jsonl", "markdown")
#: Those that a page on a node links to besides.
RDF: Final = ("turtle", "jsonld", "rdfxml", "ntriples")
#: A longer name is cut on a page.
_LETTERS: Final = 200

#: Elements that have no content, and no end.
_VOID: Final = frozenset({"br", "hr", "img", "input", "link", "meta"})


def page(
    title: str,
    *body: Child,
    here: str = "",
    heading: Html | None = None,
    script: str = "names.js",
) -> str:
    """Write a page, as a whole document.

    Args:
        body: What it says below its heading.
        here: The address in the navigation that it belongs to.
        heading: The heading where it is more than the title; empty where `body` has it.
        script: The module that it loads: a name in ``/static/``.
    """
    links = (
        el("li", el("a", name, href=path, aria_current="page" if path == here else None))
        for path, name in NAVIGATION
    )
    search = el(
        "form",
        el("label", "Find a node", for_="find", class_="hidden"),
        name_input("find", "name", "owl:Thing", placeholder="Find a node"),
        el("button", "Find"),
        action="/show",
        role="search",
    )
    head = el(
        "head",
        el("meta", charset="utf-8"),
        el("meta", name="viewport", content="width=device-width, initial-scale=1"),
        el("meta", name="color-scheme", content="light dark"),
        el("title", f"{title} \N{MIDDLE DOT} Passex"),
        el("link", rel="icon", href="/static/icon.svg", type="image/svg+xml"),
        el("link", rel="stylesheet", href="/static/style.css"),
        el("script", type="module", src=f"/static/{script}"),
    )
    top = el(
        "header",
        el("a", "Passex", href="/", class_="brand"),
        el("nav", el("ul", links), aria_label="Pages"),
        search,
    )
    foot = el(
        "footer",
        el("a", "API description", href="/openapi.json"),
        " ",
        el("a", "Ontology", href="/ontology"),
        " ",
        el("a", "The graph as RDF", href="/graphs?default"),
    )
    skip = el("a", "Skip to the content", href="#main", class_="skip")
    heading = el("h1", title) if heading is None else heading and el("h1", heading)
    content = el("main", heading, *body, id="main", tabindex="-1")
    return f"<!doctype html>\n{el('html', head, el('body', skip, top, content, foot), lang='en')}\n"


def noted(document: str, note: str) -> str:
    """Say something of all that a page of `page` has, below its heading."""
    return document.replace("</h1>", f"</h1>{el('p', note)}", 1)


def address(iri: str) -> str:
    """Give the address of the page on a node, with a query where its IRI has no short name.

    Example:
        >>> address("https://w3id.org/passex/id/japan"), address("urn:x")
        ('/entity/japan', '/show?name=%3Curn%3Ax%3E')
    """
    short = shorten(iri)
    prefix, _, local = short.partition(":")
    if short.startswith("<"):
        return f"/show?name={quote(short, safe='')}"
    return f"/entity/{quote(local if prefix == 'id' and ':' not in local else short, safe=':')}"


def name(node: Named | Node, letters: int = _LETTERS) -> str:
    """Give what a node is called: cut, where it has no end; its IRI where it is called nothing."""
    label = node.label.strip() or shorten(node.iri)
    return label if len(label) <= letters else f"{label[: letters - 1]}\N{HORIZONTAL ELLIPSIS}"


def link(node: Named | Node) -> Html:
    """Write a node as a link to its page."""
    # A label in a script that is written from the right turns nothing around it.
    title = shorten(node.iri)
    return el("a", name(node), href=address(node.iri), title=title, dir="auto")


def several(parts: Iterable[Child], separator: str = ", ") -> Html:
    """Write things with something between them."""
    return join([child for part in parts for child in (separator, part)][1:])


def formats(path: str, given: Mapping[str, str], names: Iterable[str] = FORMATS) -> Html:
    """Link to the same answer, at a path with its parameters, in other formats."""
    own = {key: value for key, value in given.items() if key != PAGE}
    links = (el("a", name, href=f"{path}?{urlencode({**own, 'format': name})}") for name in names)
    return el("p", "The same as ", several(links), ".", class_="formats")


def name_input(
    identifier: str,
    name: str,
    kinds: str,
    value: str = "",
    placeholder: str = "",
    required: bool = True,
) -> Html:
    """Make a field for the name of a node, with suggestions where there is JavaScript.

    Args:
        identifier: The id of the field.
        name: The parameter.
        kinds: Prefixed names of classes, as a question's parameter has them.
        value: What is in it.
        placeholder: What is shown while it is empty.
        required: Whether it has to be filled in.
    """
    return join(
        el(
            "input",
            id=identifier,
            name=name,
            value=value,
            list=f"{identifier}-names",
            data_kinds=kinds,
            placeholder=placeholder or None,
            required=required,
            autocomplete="off",
            spellcheck="false",
        ),
        el("datalist", id=f"{identifier}-names"),
    )


class Html(str):
    """Markup. Any other text is escaped wherever it is put."""

    __slots__ = ()


#: What can stand in an element; None is nothing.
Child: TypeAlias = Union[str, int, float, "Iterable[Child]", None]
Attribute: TypeAlias = str | int | None


def join(*children: Child) -> Html:
    """Put markup and texts one after the other.

    Example:
        >>> join(Html("<b>"), "1 < 2", Html("</b>"), None)
        '<b>1 &lt; 2</b>'
    """
    parts: list[str] = []
    for child in children:
        if isinstance(child, Html):
            parts.append(child)
        elif isinstance(child, str | int | float):
            parts.append(escape(str(child)))
        elif child is not None:
            parts.append(join(*child))
    return Html("".join(parts))


def el(name: str, /, *children: Child, **attributes: Attribute) -> Html:
    """Make an element of a name, with its content and its attributes.

    An underscore in an attribute's name is a hyphen, and nothing at its end; None and False leave
    an attribute out, True gives it no value.

    Example:
        >>> el("a", "<Japan>", href="/?a=1&b=2", class_="node", aria_hidden=None)
        '<a href="/?a=1&amp;b=2" class="node">&lt;Japan&gt;</a>'
    """
    words = [name]
    for key, value in attributes.items():
        if value is not None and value is not False:
            key = key.rstrip("_").replace("_", "-")
            words.append(key if value is True else f'{key}="{escape(str(value))}"')
    start = f"<{' '.join(words)}>"
    return Html(start if name in _VOID else f"{start}{join(*children)}</{name}>")
