"""What a briefing says: sections of sentences, and entries with a quote each.

Each list begins with what matters most, and says how much it leaves out: two pages have no room for
more.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from ...evidence import best_quotes
from ...evidence.best_quotes import BestQuote
from ...graph import as_of, labelling
from ...graph.store import Store
from ...graph.terms import DCTERMS
from ...network import activities, record, sample, steps
from ...network.activities import Activity
from ...network.finding import say_finding, say_to_come
from ...network.model import Network, Tie
from ...network.record import Record
from ...network.steps import Known
from ...text.wording import listed, say, say_dates
from ..drawing import strongest
from . import Briefing

#: So many ties, plans, sentences on what isn't known, and sources there is room for.
_TIES: Final = 6
_PLANS: Final = 5
_UNKNOWN: Final = 8
_SOURCES: Final = 8
#: So many exercises behind a tie, and parties of a plan.
_BEHIND: Final = 2
_PARTIES: Final = 5


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of a list.

    Attributes:
        head: What it is about.
        details: What is said of that, in lines.
        quote: The quote that speaks best for it, if there is one.
    """

    head: str
    details: tuple[str, ...] = ()
    quote: BestQuote | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """A part under a heading of its own.

    Attributes:
        heading: The heading.
        sentences: A paragraph each.
        entries: What is listed after them.
        rest: What is said of what the list leaves out; empty where that is nothing.
    """

    heading: str
    sentences: tuple[str, ...] = ()
    entries: tuple[Entry, ...] = ()
    rest: str = ""


@dataclass(frozen=True, slots=True)
class Contents:
    """All that a briefing says.

    Attributes:
        title: Its title.
        policy: What counts, and how much that is.
        sections: Its parts; the picture comes after the first.
        caption: What the picture shows.
    """

    title: str
    policy: tuple[str, ...]
    sections: tuple[Section, ...]
    caption: str


def of(briefing: Briefing) -> Contents:
    """Say what a network shows, what is planned, what isn't known, and where all that stands.

    Example:
        >>> from passex import Policy, load
        >>> from passex.exports.build import Choice, source
        >>> said = of(source(load().store, Choice(policy=Policy("state")), "briefing"))
        >>> said.sections[0].sentences[0]
        'Japan, South Korea and United States each trained with both others.'
    """
    store, network = briefing.store, briefing.network
    known = steps.known(store)
    plans = _Plans(store, network, briefing.record)
    cut = as_of.read(store.engine)
    behind = [o.activity.iri for tie in network.ties for o in tie.occasions]
    return Contents(
        title="Who trains with whom" + ("" if cut is None else f", {cut.words}"),
        policy=(f"What counts: {network.policy}.", _size(network)),
        sections=(
            Section("What it shows", say_finding(network) or (network.table().empty,)),
            _strongest(store, network, known),
            plans.section(known),
            _unknown(store, network, briefing.picture.unranked),
            _sources(store, (*dict.fromkeys(behind), *plans.among)),
        ),
        caption=strongest.of(briefing.picture)[1],
    )


def _size(network: Network) -> str:
    """Say how large a network is; exercises and plans apart."""
    events = {o.activity.iri: o.activity for tie in network.ties for o in tie.occasions}
    held = sum(not event.planned for event in events.values())
    plans = sum(event.planned and event.part_of is None for event in events.values())
    said = [say(len(network.nodes), "actor"), say(len(network.ties), "tie")]
    said.append(say(held, "exercise"))
    said += [say(plans, "plan")] if plans else []
    said += [coming] if (coming := say_to_come(events.values())) else []
    return f"The network has {listed(said)}."


def _strongest(store: Store, network: Network, known: Known) -> Section:
    ties = network.ties
    number = f"The {_TIES} strongest of " if len(ties) > _TIES else ""
    heading = f"{number}{say(len(ties), 'tie', ',')}" if ties else "No ties"
    entries = tuple(_tie(store, network, tie, known) for tie in ties[:_TIES])
    return Section(heading, (), entries)


def _tie(store: Store, network: Network, tie: Tie, known: Known) -> Entry:
    ends = (tie.source.iri, tie.target.iri)
    counts = [say(tie.count, "exercise")] if tie.count else []
    counts += [say(tie.planned, "plan")] if tie.planned else []
    inferred = ", inferred" if tie.basis == "inferred" else ""
    behind = sorted((o.activity for o in tie.occasions), key=lambda a: a.planned)
    # A plan proves no exercise.
    held = [a for a in behind if not a.planned] or behind
    left = len(behind) - _BEHIND
    more = [f"and {left:,} more"] if left > 0 else []
    return Entry(
        f"{tie.source.label} \N{EN DASH} {tie.target.label}",
        (f"{' and '.join(counts)}{inferred}", *map(_dated, behind[:_BEHIND]), *more),
        best_quotes.best(store, [a.iri for a in held], ends, network.policy.level, known),
    )


