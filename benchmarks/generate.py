"""Write a naval graph of a given size in the Passex ontology.

The navies are fictional, and so is all that they do; what is like life is the shape of the graph:
few states are in most exercises, most ships are in few, and every fact has a claim with its
evidence. The same number gives the same bytes, whatever the machine or the version of Python.
Memory does not grow with the number: one article at a time is held, and any actor can be worked
out from its number.

Example:
    python benchmarks/generate.py 100000 -o fleet.ttl
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Final

PREFIXES: Final = {
    "nr": "https://w3id.org/passex/ontology#",
    "id": "https://w3id.org/passex/id/",
    "nrc": "https://w3id.org/passex/concept/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "dcterms": "http://purl.org/dc/terms/",
    "prov": "http://www.w3.org/ns/prov#",
    "oa": "http://www.w3.org/ns/oa#",
    "org": "http://www.w3.org/ns/org#",
    "schema": "https://schema.org/",
}
#: Below this there is no room for an instance of every class.
SMALLEST: Final = 10_000
_SEED: Final = 1571
_EXERCISES_PER_ARTICLE: Final = 3
_ACTORS_PER_ARTICLE: Final = 12
_HEADLINE_END: Final = 80
# fmt: off
_MONTHS: Final = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)
_SYLLABLES: Final = (
    "ba", "de", "fi", "go", "hu", "ka", "le", "mi", "no", "pu",
    "ra", "se", "ti", "vo", "zu", "dar", "mel", "nor", "sil", "tan",
)
# fmt: on
_KINDS: Final = ("passing-exercise", "joint-sailing", "search-and-rescue-exercise")

#: What may share a claim.
_BOUNDS: Final = ("nr:earliest", "nr:latest")
_MEMBERSHIP: Final = ("org:member", "org:organization", "nr:inPost")
#: What needs no claim of its own.
_UNPROVED: Final = ("nr:dateBasis", "nr:dateWords", "nr:leavesOpen")

Triple = tuple[str, str, str]


class Article:
    """The triples of one article, held until it is written: its length is known last.

    Args:
        name: The local part of its IRI.
        label: Its label.
        published: The day of publication.
    """

    def __init__(self, name: str, label: str, published: date) -> None:
        self.name = name
        self.label = label
        self.published = published
        self.nodes: list[Triple] = []
        self._end = _HEADLINE_END + 1
        self._claims = 0
        quote = self.quote(f"published on {_day(published)[1:11]}")
        self.claim(f"id:{name}", _BOUNDS, [_day(published)], quote)

    def add(self, subject: str, kind: str, label: str, *values: tuple[str, str]) -> None:
        """Describe a node.

        Args:
            subject: Its prefixed name.
            kind: Its class.
            label: Its label; empty where the rules give it one.
            values: Its other properties, with their values.
        """
        self.nodes.append((subject, "rdf:type", kind))
        if label:
            self.nodes.append((subject, "rdfs:label", f'"{label}"@en'))
        self.nodes += [(subject, term, value) for term, value in values]

    def part(self, fragment: str) -> str:
        """Name a part of the article.

        Args:
            fragment: Such as ``char=0,80`` or ``c1``.

        Returns:
            An IRI in angle brackets.
        """
        return f"<{PREFIXES['id']}{self.name}#{fragment}>"

    def quote(self, anchor: str, zone: str = "body") -> str:
        """Place an anchor in the text, after the one before.

        Args:
            anchor: The anchor phrase.
            zone: ``body``, or ``headline``, at whose beginning it stands.

        Returns:
            The IRI of the quote.
        """
        start = self._end if zone == "body" else 0
        node = self.part(f"char={start},{start + len(anchor)}")
        self.nodes.append((node, "oa:exact", f'"{anchor}"'))
        if zone == "body":
            self._end += len(anchor) + 2
        return node

    def claim(
        self,
        about: str,
        terms: Sequence[str],
        values: Iterable[str],
        quote: str,
        *more: tuple[str, str],
    ) -> None:
        """Say that something is said of a node.

        Args:
            about: The node.
            terms: The property that the claim supports, or those that may share one.
            values: Its values there.
            quote: The evidence, or for a background claim nothing.
            more: What isn't as the rules fill it in: a speaker, a certainty, a basis, and more.
        """
        self._claims += 1
        node = self.part(f"c{self._claims}")
        self.nodes += [
            (node, "nr:about", about),
            *((node, "nr:onProperty", term) for term in terms),
            *((node, "nr:hasValue", value) for value in dict.fromkeys(values)),
            *((node, term, value) for term, value in more),
            *(((node, "nr:hasEvidence", quote),) if quote else ()),
        ]

    def fact(self, anchor: str, subject: str, kind: str, label: str, *v: tuple[str, str]) -> str:
        """Describe a node, with a claim for each of its properties.

        Args:
            anchor: The anchor phrase.
            subject: The node.
            kind: Its class.
            label: Its label.
            v: Its other properties, with their values.

        Returns:
            The quote, for further claims that rest on it.
        """
        self.add(subject, kind, label, *v)
        quote = self.quote(anchor)
        claimed: dict[tuple[str, ...], list[str]] = {}
        for term, value in v:
            if term not in _UNPROVED:
                shared = next((s for s in (_BOUNDS, _MEMBERSHIP) if term in s), (term,))
                claimed.setdefault(shared, []).append(value)
        # A membership with bounds is one claim, as what it says is one thing.
        if _MEMBERSHIP in claimed and (bounds := claimed.pop(_BOUNDS, None)):
            claimed[_MEMBERSHIP] += bounds
        given = {term for term, _ in v}
        for terms, values in claimed.items():
            several = _MEMBERSHIP + _BOUNDS if terms == _MEMBERSHIP else terms
            self.claim(subject, [term for term in several if term in given], values, quote)
        return quote

    def triples(self) -> list[Triple]:
        """List all triples of the article, zones first.

        Returns:
            The triples, those of one subject together.
        """
        described, self.nodes = self.nodes, []
        node, day = f"id:{self.name}", _day(self.published)
        zones = (
            ("headline", self.part(f"char=0,{_HEADLINE_END}")),
            ("body", self.part(f"char={_HEADLINE_END + 1},{self._end}")),
            ("comments", self.part(f"char={self._end + 1},{self._end + 200}")),
        )
        self.add(
            node,
            "schema:NewsArticle",
            self.label,
            ("dcterms:title", f'"{self.label}"'),
            ("dcterms:language", '"en"'),
            # No text, no digest: 64 digits that are different for each article.
            ("nr:sha256", f'"{sum(map(ord, self.name)):08x}{self._end:08x}{_number(node):048x}"'),
            ("nr:textLength", str(self._end + 200)),
            ("nr:earliest", day),
            ("nr:latest", day),
            ("nr:dateBasis", "nrc:date-from-text"),
            ("nr:leavesOpen", "dcterms:publisher"),
            ("nr:leavesOpen", "dcterms:contributor"),
            *(("nr:hasZone", zone) for _, zone in zones),
        )
        self.nodes += [(zone, "nr:hasKind", f"nrc:{kind}") for kind, zone in zones]
        return self.nodes + described


class Fleet:
    """The fictional world: how many there are of each, and what each is called.

    Args:
        size: About how many triples the graph is to have.
    """

    def __init__(self, size: int) -> None:
        self.states = min(190, max(12, size // 2500))
        self.organisations = max(2, self.states // 12)
        self.groups = max(3, self.states // 6)
        self.ships_each = max(2, size // 400 // self.states)
        self.random = Random(_SEED)
        self._lumps = 0

    def below(self, number: int) -> int:
        """Draw a number from 0 up. ``random()`` alone is the same in all versions of Python."""
        return int(self.random.random() * number)

    def skewed(self, number: int) -> int:
        """Draw a number from 0 up, where k comes up about as 1/(k + 1): Zipf's law."""
        return min(number - 1, int((number + 1) ** self.random.random()) - 1)

    def actors(self) -> Iterator[Article]:
        """Introduce all actors, a dozen an article.

        Yields:
            The articles.
        """
        article = Article("article-register-0", "Register 0", date(1999, 1, 4))
        for number, (kind, index) in enumerate(self._everyone(), 1):
            getattr(self, f"_{kind}")(article, index)
            if number % _ACTORS_PER_ARTICLE == 0:
                yield article
                serial = number // _ACTORS_PER_ARTICLE
                article = Article(
                    f"article-register-{serial}", f"Register {serial}", date(1999, 1, 4)
                )
        if number % _ACTORS_PER_ARTICLE:
            yield article

    def _everyone(self) -> Iterator[tuple[str, int]]:
        for index in range(self.organisations):
            yield "organisation", index
        for index in range(self.groups):
            yield "group", index
        for index in range(self.states):
            yield "state", index
        for index in range(self.states * self.ships_each):
            yield "ship", index

    def _organisation(self, article: Article, index: int) -> None:
        label = f"{_name(index)} Pact"
        article.add(f"id:pact-{index}", "nr:Organisation", label)

    def _group(self, article: Article, index: int) -> None:
        pact = index % self.organisations
        label = f"Standing Group {index}"
        words = f"{label} of the {_name(pact)} Pact"
        kind = ("nr:hasKind", "nrc:standing-maritime-group")
        article.fact(words, f"id:group-{index}", "nr:Formation", label, kind)
        _affiliate(article, words, f"group-{index}", f"pact-{pact}")

    def _state(self, article: Article, index: int) -> None:
        """A state, its navy, ministry, squadron, sea, minister; some with coast guard or isles."""
        name = _name(index)
        state = f"state-{index}"
        code = ("dcterms:identifier", f'"X{index}"')
        article.add(f"id:{state}", "nr:State", name, code)
        register = ("dcterms:source", '"The register of states"')
        article.claim(f"id:{state}", code[:1], code[1:], "", register)
        parts = [
            ("navy", "nr:Navy", f"{name} Navy", state, ""),
            ("ministry", "nr:Institution", f"{name} Ministry of Defence", state, "ministry"),
            ("squadron", "nr:Formation", f"{name} Squadron", f"navy-{index}", "training-squadron"),
        ]
        if index % 6 == 0:
            parts.append(("guard", "nr:Service", f"{name} Coast Guard", state, ""))
        for part, kind, label, whole, sort in parts:
            if sort:
                sorts = ("nr:hasKind", f"nrc:{sort}")
                article.fact(f"the {sort}", f"id:{part}-{index}", kind, label, sorts)
            else:
                article.add(f"id:{part}-{index}", kind, label)
            _affiliate(article, f"the {label}", f"{part}-{index}", whole)
        if index % 6 == 1:
            article.add(f"id:isles-{index}", "nr:Territory", f"Isles of {name}")
        article.add(f"id:sea-{index}", "nr:Place", f"Sea of {name}")
        minister = f"{_name(index + 7)} {_name(index * 3 + 1)}"
        article.add(f"id:person-{index}", "nr:Person", f"{minister} of {name}")
        article.fact(
            "the minister of defence",
            f"id:post-{index}",
            "org:Post",
            f"defence minister of {name}",
            ("org:postIn", f"id:ministry-{index}"),
        )
        article.fact(
            f"minister {minister}",
            f"id:tenure-{index}",
            "nr:Tenure",
            "",
            ("org:member", f"id:person-{index}"),
            ("nr:inPost", f"id:post-{index}"),
            ("nr:earliest", _day(date(2000 + index % 5, 1, 1))),
            ("nr:latest", _day(date(2020, 12, 31))),
            ("nr:dateBasis", "nrc:date-from-text"),
        )

    def _ship(self, article: Article, index: int) -> None:
        """A ship of a navy: one in five also of the squadron, one in five lent to a group."""
        state = index % self.states
        label = f"{_name(state)[:2].upper()}S {_name(index)} {index}"
        node = f"ship-{index}"
        kind = ("nr:hasKind", "nrc:destroyer")
        article.fact("the destroyer", f"id:{node}", "nr:Ship", label, kind)
        words = f"{label} of the {_name(state)} Navy"
        _affiliate(article, words, node, f"navy-{state}")
        lot = index // self.states % 5
        if lot == 0:
            year = 2000 + index % 20
            bounds = (date(year, 1, 1), date(year + 4, 12, 31))
            _affiliate(article, words, node, f"group-{index % self.groups}", bounds)
        elif lot == 1:
            _affiliate(article, words, node, f"squadron-{state}")

    def reports(self) -> Iterator[Article]:
        """Report exercises and what goes with them, without end.

        Yields:
            The articles.
        """
        extras = (
            self._plan,
            self._realised,
            self._meeting,
            self._series,
            self._visit,
            self._statement,
            self._relation,
            self._tension,
            self._missile,
            self._event,
            self._intention,
            self._cancelled,
            self._lumped,
            self._phases,
            self._contingents,
            self._roles,
        )
        serial = 0
        while True:
            published = date(2000, 3, 1) + timedelta(days=self.below(365 * 25))
            article = Article(f"article-{serial}", f"Report {serial}", published)
            for number in range(_EXERCISES_PER_ARTICLE):
                self._exercise(article, f"exercise-{serial}-{number}", self._parties())
            extras[serial % len(extras)](article, serial)
            yield article
            serial += 1

    def _parties(self) -> list[str]:
        """Draw the participants of an exercise: two parties mostly, a dozen at times."""
        wanted = 2
        while wanted < 12 and self.random.random() < 0.4:
            wanted += 1
        states: dict[int, None] = {}
        while len(states) < wanted:
            states[self.skewed(self.states)] = None
        found = []
        for state in states:
            draw = self.random.random()
            if draw < 0.35:
                found.append(f"id:state-{state}")
            elif draw < 0.6:
                found.append(f"id:navy-{state}")
            elif draw < 0.9:
                for _ in range(1 + self.below(3)):
                    found.append(f"id:ship-{state + self.states * self.skewed(self.ships_each)}")
            else:
                found.append(f"id:squadron-{state}")
                # A ship of the squadron named beside it is no second party: the rules have work.
                if self.below(2) == 0:
                    found.append(f"id:ship-{state + self.states}")
        if self.random.random() < 0.15:
            found.append(f"id:group-{self.skewed(self.groups)}")
        return list(dict.fromkeys(found))

    def _two(self) -> tuple[int, int]:
        first = self.skewed(self.states)
        return first, (first + 1 + self.skewed(self.states - 1)) % self.states

    def _exercise(
        self, article: Article, name: str, parties: Sequence[str], *more: tuple[str, str]
    ) -> None:
        last = article.published - timedelta(days=2 + self.below(60))
        first = last - timedelta(days=self.below(10))
        status, words = "held", f"in {_MONTHS[last.month - 1]} {last.year}"
        if self.below(20) == 0:
            status, words, last = "under-way", "this week", article.published
        air = self.below(12) == 0
        kind = "air-exercise" if air else _KINDS[self.below(len(_KINDS))]
        if self.below(40) == 0:
            status = "broken-off"
        quote = article.fact(
            f"they trained together {words}",
            f"id:{name}",
            "nr:Exercise",
            f"E{name[1:].replace('-', ' ')}",
            *(("nr:hasParticipant", party) for party in parties),
            ("nr:hasKind", f"nrc:{kind}"),
            ("nr:hasDomain", "nrc:air" if air else "nrc:naval"),
            ("nr:hasStatus", f"nrc:{status}"),
            ("nr:hasPlace", f"id:sea-{self.skewed(self.states)}"),
            ("nr:earliest", _day(first)),
            ("nr:latest", _day(last)),
            ("nr:dateWords", f'"{words}"'),
            ("nr:dateBasis", "nrc:date-from-text"),
            ("nr:leavesOpen", "nr:hasHost"),
            *more,
        )
        if self.below(10) == 0:
            count = 2 + self.below(30)
            _count(article, f"id:{name}", count, "ships", quote)

    def _planned(self, article: Article, name: str, *more: tuple[str, str]) -> str:
        a, b = self._two()
        quote = article.fact(
            "agreed to train together",
            f"id:{name}",
            "nr:ExercisePlan",
            f"P{name[1:].replace('-', ' ')}",
            ("nr:hasParticipant", f"id:state-{a}"),
            ("nr:hasParticipant", f"id:state-{b}"),
            ("nr:hasDomain", "nrc:naval"),
            *more,
        )
        # What only a headline says is a claim, and no fact of the node.
        article.claim(
            f"id:{name}",
            ("nr:hasPlace",),
            (f"id:sea-{a}",),
            article.quote("drill ahead", "headline"),
            ("nr:hasCertainty", "nrc:possible"),
        )
        return quote

    def _plan(self, article: Article, serial: int) -> None:
        self._planned(article, f"plan-{serial}", ("nr:hasStatus", "nrc:agreed"))

    def _realised(self, article: Article, serial: int) -> None:
        event = ("nr:realisedBy", f"id:exercise-{serial}-0")
        self._planned(article, f"plan-{serial}", ("nr:hasStatus", "nrc:agreed"), event)

    def _cancelled(self, article: Article, serial: int) -> None:
        self._planned(article, f"plan-{serial}", ("nr:hasStatus", "nrc:cancelled"))

    def _lumped(self, article: Article, serial: int) -> None:
        """A plan of several exercises, one of which was held; without a number, all of them."""
        number = (0, 9, 27)[self._lumps % 3]
        self._lumps += 1
        quote = self._planned(
            article,
            f"plan-{serial}",
            ("nr:hasStatus", "nrc:planned" if number else "nrc:carried-out"),
            ("nr:hasKind", "nrc:exercises-lumped-together"),
            ("nr:realisedBy", f"id:exercise-{serial}-0"),
        )
        if number:
            _count(article, f"id:plan-{serial}", number, "exercises", quote)

    def _phases(self, article: Article, serial: int) -> None:
        """An exercise with a phase that was held, of some of its parties, and one to come."""
        whole = f"exercise-{serial}-in-phases"
        a, b = self._two()
        states = (f"id:state-{a}", f"id:state-{b}")
        self._exercise(article, whole, [*states, f"id:group-{self.skewed(self.groups)}"])
        for part, kind, status in (
            ("harbour", "nr:Exercise", ()),
            ("sea", "nr:ExercisePlan", (("nr:hasStatus", "nrc:announced"),)),
        ):
            article.fact(
                f"the phase in the {part}",
                f"id:{part}-phase-{serial}",
                kind,
                f"Phase {serial}: {part}",
                ("dcterms:isPartOf", f"id:{whole}"),
                *(("nr:hasParticipant", state) for state in states),
                ("nr:hasDomain", "nrc:naval"),
                *status,
            )

    def _contingents(self, article: Article, serial: int) -> None:
        """An exercise of two of the parties with the others."""
        parties: list[str] = []
        while len(parties) < 3:
            parties = self._parties()
        name, contingent = f"id:exercise-{serial}-with", f"id:contingent-{serial}"
        self._exercise(article, name.removeprefix("id:"), parties)
        part = ("dcterms:isPartOf", name)
        article.add(contingent, "nr:Contingent", f"Contingent {serial}", part)
        quote = article.quote("two of them with the others")
        for party in parties[:2]:
            article.nodes.append((party, "nr:inContingent", contingent))
            article.claim(party, ("nr:inContingent",), (contingent,), quote)

    def _roles(self, article: Article, serial: int) -> None:
        """An exercise that others watched, were invited to, withdrew from or supported."""
        parties = self._parties()
        roles = ("nr:hasObserver", "nr:hasInvited", "nr:hasWithdrawn", "nr:hasSupporter")
        others = [f"id:guard-{6 * self.below((self.states + 5) // 6)}"]
        while len(others) < len(roles):
            state = f"id:state-{self.below(self.states)}"
            if state not in others and state not in parties:
                others.append(state)
            elif len(parties) > self.states // 2:
                parties = self._parties()
        roles_of = zip(roles, others, strict=True)
        self._exercise(article, f"exercise-{serial}-watched", parties, *roles_of)

    def _meeting(self, article: Article, serial: int) -> None:
        a, b = self._two()
        day = article.published - timedelta(days=1)
        article.fact(
            "the ministers met yesterday",
            f"id:meeting-{serial}",
            "nr:Meeting",
            f"Meeting {serial}",
            ("nr:hasParticipant", f"id:person-{a}"),
            ("nr:hasParticipant", f"id:person-{b}"),
            ("nr:hasKind", "nrc:ministerial-talks"),
            ("nr:hasPlace", f"id:state-{a}"),
            ("nr:hasHost", f"id:state-{a}"),
            ("nr:produced", f"id:agreement-{serial}"),
            ("nr:earliest", _day(day)),
            ("nr:latest", _day(day)),
            ("nr:dateWords", '"yesterday"'),
            ("nr:dateBasis", "nrc:date-from-text"),
        )
        article.fact(
            "agreed on exchange",
            f"id:agreement-{serial}",
            "nr:Agreement",
            f"Agreement {serial}",
            ("nr:hasParty", f"id:state-{a}"),
            ("nr:hasParty", f"id:state-{b}"),
            ("nr:hasStatus", "nrc:agreed"),
            ("nr:concerns", "nrc:military-exchange"),
        )

    def _series(self, article: Article, serial: int) -> None:
        a, b = self._two()
        series = f"id:series-{serial}"
        article.fact(
            "the yearly exercises",
            series,
            "nr:Series",
            f"Series {serial}",
            ("nr:hasParty", f"id:state-{a}"),
            ("nr:hasParty", f"id:state-{b}"),
            ("nr:hasDomain", "nrc:naval"),
        )
        parties = self._parties()
        self._exercise(article, f"exercise-{serial}-in-series", parties, ("nr:inSeries", series))
        article.fact(
            "had stalled for years",
            f"id:suspension-{serial}",
            "nr:Suspension",
            f"Suspension {serial}",
            ("nr:concerns", series),
            ("nr:leavesOpen", "nr:earliest"),
            ("nr:leavesOpen", "nr:latest"),
        )

    def _visit(self, article: Article, serial: int) -> None:
        a, b = self._two()
        article.fact(
            "the minister went aboard",
            f"id:visit-{serial}",
            "nr:Visit",
            f"Visit {serial}",
            ("nr:hasParticipant", f"id:person-{a}"),
            ("nr:hasPlace", f"id:ship-{b}"),
            ("nr:hasKind", "nrc:ship-visit"),
        )

    def _statement(self, article: Article, serial: int) -> None:
        a, _ = self._two()
        speaker = f"id:person-{a}"
        name = f"id:exercise-{serial}-0"
        article.fact(
            "praised the exercise",
            f"id:statement-{serial}",
            "nr:Statement",
            f"Statement {serial}",
            ("prov:wasAttributedTo", speaker),
            ("nr:hasKind", "nrc:remark"),
            ("nr:concerns", name),
        )
        article.claim(
            name,
            ("nr:hasParticipant",),
            (f"id:navy-{a}",),
            article.quote("as the minister said"),
            ("prov:wasAttributedTo", speaker),
            ("nr:hasCertainty", "nrc:probable"),
        )

    def _relation(self, article: Article, serial: int) -> None:
        a, b = self._two()
        article.fact(
            "ties had grown",
            f"id:relation-{serial}",
            "nr:Relation",
            f"Relation {serial}",
            ("nr:hasParty", f"id:state-{a}"),
            ("nr:hasParty", f"id:state-{b}"),
            ("nr:hasKind", "nrc:bilateral-ties"),
            ("nr:hasTrend", "nrc:strengthening"),
        )

    def _tension(self, article: Article, serial: int) -> None:
        a, b = self._two()
        article.fact(
            "a row over waters",
            f"id:tension-{serial}",
            "nr:Tension",
            f"Tension {serial}",
            ("nr:hasParty", f"id:state-{a}"),
            ("nr:hasParty", f"id:state-{b}"),
            ("nr:hasKind", "nrc:row"),
        )

    def _missile(self, article: Article, serial: int) -> None:
        article.fact(
            "launched a missile",
            f"id:missile-{serial}",
            "nr:MissileTest",
            f"Missile test {serial}",
            ("nr:hasParticipant", f"id:state-{self.skewed(self.states)}"),
            ("nr:leavesOpen", "nr:hasPlace"),
        )

    def _event(self, article: Article, serial: int) -> None:
        article.fact(
            "a fleet review",
            f"id:event-{serial}",
            "nr:Event",
            f"Fleet review {serial}",
            ("nr:hasParticipant", f"id:state-{self.skewed(self.states)}"),
            ("nr:hasKind", "nrc:fleet-review"),
            ("nr:leavesOpen", "nr:hasPlace"),
        )

    def _intention(self, article: Article, serial: int) -> None:
        a, b = self._two()
        article.fact(
            "seek closer cooperation",
            f"id:intention-{serial}",
            "nr:Plan",
            f"Intention {serial}",
            ("nr:hasParty", f"id:state-{a}"),
            ("nr:concerns", f"id:state-{b}"),
            ("nr:hasKind", "nrc:closer-cooperation"),
            ("nr:hasStatus", "nrc:planned"),
        )


