"""Constraints in SPARQL, read from the shapes graph.

Source: Shapes Constraint Language (SHACL), W3C Recommendation 2017, sections 5 and 6.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import pyoxigraph as ox

from ...graph.terms import OWL, RDF, RDFS, SH, XSD
from ...query.lexer import prefixes as declarations
from ...query.lexer import words_of
from ...query.parser import parse
from ...query.probing import UnsupportedError, calls, dry_run
from ...query.size import too_large
from ...query.tree import Tree, rewritten
from ..results import Path, Term
from .model import Defect, Node, Query, in_sparql
from .query_memo import QueryMemo
from .query_rules import forbidden, named_graph
from .rewriting import around_focus, around_values
from .shapes_graph import Triples, is_text, is_true

#: Prefixes that pySHACL declares for every query.
_PREFIXES: Final = {"rdf": RDF.iri, "rdfs": RDFS.iri, "owl": OWL.iri}
_DECLARE: Final = "declare it with sh:declare, and name where with sh:prefixes"
_DECLARE_FUNCTION: Final = (
    "declare it in the shapes as a sh:SPARQLFunction; until then its shape is not applied"
)
#: So many brackets may lie within one another: queries are rewritten by functions that call
#: themselves.
_DEEPEST: Final = 100
_LARGE: Final = (
    "write it shorter and flatter, with VALUES or IN; until then its shape is not applied"
)
#: A colon that no prefix ends in.
_BARE_COLON: Final = re.compile(r"(?<![\w-]):")
#: What may stand before ``$PATH``, where it is the whole of a verb.
_BEFORE_PATH: Final = re.compile(r"[\s{}()]")


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a query is not applied: the rule that it breaks, what is wrong, and what to do."""

    rule: str
    message: str
    hint: str = ""

    def defect(self, node: Node, term: str, text: Term) -> Defect:
        """Blame the text of the query, a value of a property of a node."""
        return Defect(self.rule, node, term, self.message, text, self.hint)


def messages(triples: Triples, node: Node) -> tuple[ox.Literal, ...]:
    """Read what a shape or a constraint says, sorted."""
    said = triples.values(node, SH.message)
    return tuple(value for value in said if isinstance(value, ox.Literal))


def prefixes(triples: Triples, node: Node) -> Mapping[str, str]:
    """Collect the namespaces that the query of a constraint may use, by prefix."""
    return _spaces(triples, tuple(triples.values(node, SH.prefixes)))


@lru_cache(maxsize=64)
def _spaces(triples: Triples, sources: tuple[Term, ...]) -> Mapping[str, str]:
    return {**_PREFIXES, **{p: iris[0] for p, iris in _declared(triples, sources).items()}}


@lru_cache(maxsize=64)
def _declared(triples: Triples, sources: tuple[Term, ...]) -> Mapping[str, list[str]]:
    """Collect the namespaces that are declared for each prefix."""
    found: dict[str, list[str]] = {}
    for source in sources:
        declarations = declared(triples, source)
        own = len(declarations)
        if not declarations or OWL.Ontology not in triples.types(source):
            # Like pySHACL: what any ontology of the shapes graph declares.
            for subject in triples.subjects():
                if OWL.Ontology in triples.types(subject):
                    declarations = declarations + triples.values(subject, SH.declare)
        for number, declaration in enumerate(declarations):
            names = triples.values(declaration, SH.prefix)
            namespaces = triples.values(declaration, SH.namespace)
            if len(names) == len(namespaces) == 1:
                others = found.setdefault(names[0].value, [])
                if not others or (number < own and namespaces[0].value not in others):
                    others.append(namespaces[0].value)
    return found


def _of_two_meanings(triples: Triples, node: Node, text: str) -> Refusal | None:
    """Refuse a query that uses a prefix for which its declarations have several namespaces."""
    for prefix, spaces in _declared(triples, tuple(triples.values(node, SH.prefixes))).items():
        if len(spaces) > 1 and _seems_used(prefix, text):
            listed = " and ".join(f"<{iri}>" for iri in sorted(spaces))
            message = f"the prefix {prefix}: is declared as {listed}"
            return Refusal("shacl-ill-formed", message, "declare it once: its query was not asked")
    return None


