"""Load texts into a store, with blank nodes that have names and literals as they are written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import Final

import pyoxigraph as ox

from .literals import Keeper, strip_strings

#: From so many bytes on it pays to do two things at a time.
_LARGE: Final = 1 << 20
#: How many triples are looked at together.
_AT_ONCE: Final = 10_000
_TURTLE: Final = (ox.RdfFormat.TURTLE, ox.RdfFormat.N_TRIPLES)
_MARKS: Final = (b"[", b"(", b"_:")
_SIGNS: Final = re.compile(rb"[\[(]|_:")


def load_text(
    store: ox.Store, text: bytes, form: ox.RdfFormat, base: str, number: int, keeper: Keeper
) -> None:
    """Put the triples of a text into the default graph of a store.

    Args:
        store: The store.
        text: The bytes of a file.
        form: Its format.
        base: The IRI against which its relative IRIs are resolved.
        number: The number of the file, which is in the names of its blank nodes: see `inputs`.
        keeper: Marks its literals.

    Raises:
        SyntaxError: The text is not of its format; nothing was put in.
    """
    if form not in _TURTLE:
        to_mark = True
    elif may_have_blank_nodes(text):
        to_mark = keeper.may_change(text)
    elif _load_at_once(store, text, form, base, keeper):
        return
    else:
        to_mark = True
    store.extend(_triples(text, form, base, number, keeper if to_mark else None))


def _load_at_once(
    store: ox.Store, text: bytes, form: ox.RdfFormat, base: str, keeper: Keeper
) -> bool:
    """Load a text without blank nodes at full speed, if it has no literals to mark."""
    if len(text) < _LARGE or next(iter(store), None) is not None:
        if keeper.may_change(text):
            return False
        store.load(text, form, base_iri=base)
        return True
    from concurrent.futures import ThreadPoolExecutor

    # Loading lets go of the interpreter: what it would spoil is found out at the same time. It is
    # not loading that goes into another thread, where the C library would give it memory in small
    # pieces.
    with ThreadPoolExecutor(1) as pool:
        spoils = pool.submit(keeper.may_change, text)
        store.load(text, form, base_iri=base)
        spoilt = spoils.result()
    if spoilt:
        store.clear()
    return not spoilt


def may_have_blank_nodes(text: bytes) -> bool:
    """Tell whether a text in Turtle or N-Triples may have blank nodes.

    Returns:
        False only if there are none for certain.
    """
    # To look for each on its own is many times as quick.
    return any(mark in text for mark in _MARKS) and bool(_SIGNS.search(strip_strings(text)))


def _triples(
    text: bytes, form: ox.RdfFormat, base: str, number: int, keeper: Keeper | None
) -> Iterator[ox.Quad]:
    """Parse a text, name its blank nodes and mark literals if need be, all in the default graph."""
    names: dict[ox.BlankNode, ox.BlankNode] = {}

    def named(node: ox.BlankNode) -> ox.BlankNode:
        if node not in names:
            names[node] = ox.BlankNode(f"f{number}b{len(names)}")
        return names[node]

    # Most triples stay as they are; to find that out is what takes time.
    to_move = form.supports_datasets
    blank, literal = ox.BlankNode, ox.Literal
    quads = ox.parse(text, form, base_iri=base, rename_blank_nodes=False)
    while chunk := list(islice(quads, _AT_ONCE)):
        if keeper is not None:
            keeper.learn(quad.object for quad in chunk if isinstance(quad.object, literal))
        for quad in chunk:
            subject, value = quad.subject, quad.object
            changed = to_move
            if type(subject) is blank:
                subject, changed = named(subject), True
            if type(value) is blank:
                value, changed = named(value), True
            elif keeper is not None and type(value) is literal:
                value, changed = keeper.stored(value), True
            yield ox.Quad(subject, quad.predicate, value) if changed else quad