def generate(size: int) -> Iterator[list[Triple]]:
    """Make a graph, a piece at a time.

    Args:
        size: About how many triples it is to have.

    Yields:
        The triples of one article, as prefixed names and literals of Turtle.

    Raises:
        ValueError: `size` is below `SMALLEST`.
    """
    if size < SMALLEST:
        raise ValueError(f"at least {SMALLEST} triples: fewer have no room for every class")
    fleet = Fleet(size)
    curators = ("id:curators", "rdf:type", "prov:Agent")
    yield [curators, ("id:curators", "rdfs:label", '"the curators"@en')]
    count = 2
    for article in fleet.actors():
        triples = article.triples()
        count += len(triples)
        yield triples
    for article in fleet.reports():
        triples = article.triples()
        # The last article is in if that brings the number nearer.
        if count + len(triples) / 2 > size:
            return
        count += len(triples)
        yield triples


def write(size: int, path: Path) -> int:
    """Write a graph to a file.

    Args:
        size: About how many triples it is to have.
        path: The file: ``.ttl`` for Turtle, ``.nt`` for N-Triples.

    Returns:
        How many triples it has.

    Raises:
        ValueError: The extension is another, or `size` too small.
        OSError: The file cannot be written.
    """
    if path.suffix not in (".ttl", ".nt"):
        raise ValueError(f"{path.name}: the name has to end in .ttl or .nt")
    if size < SMALLEST:
        raise ValueError(f"at least {SMALLEST} triples: fewer have no room for every class")
    count = 0
    # The same bytes everywhere: no line ends of the system's own.
    with path.open("w", encoding="utf-8", newline="\n") as file:
        if path.suffix == ".ttl":
            file.writelines(f"@prefix {name}: <{iri}> .\n" for name, iri in PREFIXES.items())
        for triples in generate(size):
            count += len(triples)
            if path.suffix == ".nt":
                file.writelines(f"{' '.join(map(_full, triple))} .\n" for triple in triples)
            else:
                file.writelines(turtle(triples))
    return count


