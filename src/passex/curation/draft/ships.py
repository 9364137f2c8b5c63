"""Ships with a name: behind a prefix, or behind the word for what they are."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from ...graph.folding import slug
from .mentions import Actor, Ship
from .naming import CAPITAL, NAME, Iris, occurrences
from .vocabulary import concept, pattern_of, words_of

#: Prefixes, and the states whose ships have them: never a proof of whose a ship is.
PREFIXES: Final = {
    "ARA": "Argentina", "ARC": "Colombia", "ARM": "Mexico", "BAE": "Ecuador", "BAP": "Peru",
    "BNS": "Bangladesh", "BRP": "the Philippines", "CNS": "China", "ENS": "Egypt",
    "ESPS": "Spain", "FGS": "Germany", "FNS": "Finland", "FS": "France", "HDMS": "Denmark",
    "HMAS": "Australia", "HMBS": "the Bahamas", "HMCS": "Canada", "HMNZS": "New Zealand",
    "HMS": "the United Kingdom or Sweden", "HNLMS": "the Netherlands", "HNoMS": "Norway",
    "HSwMS": "Sweden", "HS": "Greece", "HTMS": "Thailand", "INS": "India or Israel",
    "ITS": "Italy", "JDS": "Japan", "JS": "Japan", "KD": "Malaysia", "KDB": "Brunei",
    "KNM": "Norway", "KRI": "Indonesia", "LÉ": "Ireland", "NNS": "Nigeria", "NRP": "Portugal",
    "ORP": "Poland", "PNS": "Pakistan", "RFA": "the United Kingdom", "ROCS": "Taiwan",
    "ROKS": "South Korea", "ROS": "Romania", "RSS": "Singapore", "SAS": "South Africa",
    "SLNS": "Sri Lanka", "SNV": "Spain", "TCG": "Turkey", "UMS": "Myanmar",
    "USCGC": "the United States", "USNS": "the United States", "USS": "the United States",
    "VNS": "Vietnam", "HNS": "Greece", "RNOV": "Oman", "RBNS": "Bahrain", "MV": "", "RV": "",
    "M/V": "", "M/S": "", "M/T": "", "F/V": "", "S/V": "", "MT": "", "SS": "",
    "JCG": "Japan", "CCGS": "Canada", "EML": "Estonia", "KN": "Indonesia",
    "RFNS": "Fiji", "ADV": "Australia",
}  # fmt: skip
_SHIPS: Final = words_of("ship-kind")
_KIND: Final = rf"(?i:{pattern_of(word for word in _SHIPS if len(word) > 3 or word == 'tug')})"
_NAME: Final = (
    rf"(?:(?:Prince|Princess|Duke|Duchess|City|Isle|Pride|Star) of )?{NAME}"
    r"(?: (?:\d{1,3}|[IVX]+)(?![\w,.]*\d))?"
)
_PREFIXED: Final = re.compile(
    rf"(?<!\w)(?P<prefix>{'|'.join(PREFIXES)}|[A-Z]{{2,4}}S)[ \u00a0](?P<name>{_NAME})"
)
_BEHIND_KIND: Final = re.compile(
    rf"(?<![\w-])(?P<kind>{_KIND})[ \u00a0](?:the |[\"\u201c\u2018'])?(?P<name>{_NAME})"
    rf"(?P<more>(?:(?:,| and|, and) (?:the )?(?!{_KIND}){_NAME}(?=[,. ]))*)"
)
#: A word for a ship that says no kind. A capital makes others part of a name: Ship Repair Facility.
_THING: Final = "(?:ships?|vessels?|boats?|[Cc]utters?)"
_BEHIND_THING: Final = re.compile(_BEHIND_KIND.pattern.replace(_KIND, _THING))
#: Ships of some services have letters and a number, and no other name: CSB 8021.
_NUMBERED: Final = re.compile(
    rf"(?<![\w-])(?:{_KIND}|ship|vessel|boat|craft|cutter)[ \u00a0]"
    r"(?P<name>[A-Z]{2,6}[ \u00a0-]?\d{2,5})(?![\w-])"
)
#: The number on her side, behind her name.
_HULL: Final = re.compile(r" \((?P<number>[A-Z]{0,5}[ -]?\d{1,5}[A-Z]?)\)")
_ONE: Final = re.compile(_NAME)
#: Between whose a ship is and her name, nothing else stands than words for what she is.
_BETWEEN: Final = re.compile(
    rf"(?:['\u2019]s?)?(?:[ -](?:{_KIND},?|{_THING}|[Nn]av(?:y|al)|new|first|nuclear|powered|"
    r"guided|missile|stealth|latest|flagship|large|\w+[ -]class|warship))*[ \u00a0](?:the )?"
    r"[\"\u201c\u2018']?"
)
_KIND_BEFORE: Final = re.compile(rf"(?<![\w-])({_KIND}),?[ \u00a0][\"\u201c\u2018']?\Z")
_THING_BEFORE: Final = re.compile(rf"(?<![\w-]){_THING}[ \u00a0][\"\u201c\u2018']?\Z")
_KIND_BEHIND: Final = re.compile(
    rf"(?: \([^()]*\))?, (?:an? |the )(?:[a-z][\w-]* ){{0,3}}?({_KIND})(?!\w)"
)
_OF: Final = re.compile(r"(?: \([^()]*\))? (?:of|from) (?:the )?\Z")
_GIVEN: Final = (
    r"(?:sold|donated|given|gifted|ceded|leased|transferred|handed over|turned over|bought|"
    r"acquired)"
)
#: What says that she was somebody's once, and is another's now: the former Danish ship Thetis.
_FORMER: Final = re.compile(
    r"\b(?:former(?:ly)?[ -](?:the )?|ex[ -]|once[ -]|then-|one-?time |erstwhile |previously |"
    rf"retired |decommissioned |(?:{_GIVEN}|hand over|donate|transfer) (?:the |its |an? )?)\Z",
    re.IGNORECASE,
)
_NO_LONGER: Final = re.compile(
    r"(?: \([^()]*\))?, (?:(?:(?:which|who) )?(?:is |was |has been |had been )?"
    rf"(?:(?:since|later|recently) )?{_GIVEN}\b|"
    r"(?:which is |who is )?(?:now|today)\b(?! (?:in|at|off|on|near|under|en|\w+ing)\b))[^,;.]*"
)
_IS_GIVEN: Final = re.compile(
    r"(?: \([^()]*\))? (?:was|is|will be|has been|had been|is to be) (?:\w+ly )?" + _GIVEN + r"\b"
)
_WORDS: Final = """
    Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May June
    July August September October November December The A An In On At Of And Navy Squadron Group
    Fleet Flotilla Force Command Division Captain Commander Class Mr It They He She We But
    As For With From To Two Three
