"""People: behind a rank, behind a post, before one; and those that graph or text know already."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from ...graph.folding import slug
from ...graph.terms import NRC
from . import posts
from .mentions import Actor, Name, Person, longest
from .naming import CAPITAL, NAME, Iris, occurrences, surname
from .vocabulary import concept, pattern_of, words_of

_RANK: Final = pattern_of(
    word for word in words_of("rank") if not word.endswith(("ss", "als", "ers", "ores", "ains"))
)
_RANKED: Final = re.compile(
    rf"(?<![\w-])(?P<rank>(?i:{_RANK})\.?(?i: (?:adm|gen|cmdr|cdr|col)\.)?)(?: \([A-Za-z "
    rf"]+\))?,? (?P<name>{NAME})"
)
_TITLED: Final = re.compile(
    rf"(?<![\w-])(?P<post>{posts.POST})(?P<of>,? (?:of|for)(?: the| its)?)?,? (?P<name>{NAME})"
)
_COUNTERPART: Final = re.compile(rf"\bcounterpart,? (?P<name>{NAME})")
_APPOSED: Final = re.compile(
    rf"(?: \([^()]*\))?, (?:who (?:heads|commands|leads)|(?:the |an? |its |his |her |their "
    rf")?(?:(?:newly|new|acting|former) )?(?P<post>{posts.POST})"
    rf"(?: of| for| at| in)?)(?: (?:the|its))? ?"
)
_PLAIN_TITLE: Final = re.compile(rf"(?<!\w)(?:Mr|Mrs|Ms|Dr|Prof)\.? (?P<name>{NAME})")
_SAYING: Final = re.compile(
    rf"(?<![\w.-])(?P<name>{CAPITAL}\w+(?: {CAPITAL}\.)? {CAPITAL}[\w-]+)(?=,? (?:said|says|"
    rf"told|added|stated)\b)"
)
_WORDS: Final = """
    The A An Of In And Chief Head Minister Navy Force Forces Staff Operations Command Fleet Group
    Said Self-Defense Self-Defence
"""
_NO_NAME: Final = frozenset(_WORDS.split())
#: A rank that several services have: which one is meant is a question.
_BOTH: Final = "of a navy, or of an army?"


_LEADING: Final = re.compile(rf"(?:(?i:{_RANK})\.? )+(?={CAPITAL})")


class _People:
    """The people of a text while they are looked for, by their places."""

    def __init__(self, text: str, actors: Sequence[Actor], iris: Iris) -> None:
        self.text, self.actors, self.iris = text, actors, iris
        self.starts = [actor.start for actor in actors]
        self.known = {a.start: a for a in actors if a.of == "Person"}
        self.found: dict[tuple[int, int], Person] = {}

    def add(self, start: int, end: int, first: int, last: int, ask: str = "") -> Person | None:
        """Note a person, or find the one who is there already.

        Args:
            first: Where the words begin that say what is said of the person.
            last: Where they end.
        """
        if rank := _LEADING.match(self.text, start, end):
            start = rank.end()
        end = self.cut(start, end)
        words = self.text[start:end].split()
        if not words or words[0] in _NO_NAME or words[-1] in _NO_NAME:
            return None
        actor = self.known.get(start)
        if actor is None and self.is_within(start):
            return None
        if actor is not None:
            end, label, iri, ask = actor.end, actor.label, actor.iri, actor.ask
        else:
            label = " ".join(words)
            iri = self.iris.mint("person", label, slug(label))
        person = self.found.get((start, end)) or Person(
            start,
            end,
            self.text[start:end],
            ask,
            iri=iri,
            label=label,
            known=actor is not None,
            first=first,
            last=last,
        )
        first, last = min(first, person.first), max(last, end, person.last)
        return self.note(replace(person, first=first, last=last))

    def note(self, person: Person) -> Person:
        """Keep what is known of a person by now."""
        self.found[person.start, person.end] = person
        return person

    def cut(self, start: int, end: int) -> int:
        """End a name before an actor, or a word that is none of a name."""
        for match in re.finditer(f"(?<= ){CAPITAL}", self.text[start:end]):
            at = start + match.start()
            other = self.actor_at(at)
            word = self.text[at:end].split(" ")[0]
            # A letter alone is an initial: Elbridge A Colby.
            none = word in _NO_NAME and len(word) > 1
            if none or (other is not None and other.of != "Person"):
                return start + len(self.text[start:at].rstrip())
        return end

    def actor_at(self, start: int) -> Actor | None:
        at = bisect_left(self.starts, start)
        return self.actors[at] if at < len(self.actors) and self.starts[at] == start else None

    def is_within(self, start: int) -> bool:
        """Tell whether a place is within an actor's name."""
        at = bisect_right(self.starts, start) - 1
        return at >= 0 and self.actors[at].end > start

    def actor_before(self, end: int) -> Actor | None:
        """Find the actor right before a place: Japan's, the Norwegian."""
        at = bisect_right(self.starts, end) - 1
        if at < 0 or self.actors[at].start == end:
            at -= 1
        if at < 0:
            return None
        between = self.text[self.actors[at].end : end]
        return self.actors[at] if re.fullmatch("(?:['\u2019]s?)? (?:[a-z]+ )?", between) else None