def turtle(triples: list[Triple]) -> Iterator[str]:
    """Write triples as Turtle, without the prefixes; those of one node have to be together."""
    before = ""
    for subject, term, value in triples:
        if subject != before:
            yield f"{' .' if before else ''}\n{subject} {term} {value}"
        else:
            yield f" ;\n    {term} {value}"
        before = subject
    yield " .\n"


def _full(term: str) -> str:
    if term.startswith("<"):
        return term
    if term.startswith('"'):
        text, typed, kind = term.partition("^^")
        return f"{text}^^{_full(kind)}" if typed else term
    if term[0].isdigit():
        return f'"{term}"^^{_full("xsd:integer")}'
    prefix, _, local = term.partition(":")
    return f"<{PREFIXES[prefix]}{local}>"


def _affiliate(
    article: Article, words: str, part: str, whole: str, bounds: tuple[date, ...] = ()
) -> None:
    values = [("org:member", f"id:{part}"), ("org:organization", f"id:{whole}")]
    values += zip(_BOUNDS, map(_day, bounds), strict=False)
    if bounds:
        values.append(("nr:dateBasis", "nrc:date-from-text"))
    article.fact(words, f"id:affiliation-{part}-{whole}", "nr:Affiliation", "", *values)


def _count(article: Article, node: str, number: int, concept: str, quote: str) -> None:
    article.claim(
        node,
        ("nr:hasQuantity",),
        (str(number),),
        quote,
        ("nr:hasQuantifier", "nrc:more-than"),
        ("nr:quantityOf", f"nrc:{concept}"),
        ("nr:quantityWords", f'"{concept}"'),
        ("nr:hasCertainty", "nrc:probable"),
    )


def _day(day: date) -> str:
    return f'"{day.isoformat()}"^^xsd:date'


def _name(index: int) -> str:
    """Make up a name: another for each number."""
    parts = [_SYLLABLES[index % 20]]
    index //= 20
    while index or len(parts) < 2:
        parts.append(_SYLLABLES[index % 20])
        index //= 20
    return "".join(parts).capitalize()


def _number(text: str) -> int:
    """Turn a name into a number, the same in every process: ``hash`` is not."""
    return int.from_bytes(text.encode(), "big") % 16**48


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line.

    Args:
        arguments: The arguments; without them, those of the process.

    Returns:
        The exit code.
    """
    parser = argparse.ArgumentParser(description="Write a naval graph of about N triples.")
    parser.add_argument("size", metavar="N", type=int, help=f"triples, from {SMALLEST} up")
    parser.add_argument("-o", "--output", required=True, type=Path, help="a .ttl or .nt file")
    options = parser.parse_args(arguments)
    try:
        count = write(options.size, options.output)
    except (ValueError, OSError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    print(f"{options.output}: {count} triples")
    return 0


if __name__ == "__main__":
    sys.exit(main())
