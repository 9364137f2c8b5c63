"""What is wrong with a query whose grammar is right (SPARQL 1.1, section 19.8 and its notes)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Final

from .lexer import Token
from .outline import Outline, visible
from .places import Remark

#: Escapes of texts; in the group, what is none.
_ESCAPES: Final = re.compile(
    r"""\\(?:[tbnrf"'\\]|u(?![Dd][89A-Fa-f])[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8})|(\\.?)""", re.DOTALL
)
#: How many arguments functions take, at least and at most.
_ARGUMENTS: Final = {
    name: (least, most)
    for least, most, names in (
        (0, 0, "NOW RAND STRUUID UUID"),
        (0, 1, "BNODE"),
        (
            1,
            1,
            "ABS BOUND CEIL DATATYPE DAY ENCODE_FOR_URI FLOOR HOURS IRI ISBLANK ISIRI ISLITERAL "
            "ISNUMERIC ISURI LANG LCASE MD5 MINUTES MONTH ROUND SECONDS SHA1 SHA256 SHA384 SHA512 "
            "STR STRLEN TIMEZONE TZ UCASE URI YEAR",
        ),
        (
            2,
            2,
            "CONTAINS LANGMATCHES SAMETERM STRAFTER STRBEFORE STRDT STRENDS STRLANG STRSTARTS",
        ),
        (2, 3, "REGEX SUBSTR"),
        (3, 3, "IF"),
        (3, 4, "REPLACE"),
    )
    for name in names.split()
}


def mistake(query: Outline) -> Remark | None:
    """Find why a query that is right by the grammar is none.

    Args:
        query: The query.

    Returns:
        The first mistake of those that are looked for.

    Example:
        >>> from passex.query.outline import outline
        >>> mistake(outline("ASK { VALUES (?a ?b) { (1) } }")).message
        'a row of 1 value for 2 variables'
    """
    for look in _LOOKS:
        found = next(look(query), None)
        if found is not None:
            return found
    return None


def _escapes(query: Outline) -> Iterator[Remark]:
    for word in query.words:
        for match in _ESCAPES.finditer(word.text) if word.kind == "string" else ():
            if match[1]:
                start = word.start + match.start()
                yield Remark(
                    start,
                    start + len(match[1]),
                    f"'{match[1]}' is no escape of a text",
                    r"write \\ for a backslash, and \u with 4 digits for a character",
                )


def _twice(query: Outline) -> Iterator[Remark]:
    """Variables that are selected twice."""
    seen: set[str] = set()
    depth, selects, before = 0, False, ""
    for word in query.words:
        upper = word.text.upper()
        if upper == "SELECT" and word.kind == "word":
            seen, depth, selects = set(), 0, True
        elif upper in ("WHERE", "FROM") or word.text == "{":
            selects = False
        depth += {"(": 1, ")": -1}.get(word.text, 0)
        if selects and word.kind == "variable" and (depth == 0 or (depth == 1 and before == "AS")):
            if word.text[1:] in seen:
                yield Remark(
                    word.start,
                    word.end,
                    f"{word.text} is selected twice",
                    "select it once, or give it another name with AS",
                )
            seen.add(word.text[1:])
        before = upper


def _grouped(query: Outline) -> Iterator[Remark]:
    if query.query.projected is None and "GROUP" in query.modifiers and query.form == "SELECT":
        star = next(word for word in query.words if word.text == "*")
        yield Remark(
            star.start,
            star.end,
            "SELECT * cannot be grouped",
            "name the variables of GROUP BY, and aggregates such as (COUNT(*) AS ?n)",
        )


def _rows(query: Outline) -> Iterator[Remark]:
    """Rows of VALUES that have more or fewer values than there are variables."""
    words = query.words
    for at, word in enumerate(words):
        if word.text.upper() != "VALUES" or word.kind != "word" or at + 1 == len(words):
            continue
        if words[at + 1].text != "(":
            continue
        close = next((i for i in range(at + 1, len(words)) if words[i].text == ")"), len(words))
        names, start = close - at - 2, None
        values = 0
        for part in words[close + 1 :]:
            if part.text == "}":
                break
            if part.text == "(":
                start, values = part, 0
            elif part.text == ")" and start is not None:
                if values != names:
                    yield Remark(
                        start.start,
                        part.end,
                        f"a row of {_number(values, 'value')} for {_number(names, 'variable')}",
                        "give each variable a value, or UNDEF",
                    )
            elif part.text not in ("^^", "+", "-", "{") and part.text[:1] != "@":
                values += not _names_type(words, part)


def _names_type(words: list[Token], part: Token) -> bool:
    at = words.index(part)
    return words[at - 1].text == "^^"


def _assigned(query: Outline) -> Iterator[Remark]:
    """Variables that are computed where they have a value already."""
    bound: list[set[str]] = [set()]
    before = ""
    inside = visible(query.pattern) if query.pattern is not None else set()
    for word in query.words:
        if word.text == "{":
            bound.append(set())
        elif word.text == "}" and len(bound) > 1:
            inner = bound.pop()
            bound[-1] |= inner
        elif word.kind == "variable":
            name = word.text[1:]
            selects = len(bound) == 1 and query.pattern and word.start < query.pattern.start
            if before == "AS" and (name in bound[-1] or (selects and name in inside)):
                yield Remark(
                    word.start,
                    word.end,
                    f"{word.text} has a value already, and cannot be computed (AS {word.text})",
                    "give what is computed a name of its own",
                )
            bound[-1].add(name)
        before = word.text.upper()


def _blanks(query: Outline) -> Iterator[Remark]:
    """Names of blank nodes that stand in two groups."""
    path: list[int] = []
    seen: dict[str, list[int]] = {}
    for word in query.words:
        if word.text == "{":
            path.append(word.start)
        elif word.text == "}" and path:
            path.pop()
        elif word.kind == "blank" and seen.setdefault(word.text, list(path)) != path:
            yield Remark(
                word.start,
                word.end,
                f"{word.text} stands in two groups",
                "a blank node is known in its group alone: use a variable",
            )


def _arguments(query: Outline) -> Iterator[Remark]:
    words = query.words
    for at, word in enumerate(words[:-1]):
        expected = _ARGUMENTS.get(word.text.upper()) if word.kind == "word" else None
        if expected is None or words[at + 1].text != "(":
            continue
        depth, commas, last = 0, 0, words[at + 1]
        for last in words[at + 1 :]:
            depth += {"(": 1, ")": -1}.get(last.text, 0)
            commas += last.text == "," and depth == 1
            if depth == 0:
                break
        given = 0 if last is words[at + 2] else commas + 1
        least, most = expected
        if not least <= given <= most:
            wanted = str(least) if least == most else f"{least} or {most}"
            yield Remark(
                word.start,
                last.end,
                f"{word.text} takes {wanted} argument{'' if most == 1 else 's'}, and has {given}",
                "see section 17.4 of SPARQL 1.1",
            )


def _number(count: int, what: str) -> str:
    return f"{count} {what}{'' if count == 1 else 's'}"


_LOOKS: Final[tuple[Callable[[Outline], Iterator[Remark]], ...]] = (
    _escapes,
    _rows,
    _arguments,
    _twice,
    _grouped,
    _assigned,
    _blanks,
)
