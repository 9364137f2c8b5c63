"""Proposals for what happens: exercises and their plans, with a claim a property, and other events."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from ...graph.terms import NRC, local_name
from ...text.wording import say_month
from .bodies import navy_of
from .mentions import Actor, Count, Date, Happening, Mention, Name, Person, Place, Ship, of_kind
from .naming import Iris, slug, surname
from .page import Page
from .roles import Cast
from .statements import day, literal, name
from .vocabulary import label as label_of

_BEGINS: Final = re.compile(r"beg[aiu]n|start|kick|open|launch|sailed|commenc")
_ENDS: Final = re.compile(r"\bend(?:ed|s)?\b|conclud|wrapp?ed|finish|complet")
_SPOKEN: Final = re.compile(r"\b(?:said|told \w+|announced|added|stated|reported)(?: \w+){0,2} \Z")
_TIMED: Final = re.compile(r"beg[aiu]n|start|open|held|hold|\bend|conclud|last|run|take place|will")
_PHASE: Final = re.compile(r"\b(?:first|second|third|final|harbou?r|sea) phase\b")
_FATES: Final = frozenset(
    NRC[f"{fate}-people"] for fate in ("dead", "injured", "missing", "rescued", "detained")
)
_LASTS: Final = re.compile(r"\b(?:for|of|lasting|lasts|over)(?: the)? \Z")
_BOTH: Final = re.compile(
    r"\b(?:the|both|all) (?:two |three |four )?(?:countries|nations|navies|states|sides|allies)\b"
)
_TIMES: Final = frozenset(NRC[unit] for unit in ("hours", "days", "weeks", "months", "years"))
_BY: Final = ("rescue", "search", "interception", "shadowing")
_NAVAL: Final = re.compile(
    r"\b(?:naval|navy|navies|maritime|at sea|warships?|ships?|frigates?|destroyers?|submarines?)\b",
    re.IGNORECASE,
)
#: Parties of these classes train at sea without saying so.
_AT_SEA: Final = ("Ship", "Navy", "Formation")


@dataclass(slots=True)
class Node:
    """An event or plan that was proposed: other sentences go on about it."""

    iri: str
    of: str
    parties: set[str] = field(default_factory=set)
    series: Name | None = None
    dated: bool = False
    domain: bool = False
    status: bool = False
    told: int = -1


class Happenings:
    """Writes what happens, and remembers it: "the exercise" is the one before.

    Args:
        iris: Gives IRIs to what has none.
        year: The year of the file's name, in two digits.
    """

    def __init__(self, iris: Iris, year: str) -> None:
        self._iris, self._year = iris, year
        self._named: dict[tuple[str, bool], Node] = {}
        self._last: Node | None = None
        self._series: set[str] = set()
        self._used_date: Date | None = None

    def refer(self, happening: Happening, names: Sequence[Name]) -> Node | None:
        """Find what a sentence goes on about; None where it tells of something new."""
        plan = happening.of == "ExercisePlan"
        if names:
            key = names[0].iri
            # Without a status it is the one of that name, whatever that is.
            found = self._named.get((key, plan)) or (
                self._named.get((key, not plan)) if not happening.status else None
            )
            # The exercise, Sama Dagat, is the one that was told of before.
            unnamed = (
                self._last
                if happening.definite and self._last and self._last.series is None
                else None
            )
            return found or (
                unnamed if unnamed and not any(known == key for known, _ in self._named) else None
            )
        next_one = "next" in happening.noun or (happening.noun == "edition" and happening.status)
        if not happening.definite or next_one or self._last is None:
            return None
        # What was held is no plan that was told of.
        other = self._last.of == "ExercisePlan" and happening.of == "Exercise" and happening.status
        return None if other else self._last

    def want(
        self,
        page: Page,
        mentions: Sequence[Mention],
        happening: Happening | None,
        others: Sequence[Happening],
        cast: Cast,
    ) -> None:
        """Ask for the anchors that `write` will need."""
        if happening is None and not others and self._last is None:
            return
        for found in [*([happening] if happening else []), *others]:
            page.anchors.want(found.start, found.end)
            if found.verb[0] < found.verb[1]:
                page.anchors.want(*found.verb)
        if happening is not None or others:
            for mention in (*cast.parties, *(m for listed in cast.roles.values() for m in listed)):
                page.anchors.want(mention.start, mention.end)
            for mention in mentions:
                if isinstance(mention, Date | Place | Name) or (
                    others and isinstance(mention, Person)
                ):
                    page.anchors.want(mention.start, mention.end)
        for count in of_kind(mentions, Count):
            page.anchors.want(count.start, count.end)

    def write(
        self,
        page: Page,
        mentions: Sequence[Mention],
        happening: Happening | None,
        others: Sequence[Happening],
        cast: Cast,
    ) -> set[str]:
        """Propose what a sentence tells of; give the IRIs of the places that it uses."""
        used: set[str] = set()
        about: Node | None = None
        dates = [
            d
            for d in of_kind(mentions, Date)
            if not _SPOKEN.search(page.text[max(page.start, d.start - 40) : d.start])
        ]
        spoken = [d for d in of_kind(mentions, Date) if d not in dates]
        for date in of_kind(mentions, Date):
            if date.ask:
                page.ask(date.text, f"{_days(date)}, {date.ask}")
        self._used_date = None
        if happening is not None:
            about = self._exercise(page, mentions, happening, cast, dates, used)
        left = [date for date in dates if date is not self._used_date]
        accident: Node | None = None
        for other in others:
            node = self._event(
                page,
                mentions,
                other,
                cast,
                left,
                used,
                about if happening and happening.setting else None,
            )
            accident, about = accident or node, about or node
        if phase := _PHASE.search(page.text, page.start, page.end):
            page.ask(phase[0], "a part of the exercise (dcterms:isPartOf)?")
        # What isn't clear happened to somebody, and the numbers may be of that.
        unclear = bool(others) and accident is None
        self._counts(page, mentions, None if unclear else about or self._last, accident)
        for date in spoken if about else of_kind(mentions, Date):
            if date.earliest or date.latest:
                page.remark(f'"{date.text}" is {_days(date)}')
        return used

    def _exercise(
        self,
        page: Page,
        mentions: Sequence[Mention],
        happening: Happening,
        cast: Cast,
        dates: Sequence[Date],
        used: set[str],
    ) -> Node | None:
        names = of_kind(mentions, Name)
        node = self.refer(happening, names)
        if node is None and happening.definite and not names and not happening.status:
            return None
        parties = [*cast.parties]
        if not parties and happening.of == "ExercisePlan":
            # Who says that it would hold one takes part in it.
            speakers = [m for m in cast.speakers if isinstance(m, Actor) and m.of != "Institution"]
            parties += (
                speakers
                if re.search(r"\bit (?:would|will|plans)\b", page.text[page.start : page.end])
                else []
            )
        if node is None and not happening.status and not names and not parties:
            return None
        verb = page.evidence(happening.verb) or page.evidence((happening.start, happening.end))
        if not verb:
            return None
        if happening.ask and node is None:
            page.ask(happening.text, happening.ask)
        date = None if happening.setting else _nearest(dates, happening)
        place = next(
            (
                p
                for p in of_kind(mentions, Place)
                if p.start > happening.start - 60 and not _from(page.text, p)
            ),
            None,
        )
        if (
            place
            and node
            and (
                place.start - happening.end > 60
                or happening.verb == (happening.start, happening.end)
            )
        ):
            place = None
        if node is None:
            # A six-day exercise that began on Monday ends on Saturday.
            days = [
                c.value
                for c in of_kind(mentions, Count)
                if c.concept == NRC.days and "-" in c.text and c.end <= happening.end
            ]
            node = self._new(page, happening, names, parties, date, place, days[-1:], used)
        if node.told == page.start:
            pass
        elif (
            date is not None
            and happening.verb != (happening.start, happening.end)
            and _TIMED.search(page.text[happening.verb[0] : happening.verb[1] + 12])
            and (0 < date.start - happening.verb[1] < 30)
        ):
            when = _when(date, page.text[happening.verb[0] : happening.verb[1] + 12], happening, [])
            self._dated(
                page, node, date, when, page.evidence((date.start, date.end), happening.verb)
            )
            self._used_date = date
        elif date is not None:
            page.remark(f'"{date.text}" is {_days(date)}')
        if node.told != page.start:
            if names and node.series is None:
                self._joins(page, node, names[0])
            if place is not None:
                self._placed(page, node, place, used)
            if happening.status and not node.status and happening.of == node.of:
                page.state(node.iri, [("nr:hasStatus", [name(happening.status)])])
                page.claim(node.iri, ["nr:hasStatus"], [name(happening.status)], verb)
                node.status = True
        # What is cancelled is over: "the exercise" is another one; and one that is held, before a plan.
        if happening.status != NRC.cancelled and (
            node.of == "Exercise" or self._last is None or self._last.of != "Exercise"
        ):
            self._last = node
        self._parties(page, node, parties, cast)
        both = _BOTH.search(page.text, page.start, page.end)
        if both and not parties and node.told == page.start:
            page.ask(both[0], f"who takes part in {name(node.iri)}?")
        states = dict.fromkeys(
            p.post_label
            for p in of_kind(mentions, Person)
            if p.post_in and p.post.endswith("minister")
        )
        if len(node.parties) < 2 and len(states) > 1 and node.told == page.start:
            page.ask(happening.text, f"do {' and '.join(states)} take part in {name(node.iri)}?")
        return node

    def _new(
        self, page: Page, happening: Happening, names: Sequence[Name], parties: Sequence[Mention], date: Date | None,
        place: Place | None, days: Sequence[int], used: set[str],
    ) -> Node:  # fmt: skip
        plan = happening.of == "ExercisePlan"
        kind = local_name(happening.concepts[0]) if happening.concepts else ""
        noun = (
            label_of("exercise-kind", happening.concepts[0])
            if kind
            else re.sub("s$", "", happening.noun)
        )
        noun = noun.removesuffix(" lumped together")
        who = " and ".join(dict.fromkeys(_label(party) for party in parties[:3]))
        series_of = names[0] if names else None
        if series_of is None and noun in ("edition", "next one") and self._last:
            series_of = self._last.series
        what = (
            series_of.label
            if series_of
            else f"{noun[:1].upper()}{noun[1:]}" + (f" of {who}" if who else "")
        )
        when = (
            _when(date, page.text[happening.verb[0] : happening.verb[1] + 12], happening, days)
            if date and not date.ask
            else ("", "")
        )
        month = _month(when)
        label = (
            f"{what}, {month}"
            if month
            else f"{what} ({'plan' if plan else 'as reported'})"
            if plan
            else what
        )
        year = when[0][2:4] or when[1][2:4] or self._year
        base = (
            slug(series_of.label)
            if series_of
            else re.sub(r"(?<=-\w{4})(\w*)-exercise$", r"\1", kind) or "drill"
        )
        iri = self._iris.mint(
            happening.of,
            f"{label} {page.start}",
            f"{base}-{year}" + ("-plan" if plan and not series_of else ""),
        )
        self._used_date = date
        node = Node(
            iri, happening.of, series=series_of, dated=bool(date and not date.ask), told=page.start
        )
        if names:
            self._named[names[0].iri, plan] = node
        domains = [] if self._at_sea(parties, happening) else _domains(page, happening)
        node.domain, node.status = bool(domains), bool(happening.status)
        series = [name(series_of.iri)] if series_of else []
        observed = [name(m.iri) for m in parties if isinstance(m, Actor | Ship)]
        alone = NRC["unilateral-exercise"] in happening.concepts
        open_ = ["nr:hasParticipant"] if len(set(observed)) < 2 and not alone else []
        bounds = _date_parts(date, when)
        page.state(
            iri,
            [
                ("a", [f"nr:{happening.of}"]),
                ("rdfs:label", [literal(label, "en")]),
                ("nr:hasStatus", [name(happening.status)] if happening.status else []),
                ("nr:hasKind", [name(concept) for concept in happening.concepts]),
                ("nr:hasDomain", domains),
                ("nr:inSeries", series),
                ("nr:hasParticipant", list(dict.fromkeys(observed))),
                ("nr:hasPlace", [name(place.iri)] if place else []),
                *bounds,
                ("nr:leavesOpen", open_),
            ],
        )
        noun_place = page.evidence((happening.start, happening.end))
        hedged = [("nr:hasCertainty", ["nrc:probable"])] if happening.hedged else []
        if happening.status:
            page.claim(
                iri,
                ["nr:hasStatus"],
                [name(happening.status)],
                page.evidence(happening.verb),
                *hedged,
            )
        if happening.concepts:
            page.claim(iri, ["nr:hasKind"], [name(c) for c in happening.concepts], noun_place)
        if domains:
            said = _NAVAL.search(page.text, page.start, page.end) or "nrc:air" in domains
            basis = [] if said else [("nr:hasBasis", ["nrc:inferred"])]
            page.claim(iri, ["nr:hasDomain"], domains, noun_place, *basis)
        if series_of:
            told = (names[0].start, names[0].end) if names else (happening.start, happening.end)
            page.claim(iri, ["nr:inSeries"], series, page.evidence(told))
        if names:
            self._declare(page, names[0])
        if place:
            used.add(place.iri)
            page.claim(
                iri, ["nr:hasPlace"], [name(place.iri)], page.evidence((place.start, place.end))
            )
        if date and any(when):
            self._dated(
                page, node, date, when, page.evidence((date.start, date.end), happening.verb)
            )
        return node

    def _declare(self, page: Page, series: Name) -> None:
        if series.iri not in self._series and not series.known:
            self._series.add(series.iri)
            label = literal(series.label, "en")
            page.state(
                series.iri,
                [("a", ["nr:Series"]), ("rdfs:label", [label]), ("nr:leavesOpen", ["nr:hasParty"])],
            )

    def _joins(self, page: Page, node: Node, series: Name) -> None:
        """Give an exercise that was told of before the name that comes now."""
        evidence = page.evidence((series.start, series.end))
        if evidence:
            node.series = series
            self._named[series.iri, node.of == "ExercisePlan"] = node
            page.state(node.iri, [("nr:inSeries", [name(series.iri)])])
            page.claim(node.iri, ["nr:inSeries"], [name(series.iri)], evidence)
            self._declare(page, series)

    def _at_sea(self, parties: Sequence[Mention], happening: Happening) -> bool:
        """Tell whether the domain goes without saying: ships and navies alone, or a plan of nobody yet."""
        classes = {
            "Ship" if isinstance(m, Ship) else m.of for m in parties if isinstance(m, Actor | Ship)
        }
        return (
            classes <= set(_AT_SEA)
            and (bool(classes) or happening.of == "ExercisePlan")
            or bool({local_name(c) for c in happening.concepts} & _SEA_KINDS)
        )

    def _dated(
        self, page: Page, node: Node, date: Date, when: tuple[str, str], evidence: Sequence[str]
    ) -> None:
        """Claim the days of something; write them on it too, where an earlier sentence gave none."""
        verbs = [
            verb for verb, value in zip(("nr:earliest", "nr:latest"), when, strict=True) if value
        ]
        values = list(dict.fromkeys(day(value) for value in when if value))
        if date.ask or not verbs or not evidence:
            return
        if not node.dated:
            page.state(node.iri, _date_parts(date, when))
        node.dated = True
        inferred = [("nr:hasBasis", ["nrc:inferred"])] if date.vague else []
        page.claim(node.iri, verbs, values, evidence, *inferred)

    def _placed(self, page: Page, node: Node, place: Place, used: set[str]) -> None:
        evidence = page.evidence((place.start, place.end))
        if evidence:
            used.add(place.iri)
            page.state(node.iri, [("nr:hasPlace", [name(place.iri)])])
            page.claim(node.iri, ["nr:hasPlace"], [name(place.iri)], evidence)

    def _parties(self, page: Page, node: Node, parties: Sequence[Mention], cast: Cast) -> None:
        """Propose who takes part, and who has another role."""
        new = [
            m
            for m in parties
            if isinstance(m, Actor | Ship) and m.iri not in node.parties and not _is_there(m, node)
        ]
        fresh = list(dict.fromkeys(m.iri for m in new))
        if fresh:
            evidence = page.evidence(*((m.start, m.end) for m in new))
            if node.told != page.start and evidence:
                page.state(node.iri, [("nr:hasParticipant", [name(iri) for iri in fresh])])
            page.claim(node.iri, ["nr:hasParticipant"], [name(iri) for iri in fresh], evidence)
            node.parties |= set(fresh)
            states = any(isinstance(m, Actor) and m.of in ("State", "Territory") for m in new)
            if states and not node.domain and node.told != page.start and evidence:
                node.domain = True
                page.state(node.iri, [("nr:hasDomain", ["nrc:naval"])])
                page.claim(
                    node.iri,
                    ["nr:hasDomain"],
                    ["nrc:naval"],
                    evidence,
                    ("nr:hasBasis", ["nrc:inferred"]),
                )
        for role, listed in cast.roles.items():
            iris = list(dict.fromkeys(m.iri for m in listed if isinstance(m, Actor | Ship)))
            evidence = page.evidence(*((m.start, m.end) for m in listed))
            if iris and evidence:
                page.state(node.iri, [(f"nr:{role}", [name(iri) for iri in iris])])
                page.claim(node.iri, [f"nr:{role}"], [name(iri) for iri in iris], evidence)

    def _event(
        self,
        page: Page,
        mentions: Sequence[Mention],
        happening: Happening,
        cast: Cast,
        dates: Sequence[Date],
        used: set[str],
        setting: Node | None,
    ) -> Node | None:
        """Propose a meeting, a visit, an accident: with its quotes on it."""
        evidence = [happening.verb]
        persons = [
            m
            for m in of_kind(mentions, Person)
            if happening.of == "Meeting" or m not in cast.speakers
        ]
        before = [m for m in (*persons, *cast.parties) if m.start < happening.start]
        date = _nearest([d for d in dates if not d.ask], happening)
        places = [
            p
            for p in of_kind(mentions, Place)
            if 0 < p.start - happening.start < 90 and not _from(page.text, p)
        ]
        place = next((p for p in places if p.iri not in used or setting), None)
        who: list[Mention] = []
        if happening.of == "Meeting":
            near = [m for m in cast.parties if m.start < happening.end + 30]
            who = [*persons] if len(persons) > 1 else [*persons, *near]
        elif happening.of == "Agreement":
            who = [*persons] if len(persons) > 1 else [*cast.parties]
        elif happening.of in ("Visit", "MissileTest"):
            who = before[-1:] or [*cast.parties, *persons][:1]
        else:
            who = [m for m in cast.parties if isinstance(m, Ship)] or before[-1:]
        who = [*{m.iri: m for m in who if isinstance(m, Actor | Ship | Person)}.values()]
        least = 2 if happening.of in ("Meeting", "Agreement") else 1
        if len(who) < least:
            page.ask(happening.text, f"an nr:{happening.of}? Its parties aren't all named here.")
            return None
        evidence += [(m.start, m.end) for m in who]
        when = (date.earliest, date.latest) if date else ("", "")
        labels = [_label(m) for m in who]
        month = _month(when)
        of = "by" if happening.noun in _BY else "of"
        label = (
            f"{happening.noun[:1].upper()}{happening.noun[1:]} {of} {' and '.join(labels[:3])}"
            + (f", {month}" if month else "")
        )
        base = f"{slug(happening.noun)}-{slug(surname(labels[0]))}-{self._year}"
        iri = self._iris.mint(happening.of, f"{label} {page.start}", base)
        plan = happening.of == "Plan"
        parts: list[tuple[str, Sequence[str]]] = [
            ("a", [f"nr:{happening.of}"]),
            ("rdfs:label", [literal(label, "en")]),
            (
                "nr:hasStatus",
                ["nrc:agreed"] if happening.of == "Agreement" else ["nrc:planned"] if plan else [],
            ),
            ("nr:hasKind", [name(concept) for concept in happening.concepts]),
            (
                "nr:hasParty" if happening.of == "Agreement" else "nr:hasParticipant",
                [name(m.iri) for m in who if isinstance(m, Actor | Ship | Person)],
            ),
        ]
        if setting:
            parts.append(("nr:hasSetting", [name(setting.iri)]))
        if place and happening.of in ("Visit", "Meeting", "Event", "Plan"):
            used.add(place.iri)
            parts.append(("nr:hasPlace", [name(place.iri)]))
            evidence.append((place.start, place.end))
        if date and happening.of != "Agreement" and any(when):
            parts += _date_parts(date, when)
            evidence.append((date.start, date.end))
        quotes = page.evidence(*evidence)
        if not quotes:
            return None
        node = Node(iri, happening.of, dated=date is not None)
        if not plan:
            page.state(iri, [*parts, ("nr:hasEvidence", quotes)])
            return node
        page.state(iri, parts)
        for verb, values in parts[2:]:
            if values and verb not in (
                "nr:dateWords",
                "nr:dateBasis",
                "nr:weekday",
                "nr:earliest",
                "nr:latest",
            ):
                page.claim(iri, [verb], values, quotes)
        if date:
            self._dated(page, node, date, when, page.evidence((date.start, date.end)))
        return node

    def _counts(
        self, page: Page, mentions: Sequence[Mention], about: Node | None, accident: Node | None
    ) -> None:
        """Propose the numbers of a sentence: who was hurt, of the accident; and all else of what it tells of."""
        whole = about
        for count in of_kind(mentions, Count):
            about = accident if count.concept in _FATES else whole
            lasts = (
                count.concept not in _TIMES
                or "-" in count.text
                or _LASTS.search(page.text[max(0, count.start - 12) : count.start])
            )
            if not lasts:
                continue
            evidence = page.evidence((count.start, count.end))
            if about is None or not evidence:
                page.ask(count.text, f"{count.value} {name(count.concept)} of what?")
                continue
            page.claim(
                about.iri, [], [str(count.value)], evidence,
                ("nr:hasQuantifier", [name(count.quantifier)] if count.quantifier else []),
                ("nr:quantityOf", [name(count.concept)]),
                ("nr:suppliedBy", [name(count.supplied_by)] if count.supplied_by else []),
                ("nr:quantityWords", [literal(count.words)] if count.words else []),
            )  # fmt: skip


_SEA_KINDS: Final = frozenset(
    """anti-submarine-exercise mine-countermeasures-exercise mine-warfare-exercise passing-exercise submarine-exercise
    submarine-search-and-rescue-exercise anti-surface-exercise""".split()
)


def _when(
    date: Date | None, verb: str, happening: Happening, days: Sequence[int]
) -> tuple[str, str]:
    """Read from verb and date the first and the last day: what began on a day has no last one yet."""
    if date is None:
        return "", ""
    from datetime import date as Day  # noqa: N812
    from datetime import timedelta

    one = date.earliest and date.earliest == date.latest
    if one and _ENDS.search(verb):
        return "", date.latest
    if one and days and (_BEGINS.search(verb) or happening.status == NRC["under-way"]):
        return date.earliest, (
            Day.fromisoformat(date.earliest) + timedelta(days=days[0] - 1)
        ).isoformat()
    if one and happening.status == NRC["under-way"]:
        return date.earliest, ""
    return date.earliest, date.latest


def _domains(page: Page, happening: Happening) -> list[str]:
    """Read where an exercise is held, as its sentence says; at sea, where it doesn't."""
    if NRC["air-exercise"] in happening.concepts:
        return ["nrc:air"]
    sky = re.search(r"\bin the air\b|\bair force", page.text[page.start : page.end])
    return ["nrc:naval", "nrc:air"] if sky else ["nrc:naval"]