def find(text: str, actors: Sequence[Actor], drills: Sequence[Name], iris: Iris) -> list[Person]:
    """Find the people of a text.

    Args:
        actors: What graph and gazetteer know of the text, with its bodies; people among them.
        drills: The names of exercises in it, which are no one's.
        iris: Gives IRIs to people who have none.
    """
    taken = {drill.start for drill in drills}
    people = _People(text, actors, iris)
    for actor in people.known.values():
        people.add(actor.start, actor.end, actor.start, actor.end)
    for match in _RANKED.finditer(text):
        if not match["rank"][0].isupper():
            continue
        ranks = concept("rank", match["rank"])
        ask = "" if len(ranks) == 1 else f"{match['rank']} {_BOTH}"
        person = people.add(*match.span("name"), match.start(), match.end(), ask)
        if person is not None and len(ranks) == 1:
            people.note(replace(person, rank=ranks[0]))
    for match in _TITLED.finditer(text):
        _titled(people, match)
    for pattern in (_COUNTERPART, _PLAIN_TITLE):
        for match in pattern.finditer(text):
            people.add(*match.span("name"), match.start(), match.end())
    for match in _SAYING.finditer(text):
        if people.cut(*match.span("name")) < match.end("name"):
            continue
        if match.start("name") not in taken:
            people.add(*match.span("name"), *match.span("name"), ask="a person?")
    persons = longest(people.found.values())
    persons = _counterparts(people, [_apposed(people, person) for person in persons])
    return _again(text, persons, people)


def _titled(people: _People, match: re.Match[str]) -> None:
    """Read a post before a name: Japan's Prime Minister X, Chief of Russia's General Staff X."""
    start, end = match.span("name")
    post, kind = match["post"], posts.kind(match["post"])
    body = people.actor_before(match.start())
    first = body.start if body else match.start()
    if match["of"]:
        body = people.actor_at(start)
        if body is None or body.of == "Person":
            return
        # The name follows the body: of SNMG1, Commodore X is found by the rank.
        name = re.compile(rf",? (?:(?i:{_RANK})\.? )?(?P<name>{NAME})").match(people.text, body.end)
        if name is None:
            return
        (start, end), first = name.span("name"), match.start()
        rank = re.compile(rf",? (?P<rank>(?i:{_RANK})\.?) ").match(people.text, body.end)
        if name[0].startswith(",") and not rank:
            return
    elif post.lower() in ("commander", "captain", "king", "chief", "head") and (
        body is None or post in ("Commander", "Captain")
    ):
        return  # a rank, or too little
    _post(people, start, end, first, post, kind, body)


def _post(
    people: _People, start: int, end: int, first: int, post: str, kind: str, body: Actor | None
) -> None:
    person = people.add(start, end, first, end)
    if person is None or person.post:
        return
    body = body if body is not None and body.of in _WITH_POSTS else None
    people.note(
        replace(
            person,
            post=posts.said(post),
            post_kind=posts.fitting(kind, body),
            post_in=body.iri if body else "",
            post_label=body.label if body else "",
        )
    )


#: Classes of what has posts.
_WITH_POSTS: Final = frozenset(
    ("Navy", "Service", "State", "Institution", "Organisation", "Formation", "Ship", "Territory")
)


def _apposed(people: _People, person: Person) -> Person:
    """Read a post behind a name: X, the chief of the Swedish Navy."""
    match = _APPOSED.match(people.text, person.end)
    if match is None or person.post:
        return person
    body = people.actor_at(match.end()) or _after_article(people, match.end())
    post = match["post"] or re.sub(r"\W*who ", "", match[0].split(" the")[0]).strip()
    last = body.end if body else match.end()
    post = {"heads": "head", "commands": "commander", "leads": "leader"}.get(post, post)
    kind = posts.kind(post)
    if body is None and re.match(
        r"(?:exercises?|drills?)\b", people.text[match.end() : match.end() + 10]
    ):
        director = NRC["exercise-director"]
        return replace(
            person, post=f"{posts.said(post)} of the exercise", post_kind=director, last=match.end()
        )
    if body is None or body.of == "Person":
        return replace(
            person,
            post=posts.said(post),
            post_kind=posts.fitting(kind, None),
            last=match.end() - (match[0][-1:] == " "),
        )
    return replace(
        person,
        post=posts.said(post),
        post_kind=posts.fitting(kind, body),
        post_in=body.iri,
        post_label=body.label,
        last=last,
    )


def _counterparts(people: _People, persons: list[Person]) -> list[Person]:
    """Give a counterpart the post of the one before: a minister of Norway, his British one."""
    found: list[Person] = []
    post: Person | None = None
    for person in persons:
        body = people.actor_before(person.first)
        if (
            not person.post
            and post
            and body
            and people.text.startswith("counterpart", person.first)
        ):
            person = replace(
                person,
                post=post.post,
                post_kind=post.post_kind,
                post_in=body.iri,
                post_label=body.label,
                first=body.start,
            )
        elif person.post:
            post = person
        found.append(person)
    return found


def _after_article(people: _People, at: int) -> Actor | None:
    match = re.compile(r"(?:the |its )?").match(people.text, at)
    return people.actor_at(match.end()) if match else None


def _again(text: str, persons: list[Person], people: _People) -> list[Person]:
    """Find people once more by a part of their names: the surname, first or last."""
    short: dict[str, set[Person]] = {}
    full = {person.label: person for person in persons if " " in person.label}
    for label, person in full.items():
        words = label.split()
        for part in {words[-1], surname(label)}:
            short.setdefault(part, set()).add(person)
    single = {
        label: next(iter(found))
        for label, found in short.items()
        if len({p.iri for p in found}) == 1
    }
    renamed = [
        replace(
            p, iri=single[p.label].iri, label=single[p.label].label, known=single[p.label].known
        )
        if p.label in single and not p.known
        else p
        for p in persons
    ]
    spans = {at for p in renamed for at in range(p.start, p.end)}
    names = full | single
    more = []
    for start, end, name in occurrences(text, names):
        if start not in spans and people.actor_at(start) is None:
            p = names[name]
            more.append(
                Person(start, end, name, "", p.iri, p.label, p.known, first=start, last=end)
            )
    return longest([*renamed, *more])