def _dated(activity: Activity) -> str:
    return f"{activity.label} ({activity.when}; {activity.standing})"


class _Plans:
    """The open plans that a policy admits, the earliest first, whatever else it counts.

    A plan of nobody, without a domain, is there whatever the domain: it may be in any.
    """

    def __init__(self, store: Store, network: Network, whole: Record | None) -> None:
        policy = network.policy
        admitted = replace(policy, include=("planned",), min_events=1, backbone=None)
        anywhere = replace(admitted, domain="all")
        self._record = whole or record.every(store, admitted)
        self._store, self._level = store, policy.level
        every = self._record.activities.values()
        plans = [one for one in every if (anywhere if one.bare else admitted).admits(one)]
        ordered = sorted(plans, key=lambda p: (p.earliest or p.latest or "9", p.label, p.iri))
        #: Each plan by its IRI.
        self.among = {plan.iri: plan for plan in ordered}
        members = self._record.members
        self._parties = {
            iri: [members.members[party] for party in members.parties(number, group)]
            for number, (iri, group) in enumerate(
                zip(members.events, members.groups(), strict=True)
            )
            if iri in self.among
        }

    def section(self, known: Known) -> Section:
        """Say what is planned, by whom."""
        number = len(self.among)
        if not number:
            return Section("What is planned", ("No open plan that these rules admit is known.",))
        plans = sum(plan.part_of is None for plan in self.among.values())
        said = [f"{plans:,} {'plan is' if plans == 1 else 'plans are'} open"] if plans else []
        if coming := say_to_come(self.among.values()):
            said.append(f"there {'is' if number - plans == 1 else 'are'} {coming}")
        they = "They are not counted as exercises."
        they = they if number > 1 else "It is not counted as an exercise."
        words = ", and ".join(said)
        sentence = f"{words[0].upper()}{words[1:]}. {they}"
        shown = [*self.among.values()][:_PLANS]
        entries = tuple(self._entry(plan, known) for plan in shown)
        return Section("What is planned", (sentence,), entries, _rest(number, _PLANS))

    def _entry(self, plan: Activity, known: Known) -> Entry:
        parties = self._parties.get(plan.iri, [])
        labels = sorted(self._record.actors[iri].label for iri in parties)
        who = listed(labels, _PARTIES) or "nobody is named at this level"
        return Entry(
            plan.label,
            (f"{plan.when}; {plan.standing}", who),
            best_quotes.best(self._store, [plan.iri], parties, self._level, known),
        )


def _unknown(store: Store, network: Network, unranked: str) -> Section:
    """Say what a network does not show."""
    weak = sum(tie.basis == "inferred" for tie in network.ties)
    inferred = (
        f"{weak} of {say(len(network.ties), 'tie')} {'is' if weak == 1 else 'are'} inferred: in "
        "whatever ties them, at least one of the two is by inference alone, such as the navy of a "
        "state that is named."
    )
    every = [
        "This is what the sources tell of, and not all that took place: that two have no tie here "
        "does not mean that they never trained together.",
        *([inferred] if weak else []),
        *sample.read(store, network).warnings,
        *([unranked] if unranked else []),
        *network.notes,
    ]
    rest = _rest(len(every), _UNKNOWN)
    return Section("What is not known", tuple(every[:_UNKNOWN]), (), rest)


def _sources(store: Store, events: Sequence[str]) -> Section:
    """List the articles and tables with evidence for exercises and plans, those of most first."""
    told = activities.sources(store)
    number = Counter(source for event in events for source in told.get(event, ()))
    ordered = sorted(number, key=lambda source: (-number[source], source))
    dates = activities.bounds(store)
    entries = (
        Entry(
            source.label,
            (*_imprint(store, source.iri, dates.get(source.iri, (None, None))), source.iri),
        )
        for source in ordered[:_SOURCES]
    )
    none = () if ordered else ("No source is behind this.",)
    return Section("Sources", none, tuple(entries), _rest(len(ordered), _SOURCES))


def _rest(number: int, shown: int) -> str:
    """Say how many of a list are not shown; nothing where all are."""
    left = number - shown
    return f"{left:,} more {'is' if left == 1 else 'are'} not listed here." if left > 0 else ""


def _imprint(store: Store, iri: str, dates: tuple[str | None, str | None]) -> Iterator[str]:
    """Give the title of a source, who published it, and when, as far as that is known."""
    by = {
        *store.objects(iri, DCTERMS.publisher),
        *store.objects(iri, DCTERMS.contributor),
    }
    said: Iterable[str] = (
        *(f"“{title}”" for title in store.objects(iri, DCTERMS.title)),
        *sorted(labelling.labels(store, by).values()),
        say_dates(*dates),
    )
    yield ", ".join(said)
