"""Articles as a sample that nobody drew at random: how many of them name each actor."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Final, TypeAlias

from ..graph.labelling import labels
from ..graph.store import Store
from ..graph.terms import LEVELS, NAMED, WORKINGS
from ..text.wording import listed, say
from .model import Network

#: What an article is to have said itself: a navy that is inferred is not named.
_NAMING: Final = """# Which articles name which actors, in claims that rest on their words.
SELECT DISTINCT ?actor ?article {
    { SELECT DISTINCT ?actor { ?class rdfs:subClassOf* nr:Actor . ?actor a ?class } }
    { ?claim nr:about ?actor } UNION { ?claim nr:hasValue ?actor }
    ?claim nr:hasBasis nrc:stated ; nr:hasEvidence ?quote . ?quote oa:hasSource ?article
}"""
#: By actor, the articles and tables that name it, and how many articles there are.
Told: TypeAlias = tuple[Mapping[str, set[str]], int]
#: So many are named before the rest is only counted.
_FEW: Final = 3


def articles(store: Store) -> Told:
    """Find the articles and tables that name each actor, and count all articles.

    Their IRIs are by the actors' IRIs, without actors that none names. What the rules derive names
    nobody: an article on Japan does not name its navy.
    """
    naming: dict[str, set[str]] = {}
    for actor, article in store.rows(_NAMING):
        naming.setdefault(str(actor), set()).add(str(article))
    return naming, len(_news(store))


def _news(store: Store) -> set[str]:
    rows = store.rows("# Which articles there are.\nSELECT ?a { ?a a schema:NewsArticle }")
    return {str(row[0]) for row in rows}


@dataclass(frozen=True, slots=True)
class Sample:
    """The articles, as far as a ranking needs them.

    Attributes:
        naming: The IRIs of the articles that name an actor, by its IRI.
        total: How many articles there are.
        warnings: A sentence for the actors of a network that all articles name, and one for each
            that some articles only count through others: the choice of articles put them in the
            middle. None if there are no such actors, or all are, or where tables tell of ties, too.
        word: What tells of the ties: ``article``, or ``source`` where tables do.
    """

    naming: Mapping[str, set[str]]
    total: int
    warnings: tuple[str, ...]
    word: str = "article"


def read(store: Store, network: Network, told: Told | None = None) -> Sample:
    """Read the articles that name the actors of a network, or count them through others.

    Args:
        told: What `articles` gives, where that was read already.
    """
    every, total = told or articles(store)
    news = _news(store)
    naming = {actor: named & news for actor, named in every.items()}
    if not news.issuperset(source.iri for tie in network.ties for source in tie.sources):
        return Sample(naming, total, (), "source")
    everywhere = through(store, network, naming, total)
    if len(everywhere) == len(network.nodes):
        return Sample(naming, total, ())
    named = {
        node: len(naming.get(node.iri, ())) for node in network.nodes if node.iri in everywhere
    }
    warnings, every_one = [], say(total, "article")
    if always := [node.label for node, number in named.items() if number == total]:
        verb, it = ("is", "it") if len(always) == 1 else ("are", "them")
        warnings.append(
            f"{' and '.join(always)} {verb} named in {total} of {every_one}: "
            f"the choice of articles alone puts {it} in the middle."
        )
    for node, number in named.items():
        if left := total - number:
            warnings.append(
                f"{node.label} is named in {number} of {every_one}, and counted through "
                f"{_parties(network, everywhere[node.iri].values())} in the "
                f"{f'other {left}' if left > 1 else 'other'}: "
                "the choice of articles alone puts it in the middle."
            )
    return Sample(naming, total, tuple(warnings))


def through(
    store: Store, network: Network, naming: Mapping[str, set[str]], total: int
) -> dict[str, dict[str, set[str]]]:
    """Find the actors that all articles name or count, and through whom they are counted.

    Args:
        naming: The articles that name each actor, and with
        total: the number of all, what `articles` gives.

    Returns:
        By the actor's IRI, the events that are told of by articles that don't name it, by IRI, with
        the labels of the other participants through which it is counted; none where it is named.
    """
    by: dict[str, dict[str, set[str]]] = {}
    for actor, events in _counted(network).items():
        named = naming.get(actor, set())
        if len(named.union(*events.values())) == total > 1:
            by[actor] = {event: set() for event, behind in events.items() if behind - named}
    if network.policy.level == NAMED or not any(by.values()):
        return by
    rows = store.rows(
        f"""# Through which participants actors are counted.
        SELECT ?event ?actor ?participant {{ GRAPH <{WORKINGS}> {{
            ?participation <{LEVELS[network.policy.level]}> ?actor ;
                w:in ?event ; w:of ?participant
        }} }}"""
    )
    parts = {
        (str(e), str(a), str(p)) for e, a, p in rows if a != p and str(e) in by.get(str(a), ())
    }
    label = labels(store, {participant for *_, participant in parts})
    for event, actor, participant in parts:
        by[actor][event].add(label[participant])
    return by


def _counted(network: Network) -> dict[str, dict[str, set[str]]]:
    """Give the events that each actor is counted in, each with the articles behind it."""
    counted: dict[str, dict[str, set[str]]] = {}
    for tie in network.ties:
        for node in (tie.source, tie.target):
            events = counted.setdefault(node.iri, {})
            for o in tie.occasions:
                events.setdefault(o.activity.iri, set()).update(source.iri for source in o.sources)
    return counted


def _parties(network: Network, by_event: Collection[set[str]]) -> str:
    names = sorted(set[str]().union(*by_event))
    if not all(by_event):
        # Another article names the actor as a participant of these.
        names.append(f"its own {network.policy.things}")
    if len(names) > _FEW:
        names[_FEW:] = [f"{len(names) - _FEW} more"]
    return listed(names)
