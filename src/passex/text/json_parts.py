"""JSON of which each part knows where it stands in the text, but for true, false and null."""

from __future__ import annotations

import re
from collections.abc import Iterator
from json import JSONDecoder
from typing import Any, Final, TypeAlias, TypeVar

#: The first code point of something, and the one after its last.
Span: TypeAlias = tuple[int, int]
_SPACE: Final = re.compile(r"[ \t\r\n]*")
_SCALARS: Final = JSONDecoder(strict=False)
_T = TypeVar("_T")


class Text(str):
    """A string; where it is a key, with the place of its value too."""

    span: Span
    of_value: Span


class Object(dict[str, Any]):
    """An object, whose keys are of `Text`."""

    span: Span


class Array(list[Any]):
    """An array."""

    span: Span


class _Integer(int):
    span: Span


class _Float(float):
    span: Span


_KINDS: Final[dict[type, type]] = {str: Text, int: _Integer, float: _Float}


class _Reader:
    """Read JSON of which each part knows its place, but for true, false and null."""

    def __init__(self, text: str) -> None:
        self._text = text

    def whole(self) -> Any:
        """Read all of it."""
        return self._value(self._after_space(0))[0]

    def _after_space(self, at: int) -> int:
        match = _SPACE.match(self._text, at)
        assert match is not None
        return match.end()

    def _value(self, at: int) -> tuple[Any, int]:
        """Read a value that begins at a code point, and say where it ends."""
        sign = self._text[at : at + 1]
        if sign == "{":
            return self._object(at)
        if sign == "[":
            return self._array(at)
        value, end = _SCALARS.raw_decode(self._text, at)
        kind = _KINDS.get(type(value))
        return (value, end) if kind is None else _placed(kind(value), at, end)

    def _object(self, begin: int) -> tuple[Object, int]:
        found, at = Object(), self._after_space(begin + 1)
        while self._text[at : at + 1] == '"':
            key, at = self._value(at)
            start = self._after_space(self._after_space(at) + 1)  # after the colon
            value, end = self._value(start)
            key.of_value = start, end
            found.pop(key, None)  # the last of equal keys counts
            found[key] = value
            at = self._after_comma(end)
        return _placed(found, begin, at + 1)

    def _array(self, begin: int) -> tuple[Array, int]:
        found, at = Array(), self._after_space(begin + 1)
        while self._text[at : at + 1] != "]":
            value, end = self._value(at)
            found.append(value)
            at = self._after_comma(end)
        return _placed(found, begin, at + 1)

    def _after_comma(self, at: int) -> int:
        at = self._after_space(at)
        return self._after_space(at + 1) if self._text[at : at + 1] == "," else at


def _placed(value: _T, start: int, end: int) -> tuple[_T, int]:
    value.span = (start, end)  # type: ignore[attr-defined]
    return value, end


def read(text: str) -> Any:
    """Read a text; `ValueError` or `RecursionError` where it isn't JSON, or too deep.

    Example:
        >>> document = read('{"a": [1, "b"]}')
        >>> document["a"][1].span, [key.of_value for key in document]
        ((10, 13), [(6, 14)])
    """
    return _Reader(text).whole()


def objects(document: object) -> Iterator[dict[str, Any]]:
    """Go through the objects of a document, in the order of the text."""
    waiting = [document]
    while waiting:
        one = waiting.pop()
        if isinstance(one, dict):
            yield one
            waiting += reversed(one.values())
        elif isinstance(one, list):
            waiting += reversed(one)


def remote_context(document: object) -> Text | None:
    """Find the first context of JSON-LD that would have to be fetched, by its IRI."""
    for one in objects(document):
        context = one.get("@context")
        contexts = context if isinstance(context, list) else [context]
        for source in (*contexts, one.get("@import")):
            if isinstance(source, Text):
                return source
    return None
