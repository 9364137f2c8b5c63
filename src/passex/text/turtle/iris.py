"""Relative IRIs.

Source: RFC 3986, section 5.2; as the engine does it, an IRI that has a scheme stays as it is.
"""

from __future__ import annotations

import re
from typing import Final

_PARTS: Final = re.compile(
    r"(?:([A-Za-z][A-Za-z0-9+.-]*):)?(?://([^/?#]*))?([^?#]*)(?:\?([^#]*))?(?:#(.*))?", re.DOTALL
)


def resolve(base: str, reference: str) -> str:
    """Make an IRI absolute.

    Args:
        base: An absolute IRI; empty if there is none.
        reference: An IRI that may be relative.

    Returns:
        The absolute IRI, or `reference` as it is where there is no base.

    Example:
        >>> resolve("http://a/b/c?x#y", "../d#z")
        'http://a/d#z'
    """
    parts = _PARTS.fullmatch(reference)
    if not base or not parts or parts[1] is not None:
        return reference
    above = _PARTS.fullmatch(base)
    assert above is not None, "every text matches"
    _, host, path, query, fragment = parts.groups()
    if host is not None:
        path = _without_dots(path)
    else:
        host = above[2]
        if not path:
            path = above[3]
            query = above[4] if query is None else query
        elif path.startswith("/"):
            path = _without_dots(path)
        elif host is not None and not above[3]:
            path = _without_dots("/" + path)
        else:
            path = _without_dots(above[3][: above[3].rfind("/") + 1] + path)
    return "".join(
        (
            f"{above[1]}:" if above[1] else "",
            "" if host is None else f"//{host}",
            path,
            "" if query is None else f"?{query}",
            "" if fragment is None else f"#{fragment}",
        )
    )


def _without_dots(path: str) -> str:
    kept: list[str] = []
    parts = path.split("/")
    rooted = path.startswith("/")
    for number, part in enumerate(parts):
        last = number == len(parts) - 1
        if part == "..":
            if len(kept) > (1 if rooted else 0):
                kept.pop()
            if last:
                kept.append("")
        elif part == ".":
            if last:
                kept.append("")
        else:
            kept.append(part)
    return "/".join(kept)
