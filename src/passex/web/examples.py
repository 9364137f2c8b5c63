"""What a form that nobody has filled in may be filled in with: names that have an answer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Final

from ..api.knowledge import KnowledgeGraph
from ..errors import PassexError
from ..graph.labelling import labels
from ..graph.rows import Named
from ..graph.store import Store
from ..graph.terms import NR, shorten
from ..questions import catalogue
from ..questions.catalogue import Parameter, Question
from .inquiries import Parameters

#: So many examples are given, of so many that are tried.
_GIVEN: Final = 3
_TRIED: Final = 6
#: Of all classes, those whose nodes people ask about.
_ANY: Final = (NR.Event, NR.Plan, NR.Actor)
_MENTIONED: Final = """# Of some classes and lists, what is mentioned most.
SELECT ?it (COUNT(*) AS ?number) {{
    {{ SELECT DISTINCT ?it {{
        VALUES ?class {{ {} }} ?it a|skos:inScheme ?class FILTER(isIRI(?it))
    }} }}
    ?other ?way ?it
}} GROUP BY ?it ORDER BY DESC(?number) ?it LIMIT {}"""
_DAYS: Final = """# The newest days of events.
SELECT DISTINCT ?day { ?it a nr:Event ; nr:latest ?day } ORDER BY DESC(?day) LIMIT 60"""
_TIES: Final = """# Who trained together.
SELECT ?a ?b { ?a nr:trainedWith ?b ; a nr:State . ?b a nr:State FILTER(STR(?a) < STR(?b)) }
ORDER BY ?a ?b LIMIT 3"""

#: What is shown, and the parameters that it stands for.
Example = tuple[tuple[str, ...], dict[str, str]]


@dataclass(frozen=True, slots=True)
class Blank:
    """A form that is not filled in, with examples.

    Attributes:
        question: The named question; None where evidence is asked for.
        examples: What has an answer.
    """

    question: Question | None
    examples: tuple[Example, ...]


def blank(kg: KnowledgeGraph, given: Parameters) -> Blank:
    """Find examples for a question, or for evidence where no question is given.

    Raises:
        QueryError: There is no such question.
    """
    if "question" not in given:
        ties = [(str(a), str(b)) for a, b in kg.store.rows(_TIES)]
        names = labels(kg.store, {end for ends in ties for end in ends})
        return Blank(
            None,
            tuple(((names[a], names[b]), {"a": shorten(a), "b": shorten(b)}) for a, b in ties),
        )
    question = catalogue.find(given["question"])
    needed = [one for one in question.parameters if one.default is None]
    if len(needed) != 1:
        return Blank(question, ())
    tried = _answered(kg, question, needed[0])
    return Blank(question, tuple(islice(tried, _GIVEN)))


def _answered(kg: KnowledgeGraph, question: Question, needed: Parameter) -> Iterator[Example]:
    for label, value in islice(_candidates(kg.store, needed), _TRIED):
        values = [value if one is needed else str(one.default) for one in question.parameters]
        try:
            rows = kg.ask(question.name, *values).table().rows
        except PassexError:
            continue
        if rows:
            yield (label,), {needed.name: value}


def mentioned(store: Store) -> list[Named]:
    """Find the actors that a graph tells most of."""
    if store.plain:
        return []
    found = [str(it) for it, _ in store.rows(_MENTIONED.format(f"<{NR.Actor}>", _GIVEN))]
    names = labels(store, found)
    return [Named(names[iri], iri) for iri in found]


def _candidates(store: Store, needed: Parameter) -> Iterator[tuple[str, str]]:
    """Give values for a parameter, with what they are called."""
    if needed.type in catalogue.LITERALS:
        days = [str(day) for (day,) in store.rows(_DAYS)]
        year = needed.type == "xsd:integer"
        yield from dict.fromkeys((one, one) for one in (day[:4] if year else day for day in days))
        return
    classes = _ANY if needed.type == "owl:Thing" else needed.classes
    listed = " ".join(f"<{one}>" for one in classes)
    found = [str(it) for it, _ in store.rows(_MENTIONED.format(listed, _TRIED))]
    names = labels(store, found)
    yield from ((names[iri], shorten(iri)) for iri in found)