def declared(triples: Triples, source: Term) -> list[Term]:
    """List the prefix declarations of an ontology and of those that it imports."""
    sources, found = [source], list[Term]()
    for place in sources:
        found += triples.values(place, SH.declare)
        sources += [v for v in triples.values(place, OWL.imports) if v not in sources]
    return found


def read_query(
    triples: Triples, node: Node, path: Path | None, functions: frozenset[str], memo: QueryMemo
) -> tuple[Query | None, list[Defect]]:
    """Read a SPARQL-based constraint of a shape, whose path ``$PATH`` stands for.

    It may call some functions, by IRI; where there are none, what is known of it is remembered.

    The query is None if it is switched off, or wrong: then what is wrong comes with it.
    """

    def wrong(name: str, message: str) -> tuple[None, list[Defect]]:
        return None, [Defect("shacl-ill-formed", node, SH[name], message)]

    texts = triples.values(node, SH.select)
    if len(texts) != 1 or not is_text(texts[0], XSD.string):
        return wrong("select", "a SPARQL constraint has one sh:select, a string")
    if any(map(is_true, triples.values(node, SH.deactivated))):
        return None, []
    if not all(map(is_text, triples.values(node, SH.message))):
        return wrong("message", "a message is a text")
    text = texts[0].value
    if path is not None:
        text = with_path(text, in_sparql(path))
    elif with_path(text, "") != text:
        return wrong("select", "$PATH stands for the path of a property shape")
    if refused := _of_two_meanings(triples, node, text):
        return None, [refused.defect(node, SH.select, texts[0])]
    query, refused = asked_query(triples, node, text, functions, memo)
    if refused:
        return None, [refused.defect(node, SH.select, texts[0])]
    return query, []


def asked_query(
    triples: Triples,
    node: Node,
    text: str,
    functions: frozenset[str],
    memo: QueryMemo,
    form: str = "SELECT",
) -> tuple[Query | None, Refusal | None]:
    """Make of a text, with all put in that is, the query of a constraint or a validator.

    It may call some functions, by IRI; where there are none, what is known of it is remembered.

    The query is None if it is wrong: then what is wrong comes with it.
    """
    asked = "".join(_prologue(triples, node, text)) + text
    said = messages(triples, node)
    if not functions and asked in memo:
        return Query(node, asked, memo[asked], said), None
    tree, refused = parsed(triples, node, text, functions)
    if refused is None and tree.form != form:
        article = "an" if form == "ASK" else "a"
        message = f"the query of sh:{form.lower()} is {article} {form} query"
        refused = Refusal("shacl-ill-formed", message)
    if refused is None and (found := forbidden(tree)):
        message = f"a SPARQL constraint cannot have {found}"
        refused = Refusal("shacl-ill-formed", message)
    if refused := refused or into_graph(tree):
        return None, refused
    around = around_focus(tree) if form == "SELECT" else around_values(tree)
    if not functions:
        memo[asked] = around
    query = Query(node, asked, around, said, _calls(tree, functions))
    vars(query)["tree"] = tree  # which need not be made again
    return query, None


def with_path(text: str, path: str) -> str:
    """Put a path in for ``$PATH``, which in a comment or a string stands for nothing."""
    if "PATH" not in text:
        return text
    variables = (word for word in words_of(text) if word.kind == "variable")
    places = [word for word in variables if word.text[1:] == "PATH"]
    return rewritten(
        text,
        [
            (word.start, word.start + len(word.text), path)
            for word in places
            if _BEFORE_PATH.match(text, max(0, word.start - 1))
        ],
    )


def into_graph(tree: Tree) -> Refusal | None:
    """Refuse a query that looks into a named graph, of which the data have none."""
    if not (graph := named_graph(tree)):
        return None
    message = f"the query looks into GRAPH {graph}, and the data are one graph without a name"
    hint = "write the pattern without GRAPH; until then its shape is not applied"
    return Refusal("shacl-unsupported", message, hint)


