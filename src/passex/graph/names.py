"""Look up nodes by what a person types, and their labels."""

from __future__ import annotations

import contextlib
import reprlib
import warnings
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Final, Protocol, TypeAlias

import pyoxigraph as ox

from ..errors import AmbiguousNameError, QueryError, UnknownNameError
from ..text.nearest import did_you_mean, nearest
from ..text.wording import words
from . import gazetteer
from .folding import called, fold
from .hierarchy import superclasses
from .labelling import Node, describe, labels, literals, nodes, of_any_class, pick
from .store import Store
from .store import text as text_of
from .terms import (
    NAMING,
    NR,
    OTHERS_NAMING,
    RDF,
    SKOS,
    THINGS,
    expand,
    local_name,
    shorten,
)

#: How alike words are, of so many letters at least, of which one may be meant by the other, and
#: names as a whole: of many, some are less alike by chance, or by what many names begin with.
_ALIKE: Final = 0.8
_LETTERS: Final = 4
#: So many words are tried for one that was typed.
_TRIED: Final = 5
_AS_A_WHOLE: Final = 0.85
_WHOLE: Final = ox.DefaultGraph()


class Identified(Protocol):
    """What has an IRI, as nodes of answers do."""

    @property
    def iri(self) -> str:
        """Its IRI."""
        ...


#: What stands for a node: a name that a person types, a node of an answer, or a term.
Name: TypeAlias = "str | Identified | ox.NamedNode"


def spelled(name: object) -> str:
    """Write what stands for a node as a person types it.

    Raises:
        QueryError: It does not stand for a node.

    Example:
        >>> spelled(ox.NamedNode("urn:a")), spelled(Node("Japan", "urn:japan", "State"))
        ('<urn:a>', '<urn:japan>')
    """
    if isinstance(name, str):
        return name
    iri = name.value if isinstance(name, ox.NamedNode) else getattr(name, "iri", None)
    if not isinstance(iri, str):
        raise QueryError(
            f"{reprlib.repr(name)} is no name", "give a text, a node of an answer, or a NamedNode"
        )
    return f"<{iri}>"


def resolve(store: Store, name: Name, *kinds: str) -> Node:
    """Find the node that a person means.

    Names are looked up in the graph first, then in the gazetteer. A capital is taken for its state,
    with a warning that says so: nothing is guessed in silence.

    Args:
        name: An IRI, a prefixed name (``id:japan``), a label or a further name; case, accents and
            punctuation do not matter. Also a code or what else `gazetteer.called` takes; or a node.
        kinds: The classes in which to look, with their subclasses, and lists of concepts; actors
            where none is given.

    Raises:
        QueryError: What is given is no name, or a kind is no IRI.
        UnknownNameError: Nothing has that name; the error names what comes near. Or something else
            than was asked for has it, or the gazetteer alone; the error says so.
        AmbiguousNameError: More than one node has it; the error lists them.

    Example:
        >>> from passex.graph.store import load
        >>> resolve(load(), "south KOREA").iri
        'https://w3id.org/passex/id/south-korea'
    """
    name = spelled(name)
    for kind in kinds:
        try:
            ox.NamedNode(kind)
        except (TypeError, ValueError):
            raise QueryError(
                f"{reprlib.repr(kind)} is no class", f"give the IRI of one, such as {NR.Ship}"
            ) from None
    if store.plain:
        return _anything(store, name)
    classes = kinds or (NR.Actor,)
    matches = _matches(store, name, classes) or _listed(store, name, classes)
    if len(matches) == 1:
        return matches[0]
    lists = _lists(store, classes)
    what = " or ".join(lists.get(k) or words(local_name(k)) for k in classes)
    if len(kinds) > 3:
        what = "node"
    if matches:
        raise _ambiguous(store, name, matches)
    iri = expand(name.strip())
    near = _near(store, fold(local_name(iri) if iri else name), classes)
    hint = did_you_mean(f"'{label}'" for label in near)
    if not hint and lists:
        hint = f"""'passex kinds "{next(iter(lists.values()))}"' lists what there is"""
    elsewhere = _matches(store, name, THINGS)
    if elsewhere and (lists or len(elsewhere) == 1):
        # The name is known, and names something else than was asked for.
        raise UnknownNameError(
            f"'{name}' is no {what}: {_told(store, elsewhere)}",
            hint if lists else "'passex show' tells of it",
        )
    error = UnknownNameError(
        f"'{name}': no {what} of this graph has that name",
        hint or "give a name, an IRI or a prefixed name such as id:japan",
    )
    error.name, error.near = name, tuple(near)
    raise error


def _ambiguous(store: Store, name: str, found: Collection[Node]) -> AmbiguousNameError:
    return AmbiguousNameError(
        f"'{name}' is the name of {len(found)} nodes: {_told(store, found)}",
        "give one of the names in brackets instead",
    )


def _lists(store: Store, kinds: Iterable[str]) -> dict[str, str]:
    """Find which of some kinds are lists of concepts, with what is in each: a *kind of ship*."""
    found = [kind for kind in kinds if SKOS.ConceptScheme in store.objects(kind, RDF.type)]
    return labels(store, found)


def _told(store: Store, found: Iterable[Node]) -> str:
    """Describe some nodes; a concept is one of its list."""
    told = []
    for node in found:
        lists = sorted(_lists(store, store.objects(node.iri, SKOS.inScheme)).values())
        told.append(describe(replace(node, kind=" and ".join(lists)) if lists else node))
    return ", ".join(told)


