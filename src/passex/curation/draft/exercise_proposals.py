"""Proposals for exercises and plans of them: the node, and a claim a property."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from ...graph.folding import slug
from ...graph.terms import NRC
from ...text.wording import listed
from . import continuing, parties, timing
from .claiming import claim_date, domains_of, is_naval
from .date_readings import NEW
from .exercises import PLURAL
from .mentions import Actor, Count, Date, Happening, Mention, Name, Place, of_kind
from .naming import Iris
from .page import Page
from .scene import Node, Scene, iris_of, label_of
from .statements import literal, name
from .vocabulary import label as kind_label
from .vocabulary import short

_TIMED: Final = re.compile(
    r"beg[aiu]n|start|open|held|hold|\bend|conclud|last|r[au]n\b|take place|will|bro(?:ke|ken) off|"
    r"cut short|abort|halt|suspend|interrupt|terminat"
)
#: Before these, it stands for who speaks: said that it would hold a drill.
_IT: Final = re.compile(
    r"\bit (?:would|will|plans)\b(?! be\b| begin| start| end| last)|"
    r"\b(?:it|they) (?:had|have|has) (?:held|trained|exercised|drilled|conducted)\b"
)
#: Of two: said that they would hold a drill.
_THEY: Final = re.compile(r"\bthey (?:would|will|plan)\b(?! be\b)")
#: So far from the word for an exercise its place stands, at most.
_NEAR: Final = 60
#: So far behind its verb a time stands, at most.
_BEHIND: Final = 30


class Exercises:
    """Writes exercises and plans, and remembers them: "the exercise" is the one before.

    Args:
        iris: Gives IRIs to what has none.
        year: The year of the file's name, in two digits.
        known: The exercises and plans that the graph has, by their names, folded.
    """

    def __init__(self, iris: Iris, year: str, known: continuing.Exercises) -> None:
        self._iris, self._year, self._known = iris, year, known
        self._named: dict[tuple[str, bool], Node] = {}
        self._series: set[str] = set()
        self.last: Node | None = None
        self._told: Counter[str] = Counter()

    @property
    def sole(self) -> Node | None:
        """The one before, unless several were told of, of which any may be meant."""
        return self.last if self.last and self._told[self.last.of] < 2 else None

    def refer(self, happening: Happening, names: Sequence[Name]) -> Node | None:
        """Find what a sentence goes on about; None where it tells of something new."""
        plan = happening.of == "ExercisePlan"
        if names:
            key = names[0].iri
            node = self._named.get((key, plan))
            if node is None and not happening.status:
                # Without a status it is the one of that name, whatever that is.
                node = self._named.get((key, not plan))
            told = any(known == key for known, _ in self._named)
            if node is None and happening.definite and self.last and not told:
                # The exercise, Sama Dagat, is the one that had no name yet.
                node = self.last if self.last.series is None else None
            return node
        next_one = "next" in happening.noun or (happening.noun == "edition" and happening.status)
        if not happening.definite or next_one or self.last is None:
            return None
        if not happening.noun:
            return self.sole  # who took part, took part in which?
        # What was held is no plan that was told of.
        new = self.last.of == "ExercisePlan" and happening.of == "Exercise" and happening.status
        return None if new or self._is_past(happening) else self.last

    def _is_past(self, happening: Happening) -> bool:
        """Tell whether what is to come can't be the exercise that was told of: that was held."""
        plan = happening.of == "ExercisePlan"
        return plan and self.last is not None and self.last.over

    def write(self, scene: Scene, happening: Happening) -> Node | None:
        """Propose the exercise or plan that a sentence tells of, or what it says more of one."""
        page, names = scene.page, scene.names
        node = self.refer(happening, names) or self._go_on(scene, happening)
        who = self._parties_of(scene, happening)
        vague = not happening.status and not names
        unsaid = vague or (happening.definite and self.last is None and not names)
        if node is None and unsaid and ((vague and happening.definite) or not who):
            return None
        if len(who) != 1 or (isinstance(who[0], Actor) and who[0].of == "Organisation"):
            # Their own exercise, where they are two, is none of one party alone.
            kinds = (kind for kind in happening.concepts if kind != NRC["unilateral-exercise"])
            happening = replace(happening, concepts=tuple(kinds))
        if node is None and happening.definite and not names and self._is_past(happening):
            return None  # the exercise that is to come is none that was told of
        if happening.hedged and not happening.status:
            page.ask(
                page.doubts.hedge, "is it so? Who may take part, or what, isn't proposed here."
            )
            return None
        if not page.evidence(happening.verb):
            return None
        dates = [date for date in scene.dates if not scene.is_of_another(date)]
        date = None if happening.setting else timing.nearest(dates, happening)
        if node is None:
            if happening.ask and not happening.setting:
                # Neither an event nor a plan is made of what may be either.
                page.ask(happening.text, happening.ask)
                # Who took part after this, took part in which?
                self._told[happening.of] += 1
                return None
            node = self._new(scene, happening, who, date)
            self._told[node.of] += happening.status != NRC.cancelled
        else:
            self._more(scene, happening, node, date)
        if happening.status != NRC.cancelled and (
            # What is cancelled is over, and "the exercise" is one that is held, before a plan.
            node.of == "Exercise" or self.last is None or self.last.of != "Exercise"
        ):
            self.last = node
        parties.add(scene, node, who)
        if not happening.noun and not scene.phase and not (who or scene.cast.roles):
            page.ask(happening.text, f"who, and what is the part in {name(node.iri)}?")
        if node.told == page.start:
            parties.ask(scene, node, who)
        return node

    def _go_on(self, scene: Scene, happening: Happening) -> Node | None:
        """Find what a sentence goes on about in the graph, and remember it."""
        node = continuing.of_graph(scene, happening, self._known)
        if node is not None:
            self._named[scene.names[0].iri, node.of == "ExercisePlan"] = node
        return node

    def _parties_of(self, scene: Scene, happening: Happening) -> list[Mention]:
        """Give who takes part, without who does something else, or takes part in a phase."""
        if scene.phase:
            return []
        starts = [other.verb[0] for other in scene.others if other.of == "Event"]
        parties = [
            mention
            for mention in scene.cast.parties
            if happening.setting
            or not (any(0 < at - mention.end < 3 for at in starts) or scene.is_elsewhere(mention))
        ]
        text = scene.page.text[scene.page.start : scene.page.end]
        speakers = [m for m in scene.cast.speakers if isinstance(m, Actor)]
        if not parties and (_IT.search(text) or (len(speakers) > 1 and _THEY.search(text))):
            return [speaker for speaker in speakers if speaker.of != "Institution"]
        return parties

    def _new(
        self, scene: Scene, happening: Happening, parties: Sequence[Mention], date: Date | None
    ) -> Node:
        page, plan = scene.page, happening.of == "ExercisePlan"
        postponed = happening.status == NRC.postponed
        if not plan and PLURAL.fullmatch(happening.noun):
            page.ask(
                happening.text, "one exercise, or several (nrc:unspecified-exercises, an nr:Event)?"
            )
        if date is not None and postponed and not date.text.startswith(NEW):
            # It may be the old time, or the new one.
            page.ask(date.text, f"{timing.say(date)}; the old time, or the new one?")
            scene.date, date = date, None
        named = series = scene.names[0] if scene.names else None
        if series is not None and not series.recurs:
            page.ask(
                series.text, "does it recur? Then it is nr:inSeries, and its name the series'."
            )
            series = None
        if named is None and happening.noun in ("edition", "next one") and self.last:
            series = self.last.series
        named = named or series
        when = ("", "")
        if date is not None and not date.ask:
            # A six-day exercise that began on Monday ends on Saturday.
            days = [
                count.value for count in of_kind(scene.mentions, Count) if _lasts(count, happening)
            ]
            when = timing.bounds(date, scene.verb(date), happening, days[-1:])
        label = self._label(happening, named, parties, timing.month(when))
        scene.date = date or scene.date
        node = Node(self._mint(page, happening, named, label, when), happening.of, page.start)
        node.series, node.dated = named, date is not None and not date.ask
        node.status = bool(happening.status)
        node.over = happening.status in (NRC.held, NRC["broken-off"])
        if scene.names:
            self._named[scene.names[0].iri, plan] = node
        domains = domains_of(page, happening, parties)
        node.domain = bool(domains)
        iris = iris_of(parties)
        alone = NRC["unilateral-exercise"] in happening.concepts
        place = self._place(scene, happening)
        page.state(
            node.iri,
            [
                ("a", [f"nr:{happening.of}"]),
                ("rdfs:label", [literal(label, "en")]),
                ("nr:hasStatus", [name(happening.status)] if happening.status else []),
                ("nr:hasKind", [name(concept) for concept in happening.concepts]),
                ("nr:hasDomain", domains),
                ("nr:inSeries", [name(series.iri)] if series else []),
                ("nr:hasParticipant", [name(iri) for iri in iris]),
                ("nr:hasPlace", [name(place.iri)] if place else []),
                *timing.parts(date, when),
                ("nr:leavesOpen", ["nr:hasParticipant"] if len(iris) < 2 and not alone else []),
            ],
        )
        self._claim(scene, node, happening, domains)
        if series is not None:
            told = scene.names[0] if scene.names else happening
            evidence = page.evidence((told.start, told.end))
            page.claim(node.iri, ["nr:inSeries"], [name(series.iri)], evidence)
            self._declare(page, series)
        if place is not None:
            self._claim_place(scene, node, place)
        if date is not None:
            self._claim_date(page, node, date, when, happening)
        if not plan and happening.status and not happening.hedged:
            continuing.realise(scene, node, when, self._known)
        return node

    def _claim(
        self, scene: Scene, node: Node, happening: Happening, domains: Sequence[str]
    ) -> None:
        """Claim status, kind and domain."""
        page = scene.page
        noun = page.evidence((happening.start, happening.end))
        if happening.status:
            verb, status = page.evidence(happening.verb), [name(happening.status)]
            page.claim(node.iri, ["nr:hasStatus"], status, verb)
        if happening.concepts:
            page.claim(node.iri, ["nr:hasKind"], [name(c) for c in happening.concepts], noun)
        if domains:
            said = is_naval(page, noun) or "nrc:air" in domains
            basis = [] if said else [("nr:hasBasis", ["nrc:inferred"])]
            page.claim(node.iri, ["nr:hasDomain"], domains, noun, *basis)

    def _label(
        self, happening: Happening, series: Name | None, parties: Sequence[Mention], month: str
    ) -> str:
        noun = happening.noun if happening.several else re.sub("s$", "", happening.noun)
        if happening.concepts:
            noun = kind_label("exercise-kind", happening.concepts[0])
            noun = noun.removesuffix(" lumped together")
        who = listed(dict.fromkeys(map(label_of, parties)), 3)
        what = f"{noun[:1].upper()}{noun[1:]}" + (f" of {who}" if who else "")
        what = series.label if series else what
        if month:
            return f"{what}, {month}"
        return f"{what} (plan)" if happening.of == "ExercisePlan" else what

    def _mint(
        self,
        page: Page,
        happening: Happening,
        series: Name | None,
        label: str,
        when: tuple[str, str],
    ) -> str:
        year = when[0][2:4] or when[1][2:4] or self._year
        # Many claims name it: salt-31, aswex-31.
        kind = short("exercise-kind", happening.concepts[0]) if happening.concepts else "drill"
        word = slug(series.label).split("-")[0] if series else kind
        plan = "-plan" if happening.of == "ExercisePlan" and series is None else ""
        wanted = f"{word}-{year}{plan}"
        return self._iris.mint(happening.of, f"{label} {page.start}", wanted)

    def _more(self, scene: Scene, happening: Happening, node: Node, date: Date | None) -> None:
        """Propose what a later sentence says of it: a name, a time, a place, a status."""
        page = scene.page
        told = happening.verb != (happening.start, happening.end)
        if node.known is not None and happening.status and happening.of == node.of:
            continuing.change(scene, happening, node)
        near = date is not None and told and 0 < date.start - happening.verb[1] < _BEHIND
        moved = happening.status == NRC.postponed and date is not None
        if date is not None and moved and not date.text.startswith(NEW):
            page.ask(date.text, f"{timing.say(date)}; the old time, or the new one?")
        elif date is not None and near and (moved or _TIMED.search(scene.verb(date))):
            scene.date = date
            when = timing.bounds(date, scene.verb(date), happening, [])
            self._claim_date(page, node, date, when, happening)
            if node.known is not None and not date.ask:
                page.remark(f"on {name(node.iri)}, in its own file: the time, if it is another one")
        if scene.names and node.series is None:
            series = scene.names[0]
            evidence = page.evidence((series.start, series.end))
            node.series = series
            self._named[series.iri, node.of == "ExercisePlan"] = node
            if evidence and not series.recurs:
                called = [literal(series.label, "en")]
                page.state(node.iri, [("skos:altLabel", called)])
                page.claim(node.iri, ["skos:altLabel"], called, evidence)
                page.ask(
                    series.text, "does it recur? Then it is nr:inSeries, and its name the series'."
                )
            elif evidence:
                page.state(node.iri, [("nr:inSeries", [name(series.iri)])])
                page.claim(node.iri, ["nr:inSeries"], [name(series.iri)], evidence)
                self._declare(page, series)
        place = self._place(scene, happening) if told else None
        if place is not None and node.known and place.iri in node.known.places:
            scene.used.add(place.iri)
        elif place is not None and page.evidence((place.start, place.end)):
            page.state(node.iri, [("nr:hasPlace", [name(place.iri)])])
            self._claim_place(scene, node, place)
        if happening.status and not node.status and happening.of == node.of:
            status = [name(happening.status)]
            page.state(node.iri, [("nr:hasStatus", status)])
            page.claim(node.iri, ["nr:hasStatus"], status, page.evidence(happening.verb))
            node.status = True

    def _declare(self, page: Page, series: Name) -> None:
        if series.iri not in self._series and not series.known:
            self._series.add(series.iri)
            label = [literal(series.label, "en")]
            open_ = ["nr:hasParty"]
            page.state(
                series.iri, [("a", ["nr:Series"]), ("rdfs:label", label), ("nr:leavesOpen", open_)]
            )

    def _place(self, scene: Scene, happening: Happening) -> Place | None:
        """Find the place of an exercise: near to the word, and before what else happens."""
        if scene.phase:
            return None
        end = happening.end + _NEAR
        if not happening.setting:
            later = [other.verb[0] for other in scene.others if other.verb[0] > happening.end]
            end = min([end, *later])
        return scene.place(happening.start - _NEAR, end, own=True)

    def _claim_place(self, scene: Scene, node: Node, place: Place) -> None:
        scene.used.add(place.iri)
        evidence = scene.page.evidence((place.start, place.end))
        scene.page.claim(node.iri, ["nr:hasPlace"], [name(place.iri)], evidence)

    def _claim_date(
        self, page: Page, node: Node, date: Date, when: tuple[str, str], happening: Happening
    ) -> None:
        evidence = page.evidence((date.start, date.end), happening.verb)
        claim_date(page, node, date, when, evidence)


def _lasts(count: Count, happening: Happening) -> bool:
    """Tell whether a number is that of an exercise's days: a six-day exercise."""
    days = count.concept == NRC.days and not count.ask
    return days and "-" in count.text and count.end <= happening.end