def _calls(tree: Tree, functions: frozenset[str]) -> bool:
    """Tell whether a query that can be parsed calls one of some functions."""
    if not functions:
        return False
    try:
        dry_run(tree.text)
    except UnsupportedError:
        return True
    return False


def borrowed(triples: Triples, node: Node, text: str) -> dict[str, str]:
    """Give the namespaces of prefixes that a query uses, and only a file declares, by prefix.

    SHACL knows nothing of them, but pySHACL takes them too: many shapes rest on it.
    """
    declared = prefixes(triples, node)
    foreign = triples.prefixes.keys() - declared.keys()
    if not any(_seems_used(prefix, text) for prefix in foreign):
        return {}
    words = words_of(text)
    used = {word.text.partition(":")[0] for word in words if word.kind == "name"}
    return {p: triples.prefixes[p] for p in sorted(used & foreign - declarations(words).keys())}


def borrowing(triples: Triples) -> Iterator[Defect]:
    """Find the prefixes of queries that only a file declares, each at the first such query."""
    found: dict[tuple[str, str], list[tuple[Node, str, Term]]] = {}
    for node in triples.having(SH.select, SH.ask, SH.construct):
        for name in ("select", "ask", "construct"):
            for literal in triples.values(node, SH[name]):
                for pair in borrowed(triples, node, literal.value).items():
                    found.setdefault(pair, []).append((node, SH[name], literal))
    for (prefix, iri), uses in found.items():
        node, term, literal = uses[0]
        message = f"the query uses {prefix}:, which only the file declares, as <{iri}>"
        if len(uses) > 1:
            message += f"; so do {len(uses) - 1} more"
        yield Defect("prefix-undeclared", node, term, message, literal, _DECLARE)


def parsed(
    triples: Triples, node: Node, text: str, functions: frozenset[str]
) -> tuple[Tree, Refusal | None]:
    """Parse a query of the shapes, a line for each prefix that it seems to use before it.

    It may call some functions. With it comes, if the engine does not take it, why.
    """
    prologue = _prologue(triples, node, text)
    tree = parse("".join(prologue) + text)
    if refused := _of_two_meanings(triples, node, text):
        return tree, refused
    if calls(tree.text, "service"):
        return tree, None  # refused as it is, by `forbidden`
    if large := too_large(tree, _DEEPEST):
        message = f"the query cannot be asked: {large.message}"
        return tree, Refusal("shacl-unsupported", message, _LARGE)
    try:
        dry_run(tree.text, functions=functions)
    except UnsupportedError as error:
        message = f"the query cannot be asked: {error.message}"
        return tree, Refusal("shacl-unsupported", message, _DECLARE_FUNCTION)
    except SyntaxError as error:
        return tree, Refusal("shacl-sparql-syntax", *_refused(tree, len(prologue), error))
    except ValueError as error:
        message = f"the query is not SPARQL: {str(error).splitlines()[0]}"
        return tree, Refusal("shacl-sparql-syntax", message)
    return tree, None


def _seems_used(prefix: str, text: str) -> bool:
    """Tell whether a query may use a prefix: a no is certain."""
    return f"{prefix}:" in text if prefix else bool(_BARE_COLON.search(text))


def _prologue(triples: Triples, node: Node, text: str) -> list[str]:
    """Write a line for each prefix that a query seems to use."""
    spaces = {p: iri for p, iri in prefixes(triples, node).items() if _seems_used(p, text)}
    spaces |= borrowed(triples, node, text)
    return [f"PREFIX {p}: <{iri}>\n" for p, iri in spaces.items()]


def _refused(tree: Tree, before: int, error: SyntaxError) -> tuple[str, str]:
    """Say why the engine does not take a query, with the place in it after the lines before it."""
    from ...query.syntax import refusal

    found = refusal(tree, "query", error, known={})
    message = f"the query is not SPARQL: {found.message}"
    if found.place is None or not found.place.line:
        return message, found.hint
    line = max(1, found.place.line - before)
    message += f" (in its line {line}, column {found.place.column})"
    return message, _DECLARE if found.kind == "prefix" else found.hint
