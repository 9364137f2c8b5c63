"""Prefixes that are not declared: what is said of one, and where its declaration belongs."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final

from ...graph.terms import PREFIXES, SH
from ...query.lexer import Token
from ...text.edits import Edit
from ...text.nearest import nearest

_KNOWN: Final = {**PREFIXES, "sh": SH}
#: Those that mean the same to everybody; the others do so only where our namespace is used.
_ANYWHERE: Final = frozenset(
    {"rdf", "rdfs", "owl", "xsd", "skos", "dcterms", "prov", "sh", "void", "dcat"}
)
_OUR_NAMESPACE: Final = "https://w3id.org/passex/"
_REST_OF_LINE: Final = re.compile(r"[ \t]*(?:#[^\r\n]*)?(?:\r\n|\n)")


def undeclared_prefix(prefix: str, declared: Mapping[str, str]) -> tuple[str, str]:
    """Say that a prefix (without its colon) is not declared, and give a hint."""
    message = f"The prefix {prefix}: is not declared"
    near = nearest(prefix, declared, most=1, cutoff=0.5)
    if prefix in _KNOWN:
        return message, f"add '@prefix {prefix}: <{_KNOWN[prefix]}> .' at the top"
    if near:
        return message, f"did you mean {near[0]}:?"
    return message, f"add '@prefix {prefix}: <...> .' at the top"


def declaration(text: str, words: Sequence[Token], prefix: str) -> tuple[Edit, ...]:
    """Declare a prefix below those that are declared at the top, in their way.

    Nothing where it is not certain what the prefix stands for.
    """
    if prefix not in _KNOWN or (prefix not in _ANYWHERE and _OUR_NAMESPACE not in text):
        return ()
    end, sparql, at = 0, False, 0
    while at < len(words) and words[at].text.lower() in ("@prefix", "@base", "prefix", "base"):
        sparql = words[at].text[0] != "@"
        at += 3 if words[at].text.lower().endswith("prefix") else 2
        end = words[min(at, len(words)) - 1].end if sparql else words[min(at, len(words) - 1)].end
        at += not sparql
    namespace = f"{prefix}: <{_KNOWN[prefix]}>"
    line = f"PREFIX {namespace}" if sparql else f"@prefix {namespace} ."
    if not end:
        begin = text.rfind("\n", 0, words[0].start) + 1
        return (Edit(begin, begin, f"{line}\n"),)
    rest = _REST_OF_LINE.match(text, end)
    return (Edit(rest.end(), rest.end(), f"{line}\n") if rest else Edit(end, end, f"\n{line}"),)
