"""Literals that the store would rewrite, kept as they were written.

Oxigraph keeps numbers, booleans, dates and durations in a native form: ``01`` comes back as ``1``,
``1.50`` as ``1.5``, and an ``xsd:int`` as an ``xsd:integer``. A report has to show what stands in
the file, and SHACL compares terms, not values: so a literal that would come back changed is stored
with the prefix `MARK` before its datatype, which the store leaves alone. Queries compare values:
for them the store has its own form, and the marked literal is kept aside (`passex.graph.reading`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final, TypeAlias

import pyoxigraph as ox

from .terms import WRITTEN

Term: TypeAlias = ox.NamedNode | ox.BlankNode | ox.Literal

MARK: Final = "urn:passex:as-written:"
_XSD: Final = "http://www.w3.org/2001/XMLSchema#"
_WORDS: Final = """
integer decimal double float boolean date dateTime time duration dayTimeDuration
yearMonthDuration byte short int long unsignedByte unsignedShort unsignedInt unsignedLong
nonNegativeInteger positiveInteger nonPositiveInteger negativeInteger gYear gYearMonth gMonth
gMonthDay gDay dateTimeStamp
"""
#: The datatypes that the store has a native form for.
_NATIVE: Final = frozenset(_WORDS.split())
_NATIVE_IRIS: Final = frozenset(_XSD + name for name in _NATIVE)
#: The usual forms of some datatypes, which come back as they were.
_UNCHANGED: Final = {
    _XSD + "integer": re.compile(r"0|-?[1-9][0-9]{0,17}"),
    _XSD + "boolean": re.compile("true|false"),
    _XSD + "decimal": re.compile(r"-?(?:0|[1-9][0-9]{0,14})\.[0-9]{0,14}[1-9]"),
    _XSD + "date": re.compile("[1-9][0-9]{3}-[0-9]{2}-[0-9]{2}"),
    _XSD + "dateTime": re.compile(
        "[1-9][0-9]{3}-[0-9]{2}-[0-9]{2}T(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]Z?"
    ),
}
#: Numbers without quotes that are not written in the store's way: +1, 01, -0, 1.5, 1e3.
_SHORT: Final = re.compile(rb" (?=[-+.\d])(?:\+[\d.]|-?0\d|-0|-?\d*\.\d|-?\d+[eE]|-?\d+\.[\deE])")
#: What may come before a number, as spaces: a pattern that begins with one byte is found quickest.
_BEFORE: Final = bytes.maketrans(b"\t\n\r\x0b\x0c,([>", b" " * 9)
#: The same in a list and where only the quotes are left of strings and IRIs.
_BEFORE_IN_LIST: Final = bytes.maketrans(b'\t\n\r\x0b\x0c,([])"', b" " * 11)
_TYPED: Final = re.compile(rb"\^\^(<[^>\s]*>|[^\s;,()\[\]<>\"']+)")
#: A prefix that stands for more than the namespace, so that a datatype is not known by its name.
_CUT_SHORT: Final = re.compile(rb":\s*<http://www\.w3\.org/2001/XMLSchema#[^>]")
_ODD: Final = re.compile(rb"[\"'\\\n]")
# Unrolled: one repetition for each escape, and not for each character, is kept in memory. Each way
# begins with a character, so that those are found quickest.
_OPAQUE: Final = re.compile(
    rb"""
    \"\"\" [^"\\]* (?: (?:\\.|"(?!"")) [^"\\]* )* \"\"\"
    | ''' [^'\\]* (?: (?:\\.|'(?!'')) [^'\\]* )* '''
    | " [^"\\\r\n]* (?: \\. [^"\\\r\n]* )* "
    | ' [^'\\\r\n]* (?: \\. [^'\\\r\n]* )* '
    | <[^<>\s]*> | \#[^\r\n]* | \\.
    """,
    re.VERBOSE | re.DOTALL,
)


class Keeper:
    """Marks literals that the store would rewrite; remembers what it has found out.

    Attributes:
        marked: Whether there was any.
        native: The store's own form, by the marked literal.
    """

    def __init__(self) -> None:
        self.marked = False
        self.native: dict[Term | ox.Triple, ox.Literal] = {}
        self._known: dict[ox.Literal, ox.Literal] = {}

    def learn(self, literals: Iterable[ox.Literal]) -> None:
        """Find out about many literals at once, which is far quicker than one by one."""
        asked = {
            literal: None
            for literal in literals
            if literal not in self._known and not is_usual(literal)
        }
        if not asked:
            return
        for literal, form in native(asked).items():
            self._known[literal] = literal
            if form != literal:
                datatype = ox.NamedNode(MARK + literal.datatype.value)
                marked = self._known[literal] = ox.Literal(literal.value, datatype=datatype)
                self.native[marked] = form
                self.marked = True

    def stored(self, literal: ox.Literal) -> ox.Literal:
        """Give a literal with `MARK` before its datatype if the store would rewrite it.

        Example:
            >>> integer = ox.NamedNode(_XSD + "integer")
            >>> Keeper().stored(ox.Literal("1", datatype=integer)).datatype == integer
            True
            >>> Keeper().stored(ox.Literal("01", datatype=integer)).datatype.value[:9]
            'urn:passe'
        """
        if is_usual(literal):
            return literal
        if literal not in self._known:
            self.learn([literal])
        return self._known[literal]

    def may_change(self, text: bytes) -> bool:
        """Tell whether a Turtle text may hold what the store would rewrite: a no is certain."""
        quoted = _typed(text)
        if quoted is None or _CUT_SHORT.search(text):
            return True
        # Most texts are done with at the first look, which cannot tell strings from what is not.
        at_first = b"(" in text or _SHORT.search(text.translate(_BEFORE))
        if at_first and _SHORT.search(strip_strings(text).translate(_BEFORE_IN_LIST)):
            return True
        literals = []
        for lexical, datatype in quoted:
            name = re.split(rb"[:#/]", datatype)[-1].rstrip(b">.").decode("ascii", "replace")
            if name in _NATIVE:
                node = ox.NamedNode(_XSD + name)
                literals.append(ox.Literal(lexical.decode("utf-8", "replace"), datatype=node))
        self.learn(literals)
        return any(self.stored(literal) != literal for literal in literals)


def is_usual(literal: ox.Literal) -> bool:
    """Tell whether a literal is one that the store certainly leaves alone."""
    datatype = literal.datatype.value
    if datatype not in _NATIVE_IRIS:
        return True
    usual = _UNCHANGED.get(datatype)
    return usual is not None and usual.fullmatch(literal.value) is not None


def _typed(text: bytes) -> set[tuple[bytes, bytes]] | None:
    """Find the literals with a datatype, each as text and datatype.

    None if there are others than short strings of plain characters, such as long strings, or if
    there is space around the sign, a sign in a string, or an escape in a datatype.
    """
    found, number = set(), 0
    for match in _TYPED.finditer(text):
        end = match.start() - 1
        quote = text[end : end + 1]
        start = text.rfind(quote, 0, max(end, 0)) if quote in (b'"', b"'") else -1
        lexical = text[start + 1 : end]
        if start < 0 or text[start - 1 : start] in (b"\\", quote) or _ODD.search(lexical):
            return None
        if b"\\" in match[1]:
            return None
        found.add((lexical, match[1]))
        number += 1
    return found if number == text.count(b"^^") else None


def strip_strings(text: bytes) -> bytes:
    """Put an empty string for each string, IRI, comment and escape in a name of a Turtle text.

    Of a text that cannot be parsed, nothing is certain.

    Example:
        >>> strip_strings(b"<u:a> :p '[1]' , [] . # x")
        b'"" :p "" , [] . ""'
    """
    return _OPAQUE.sub(b'""', text)


def is_marked(term: Term | ox.Triple) -> bool:
    """Tell whether a term of the store is a literal that stands there as it was written."""
    return isinstance(term, ox.Literal) and term.datatype.value.startswith(MARK)


def written(term: Term) -> Term:
    """Give a term of the store as it was written: without `MARK`.

    Example:
        >>> marked = ox.Literal("01", datatype=ox.NamedNode(MARK + _XSD + "integer"))
        >>> str(written(marked))
        '"01"^^<http://www.w3.org/2001/XMLSchema#integer>'
    """
    if isinstance(term, ox.Literal) and is_marked(term):
        return ox.Literal(term.value, datatype=ox.NamedNode(term.datatype.value[len(MARK) :]))
    return term


def native(literals: Iterable[ox.Literal]) -> dict[ox.Literal, ox.Literal]:
    """Find the form in which the store would give literals back.

    Example:
        >>> integer = ox.NamedNode(_XSD + "integer")
        >>> [form.value for form in native([ox.Literal("01", datatype=integer)]).values()]
        ['1']
    """
    asked = list(dict.fromkeys(literals))
    rows = ox.Store().query(f"SELECT ?o {{ VALUES ?o {{ {' '.join(map(str, asked))} }} }}")
    assert isinstance(rows, ox.QuerySolutions)
    return {literal: row["o"] for literal, row in zip(asked, rows, strict=True)}


def originals(quads: Iterable[ox.Quad]) -> list[ox.Literal]:
    """Give the literals of marked quads as they were written."""
    values = (written(quad.object) for quad in quads if not isinstance(quad.object, ox.Triple))
    return [value for value in values if isinstance(value, ox.Literal)]


def restored(engine: ox.Store) -> dict[ox.Triple, list[ox.Literal]]:
    """Find the literals that the files have in the place of a triple's own.

    Args:
        engine: What `reading.Reader` has read into.
    """
    quads = list(engine.quads_for_pattern(None, None, None, ox.NamedNode(WRITTEN)))
    values = originals(quads)
    forms = native(values) if values else {}
    found: dict[ox.Triple, list[ox.Literal]] = {}
    for quad, value in zip(quads, values, strict=True):
        triple = ox.Triple(quad.subject, quad.predicate, forms[value])
        found.setdefault(triple, []).append(value)
    return found


def merged(kept: Iterable[ox.Quad]) -> int:
    """Count the triples that the store lacks, because others differ in the form of a value alone.

    Args:
        kept: What `reading.Reader` has kept as it was written.
    """
    alike: dict[tuple[Term | ox.Triple, Term], list[ox.Quad]] = {}
    for quad in kept:
        alike.setdefault((quad.subject, quad.predicate), []).append(quad)
    several = [quads for quads in alike.values() if len(quads) > 1]
    values = [originals(quads) for quads in several]
    forms = native(value for part in values for value in part) if values else {}
    return sum(len(part) - len({forms[value] for value in part}) for part in values)


def marked_predicates(store: ox.Store) -> list[ox.NamedNode]:
    """List the predicates that have values which the store would have rewritten, each once."""
    rows = store.query(
        f"""SELECT DISTINCT ?p {{ ?s ?p ?o FILTER(STRSTARTS(STR(DATATYPE(?o)), "{MARK}")) }}"""
    )
    assert isinstance(rows, ox.QuerySolutions)
    return [row["p"] for row in rows]
