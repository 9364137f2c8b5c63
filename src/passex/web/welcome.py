"""What a graph is, for who comes to its server: how large, and how fresh; and its briefing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from ..api.held import with_our_terms
from ..api.knowledge import KnowledgeGraph
from ..exports.page import ReportPage
from ..graph.labelling import labels
from ..graph.rows import Named
from ..graph.store import Store
from ..graph.terms import WORKINGS
from ..network.policy import Policy
from ..text.wording import say_dates
from .inquiries import Parameters, only

#: What is counted, in this order.
COUNTED: Final = ("article", "exercise", "open plan", "meeting", "actor", "claim")
_COUNTS: Final = f"""# How many there are; phases and other accounts of exercises count with these.
SELECT ?what ?number {{
    {{ SELECT ("article" AS ?what) (COUNT(?it) AS ?number) {{ ?it a schema:NewsArticle }} }}
    UNION {{ SELECT ("exercise" AS ?what) (COUNT(DISTINCT ?it) AS ?number) {{ ?it a nr:Exercise
        FILTER NOT EXISTS {{ GRAPH <{WORKINGS}> {{ ?it w:phaseOf ?of }} ?of a nr:Exercise }}
        FILTER NOT EXISTS {{ GRAPH <{WORKINGS}> {{ ?it w:accountOf ?first }} }} }} }}
    UNION {{ SELECT ("open plan" AS ?what) (COUNT(DISTINCT ?it) AS ?number)
        {{ ?it a nr:OpenPlan }} }}
    UNION {{ SELECT ("actor" AS ?what) (COUNT(DISTINCT ?it) AS ?number) {{ ?it a nr:Actor }} }}
    UNION {{ SELECT ("meeting" AS ?what) (COUNT(DISTINCT ?it) AS ?number) {{ ?it a nr:Meeting }} }}
    UNION {{ SELECT ("claim" AS ?what) (COUNT(DISTINCT ?it) AS ?number) {{ ?it a nr:Claim }} }}
}}"""
_NEWEST: Final = """# The newest article, and between which days it appeared.
SELECT ?it ?first ?last {
    ?it a schema:NewsArticle ; nr:latest ?last OPTIONAL { ?it nr:earliest ?first }
}
ORDER BY DESC(?last) ?it LIMIT 1"""
_SPAN: Final = """# The first and the last day that is given for an event.
SELECT (MIN(?day) AS ?earliest) (MAX(?day) AS ?latest) {
    ?it nr:earliest|nr:latest ?day ; a nr:Event
}"""
_SOURCES: Final = """# What the claims were taken from, apart from articles.
SELECT DISTINCT ?it { ?quote oa:hasSource ?it
    FILTER NOT EXISTS { ?it a schema:NewsArticle } } ORDER BY ?it LIMIT 5"""
_TIED: Final = """# Who has trained with most others.
SELECT ?it (COUNT(DISTINCT ?other) AS ?number) { ?it nr:trainedWith ?other ; a nr:State }
GROUP BY ?it ORDER BY DESC(?number) ?it LIMIT 1"""


@dataclass(frozen=True, slots=True)
class Welcome:
    """What the start page says of a graph.

    Attributes:
        counts: How many there are of what, in the singular; what there is none of is left out.
        triples: How many triples there are.
        newest: The newest article, and when it appeared, in words.
        span: The first and the last day that it gives for an event, in words.
        sources: What its claims were taken from, apart from articles.
        actor: The state that has trained with most others.
        ours: Whether it is of our vocabulary.
    """

    counts: dict[str, int]
    triples: int
    newest: tuple[Named, str] | None = None
    span: str = ""
    sources: tuple[Named, ...] = ()
    actor: Named | None = None
    ours: bool = True


def welcome(kg: KnowledgeGraph, given: Parameters) -> Welcome:
    """Collect what the start page says; without what takes long."""
    only(given)
    store = kg.store
    if store.plain:
        return Welcome({}, len(store), ours=False)
    counts = {str(what): int(str(number)) for what, number in store.rows(_COUNTS)}
    [[earliest, latest]] = store.rows(_SPAN)
    newest = [
        (_named(store, str(it)), say_dates(first and str(first), str(last)))
        for it, first, last in store.rows(_NEWEST)
    ]
    tied = [_named(store, str(it)) for it, _ in store.rows(_TIED)]
    return Welcome(
        {what: counts[what] for what in COUNTED if counts.get(what)},
        len(store),
        newest[0] if newest else None,
        f"{earliest} to {latest}" if earliest and latest else "",
        tuple(_named(store, str(it)) for (it,) in store.rows(_SOURCES)),
        tied[0] if tied else None,
    )


def _named(store: Store, iri: str) -> Named:
    return Named(labels(store, [iri])[iri], iri)


def briefing(kg: KnowledgeGraph, given: Parameters) -> ReportPage:
    """Take what the interactive page is made of: what ``passex export html`` shows.

    Raises:
        VocabularyError: It is a graph of other terms than ours: the page would be empty.
    """
    only(given)
    return ReportPage(with_our_terms(kg.store), Policy())
