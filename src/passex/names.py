"""From what a person types to a node of the graph, and back to its label."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import product
from typing import Final

import pyoxigraph as ox

from . import vocabulary
from .errors import AmbiguousNameError, UnknownNameError
from .store import Store
from .store import node as term_of

#: Letters that Unicode does not take apart into a base letter and a mark.
_PLAIN: Final = str.maketrans(
    dict(zip("øłđð\N{LATIN SMALL LETTER DOTLESS I}", "olddi", strict=True))
    | {"þ": "th", "æ": "ae", "œ": "oe"}
)
_JOINED: Final = frozenset(".'\N{RIGHT SINGLE QUOTATION MARK}\N{LEFT SINGLE QUOTATION MARK}`")


@dataclass(frozen=True, slots=True, order=True)
class Node:
    """A node with its name.

    Attributes:
        label: Its rdfs:label, or its prefixed name where it has none.
        iri: Its IRI.
        kind: The local name of its most special class, such as ``Navy``.
    """

    label: str
    iri: str
    kind: str


def fold(text: str) -> str:
    """Reduce a name to what counts when names are compared.

    Args:
        text: Any text.

    Returns:
        The text without case, accents, punctuation, double spaces and a leading "the".

    Example:
        >>> fold("The  Self-Defense Force of U.S. Québec")
        'self defense force of us quebec'
    """
    # Twice: folding case may leave marks behind, and taking letters apart may leave case.
    for _ in range(2):
        text = unicodedata.normalize("NFKD", text.casefold())
    kept = (
        character if character.isalnum() else " "
        for character in text.translate(_PLAIN)
        if not unicodedata.combining(character) and character not in _JOINED
    )
    words = "".join(kept).split()
    while len(words) > 1 and words[0] == "the":
        del words[0]
    return " ".join(words)


def resolve(store: Store, name: str, *kinds: str) -> Node:
    """Find the node that a person means.

    Args:
        store: The graph.
        name: An IRI, a prefixed name (``id:japan``), a label or a further name; case, accents and
            punctuation do not matter.
        kinds: The classes in which to look, with their subclasses; actors where none is given.

    Returns:
        The node.

    Raises:
        UnknownNameError: Nothing has that name; the error names what comes near.
        AmbiguousNameError: More than one node has it; the error lists them.

    Example:
        >>> from passex.store import load
        >>> resolve(load(), "south KOREA").iri
        'https://w3id.org/passex/id/south-korea'
    """
    candidates: dict[str, Node] = {}
    for kind in kinds or (vocabulary.ACTOR,):
        candidates.update(nodes(store, kind))
    iri = vocabulary.expand(name.strip())
    if iri is not None and iri in candidates:
        return candidates[iri]
    by_name: dict[str, set[Node]] = {}
    for found, text in _names(store):
        if found in candidates:
            by_name.setdefault(fold(text), set()).add(candidates[found])
    matches = sorted(by_name.get(fold(name), ())) if fold(name) else []
    if len(matches) == 1:
        return matches[0]
    what = " or ".join(vocabulary.local_name(k).lower() for k in kinds or (vocabulary.ACTOR,))
    if len(kinds) > 3:
        what = "node"
    if matches:
        listed = ", ".join(describe(node) for node in matches)
        raise AmbiguousNameError(
            f"'{name}' is the name of {len(matches)} nodes: {listed}",
            "give one of the names in brackets instead",
        )
    if set(kinds) != set(vocabulary.THINGS):
        _refuse_other_kind(store, name, what)
    raise UnknownNameError(
        f"'{name}': no {what} of this graph has that name", _suggest(fold(name), by_name)
    )


def _refuse_other_kind(store: Store, name: str, what: str) -> None:
    """Say so where the name is known, and names something else than was asked for."""
    try:
        other = resolve(store, name, *vocabulary.THINGS)
    except (AmbiguousNameError, UnknownNameError):
        return
    raise UnknownNameError(f"'{name}' is no {what}: {describe(other)}", "'passex show' tells of it")


def describe(node: Node) -> str:
    """Write a node so that a person can tell it from others.

    Args:
        node: The node.

    Returns:
        Its label, with class and prefixed name in brackets.

    Example:
        >>> describe(Node("Japan", "https://w3id.org/passex/id/japan", "State"))
        'Japan (State, id:japan)'
    """
    return f"{node.label} ({node.kind}, {vocabulary.shorten(node.iri)})"


def nodes(store: Store, kind: str) -> dict[str, Node]:
    """Read all nodes of a class.

    Args:
        store: The graph.
        kind: The class, as an IRI; its subclasses count.

    Returns:
        The nodes by IRI.
    """
    # The class with most classes above it is the most special one, and comes last.
    rows = store.rows(
        f"""# The classes of <{kind}>, the most special last.
        SELECT ?class (COUNT(DISTINCT ?above) AS ?depth) {{
            ?class rdfs:subClassOf* <{kind}> ; rdfs:subClassOf* ?above
        }} GROUP BY ?class ORDER BY ?depth ?class"""
    )
    found: dict[str, str] = {}
    for name, _ in list(rows):
        members = store.subjects(vocabulary.RDF_TYPE, str(name))
        found.update(dict.fromkeys(members, str(name)))
    called = labels(store, found)
    return {iri: Node(called[iri], iri, vocabulary.local_name(name)) for iri, name in found.items()}


def complete(store: Store, start: str, *kinds: str) -> list[tuple[str, Node]]:
    """Find what a name may be going to be.

    Args:
        store: The graph.
        start: What was typed so far; compared as `resolve` compares, or as a prefixed name.
        kinds: The classes in which to look, as `resolve` takes them.

    Returns:
        Names that `resolve` takes, sorted, each with its node; further names only where something
        was typed, and the prefixed name where several nodes share one.

    Example:
        >>> from passex.store import load
        >>> [name for name, _ in complete(load(), "jap", vocabulary.STATE)]
        ['Japan']
    """
    classes = kinds or (vocabulary.ACTOR,)
    candidates = {iri: node for kind in classes for iri, node in nodes(store, kind).items()}
    named = {pair: fold(pair[1]) for pair in _names(store) if pair[0] in candidates}
    owners: dict[str, set[str]] = {}
    for (iri, _), key in named.items():
        owners.setdefault(key, set()).add(iri)
    if ":" in start:
        short = {vocabulary.shorten(iri): node for iri, node in candidates.items()}
        return sorted(pair for pair in short.items() if pair[0].startswith(start))
    found = {}
    for (iri, text), key in named.items():
        if key.startswith(fold(start)) and (start or text == candidates[iri].label):
            found[text if len(owners[key]) == 1 else vocabulary.shorten(iri)] = candidates[iri]
    return sorted(found.items())


def labels(store: Store, iris: Iterable[str]) -> dict[str, str]:
    """Read the labels of nodes.

    Args:
        store: The graph.
        iris: The nodes.

    Returns:
        A label for every node: the English one first, or one without a language, or any; a node
        without a label is called by its prefixed name.
    """
    wanted = set(iris)
    subjects: list[ox.NamedNode | ox.BlankNode | None] = [None]
    # One look-up a node is quicker for a few, one walk over all labels for many.
    if len(wanted) < 200:
        subjects = [term_of(iri) for iri in wanted]
    best: dict[str, tuple[int, str]] = {}
    # A concept of SKOS has a preferred label, everything else an rdfs:label.
    terms = [ox.NamedNode(t) for t in (vocabulary.RDFS_LABEL, vocabulary.SKOS_PREF_LABEL)]
    for subject, term in product(subjects, terms):
        for quad in store.engine.quads_for_pattern(subject, term, None, ox.DefaultGraph()):
            key = (
                quad.subject.value if isinstance(quad.subject, ox.NamedNode) else str(quad.subject)
            )
            if key in wanted and isinstance(quad.object, ox.Literal):
                language = quad.object.language
                rank = 1 if language is None else 0 if language.startswith("en") else 2
                best[key] = min(best.get(key, (3, "")), (rank, quad.object.value))
    return {iri: best[iri][1] if iri in best else vocabulary.shorten(iri) for iri in wanted}


def _names(store: Store) -> Iterable[tuple[str, str]]:
    for iri, text in store.rows(
        "SELECT ?node ?name { ?node rdfs:label|skos:prefLabel|skos:altLabel ?name }"
    ):
        yield str(iri), str(text)


def _suggest(name: str, by_name: dict[str, set[Node]]) -> str:
    import difflib

    words = set(name.split())
    # What holds every word that was typed, the shortest first; then what is spelled alike.
    near = [key for key in by_name if words and words <= set(key.split())]
    near.sort(key=lambda key: (len(key.split()), key))
    near += difflib.get_close_matches(name, sorted(by_name), n=3, cutoff=0.6)
    listed = list(dict.fromkeys(node.label for key in near for node in sorted(by_name[key])))[:4]
    if not listed:
        return "give a name, an IRI or a prefixed name such as id:japan"
    return "did you mean " + ", ".join(f"'{label}'" for label in listed) + "?"
