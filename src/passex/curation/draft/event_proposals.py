"""Proposals for events that are no exercises, with their quotes on them; and for numbers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from ...graph.folding import slug
from ...graph.terms import NRC
from . import timing
from .claiming import claim_date
from .mentions import Actor, Count, Date, Happening, Mention, Person, Ship, of_kind
from .naming import Iris, surname
from .scene import Node, Scene, iris_of, label_of
from .statements import literal, name

#: What befalls ships: where none is named, it isn't said whom.
_ACCIDENTS: Final = frozenset(("collision", "grounding", "fire", "sinking"))
#: These are done by somebody, and happen to somebody else.
_BY: Final = frozenset(("rescue", "search", "interception", "shadowing"))
_FATES: Final = frozenset(
    NRC[f"{fate}-people"] for fate in ("dead", "injured", "missing", "rescued", "detained")
)
_TIMES: Final = frozenset(NRC[unit] for unit in ("hours", "days", "weeks", "months", "years"))
_LASTS: Final = re.compile(r"\b(?:for|of|lasting|lasts|over)(?: the)? \Z")
#: Before a verb, what makes it passive; and behind it, who gives and takes.
_IS: Final = re.compile(r"\b(?:was|were|is|are|be|been|being) (?:\w+ly )?\Z")
_TO: Final = re.compile(r"\b(?:to|by) (?:the )?(?:[^,;.]{1,40} and (?:the )?)?\Z")
_COUNTRIES: Final = ("State", "Territory")
#: So far behind the verb stands the place, at most.
_NEAR: Final = 90


def event(
    scene: Scene, happening: Happening, setting: Node | None, iris: Iris, year: str
) -> Node | None:
    """Propose a meeting, a visit, an accident, ...

    Args:
        setting: The exercise during which it happened.
        iris: Gives it its IRI.
        year: The year of the file's name, in two digits.
    """
    page, of = scene.page, happening.of
    transfer = NRC["ship-transfer"] in happening.concepts
    given, who = _transferred(scene, happening) if transfer else ([], _parties(scene, happening))
    if transfer and not (given and who):
        # Much else is handed over, donated and transferred.
        if given or happening.text.endswith("over"):
            page.ask(happening.text, "an nr:Event? Which ship, who gives and who takes her?")
        return None
    agreed, plan = of == "Agreement", of == "Plan"
    if happening.hedged and not plan:
        # Its quotes would prove all of it, and claims that are probable it has none.
        page.ask(happening.text, f"an nr:{of}? It isn't certain here.")
        return None
    if len(iris_of(who)) < (2 if of in ("Meeting", "Agreement") else 1):
        page.ask(happening.text, f"an nr:{of}? Its parties aren't all named here.")
        return None
    if NRC["missile-launch"] in happening.concepts:
        page.ask(happening.text, "was it a test (nr:MissileTest)? The words don't say so.")
    dates = [date for date in scene.dates if date is not scene.date and not date.ask]
    date = None if agreed else timing.nearest(_own(scene, dates, happening), happening)
    if date is None and dates and not agreed:
        page.ask(dates[0].text, f'is it the time of "{happening.text}" too?')
    when = (date.earliest, date.latest) if date else ("", "")
    end = happening.start + _NEAR
    place = None if agreed else scene.place(happening.start, end, free=setting is None)
    where: list[Mention] = [place] if place else []
    if of == "Visit" and not where:
        # Who visits states is in them, and they take no part.
        states = [m for m in scene.cast.parties if isinstance(m, Actor) and m.of in _COUNTRIES]
        where += [state for state in states if happening.end <= state.start < end]
        if not where:
            page.ask(happening.text, "an nr:Visit? Where to isn't named here.")
            return None
    labels = list(dict.fromkeys(label_of(mention) for mention in given or who))
    month = timing.month(when)
    noun = f"{happening.noun[:1].upper()}{happening.noun[1:]}"
    label = f"{noun} {'by' if happening.noun in _BY else 'of'} {' and '.join(labels[:3])}"
    label += f", {month}" if month else ""
    wanted = f"{slug(happening.noun)}-{slug(surname(labels[0]))}-{year}"
    node = Node(iris.mint(of, f"{label} {page.start}", wanted), of, page.start, dated=bool(date))
    head: list[tuple[str, Sequence[str]]] = [
        ("a", [f"nr:{of}"]),
        ("rdfs:label", [literal(label, "en")]),
    ]
    told: list[tuple[str, Sequence[str]]] = [
        ("nr:hasStatus", ["nrc:agreed"] if agreed else ["nrc:planned"] if plan else []),
        ("nr:hasKind", [name(concept) for concept in happening.concepts]),
        ("nr:hasParty" if agreed else "nr:hasParticipant", [name(iri) for iri in iris_of(who)]),
        ("nr:concerns", [name(iri) for iri in iris_of(given)]),
        ("nr:hasSetting", [name(setting.iri)] if setting else []),
        ("nr:hasPlace", [name(iri) for iri in iris_of(where)]),
    ]
    places = [happening.verb, *((mention.start, mention.end) for mention in (*given, *who))]
    places += [(mention.start, mention.end) for mention in (*where, *([date] if date else []))]
    quotes = page.evidence(*places)
    if not quotes:
        return None
    if place is not None:
        scene.used.add(place.iri)
    if not plan:
        page.state(node.iri, [*head, *told, *timing.parts(date, when), ("nr:hasEvidence", quotes)])
        return node
    # A plan has claims, and no quotes of its own.
    page.state(node.iri, [*head, *told, *timing.parts(date, when)])
    for verb, values in told:
        if values:
            page.claim(node.iri, [verb], values, quotes)
    if date is not None:
        claim_date(page, node, date, when, page.evidence((date.start, date.end)))
    return node


def _own(scene: Scene, dates: Sequence[Date], happening: Happening) -> list[Date]:
    """Leave out the times of what else happened before: arrived on Monday, and met."""
    told = [*scene.others, *([scene.happening] if scene.happening else [])]
    before = [other.verb[1] for other in told if other.verb[1] <= happening.verb[0]]
    return [
        date
        for date in dates
        if not any(end <= date.start and date.end <= happening.verb[0] for end in before)
    ]


def _parties(scene: Scene, happening: Happening) -> list[Mention]:
    """Find whose event it is: who met whom, who went, whose ships collided."""
    cast, of = scene.cast, happening.of
    met = of == "Meeting"
    persons = [p for p in of_kind(scene.mentions, Person) if met or p not in cast.speakers]
    before = [m for m in (*persons, *cast.parties) if m.start < happening.start]
    if met or of == "Agreement":
        others = [m for m in cast.parties if m.start < happening.end + 30] if met else cast.parties
        return [*persons] if len({p.iri for p in persons}) > 1 else [*persons, *others]
    if of in ("Visit", "MissileTest"):
        start, end = scene.clause(happening.verb[0], joined=False)
        return before[-1:] or [m for m in (*cast.parties, *persons) if start <= m.start < end][:1]
    start, end = scene.clause(happening.verb[0])
    ships = [m for m in cast.parties if isinstance(m, Ship) and start <= m.start < end]
    if ships or happening.noun in _ACCIDENTS:
        return [*ships]
    return before[-1:]


def _transferred(scene: Scene, happening: Happening) -> tuple[list[Mention], list[Mention]]:
    """Find which ships are handed over, and who gives and takes them."""
    page, (verb, behind) = scene.page, happening.verb
    start, end = scene.clause(verb)
    passive = bool(_IS.search(page.text, page.start, verb))
    ships: list[Mention] = [
        ship
        for ship in of_kind(scene.mentions, Ship)
        if start <= ship.start < end and (ship.start < verb) is passive
    ]
    parties = [m for m in scene.cast.parties if isinstance(m, Actor) and start <= m.start < end]
    givers = [m for m in parties if m.start < verb][-1:]
    takers = [m for m in parties if _TO.search(page.text, behind, m.start)]
    if passive:
        # Poland's frigate was handed over.
        givers = [
            m
            for m in of_kind(scene.mentions, Actor)
            if any(m.end < ship.start and ship.first <= m.start for ship in of_kind(ships, Ship))
            and page.text.startswith(("'s", "\u2019s"), m.end)
        ]
    return ships, [*givers, *takers]


def counts(scene: Scene, about: Node | None, accident: Node | None) -> None:
    """Propose the numbers of a sentence.

    Args:
        about: What they are of; None asks.
        accident: What those are of who were hurt or are missing.
    """
    page = scene.page
    for count in of_kind(scene.mentions, Count):
        before = page.text[max(0, count.start - 12) : count.start]
        if count.concept in _TIMES and "-" not in count.text and not _LASTS.search(before):
            continue  # within 30 days, two years ago
        if count.ask:
            page.ask(count.text, count.ask)
            continue
        node = accident if count.concept in _FATES else about
        evidence = page.evidence((count.start, count.end))
        if node is None or not evidence:
            page.ask(count.text, f"{count.value} {name(count.concept)} of what?")
            continue
        page.claim(
            node.iri, [], [str(count.value)], evidence,
            ("nr:hasQuantifier", [name(count.quantifier)] if count.quantifier else []),
            ("nr:quantityOf", [name(count.concept)]),
            ("nr:suppliedBy", [name(count.supplied_by)] if count.supplied_by else []),
            ("nr:quantityWords", [literal(count.words)] if count.words else []),
        )  # fmt: skip