def _anything(store: Store, name: str) -> Node:
    """Find a node of whatever vocabulary by its IRI, or by a label."""
    iri = expand(name.strip()) or name.strip().strip("<>")
    with contextlib.suppress(ValueError):
        if any(_quads(store, ox.NamedNode(iri))):
            return of_any_class(store, [iri])[iri]
    labelled = [
        (text_of(quad.subject), quad.object.value)
        for term in (*NAMING, *OTHERS_NAMING)
        for quad in store.engine.quads_for_pattern(None, ox.NamedNode(term), None, _WHOLE)
        if isinstance(quad.object, ox.Literal) and isinstance(quad.subject, ox.NamedNode)
    ]
    found = sorted({iri for iri, label in labelled if fold(label) == fold(name)})
    if len(found) == 1:
        return of_any_class(store, found)[found[0]]
    if found:
        raise _ambiguous(store, name, of_any_class(store, found).values())
    near = nearest(name, {label for _, label in labelled}, cutoff=_ALIKE)
    raise UnknownNameError(
        f"'{name}': no node of these files has that name",
        did_you_mean(near) or "give an IRI, or a label",
    )


def _quads(store: Store, node: ox.NamedNode) -> Iterator[ox.Quad]:
    yield from store.engine.quads_for_pattern(node, None, None, _WHOLE)
    yield from store.engine.quads_for_pattern(None, None, node, _WHOLE)


def _matches(store: Store, name: str, kinds: Sequence[str]) -> list[Node]:
    """Find the nodes that a name may mean: at most one by its IRI, or all by a name."""
    iri = expand(name.strip())
    if iri is not None and (found := pick(store, [iri], kinds)):
        return list(found.values())
    picked = (pick(store, iris, kinds) for iris in called(store.engine, name))
    return sorted(next(filter(None, picked), {}).values())


def _listed(store: Store, name: str, kinds: Sequence[str]) -> list[Node]:
    """Find the entries of the gazetteer that a name may mean; a single one is in the graph."""
    found = [
        (entry, Node(entry.label, entry.iri, local_name(entry.kind)))
        for entry in gazetteer.called(name)
        if not set(kinds).isdisjoint(superclasses(store.engine, entry.kind))
    ]
    if len(found) == 1:
        [(entry, node)] = found
        if remark := gazetteer.remark(name, entry):
            warnings.warn(remark, stacklevel=3)
        if not pick(store, [entry.iri], kinds):
            whole = gazetteer.entries().get(entry.whole)
            of = f" of {whole.label}" if whole else ""
            of += f", which existed {entry.lifetime}" if entry.lifetime else ""
            raise UnknownNameError(
                f"'{name}' is known, as {describe(node)}{of}, but no fact of this graph names it"
            )
    return [node for _, node in found]


def _candidates(store: Store, kinds: Iterable[str]) -> dict[str, Node]:
    return {iri: node for kind in kinds for iri, node in nodes(store, kind).items()}


def complete(store: Store, start: str, *kinds: str) -> list[tuple[str, Node]]:
    """Find what a name may be going to be.

    Args:
        start: What was typed so far; compared as `resolve` compares, or as a prefixed name.
        kinds: The classes and lists in which to look, as `resolve` takes them.

    Returns:
        Names that `resolve` takes, sorted, each with its node; further names only where something
        was typed, and the prefixed name where several nodes share one.

    Example:
        >>> from passex.graph.store import load
        >>> [name for name, _ in complete(load(), "jap", NR.State)]
        ['Japan']
    """
    candidates = _candidates(store, kinds or (NR.Actor,))
    named = {pair: fold(pair[1]) for pair in _names(store, candidates)}
    owners: dict[str, set[str]] = {}
    for (iri, _), key in named.items():
        owners.setdefault(key, set()).add(iri)
    if ":" in start:
        short = {shorten(iri): node for iri, node in candidates.items()}
        return sorted(pair for pair in short.items() if pair[0].startswith(start))
    found = {}
    for (iri, text), key in named.items():
        if key.startswith(fold(start)) and (start or text == candidates[iri].label):
            found[text if len(owners[key]) == 1 else shorten(iri)] = candidates[iri]
    return sorted(found.items())


def _names(store: Store, wanted: Iterable[str]) -> Iterator[tuple[str, str]]:
    for iri, text in literals(store, set(wanted), NAMING):
        yield iri, text.value


def _near(store: Store, name: str, kinds: Sequence[str]) -> list[str]:
    """Find the labels of what a folded name may have meant."""
    candidates = _candidates(store, kinds)
    by_name: dict[str, set[Node]] = {}
    for iri, text in _names(store, candidates):
        by_name.setdefault(fold(text), set()).add(candidates[iri])
    # What holds every word that was typed, the shortest first, or holds one like it and has hardly
    # more; then what is spelled alike as a whole, in one word or two.
    known = {word for key in by_name for word in key.split()}
    typed = name.split()
    alike = [
        {word, *(nearest(word, known, _TRIED, _ALIKE) if len(word) >= _LETTERS else ())}
        for word in typed
    ]
    near = []
    for key in by_name if typed else ():
        own = set(key.split())
        missing = sum(word not in own for word in typed)
        few = not missing or len(own) <= len(typed) + 1
        if few and all(own & words for words in alike):
            near.append((missing, len(own), key))
    keys = [key for *_, key in sorted(near)] + nearest(name, by_name, cutoff=_AS_A_WHOLE)
    return list(dict.fromkeys(node.label for key in keys for node in sorted(by_name[key])))[:4]