def _is_there(mention: Actor | Ship, node: Node) -> bool:
    """Tell whether a state's navy takes part already: its ships are no further party."""
    navy = navy_of(mention.iri) if isinstance(mention, Actor) and mention.by == "demonym" else None
    return navy is not None and navy.iri in node.parties


def _date_parts(date: Date | None, when: tuple[str, str]) -> list[tuple[str, Sequence[str]]]:
    if date is None or date.ask:
        return []
    known = any(when)
    return [
        ("nr:earliest", [day(when[0])] if when[0] else []),
        ("nr:latest", [day(when[1])] if when[1] else []),
        ("nr:dateWords", [literal(date.text)]),
        (
            "nr:weekday",
            [literal(date.weekday)]
            if date.weekday and known and date.earliest == date.latest
            else [],
        ),
        ("nr:dateBasis", [f"nrc:date-from-{date.basis}"] if known and date.basis else []),
    ]


def _days(date: Date) -> str:
    if date.earliest == date.latest:
        return date.earliest
    if not date.earliest:
        return f"until {date.latest}"
    return f"{date.earliest} to {date.latest}" if date.latest else f"from {date.earliest}"


def _month(when: tuple[str, str]) -> str:
    first, last = when[0] or when[1], when[1] or when[0]
    if not first:
        return ""
    return (
        say_month(first, last)
        if first[:7] == last[:7]
        else first[:4]
        if first[:4] == last[:4]
        else ""
    )


def _label(mention: Mention) -> str:
    return mention.label if isinstance(mention, Actor | Ship | Person) else mention.text


def _nearest(dates: Sequence[Date], happening: Happening) -> Date | None:
    if not dates:
        return None
    at = happening.verb[0] or happening.start
    return min(dates, key=lambda date: min(abs(date.start - at), abs(date.start - happening.end)))


def _from(text: str, place: Place) -> bool:
    return text[max(0, place.start - 5) : place.start].endswith(("from ", "to "))