"""
#: Words behind a word for a ship that name no ship.
_NO_NAME: Final = frozenset(_WORDS.split())


def find(text: str, actors: Sequence[Actor], iris: Iris) -> list[Ship]:
    """Find the ships of a text.

    Args:
        actors: What graph and gazetteer know of the text, in its order; ships among them.
        iris: Gives IRIs to ships that have none.
    """
    known = {actor.start: actor for actor in actors if actor.of == "Ship"}
    starts = [actor.start for actor in actors]
    others = {actor.start: actor for actor in actors if actor.of != "Ship"}
    found = [_known(text, actor) for actor in known.values()]
    for match in _PREFIXED.finditer(text):
        prefix, start = match["prefix"], match.start()
        end = _name_end(text, match.start("name"), match.end("name"), others)
        if prefix in PREFIXES or (
            end > match.start("name") and _KIND_BEFORE.search(text[max(0, start - 40) : start])
        ):
            found.append(_new(text, start, end, iris, prefix))
    # Behind a word that says no kind stands a name where whose she is stands before it.
    things = [
        match
        for match in _BEHIND_THING.finditer(text)
        if _owner_before(text, match.start("name"), actors, starts)
    ]
    heads: dict[int, int] = {}
    for match in (*_BEHIND_KIND.finditer(text), *things):
        names = [match.span("name"), *(m.span() for m in _ONE.finditer(text, *match.span("more")))]
        for number, (start, end) in enumerate(names):
            end = _name_end(text, start, end, others)
            word = text[start:end].split(" ")[0]
            if (
                start >= end
                or word in _NO_NAME
                or word in PREFIXES
                or start in others
                or text[start:end].isupper()
            ):
                break
            # A list of names goes on only behind a plural: the frigates A and B.
            if number and not match["kind"].endswith("s"):
                break
            found.append(_new(text, start, end, iris, ""))
            heads[start] = names[0][0]
    for match in _NUMBERED.finditer(text):
        if match.start("name") not in others:
            found.append(_new(text, *match.span("name"), iris, ""))
    found.sort(key=lambda ship: (ship.start, -ship.end))
    ships: dict[int, Ship] = {}
    end = 0
    for ship in found:
        if ship.start >= end:
            described = _described(text, ship, actors, starts)
            if head := ships.get(heads.get(ship.start, -1)):
                described = _listed(described, head)
            ships[ship.start], end = described, ship.end
    # Whose the last of a list is, behind her name, all are: Bayern and Hessen of the German Navy.
    for start, first in heads.items():
        last, head = ships.get(start), ships.get(first)
        if last and head and last.last > last.end and last.owner and not head.owner:
            for at in (at for at, named in heads.items() if named == first and at in ships):
                ships[at] = _listed(ships[at], replace(last, first=ships[at].first))
    return _again(text, list(ships.values()))


def _known(text: str, actor: Actor) -> Ship:
    return Ship(actor.start, actor.end, actor.text, actor.ask, actor.iri, actor.label, True)


def _name_end(text: str, start: int, end: int, others: dict[int, Actor]) -> int:
    """End a name before what is known to be something else: HMS Kent Norway isn't one ship."""
    words = [m.start() for m in re.finditer(rf"(?<= ){CAPITAL}", text[start:end])]
    for at in words:
        if start + at in others or text[start + at : end].split(" ")[0] in _NO_NAME:
            return start + len(text[start : start + at].rstrip())
    return end


