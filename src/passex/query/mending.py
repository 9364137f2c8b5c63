"""Mends of queries that the engine would answer otherwise than SPARQL 1.1 has it.

Faults of pyoxigraph 0.5.13; `tests/unit/test_mending.py` fails when an engine without one comes:

- A path of no steps from an IRI that is not in the graph, ``ex:nowhere ex:p* ?x``, finds nothing,
  and not the IRI itself (section 18.4; https://github.com/oxigraph/oxigraph/pull/1815).
- GROUP_CONCAT keeps a language that all values share, and gives no simple literal (section
  18.5.1.7; https://github.com/oxigraph/oxigraph/pull/1717). Of an IRI or a number it gives nothing,
  where others take its text.

- An alternative path, ``ex:p|ex:q``, gives a pair of nodes once that both lead to, and not twice
  (section 18.4: it is a union), so that counts are too small.

``SELECT *`` gives its columns sorted by name; here they have the order of the query.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import combinations, pairwise, product
from math import prod
from typing import Final

import pyoxigraph as ox

from ..graph.store import Store
from .lexer import Token, prefixes
from .parser import parse
from .prefixes import KNOWN, iri_of
from .scope import visible
from .tree import Item, Node, Tree, rewritten, variables

#: What a query has in it that may need a mend: most have not, and aren't read for it.
_SUSPECT: Final = re.compile(r"group_concat|select\s*(?:\w+\s*)?\*|[\w>:).-]\s*[*?](?!\w)|\|", re.I)
#: In characters: what is longer is a list of values, and takes long to read.
_LONG: Final = 1 << 17
_SHORT: Final = 1 << 12
#: In a longer path, so many ways at most are told apart.
_WAYS: Final = 16
_AGGREGATES: Final = frozenset({"COUNT", "SUM", "AVG", "GROUP_CONCAT"})
#: What a variable in the place of a blank node is called by, before its number.
_BLANK: Final = "passexblank"
_CONSTANTS: Final = ("iri", "name", "string", "number")


def mended(text: str, store: Store, elsewhere: bool = False) -> str:
    """Write a query so that the engine answers it as SPARQL 1.1 says.

    Args:
        store: What is asked: a path is changed only where it begins at what is not there.
        elsewhere: Whether other graphs are asked than its default graph, as the query itself can
            say.

    Example:
        >>> store = Store(ox.Store())
        >>> mended("SELECT * { ?b a ?a }", store)
        'SELECT ?b ?a { ?b a ?a }'
        >>> "UNION" in mended("ASK { <urn:x> <urn:p>* ?x }", store)
        True
    """
    if len(text) > _LONG or not (_short_suspect if len(text) < _SHORT else _suspect)(text):
        return text
    try:
        query, changes, blocks = (_short if len(text) < _SHORT else _read)(text)
        for block in blocks:
            changes = [*changes, *_Paths(query, store, elsewhere).written(block)]
    except RecursionError:
        return text  # nested as nobody writes it: the engine has its own limits
    return rewritten(text, changes) if changes else text


def _suspect(text: str) -> bool:
    return _SUSPECT.search(text) is not None


#: The same short queries come again and again; trees of long ones take much memory.
_short_suspect = lru_cache(maxsize=256)(_suspect)


def _read(text: str) -> tuple[Tree, list[tuple[int, int, str]], list[Node]]:
    """Read a query: its changes whatever the graph, and its blocks with paths to look at."""
    query = parse(text)
    changes = [*_columns(query), *_texts(query)]
    steps = {
        node.start
        for node in query.root.walk("Step", "Path", "Sequence")
        if node.rule == "Path" or _empty(node)
    }
    blocks = [
        block
        for block in query.root.walk("Triples")
        if any(block.start <= start < block.end for start in steps)
    ]
    return query, changes, blocks


_short = lru_cache(maxsize=256)(_read)


def _columns(query: Tree) -> Iterator[tuple[int, int, str]]:
    """Name the variables of the outermost ``SELECT *``, in their order."""
    form, pattern = query.query, query.pattern
    clause = form.node("SelectClause") if form is not None else None
    star = next((w for w in clause.tokens("sign") if w.text == "*"), None) if clause else None
    if star is None or pattern is None:
        return
    seen = visible(pattern).union(*map(variables, query.root.nodes("Values")))
    words = dict.fromkeys(word.text[1:] for word in query.words if word.kind == "variable")
    ordered = [f"?{name}" for name in words if name in seen]
    if ordered:
        yield star.start, star.end, " ".join(ordered)


def _texts(query: Tree) -> Iterator[tuple[int, int, str]]:
    """Take the language off what GROUP_CONCAT gives, and give it texts alone."""
    for function in query.root.walk("Function"):
        word, arguments = function.children
        if query.source(word).upper() != "GROUP_CONCAT" or not isinstance(arguments, Node):
            continue
        yield function.start, function.start, "STR("
        yield function.end, function.end, ")"
        distinct = arguments.keyword("DISTINCT")
        value = arguments.children[2 if distinct else 1]
        before, after = "STR(", ")"
        if distinct:
            # Terms are told apart, and not their texts. The engine puts together texts with a
            # language, which the datatype of a literal is written as; an IRI has none.
            text = query.source(value)
            kind = f'CONCAT("x-", SUBSTR(MD5(STR(DATATYPE({text}))), 1, 8))'
            before = f'COALESCE(IF(LANG({text}) != "", '
            after = f", STRLANG(STR({text}), {kind})), STR({text}))"
        yield value.start, value.start, before
        yield value.end, value.end, after


def _empty(path: Item) -> bool:
    """Tell whether a path can have no steps at all."""
    if isinstance(path, Token):
        return False
    parts = path.nodes()
    if path.rule == "Sequence":
        steps = [part for part in path.children if not _is(part, "/")]
        return all(map(_empty, steps))
    if path.rule == "Step" and (_is(path.children[-1], "*") or _is(path.children[-1], "?")):
        return True
    return path.rule in ("Step", "Path", "PathBrackets") and any(map(_empty, parts))


def _is(part: Item, sign: str) -> bool:
    return isinstance(part, Token) and part.text == sign


def _ways(query: Tree, path: Item) -> list[tuple[str, bool]]:
    """List the alternatives that a path is made of, and whether each can have no steps."""
    whole = [(query.source(path), _empty(path))]
    if isinstance(path, Token):
        return whole
    parts = (part for part in path.children if isinstance(part, Node) or part.kind != "sign")
    inner = [_ways(query, part) for part in parts]
    if path.rule == "Sequence" and prod(map(len, inner)) > _WAYS:
        return whole
    if path.rule == "Path":
        found = [way for ways in inner for way in ways]
    elif path.rule == "PathBrackets":
        found = inner[0]
    elif path.rule == "Sequence":
        found = [
            ("/".join(f"({text})" for text, _ in steps), all(empty for _, empty in steps))
            for steps in product(*inner)
        ]
    elif path.rule == "Step" and _is(path.children[0], "^") and len(path.children) == 2:
        found = [(f"^({text})", empty) for text, empty in inner[0]]
    else:
        return whole
    return found if 1 < len(found) <= _WAYS else whole


def _pairs(same: Node) -> Iterator[tuple[Item, Item]]:
    for part in (
        p for properties in same.nodes("Properties") for p in properties.nodes("Property")
    ):
        verb, *values = part.children
        yield from ((verb, value) for value in values if not _is(value, ","))


def _plain(end: Item) -> bool:
    """Whether an end of a path is a variable or a constant."""
    variable = isinstance(end, Token) and end.kind == "variable"
    return variable or _constant(end)


def _constant(end: Item) -> bool:
    if isinstance(end, Token):
        return end.kind in _CONSTANTS or end.says("TRUE", "FALSE")
    return end.rule == "Literal"


class _Paths:
    """Writes blocks of triples anew, with what the engine would not find."""

    def __init__(self, query: Tree, store: Store, elsewhere: bool) -> None:
        self._query = query
        self._engine = store.engine
        self._spaces = {**KNOWN, **prefixes(query.words)}
        named = next(query.root.walk("Dataset", "Graph"), None)
        self._elsewhere = elsewhere or named is not None
        said = [word.text.upper() for word in query.words]
        self._counts = not _AGGREGATES.isdisjoint(said) or (
            query.form == "SELECT" and not _distinct(query)
        )
        # A variable in the place of a blank node would be another column of a star.
        stars = any(
            before in ("SELECT", "DISTINCT", "REDUCED") and sign == "*"
            for before, sign in pairwise(said)
        )
        self._said = None if stars or any(_BLANK in word.lower() for word in said) else said

    def written(self, block: Node) -> Iterator[tuple[int, int, str]]:
        """Give the change of a block, if there is one; what is mended stands after the rest."""
        source = self._query.source
        kept, added = list[str](), list[str]()
        for same in block.nodes("Same"):
            subject, plain = same.children[0], list[str]()
            before = len(added)
            pairs = list(_pairs(same))
            for verb, value in pairs:
                mend = self._mended(subject, verb, value, len(pairs) == 1)
                if mend:
                    added.append(mend)
                else:
                    plain.append(" ".join(map(source, (subject, verb, value))))
            kept += plain if len(added) > before else [source(same)]
        if added:
            yield block.start, block.end, " ".join([*(f"{part} ." for part in kept), *added])

    def _mended(self, subject: Item, verb: Item, value: Item, single: bool) -> str:
        """Write a triple with a path so that nothing is lost; nothing where it can stay.

        Args:
            single: Whether its subject has no other triple beside it.
        """
        if isinstance(verb, Token):
            return ""
        first, last = self._end(subject, single), self._end(value)
        if not (first and last):
            return ""
        ways = _ways(self._query, verb) if self._counts else []
        absent = any(map(self._absent, (subject, value)))
        twice = absent and sum(empty for _, empty in ways) > 1
        if len(ways) < 2 or not (twice or self._shared(first, ways, last)):
            ways = [(self._query.source(verb), _empty(verb))]
        if len(ways) == 1 and not (absent and ways[0][1]):
            return ""
        parts = []
        for text, empty in ways:
            said = f"{first} {text} {last}"
            parts.append(_with_none(first, last, said) if absent and empty else f"{{ {said} }}")
        return parts[0] if len(parts) == 1 else f"{{ {' UNION '.join(parts)} }}"

    def _end(self, end: Item, single: bool = True) -> str:
        """Write an end of a path; nothing where it may stand for more than this end."""
        text = self._query.source(end)
        if _plain(end):
            return text
        if self._said is None or not single:
            return ""
        once = (
            end.kind == "blank" and self._said.count(text.upper()) == 1
            if isinstance(end, Token)
            else end.rule == "BlankNode" and not end.nodes()
        )
        return f"?{_BLANK}{end.start}" if once else ""

    def _shared(self, first: str, ways: list[tuple[str, bool]], last: str) -> bool:
        """Tell whether two alternatives lead from one node to one other."""
        for (one, _), (other, _) in combinations(ways, 2):
            asked = f"ASK {{ {first} ({one}) {last} . {first} ({other}) {last} }}"
            try:
                # Too much is looked at, rather than too little: a union is never wrong.
                if self._engine.query(
                    asked,
                    prefixes=self._spaces,
                    use_default_graph_as_union=self._elsewhere,
                ):
                    return True
            except (SyntaxError, RuntimeError):
                return False  # with a relative IRI, it is not known here what it means
        return False

    def _absent(self, end: Item) -> bool:
        """Tell whether a constant may not be in the graph that is looked at."""
        if not _constant(end):
            return False
        iri = iri_of(end, self._spaces) if isinstance(end, Token) else None
        if iri is None or self._elsewhere:
            return True
        try:
            node = ox.NamedNode(iri)
        except ValueError:
            return True  # relative, as above
        here = ox.DefaultGraph()
        return not any(
            next(self._engine.quads_for_pattern(s, None, o, here), None)
            for s, o in ((node, None), (None, node))
        )


def _distinct(query: Tree) -> bool:
    clause = query.query.node("SelectClause") if query.query else None
    return clause is not None and clause.keyword("DISTINCT") is not None


def _with_none(subject: str, value: str, said: str) -> str:
    """Add to what a path finds what it finds without a step, where the engine does not."""
    none = f"FILTER(SAMETERM({subject}, {value}))"
    if value[0] in "?$":
        none = f"BIND({subject} AS {value})"
    elif subject[0] in "?$":
        none = f"BIND({value} AS {subject})"
    return f"{{ {{ {said} }} UNION {{ {none} FILTER NOT EXISTS {{ {said} }} }} }}"
