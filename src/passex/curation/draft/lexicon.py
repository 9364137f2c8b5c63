"""Names that graph and gazetteer know, found in a text: the longest first, whatever their form."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final

import pyoxigraph as ox

from ...graph import gazetteer
from ...graph.folding import fold
from ...graph.labelling import nodes
from ...graph.store import Store
from ...graph.terms import ID, NAMING, NR, SKOS, local_name
from . import known
from .demonyms import demonyms
from .mentions import Actor
from .naming import WORD

#: Parts of a text as they are compared: U.S., Côte d'Ivoire and SNMG1 are one each.
_PART: Final = re.compile(
    "(?:[^\\W_]|[\u0300-\u036f])+(?:[.&'\u2019\u2018`](?:[^\\W_]|[\u0300-\u036f])+)*"
)
_POSSESSIVE: Final = re.compile("['\u2019]s\\Z")
_INITIALS: Final = re.compile(r"(?:\w\.)+\w")
#: Behind or before these, a name of a state is part of the name of a place, or of a language.
_NO_ACTOR_BEFORE: Final = re.compile(
    r"[ -](?:Sea|Ocean|Straits?|Channel|Gulf|Bay|Peninsula|peninsula|Islands?|Basin|coast)\b"
)
_NO_ACTOR_BEHIND: Final = re.compile(
    r"\b(?:Sea|Gulf|Straits?|Bay|Cape|Port|Port of|New|coasts? of|[Oo]ff(?: of)?) (?:of "
    r")?(?:the )?\Z"
)
#: Behind these, a capital is a place.
_AT: Final = re.compile(r"\b(?:in|at|near|from|to|off) \Z")
#: States whose names are also first names, or other places.
_OTHERS_TOO: Final = frozenset(("jordan", "georgia", "chad"))
#: A name that no other words look like: of two words or more, each with a capital letter.
_PROPER: Final = re.compile(rf"{WORD}(?: {WORD})+")
_NAME: Final = 0
_SHORT: Final = 1
_DEMONYM: Final = 2
_HIDDEN: Final = 3
_BY: Final = ("name", "short", "demonym", "capital")


@dataclass(frozen=True, slots=True, order=True)
class _Sense:
    """What a name may mean: how it leads there, and to what."""

    by: int
    iri: str
    label: str
    of: str
    whole: str
    written: str


class Lexicon:
    """The names of a graph's nodes, of the gazetteer, and demonyms; capitals lead to a question.

    Args:
        store: A graph with its ontology.
    """

    def __init__(self, store: Store) -> None:
        self._by_words = {words: [*senses] for words, senses in _of_gazetteer().items()}
        self._lengths: dict[str, list[int]] = {}
        self._folded: dict[str, tuple[str, ...]] = {}
        #: The bodies of a state, as the graph gives them, with their labels.
        self.bodies: dict[str, dict[str, str]] = {}
        #: The labels of all nodes of graph and gazetteer, by their IRIs.
        self.taken = {iri: entry.label for iri, entry in gazetteer.entries().items()}
        #: The exercises and plans of the graph, by their names, folded.
        self.known = known.read(store)
        #: Those names, as they are written, that a text can be searched for.
        self.drills = sorted(
            {
                name
                for events in self.known.values()
                for e in events
                for name in e.names
                if _PROPER.fullmatch(name)
            }
        )
        self._read(store)
        for words in self._by_words:
            lengths = self._lengths.setdefault(words[0], [])
            if len(words) not in lengths:
                lengths.append(len(words))
        for lengths in self._lengths.values():
            lengths.sort(reverse=True)

    def find(self, text: str) -> Iterator[Actor]:
        """Find what the names in a text stand for, in its order; no two overlap.

        Short names, such as surnames, count where the full one stands somewhere in the text; where
        it doesn't, what they mean is a question.

        Example:
            >>> from passex.graph.store import load
            >>> found = Lexicon(load()).find("Moscow, the Dutch and the U.S. met.")
            >>> [(actor.label, actor.by) for actor in found]
            [('Russia', 'capital'), ('Netherlands', 'demonym'), ('United States', 'name')]
        """
        found = [*self._find(text)]
        full = {actor.iri for actor, by in found if by == _NAME}
        for actor, by in found:
            if by != _SHORT or actor.iri in full:
                yield actor
            else:
                yield _asking(actor, f"{actor.label}, or somebody else of that name?")

    def _find(self, text: str) -> Iterator[tuple[Actor, int]]:
        # Each word with the bounds of the part that it is of: SNMG1 is two words.
        words: list[tuple[str, int, int]] = []
        for match in _PART.finditer(text):
            start, end = match.span()
            if match[0][-2:-1] in "'\u2019" and _POSSESSIVE.search(match[0]):
                end -= 2
            # U.S. ends with its stop.
            elif text[end : end + 1] == "." and _INITIALS.fullmatch(match[0]):
                end += 1
            words += [(word, start, end) for word in self._fold(text[start:end])]
        at = 0
        while at < len(words):
            for length in self._lengths.get(words[at][0], ()):
                key = tuple(word for word, *_ in words[at : at + length])
                start, end = words[at][1], words[min(at + length, len(words)) - 1][2]
                cut = at and words[at - 1][1] == start
                cut = cut or (at + length < len(words) and words[at + length][2] == end)
                senses = self._by_words.get(key)
                if senses and not cut and (actor := _sense(text, start, end, senses)):
                    yield actor
                    at += length
                    break
            else:
                at += 1

    def _fold(self, text: str) -> tuple[str, ...]:
        if text not in self._folded:
            self._folded[text] = _words(text)
        return self._folded[text]

    def _read(self, store: Store) -> None:
        entries = gazetteer.entries()
        for kind in (NR.Actor, NR.Place, NR.Series):
            for iri, node in nodes(store, kind).items():
                if iri in entries:
                    continue
                for term in NAMING:
                    for name in store.objects(iri, term):
                        short = node.kind in ("Person", "Ship") and " " not in name.strip()
                        by = _SHORT if short and name != node.label else _NAME
                        sense = _Sense(by, iri, node.label, node.kind, "", name)
                        self._by_words.setdefault(_key(name), []).append(sense)
        whose = (
            "SELECT DISTINCT ?state ?body ?label { ?a org:member ?body ; org:organization ?state ."
            " ?state a nr:State . ?body rdfs:label ?label }"
        )
        for state, body, label in store.rows(whose):
            self.bodies.setdefault(str(state), {})[str(body)] = str(label)
        names = "SELECT DISTINCT ?s ?l { ?s rdfs:label ?l }"
        self.taken |= {str(iri): str(label) for iri, label in store.rows(names)}


def _words(text: str) -> tuple[str, ...]:
    """Reduce a part of a text to words as they are compared: Russian to Russia, too."""
    words = fold(text).replace("defense", "defence").split()
    return tuple(_roots().get(word, word) for word in words)


def _key(name: str) -> tuple[str, ...]:
    """Reduce a name, part for part as a text is reduced."""
    words = tuple(word for part in name.split() for word in _words(_POSSESSIVE.sub("", part)))
    while len(words) > 1 and words[0] == "the":
        words = words[1:]
    return words


@cache
def _of_gazetteer() -> dict[tuple[str, ...], list[_Sense]]:
    """Read the names of the gazetteer, and demonyms."""
    found: dict[tuple[str, ...], list[_Sense]] = {}
    for entry in gazetteer.entries().values():
        of = local_name(entry.kind)
        for triple in entry.triples:
            hidden = triple.predicate.value == SKOS.hiddenLabel
            naming = hidden or triple.predicate.value in NAMING
            if naming and isinstance(triple.object, ox.Literal):
                name = triple.object.value
                by = _HIDDEN if hidden else _NAME
                sense = _Sense(by, entry.iri, entry.label, of, entry.whole, name)
                found.setdefault(_key(name), []).append(sense)
    for state, word in demonyms():
        entry = gazetteer.entries()[ID[state]]
        sense = _Sense(_DEMONYM, entry.iri, entry.label, local_name(entry.kind), entry.whole, word)
        found.setdefault(_key(word), []).append(sense)
    return found


@cache
def _roots() -> dict[str, str]:
    """Lead demonyms of one word, of states whose names are of one word, to these."""
    roots = {"korean": "korea", "koreans": "korea"}
    for state, word in demonyms():
        folded = fold(word)
        if " " not in folded and "-" not in state and folded not in roots:
            roots[folded] = state
    return roots


def _sense(text: str, start: int, end: int, senses: list[_Sense]) -> tuple[Actor, int] | None:
    """Decide for what a name stands; nothing where its letters or what is around speak against."""
    written = text[start:end]
    fitting = sorted({sense for sense in senses if _is_written(written, sense.written)})
    if not fitting:
        return None
    # What is spelled as the demonym is one, though both come to the same words.
    demonym = [s for s in fitting if s.by == _DEMONYM and fold(s.written) == fold(written)]
    named = [
        s
        for s in fitting
        if s.by == _DEMONYM or fold(s.written) == fold(written) or " " in s.written
    ]
    best = demonym or [s for s in named if s.by == min(s.by for s in named)] if named else []
    best = best or [sense for sense in fitting if sense.by == fitting[0].by]
    first = best[0]
    if first.of in ("State", "Territory") and not _is_actor(text, start, end, first):
        return None
    others = sorted({sense.label for sense in best})
    by = first.by
    ask = ""
    if len({sense.iri for sense in best}) > 1:
        ask = f"{' or '.join(others)}?"
    elif by == _HIDDEN:
        ask = f"{first.label}, or the place itself?"
    elif first.of == "Place" and not _AT.search(text[max(0, start - 6) : start]):
        # A city that the graph has is a capital as well.
        states = [sense.label for sense in fitting if sense.by == _HIDDEN]
        ask = f"the place, or {' or '.join(states)}?" if states else ""
    return (
        Actor(
            start, end, written, ask, first.iri, first.label, first.of, _BY[by], whole=first.whole
        ),
        by,
    )


def _is_written(text: str, name: str) -> bool:
    """Tell whether letters are as large as those of a name: US is no us, and Polish no polish."""
    if name.isupper() and len(name) <= 6:
        return text.isupper()
    return text[0].isupper() or not name[0].isupper()


def _is_actor(text: str, start: int, end: int, sense: _Sense) -> bool:
    """Tell whether the name of a state can be one there, and no part of a place's or a person's."""
    if _NO_ACTOR_BEFORE.match(text, end) or _NO_ACTOR_BEHIND.search(
        text[max(0, start - 20) : start]
    ):
        return False
    if fold(text[start:end]) not in _OTHERS_TOO:
        return True
    before = re.search(r"[a-z,] [A-Z][a-z]+ \Z", text[max(0, start - 20) : start])
    return not before and not re.match(" [A-Z][a-z]", text[end : end + 3])


def _asking(actor: Actor, ask: str) -> Actor:
    return Actor(
        actor.start, actor.end, actor.text, ask, actor.iri, actor.label, actor.of, "short",
        whole=actor.whole,
    )  # fmt: skip