def _new(text: str, start: int, end: int, iris: Iris, prefix: str) -> Ship:
    label = " ".join(text[start:end].split())
    states = PREFIXES.get(prefix, "")
    ask = f"whose? {prefix} is of {states}" if states else "whose?"
    return Ship(start, end, text[start:end], ask, iris.mint("ship", label, slug(label)), label)


def _described(text: str, ship: Ship, actors: Sequence[Actor], starts: list[int]) -> Ship:
    """Read what the words around a ship's name say: what kind she is, and whose."""
    concepts: tuple[str, ...] = ()
    hull = _HULL.match(text, ship.end)
    first, last, owner = ship.start, hull.end() if hull else ship.end, ""
    before = text[max(0, ship.start - 60) : ship.start]
    if kind := _KIND_BEFORE.search(before):
        concepts = concept("ship-kind", kind[1])
        first = ship.start - (len(before) - kind.start(1))
    elif kind := _KIND_BEHIND.match(text, ship.end):
        concepts, last = concept("ship-kind", kind[1]), kind.end()
    elif thing := _THING_BEFORE.search(before):
        first -= len(before) - thing.start()
    # Whose she is stands before her kind, with a navy perhaps; or behind her name.
    if before_her := _owner_before(text, ship.start, actors, starts):
        owner, first = before_her.iri, before_her.start
        given = _NO_LONGER.match(text, ship.end)
        given_now = given or _IS_GIVEN.match(text, ship.end)
        if given_now or _FORMER.search(text, max(0, first - 25), first):
            return replace(
                ship,
                ask=f"of {before_her.label} until when, and whose now?",
                concept=concepts[0] if concepts else "",
                first=first,
                last=given.end() if given else last,
            )
    behind = bisect_right(starts, ship.end - 1)
    body = actors[behind] if behind < len(actors) else None
    if not owner and body and body.of in _OWNERS and not body.ask:
        between = text[ship.end : body.start] if body.start - ship.end < _FAR else ""
        if _OF.fullmatch(between):
            owner, last = body.iri, body.end
    ask = "" if owner or ship.known else ship.ask
    kind_iri = concepts[0] if concepts else ""
    number = hull["number"] if hull and not ship.known else ""
    return replace(
        ship, ask=ask, concept=kind_iri, owner=owner, first=first, last=last, number=number
    )


def _listed(ship: Ship, head: Ship) -> Ship:
    """Take what and whose a ship is from the first one of a list: the Indian frigates A and B."""
    if ship.known:
        return ship
    if ship.owner:
        return replace(ship, concept=ship.concept or head.concept)
    return replace(
        ship,
        ask="" if head.owner else ship.ask,
        concept=ship.concept or head.concept,
        owner=head.owner,
        first=head.first,
    )


def _owner_before(text: str, at: int, actors: Sequence[Actor], starts: list[int]) -> Actor | None:
    """Find whose a ship is that is named somewhere."""
    number = bisect_left(starts, at) - 1
    before = actors[number] if number >= 0 else None
    if not before or before.ask or before.of not in _OWNERS:
        return None
    return before if _BETWEEN.fullmatch(text[before.end : at]) else None


#: So far behind a ship stands whose she is, at most.
_FAR: Final = 60
_OWNERS: Final = ("State", "Navy", "Service", "Territory", "Formation")


def _again(text: str, ships: list[Ship]) -> list[Ship]:
    """Find the names of ships once more where they stand without prefix or kind."""
    short: dict[str, Ship] = {}
    for ship in ships:
        prefix, _, name = ship.label.partition(" ")
        short.setdefault(name if prefix in PREFIXES and name else ship.label, ship)
    short = {name: ship for name, ship in short.items() if len(name) > 3}
    more = []
    inside = {at for ship in ships for at in range(ship.start, ship.end)}
    for start, end, name in occurrences(text, short):
        if start not in inside:
            ship = short[name]
            more.append(
                Ship(start, end, name, "", ship.iri, ship.label, ship.known, "", "", start, end)
            )
    return sorted([*ships, *more], key=lambda ship: ship.start)
