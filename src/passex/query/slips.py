"""Warnings of common slips that leave an answer empty: of literals, types and classes.

They are looked for in the graph, and only where the query says plainly what is meant: a property by
its name, with a literal, or with a variable that is compared.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import pyoxigraph as ox

from ..graph.store import Store
from ..graph.terms import NAMING, OWL, RDF, RDFS, XSD
from .errors import Remark
from .function_slips import CASES, WITHIN, called, function_slips
from .grammar import COMPARISONS, DAY
from .lexer import Token, prefixes
from .prefixes import KNOWN, iri_of, short
from .tree import Item, Tree, looked_for

#: So many values of a property tell of which type they are.
_SAMPLE: Final = 1000
#: So many values that were perhaps meant are named.
_NAMED: Final = 3
#: The way to the names of nodes.
_NAMING: Final = "|".join(f"<{iri}>" for iri in NAMING)
_NUMBERS: Final = (
    "integer decimal double float byte short int long unsignedByte unsignedShort unsignedInt "
    "unsignedLong nonNegativeInteger positiveInteger nonPositiveInteger negativeInteger"
)
#: Years, months and days by themselves.
_IN_PART: Final = ("gYear", "gYearMonth", "gMonth", "gMonthDay", "gDay")
#: What literals of a datatype can be compared with, and what these are called.
_KINDS: Final[dict[str, str]] = {
    XSD.string: "texts",
    RDF.langString: "texts",
    XSD.boolean: "truth values",
    XSD.date: "xsd:date",
    XSD.dateTime: "xsd:dateTime",
    XSD.dateTimeStamp: "xsd:dateTime",
    XSD.time: "xsd:time",
    **{XSD[name]: f"xsd:{name}" for name in _IN_PART},
    **{XSD[name]: "numbers" for name in _NUMBERS.split()},
}
_DAYS: Final = ("xsd:date", "xsd:dateTime")
#: The functions of parts of a date or time, and what they take.
_PARTS: Final = {
    "YEAR": (*_DAYS, "xsd:gYear", "xsd:gYearMonth"),
    "MONTH": (*_DAYS, "xsd:gYearMonth", "xsd:gMonth", "xsd:gMonthDay"),
    "DAY": (*_DAYS, "xsd:gMonthDay", "xsd:gDay"),
    **dict.fromkeys(("HOURS", "MINUTES", "SECONDS"), ("xsd:dateTime", "xsd:time")),
    **dict.fromkeys(
        ("TIMEZONE", "TZ"),
        (*_DAYS, "xsd:time", *(f"xsd:{name}" for name in _IN_PART)),
    ),
}
#: Where the parts stand in the text of a day.
_PLACES: Final = {"YEAR": "1, 4", "MONTH": "6, 2", "DAY": "9, 2"}
#: What classes and properties are, where an ontology says so.
_CLASSES: Final = frozenset((RDFS.Class, OWL.Class))
_PROPERTIES: Final = frozenset(
    (RDF.Property, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)
)


def slips(store: Store, query: Tree) -> list[Remark]:
    """Find slips of a query that looks at all of a graph, in its order."""
    if next(query.root.walk("Dataset", "Graph", "Service"), None) is not None:
        return []
    looked = _Slips(store, query)
    found = (
        *(*looked.values(), *looked.classes(), *looked.roles(), *looked.comparisons()),
        *(*looked.parts(), *looked.texts()),
        *function_slips(query, looked.literal, lambda value: _KINDS.get(value.datatype.value)),
    )
    return sorted(found, key=lambda remark: remark.start)


class _Slips:
    def __init__(self, store: Store, query: Tree) -> None:
        self._engine = store.engine
        self._query = query
        self._spaces = {**KNOWN, **prefixes(query.words)}
        self._patterns = [
            (name, pattern)
            for pattern in looked_for(query)
            if (name := self._property(pattern.verb)) is not None
        ]

    def values(self) -> Iterator[Remark]:
        """Literals that no node has, and that some have with another tag or type."""
        for name, (_, _, value) in self._patterns:
            literal = self.literal(value)
            if literal is None or self._has(name, literal):
                continue
            said = f"nothing has {self._short(name)} {_written(literal)}"
            if near := self._alike(name, literal):
                yield Remark(value.start, value.end, said, f"there is {near}")
            elif called := self._called(name, literal):
                said += ": its values are nodes, and no texts"
                yield Remark(value.start, value.end, said, f"write {called}")

    def classes(self) -> Iterator[Remark]:
        """Classes that have no instances of their own, while those below them have."""
        for name, (subject, _, value) in self._patterns:
            iri = iri_of(value, self._spaces) if isinstance(value, Token) else None
            node = None if iri is None else _node(iri)
            if name.value != RDF.type or node is None or self._has(name, node):
                continue
            rows = self._engine.query(
                f"SELECT DISTINCT ?c {{ ?c <{RDFS.subClassOf}>+ {node} . ?x a ?c }} LIMIT 100"
            )
            assert isinstance(rows, ox.QuerySolutions)
            number = sum(1 for _ in rows)
            if number:
                source = self._query.source
                below = "a class below it has" if number == 1 else f"{number} below it have"
                yield Remark(
                    *(value.start, value.end),
                    f"nothing is of the class {source(value)} itself, and {below} instances",
                    f"write {source(subject)} a/rdfs:subClassOf* {source(value)}",
                )

    def roles(self) -> Iterator[Remark]:
        """Properties in the place of classes, and classes in the place of properties."""
        for name, (subject, verb, value) in self._patterns:
            node, source = self._query.source(subject), self._query.source
            iri = iri_of(value, self._spaces) if isinstance(value, Token) else None
            term = None if iri is None else _node(iri)
            if name.value == RDF.type and term is not None:
                used = next(self._engine.quads_for_pattern(None, term, None), None)
                if (used or self._is(term, _PROPERTIES)) and not self._has(name, term):
                    said = f"{source(value)} is a property, and nothing is of it as of a class"
                    yield Remark(value.start, value.end, said, f"write {node} {source(value)} …")
            elif self._is(name, _CLASSES) and not self._has(name, None):
                said = f"{source(verb)} is a class, and no property"
                yield Remark(verb.start, verb.end, said, f"write {node} a {source(verb)}")

    def texts(self) -> Iterator[Remark]:
        """Texts that no value of a property has, and that some have in another case or language."""
        for function, value, how in self._tested():
            changes, given = called(self._query, function)
            variable = given[0] if given else function
            name = self._of(variable)
            literal = self.literal(value)
            if name is None or literal is None or self._kinds(name) != {"texts"}:
                continue
            cased = CASES.get(changes, str)(literal.value) == literal.value
            if not cased or (not given and "=" in how):
                continue  # `function_slips` and `comparisons` look at these
            if self._any(name, how.format(f"{changes}(?o)" if changes else "?o", literal)):
                continue
            text = ox.Literal(literal.value.lower())
            if self._any(name, how.format("LCASE(STR(?o))", text)):
                said = f"no {self._short(name)} fits {self._query.source(value)} as it is written"
                better = how.format(f"LCASE(STR({self._query.source(variable)}))", text)
                yield Remark(value.start, value.end, said, f"write {better}")

    def comparisons(self) -> Iterator[Remark]:
        """Comparisons of a variable with what none of its values can be compared with."""
        for relation in self._query.root.walk("Relation"):
            if len(relation.children) != 3:
                continue
            left, sign, right = relation.children
            text = self._query.source(sign)
            for variable, value in ((left, right), (right, left)):
                name, literal = self._of(variable), self.literal(value)
                if name is None or literal is None or text not in COMPARISONS:
                    continue
                kinds, kind = self._kinds(name), _KINDS.get(literal.datatype.value)
                if kind is not None and kinds and kind not in kinds:
                    yield Remark(
                        *(value.start, value.end),
                        f"no value of {self._short(name)} can be compared with {_written(literal)}:"
                        f" they are {' or '.join(sorted(kinds))}",
                        _better(literal, kinds),
                    )
                elif text == "=" and kind == "texts" and not self._has(name, literal):
                    near = self._alike(name, literal)
                    if near:
                        said = f"nothing has {self._short(name)} {_written(literal)}"
                        yield Remark(value.start, value.end, said, f"there is {near}")

    def parts(self) -> Iterator[Remark]:
        """Parts of dates that are asked of what are no dates."""
        for function in self._query.root.walk("Function"):
            part, inner = called(self._query, function)
            if part not in _PARTS or len(inner) != 1:
                continue
            name = self._of(inner[0])
            kinds = self._kinds(name) if name is not None else set()
            if name is not None and kinds and not kinds & {*_PARTS[part]}:
                variable = self._query.source(inner[0])
                hint = ""
                if kinds & {"texts", *_DAYS}:
                    hint = f"convert them, such as {part}(xsd:dateTime({variable}))"
                if part in _PLACES and kinds == {"texts"}:
                    hint = f"take it from the text: SUBSTR(STR({variable}), {_PLACES[part]})"
                yield Remark(
                    *(function.start, function.end),
                    f"{part}() has no value for any {self._short(name)}: they are "
                    f"{' or '.join(sorted(kinds))}",
                    hint,
                )

    def _property(self, verb: Item) -> ox.NamedNode | None:
        if not isinstance(verb, Token):
            return None
        iri = RDF.type if verb.text == "a" else iri_of(verb, self._spaces)
        return None if iri is None else _node(iri)

    def _of(self, item: Item) -> ox.NamedNode | None:
        """The property whose values a variable has, where it is but one."""
        if not isinstance(item, Token) or item.kind != "variable":
            return None
        names = {
            name
            for name, (_, _, value) in self._patterns
            if isinstance(value, Token)
            and value.text[1:] == item.text[1:]
            and value.kind == "variable"
        }
        return names.pop() if len(names) == 1 else None

    def literal(self, item: Item) -> ox.Literal | None:
        """The literal that a part of the query is, as the engine has it."""
        if isinstance(item, Token):
            if item.kind not in ("string", "number") and not item.says("TRUE", "FALSE"):
                return None
        elif item.rule not in ("Literal", "Literal1"):
            return None
        asked = f"SELECT ({self._query.source(item)} AS ?x) {{}}"
        try:
            rows = self._engine.query(asked, prefixes=self._spaces)
        except SyntaxError:
            return None
        assert isinstance(rows, ox.QuerySolutions)
        term = next(rows)["x"]
        return term if isinstance(term, ox.Literal) else None

    def _tested(self) -> Iterator[tuple[Item, Item, str]]:
        """List functions of a variable that are compared with a text, and how."""
        for relation in self._query.root.walk("Relation"):
            left, right = relation.children[0], relation.children[-1]
            if self._query.source(relation.children[1]) == "=":
                yield from ((left, right, "{} = {}"), (right, left, "{} = {}"))
        for function in self._query.root.walk("Function"):
            name, given = called(self._query, function)
            if name in WITHIN and len(given) == 2:
                yield given[0], given[1], name + "({}, {})"

    def _any(self, name: ox.NamedNode, condition: str) -> bool:
        found = self._engine.query(f"ASK {{ ?s {name} ?o FILTER({condition}) }}")
        return bool(found)

    def _is(self, term: ox.NamedNode, kinds: frozenset[str]) -> bool:
        quads = self._engine.quads_for_pattern(term, ox.NamedNode(RDF.type), None)
        return any(isinstance(q.object, ox.NamedNode) and q.object.value in kinds for q in quads)

    def _has(self, name: ox.NamedNode, value: ox.NamedNode | ox.Literal | None) -> bool:
        quads = self._engine.quads_for_pattern(None, name, value, ox.DefaultGraph())
        return next(quads, None) is not None

    def _alike(self, name: ox.NamedNode, literal: ox.Literal) -> str:
        """Name the values of a property that have a text, whatever their tag, type or case."""
        text = ox.Literal(literal.value.lower())
        rows = self._engine.query(
            f"SELECT DISTINCT ?o {{ ?s {name} ?o FILTER(LCASE(STR(?o)) = {text} && isLiteral(?o)) "
            f"}} LIMIT {_NAMED + 1}"
        )
        assert isinstance(rows, ox.QuerySolutions)
        near = sorted(_written(row["o"]) for row in rows if isinstance(row["o"], ox.Literal))
        return ", ".join([*near[:_NAMED], *(["…"] if len(near) > _NAMED else ())])

    def _called(self, name: ox.NamedNode, literal: ox.Literal) -> str:
        """Name the values of a property that are called what a literal says, if it has no texts."""
        rows = self._engine.query(
            f"SELECT ?o {{ {{ SELECT ?o {{ ?s {name} ?o }} LIMIT {_SAMPLE} }} "
            "FILTER(isLiteral(?o)) } LIMIT 1"
        )
        assert isinstance(rows, ox.QuerySolutions)
        if next(rows, None) is not None:
            return ""
        text = ox.Literal(literal.value.lower())
        rows = self._engine.query(
            f"SELECT DISTINCT ?o {{ ?s {name} ?o . ?o {_NAMING} ?label "
            f"FILTER(LCASE(STR(?label)) = {text} && isIRI(?o)) }} LIMIT {_NAMED}"
        )
        assert isinstance(rows, ox.QuerySolutions)
        return " or ".join(sorted(short(row["o"].value, self._spaces) for row in rows))

    def _kinds(self, name: ox.NamedNode) -> set[str]:
        """The kinds of the first values of a property; none where one can't be told."""
        rows = self._engine.query(
            f"SELECT DISTINCT ?d {{ {{ SELECT ?o {{ ?s {name} ?o }} LIMIT {_SAMPLE} }} "
            "BIND(IF(isLiteral(?o), DATATYPE(?o), ?o) AS ?d) }"
        )
        assert isinstance(rows, ox.QuerySolutions)
        found = {
            _KINDS.get(row["d"].value, "") for row in rows if isinstance(row["d"], ox.NamedNode)
        }
        return set() if "" in found else found

    def _short(self, name: ox.NamedNode) -> str:
        return short(name.value, self._spaces)


def _node(iri: str) -> ox.NamedNode | None:
    try:
        return ox.NamedNode(iri)
    except ValueError:
        return None


def _written(literal: ox.Literal) -> str:
    """Write a literal as a query has it."""
    text, mark, _ = str(literal).rpartition("^^")
    if not mark or literal.language is not None:
        return str(literal)
    return f"{text}^^{short(literal.datatype.value, KNOWN)}"


def _better(literal: ox.Literal, kinds: set[str]) -> str:
    """Say what to write, where that is plain."""
    text, kind = literal.value, next(iter(kinds))
    if kinds == {"texts"}:
        return f'write "{text}"'
    day = text[:10]
    if len(kinds) > 1 or not kind.startswith("xsd:") or not DAY.fullmatch(day):
        return "compare with a literal of that kind"
    if kind == "xsd:dateTime":
        text = text if "T" in text else f"{day}T00:00:00"
    elif kind == "xsd:date":
        text = day
    elif kind == "xsd:gYear":
        text = text[:4]
    return f'write "{text}"^^{kind}'
