"""HTML as values: what is no markup yet is text, and cannot become anything else."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import Final, TypeAlias, Union

#: Elements that have no content, and no end.
_VOID: Final = frozenset({"br", "hr", "img", "input", "link", "meta"})


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
        if value is None or value is False:
            continue
        key = key.rstrip("_").replace("_", "-")
        words.append(key if value is True else f'{key}="{escape(str(value))}"')
    start = f"<{' '.join(words)}>"
    return Html(start if name in _VOID else f"{start}{join(*children)}</{name}>")
