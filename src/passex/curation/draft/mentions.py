"""Mentions: the places of a text that name something, and what they may name."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar


@dataclass(frozen=True, slots=True)
class Mention:
    """A place of the text that names something.

    Attributes:
        start: Its first code point.
        end: The code point after its last.
        text: What stands there.
        ask: What isn't sure about it, as a question; empty where nothing is to be asked.
    """

    start: int
    end: int
    text: str
    ask: str = ""

    @property
    def kind(self) -> str:
        """What is mentioned, in a word: ``actor``, ``ship``, ``date``, ..."""
        return type(self).__name__.lower()


@dataclass(frozen=True, slots=True)
class Actor(Mention):
    """An actor, or another node that has a name.

    Attributes:
        iri: The node's IRI; of a question, that of the likeliest.
        label: Its label.
        of: The local name of its class, such as ``State``.
        by: How it is named: by ``name``, ``demonym``, ``capital`` or ``short`` name.
        known: Whether graph or gazetteer has it.
        whole: The state or body that it is of, where the words say so.
        concept: The IRI of its kind, where the words give one.
    """

    iri: str = ""
    label: str = ""
    of: str = ""
    by: str = "name"
    known: bool = True
    whole: str = ""
    concept: str = ""


@dataclass(frozen=True, slots=True)
class Known(Mention):
    """What gets a node of its own where the graph has none.

    Attributes:
        iri: The node's IRI.
        label: What it is called; of a ship, prefix and name.
        known: Whether the graph has it.
    """

    iri: str = ""
    label: str = ""
    known: bool = False


@dataclass(frozen=True, slots=True)
class Ship(Known):
    """A ship with a name.

    Attributes:
        concept: The IRI of her kind, where the words give one.
        owner: The IRI of the state or service that the words give.
        first: Where the words begin that say all that: whose, what kind.
        last: Where they end.
        number: The number that is printed behind her name: PS-17.
    """

    concept: str = ""
    owner: str = ""
    first: int = 0
    last: int = 0
    number: str = ""


@dataclass(frozen=True, slots=True)
class Person(Known):
    """A person with rank or post.

    Attributes:
        rank: The IRI of the rank.
        post: The post in words, such as ``defence minister``.
        post_kind: The IRI of its kind, if the list has one.
        post_in: The IRI of the actor that the post is in.
        post_label: How that actor is called.
        first: Where the words begin that say all that.
        last: Where they end.
    """

    rank: str = ""
    post: str = ""
    post_kind: str = ""
    post_in: str = ""
    post_label: str = ""
    first: int = 0
    last: int = 0


@dataclass(frozen=True, slots=True)
class Place(Known):
    """A place with a name."""


@dataclass(frozen=True, slots=True)
class Count(Mention):
    """A number of things.

    Attributes:
        value: The number.
        quantifier: The IRI of how it is meant; empty for exactly.
        concept: The IRI of what is counted.
        supplied_by: The IRI of the actor whose they are.
        words: The words for the things, where they say more than the concept.
    """

    value: int = 0
    quantifier: str = ""
    concept: str = ""
    supplied_by: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class Date(Mention):
    """A time, with the precision that its words have.

    Attributes:
        earliest: The first day, as ``YYYY-MM-DD``; empty where it is open or isn't known.
        latest: The last day, likewise.
        basis: ``text`` or ``calendar``; empty where no day is known.
        weekday: The day of the week, if it alone is printed for one day.
        vague: Whether the words are vague, so that the bounds are inferred.
    """

    earliest: str = ""
    latest: str = ""
    basis: str = ""
    weekday: str = ""
    vague: bool = False


@dataclass(frozen=True, slots=True)
class Happening(Mention):
    """The words that make an exercise, a plan or another event of a sentence.

    Attributes:
        of: The class: ``Exercise``, ``ExercisePlan``, ``Event``, ``Meeting``, ``Visit``, ...
        status: The IRI of the status, of an exercise or a plan.
        concepts: The IRIs of its kinds.
        noun: What it is called, for its label.
        hedged: Whether the sentence hedges: may, is expected to.
        verb: The place of the verb.
        definite: Whether it is one that was told of before: the exercise.
        setting: Whether something else happened during it, and the time is that one's.
        several: Whether it is a number of exercises.
    """

    of: str = ""
    status: str = ""
    concepts: tuple[str, ...] = ()
    noun: str = ""
    hedged: bool = False
    verb: tuple[int, int] = (0, 0)
    definite: bool = False
    setting: bool = False
    several: bool = False


@dataclass(frozen=True, slots=True)
class Name(Mention):
    """The name of an exercise, which is that of its series, if it recurs.

    Attributes:
        iri: The IRI of the series.
        label: The name.
        known: Whether the graph has the series.
        recurs: Whether it is known, or the text says, that there were or will be others.
        former: Whether it is the name of the plan that came about: planned as.
    """

    iri: str = ""
    label: str = ""
    known: bool = False
    recurs: bool = False
    former: bool = False


M = TypeVar("M", bound=Mention)


def longest(mentions: Iterable[M]) -> list[M]:
    """Keep of mentions that overlap the longest, the first of those as long; in the text's order.

    Example:
        >>> found = [Mention(0, 5, "South"), Mention(0, 11, "South Korea"), Mention(12, 16, "will")]
        >>> [mention.text for mention in longest(found)]
        ['South Korea', 'will']
    """
    kept: list[M] = []
    for mention in sorted(mentions, key=lambda m: (m.start, -m.end)):
        if kept and mention.start < kept[-1].end:
            if mention.end - mention.start > kept[-1].end - kept[-1].start:
                kept[-1] = mention
            continue
        kept.append(mention)
    return kept


def of_kind(mentions: Sequence[Mention], kind: type[M]) -> list[M]:
    """Pick the mentions of a kind."""
    return [mention for mention in mentions if isinstance(mention, kind)]
