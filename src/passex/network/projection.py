"""The two-mode network of exercises and actors, projected onto the actors."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from ..errors import QueryError
from ..graph.names import nodes
from ..graph.rows import Named
from ..graph.store import Store
from ..graph.terms import LEVELS, NR, SCHEMA
from . import notes, twomode
from .happenings import Happening, happenings
from .model import Network, Occasion, Tie
from .policy import Policy
from .ties import pairs

__all__ = ["build", "memberships", "pairs"]


def memberships(
    store: Store, level: str, events: Collection[str] | None = None
) -> dict[str, dict[str, frozenset[str]]]:
    """Read who took part in what at a level, and as which party.

    Args:
        store: A store with its derived triples.
        level: The level.
        events: IRIs of events that are enough to read; without them, all.

    Returns:
        By event, and by member there, the parties through which it takes part. Where every member
        is a party of its own, as nearly everywhere, its party is itself.
    """
    two = twomode.read(store, level, events)
    found: dict[str, dict[str, frozenset[str]]] = {}
    for event, group in enumerate(two.groups()):
        shared = two.shared.get(event, {})
        found[two.events[event]] = {
            two.members[m]: shared.get(m, frozenset({two.members[m]})) for m in group
        }
    return found


def build(store: Store, policy: Policy) -> Network:
    """Build the network of a policy.

    Each exercise of n parties adds 1/(n-1) to the weight of each of its pairs (M. E. J. Newman,
    "Scientific collaboration networks. II", Phys. Rev. E 64, 016132, 2001), so that meeting in a
    crowd ties less than meeting alone.

    Args:
        store: A store with its derived triples.
        policy: What counts.

    Returns:
        The network.

    Raises:
        QueryError: The graph has exercises or plans in other domains only.

    Example:
        >>> from passex import load
        >>> build(load().store, Policy(level="state")).ties[0].count
        2
    """
    known = happenings(store)
    check_domain(policy, known.values())
    counted = {iri: event for iri, event in known.items() if policy.admits(event)}
    two = twomode.read(store, policy.level)
    groups = two.groups()
    inferred = inferences(store, policy.level)
    articles = _sources(store)
    actors = nodes(store, NR.Actor)
    found: dict[tuple[int, int], list[Occasion]] = {}
    paired = set()
    # The earliest first: so are the occasions of each tie then.
    order = [event for event, iri in enumerate(two.events) if iri in counted]
    order.sort(key=lambda event: _order(counted[two.events[event]]))
    for number in order:
        iri = two.events[number]
        tied, parties = two.pairs(number, groups[number])
        if tied:
            paired.add(iri)
        guessed = {m for m in groups[number] if (iri, two.members[m]) in inferred}
        sources = tuple(sorted(articles.get(iri, ())))
        stated, guess = (Occasion(counted[iri], parties, said, sources) for said in (False, True))
        for pair in tied:
            occasion = stated if guessed.isdisjoint(pair) else guess
            found.setdefault(pair, []).append(occasion)
    ties = []
    for ends, occasions in found.items():
        if len(occasions) < policy.min_events:
            continue
        first, second = sorted(actors[two.members[end]] for end in ends)
        ties.append(Tie(first, second, tuple(occasions)))
    ties.sort(key=lambda tie: (-tie.count, -tie.planned, tie.source, tie.target))
    said = notes.write(store, policy, counted, paired, known.values())
    weak = len(found) - len(ties)
    if weak:
        are = "tie is" if weak == 1 else "ties are"
        fewer = f"fewer than {policy.min_events} {policy.things}"
        said = (f"{weak} {are} left out, of {fewer}.", *said)
    if not found and (others := _paired_elsewhere(store, policy.level, counted)):
        said = (f"There are pairs at other levels: {', '.join(others)}.", *said)
    return Network(policy, tuple(ties), said)


def _paired_elsewhere(store: Store, level: str, counted: Collection[str]) -> list[str]:
    """List the other levels at which some of the exercises have pairs."""
    found = []
    for other in LEVELS:
        two = twomode.read(store, other)
        groups = zip(two.events, two.groups(), strict=True)
        if other != level and any(
            iri in counted and two.pairs(number, group)[0]
            for number, (iri, group) in enumerate(groups)
        ):
            found.append(other)
    return found


def _order(happening: Happening) -> tuple[str, str, str]:
    return happening.when, happening.label, happening.iri


def inferences(store: Store, level: str) -> set[tuple[str, str]]:
    """Read which members are in events by inference alone.

    A navy of a state that is named is; and so is a participant for which there are claims that
    infer that it took part, and none that states it.

    Args:
        store: A store with its derived triples.
        level: The level.

    Returns:
        Events with such members.
    """
    pairs = store.rows(
        """# Who is in an event by inferring claims alone.
        SELECT DISTINCT ?event ?actor {
            ?claim nr:hasValue ?actor ; nr:onProperty nr:hasParticipant ;
                nr:hasBasis nrc:inferred ; nr:about ?event .
            ?event nr:hasParticipant ?actor .
            FILTER NOT EXISTS {
                ?other nr:about ?event ; nr:onProperty nr:hasParticipant ;
                    nr:hasBasis nrc:stated .
                FILTER NOT EXISTS { ?other nr:hasValue ?else FILTER (?else != ?actor) }
            }
        }"""
    )
    found = {(str(event), str(actor)) for event, actor in pairs}
    if level == "service":
        rows = store.rows(
            f"""# Which navies are in an event because their state is named.
            SELECT ?event ?navy {{ ?event <{NR.infersService}> ?navy }}"""
        )
        found |= {(str(event), str(navy)) for event, navy in rows}
    return found


def check_domain(policy: Policy, known: Iterable[Happening]) -> None:
    """Refuse a domain in which the graph has nothing, where it has something in others.

    Args:
        policy: What counts.
        known: All exercises and plans.

    Raises:
        QueryError: There are exercises or plans in other domains only.
    """
    domains = sorted({domain for happening in known for domain in happening.domains})
    if domains and policy.domain not in ("all", *domains):
        raise QueryError(
            f"no exercise or plan of this graph is in the domain '{policy.domain}'",
            f"use one of {', '.join([*domains, 'all'])}",
        )


def _sources(store: Store) -> dict[str, set[Named]]:
    articles = nodes(store, SCHEMA.NewsArticle)
    found: dict[str, set[Named]] = {}
    rows = store.rows(
        """# In which articles the evidence for an event stands.
        SELECT ?event ?article {
            ?claim nr:about ?event ; nr:hasEvidence ?evidence . ?evidence oa:hasSource ?article
        }"""
    )
    for event, article in rows:
        iri = str(article)
        name = articles[iri].label if iri in articles else iri
        found.setdefault(str(event), set()).add(Named(name, iri))
    return found
