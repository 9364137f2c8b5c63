"""Bodies that a text names by what they are and whose: navies, ministries, forces, fleets."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from types import MappingProxyType
from typing import Final, TypeAlias

from ...graph import gazetteer
from ...graph.folding import slug
from ...graph.terms import NRC, local_name
from .demonyms import demonyms
from .longer_names import goes_on
from .mentions import Actor, longest
from .naming import WORD, Iris

#: What a body is called, its class, and its kind; the first pattern that fits counts.
_BODIES: Final = (
    (r"[Nn]avy|[Nn]aval [Ff]orces?|[Nn]avies", "Navy", ""),
    (r"[Cc]oast ?[Gg]uards?", "Service", ""),
    (r"[Aa]ir [Ff]orces?", "Service", ""),
    (r"[Bb]order [Gg]uards?", "Service", ""),
    (r"[Mm]arine [Cc]orps|[Mm]arines", "Service", ""),
    (r"[Dd]efen[cs]e [Mm]inistr(?:y|ies)|[Mm]inistr(?:y|ies) of [Dd]efen[cs]e", "Institution",
     "defence-ministry"),
    (r"[Ff]oreign [Mm]inistr(?:y|ies)", "Institution", "foreign-ministry"),
    (r"[Aa]rmed [Ff]orces", "Institution", "armed-forces"),
    (r"[Mm]ilitary(?! (?:exercise|drill|cooperation|base|ties))|[Mm]ilitaries", "Institution",
     "armed-forces"),
    (r"[Gg]eneral [Ss]taff|[Jj]oint (?:[Cc]hiefs of )?[Ss]taff", "Institution", "military-staff"),
    (r"[Gg]overnments?", "Institution", "government"),
    (r"[Pp]arliaments?", "Institution", "parliament"),
)  # fmt: skip
#: The bodies of states, with their labels, by the state's IRI.
Owned: TypeAlias = Mapping[str, Mapping[str, str]]
_ANY: Final = "|".join(pattern for pattern, *_ in _BODIES)
_BEHIND: Final = re.compile(rf"(?:['\u2019]s?)? (?P<body>{_ANY})(?!\w)")
#: Of states that nobody knows, what is written as a name: the Aldrian Navy, Aldria's armed forces.
_UNKNOWN: Final = re.compile(
    rf"(?<!\w)(?P<whose>{WORD}(?:['\u2019]s)?) (?P<body>Navy|Coast Guard|Air Force|"
    r"[Aa]rmed [Ff]orces|[Dd]efen[cs]e [Mm]inistry)(?!\w)"
)
_OF: Final = re.compile(rf"(?<!\w)(?P<body>{_ANY}) of (?:the )?\Z")
#: The Aldrian, Borland and Corvian navies: each of them has one.
_EACH: Final = re.compile(
    rf"(?<!\w)(?P<whose>{WORD}(?:['\u2019]s)?(?:, {WORD}(?:['\u2019]s)?)*"
    rf",? and (?:the )?{WORD}(?:['\u2019]s)?)"
    r" (?P<body>navies|coast ?guards|air forces|border guards|marine corps)(?!\w)"
)
#: What each of several has, as a text calls it, and what one is called.
_ONE: Final = {
    "navies": "Navy", "coast guards": "Coast Guard", "coastguards": "Coast Guard",
    "coastguard": "Coast Guard", "air forces": "Air Force", "border guards": "Border Guard",
    "marine corps": "Marine Corps", "defence ministries": "defence ministry",
    "defense ministries": "defence ministry", "ministries of defence": "defence ministry",
    "ministries of defense": "defence ministry", "foreign ministries": "foreign ministry",
    "militaries": "military", "governments": "government", "parliaments": "parliament",
}  # fmt: skip
#: A body with a name of capital letters is called as the text calls it: the Hellenic Coast Guard.
_NAMED: Final = re.compile(r"(?:[A-Z][\w.'-]* ){1,3}(?:Coast Guard|Air Force|Marine Corps)")
#: Fleets, squadrons and task forces have names or numbers of their own.
_FORMATION: Final = re.compile(
    rf"(?<!\w)(?:(?:{WORD}|\d{{1,3}}(?:st|nd|rd|th)) ){{1,3}}"
    r"(?P<kind>Fleet|Flotilla|Squadron|Task Force|Strike Group|Maritime Group|Battle Group|"
    r"Naval Command|Task Group)(?: (?:\d[\d.]*|One|Two|Three|Four))?(?!\w)"
    r"|(?<!\w)(?P<number>(?:Combined )?Task Force|Task Group) \d[\d.]*(?!\w)"
)
_LIST: Final = re.compile(r", | and |, and |(?: and)? the ")
_ARTICLE: Final = re.compile(r"(?:The|A|An|And|But|In|With|For|Its|Their|His|Her) ")


def find(
    text: str, actors: Sequence[Actor], iris: Iris, owned: Owned = MappingProxyType({})
) -> list[Actor]:
    """Give the actors of a text with the bodies in it: a state before its navy makes that navy.

    Args:
        actors: What graph and gazetteer know of the text, in its order.
        iris: Gives IRIs to bodies that have none.
        owned: The bodies that the graph says are a state's, with their labels, by the state's IRI.
    """
    # Of two as long the first is kept: a navy before its state.
    found = [*_of_states(text, actors, iris, owned), *_each(text, actors, iris, owned), *actors]
    for actor in actors:
        if actor.of in ("State", "Territory") and (behind := _BEHIND.match(text, actor.end)):
            found.append(_body(text, actor, actor.start, behind.end(), behind["body"], iris, owned))
    for match in _UNKNOWN.finditer(text):
        if not _ARTICLE.match(match[0]):
            label = re.sub("['\u2019]s ", " ", match[0])
            of, kind = _what(match["body"])
            iri = iris.mint("actor", label, slug(label))
            found.append(
                Actor(*match.span(), match[0], "", iri, label, of, known=False, concept=kind)
            )
    found += _formations(text, actors, iris)
    found += goes_on(text, found, iris)
    return longest(found)


def _what(body: str) -> tuple[str, str]:
    for pattern, of, kind in _BODIES:
        if re.fullmatch(pattern, body):
            return of, NRC[kind] if kind else ""
    return "Institution", ""


def _body(
    text: str, actor: Actor, start: int, end: int, body: str, iris: Iris, owned: Owned
) -> Actor:
    """Make of a state and a word the body that is meant: known, if the gazetteer has it."""
    of, kind = _what(body)
    ask = actor.ask.replace(", or the place itself", "") if actor.by != "capital" else ""
    if of == "Navy" and (navy := navy_of(actor.iri)):
        return Actor(
            start, end, text[start:end], ask, navy.iri, navy.label, "Navy", whole=actor.iri
        )
    adjective = _adjective(actor.iri) or actor.label
    body = _ONE.get(body.lower(), body).replace("efense", "efence")
    label = f"{adjective} {body}"
    called = text[start:end] if _NAMED.fullmatch(text, start, end) else label
    # What the graph calls otherwise is the same: the armed forces of Borland.
    known_as = (called, label, f"{body} of {actor.label}", f"{actor.label} {body}")
    iri = iris.called(*known_as)
    if not iri:
        own = _own(body, owned.get(actor.iri, {}))
        iri, label = own or (iri, label)
    if not iri and (named := iris.beginning(actor.label, body)):
        # Its name is like the state's, but whose it is, nobody said.
        iri, label = named
        ask = ask or f"{label}?"
    if not iri:
        # In other words it is the same one: the Greek coast guard.
        iri, label = iris.mint("actor", label, slug(label)), called
    known = iris.knows(iri)
    return Actor(start, end, text[start:end], ask, iri, label, of, "name", known, actor.iri, kind)


def _own(body: str, owned: Mapping[str, str]) -> tuple[str, str] | None:
    """Find the one body of a state that is called by a word: its navy, its coast guard."""
    found = [(iri, label) for iri, label in owned.items() if body.lower() in label.lower()]
    return found[0] if len(found) == 1 else None


@cache
def navy_of(state: str) -> gazetteer.Entry | None:
    """Find the present navy of a state; none where there are two, or none."""
    known = [
        entry
        for entry in gazetteer.entries().values()
        if entry.whole == state and local_name(entry.kind) == "Navy" and entry.bounds[1] == "9999"
    ]
    return known[0] if len(known) == 1 else None


@cache
def _adjective(state: str) -> str:
    return next((word for name, word in demonyms() if name == state.rpartition("/")[2]), "")


def _of_states(text: str, actors: Sequence[Actor], iris: Iris, owned: Owned) -> list[Actor]:
    """Make the bodies of the states in "the navies of A, B and C"."""
    found = []
    at = 0
    while at < len(actors):
        head = _OF.search(text[max(0, actors[at].start - 40) : actors[at].start])
        first = at
        at += 1
        if not head or actors[first].of not in ("State", "Territory"):
            continue
        while (
            at < len(actors)
            and actors[at].of in ("State", "Territory")
            and _LIST.fullmatch(text[actors[at - 1].end : actors[at].start])
        ):
            at += 1
        for actor in actors[first:at]:
            start = actor.start - (len(head[0]) if actor is actors[first] else 0)
            found.append(_body(text, actor, start, actor.end, head["body"], iris, owned))
    return found


def _each(text: str, actors: Sequence[Actor], iris: Iris, owned: Owned) -> list[Actor]:
    """Make the bodies of "the Aldrian and Borland navies", each with the words that are its own."""
    states = {a.start: a for a in actors if a.of in ("State", "Territory")}
    found = []
    for match in _EACH.finditer(text):
        words = [*re.finditer(WORD, match["whose"])]
        for word in words:
            if _ARTICLE.match(word[0] + " "):
                continue
            start = match.start() + word.start()
            end = match.end() if word is words[-1] else match.start() + word.end()
            body = _ONE[match["body"]]
            if state := states.get(start):
                found.append(_body(text, state, start, end, body, iris, owned))
                continue
            label = f"{word[0]} {body}"
            of, kind = _what(body)
            iri = iris.called(label) or iris.mint("actor", label, slug(label))
            found.append(
                Actor(
                    start, end, text[start:end], "", iri, label, of,
                    known=iris.knows(iri), concept=kind,
                )
            )  # fmt: skip
    return found


def _formations(text: str, actors: Sequence[Actor], iris: Iris) -> list[Actor]:
    found = []
    by_end = {actor.end: actor for actor in actors if actor.of == "State"}
    for match in _FORMATION.finditer(text):
        start = match.start()
        while article := _ARTICLE.match(text, start):
            start = article.end()
        label = text[start : match.end()]
        # A state before it, as in U.S. 7th Fleet, is whose it is, and part of the name.
        kind = (match["kind"] or match["number"]).lower().replace(" ", "-").replace("combined-", "")
        kind = {
            "maritime-group": "standing-maritime-group",
            "strike-group": "carrier-strike-group",
        }.get(kind, kind)
        concept = (
            NRC[kind]
            if kind
            in ("fleet", "flotilla", "squadron", "task-force", "task-group", "naval-command")
            else ""
        )
        iri = iris.mint("actor", label, slug(label))
        owner = by_end.get(start - 1) or by_end.get(start - 3)
        if label.split(" ")[0] not in ("Fleet", "Flotilla", "Squadron"):
            whose = owner.iri if owner else ""
            known = iris.knows(iri)
            ask = "" if owner or known else "whose?"
            found.append(
                Actor(
                    start,
                    match.end(),
                    label,
                    ask,
                    iri,
                    label,
                    "Formation",
                    "name",
                    known,
                    whose,
                    concept,
                )
            )
    return found
