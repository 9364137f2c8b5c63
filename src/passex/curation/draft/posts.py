"""Posts as a text writes them, and their kinds in the list."""

from __future__ import annotations

import re
from typing import Final

from ...graph.terms import NRC
from .mentions import Actor

#: Posts as they stand before a name, with the kind in the list.
_POSTS: Final = (
    ("defen[cs]e (?:minister|secretary)|minister of defen[cs]e", "defence-minister"),
    ("secretary of (?:defen[cs]e|war)", "defence-minister"),
    ("foreign minister|minister of foreign affairs|secretary of state", "foreign-minister"),
    ("secretary of the navy|navy secretary", "minister"),
    ("prime minister|premier", "prime-minister"),
    ("vice[ -]president", "vice-president"),
    ("president", "president"),
    ("deputy minister(?: of defen[cs]e)?|deputy defen[cs]e minister", "deputy-minister"),
    ("under[ -]?secretary(?: of defen[cs]e(?: for policy)?)?", "under-secretary"),
    ("ambassador|high commissioner", "ambassador"),
    ("defen[cs]e attach\u00e9", "defence-attache"),
    ("spokes(?:man|woman|person)", "spokesperson"),
    ("chief of (?:the )?(?:(?:general|joint|naval|defen[cs]e) )?staff", "chief-of-staff"),
    ("chief of naval operations", "chief-of-navy"),
    ("chief of (?:the )?defen[cs]e", "chief-of-defence"),
    ("navy chief|chief of (?:the )?navy", "chief-of-navy"),
    ("commander[- ]in[- ]chief|commander", "force-commander"),
    ("deputy commander", "deputy-commander"),
    ("commanding officer|captain", "commanding-officer"),
    ("chief|head", "chief-of-navy"),
    ("minister", "minister"),
    ("secretary[- ]general|director(?:[- ]general)?", "head-of-organisation"),
    ("king|queen|emperor", "monarch"),
    ("mayor", "mayor"),
    ("analyst", "analyst"),
)
POST: Final = f"(?i:{'|'.join(pattern for pattern, _ in _POSTS)})"


def kind(post: str) -> str:
    """Give the kind of a post by its words; empty for what the list doesn't have.

    Example:
        >>> kind("Defense Secretary").rpartition("/")[2]
        'defence-minister'
    """
    matching = (name for words, name in _POSTS if re.fullmatch(words, post, re.IGNORECASE))
    return next((NRC[name] for name in matching), "")


def said(post: str) -> str:
    """Write a post as labels have it.

    Example:
        >>> said("Minister of Defense")
        'defence minister'
    """
    words = post.lower().replace("defense", "defence")
    return words.replace("minister of defence", "defence minister")


def fitting(kind: str, body: Actor | None) -> str:
    """Give the kind of a post only where the body is one that has such posts."""
    of = body.of if body else ""
    if body and "staff" in body.label.lower() and kind == NRC["chief-of-navy"]:
        return NRC["chief-of-staff"]
    if kind in (NRC["chief-of-navy"], NRC["force-commander"]):
        if of == "Navy":
            return NRC["chief-of-navy"]
        return {"Formation": NRC["unit-commander"], "Ship": NRC["commanding-officer"]}.get(of, "")
    if kind == NRC["head-of-organisation"]:
        return kind if of == "Organisation" else ""
    return kind
