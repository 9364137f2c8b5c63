"""Answers to named questions."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice, zip_longest
from typing import Any, Final

import pyoxigraph as ox

from ..errors import QueryError
from ..graph import hedged, labelling, names
from ..graph.rows import Cell, Named, Table, Tabular, columns_of_nodes
from ..graph.store import Store, Term
from ..graph.terms import NR, NRC, XSD
from ..text.wording import day, hedge, reported, say, say_month
from . import single_sources, triads
from .catalogue import LITERALS, Parameter, Question
from .found import Found

#: Questions that are answered in a fraction of the time and memory that their query takes.
_COMPUTED: Final[Mapping[str, Callable[[Store, int | None], Found]]] = {
    "open-triads": triads.answer,
    "single-source-ties": single_sources.answer,
}

#: The columns of a status that may age.
_AGEING: Final = frozenset({"status", "reported"})

#: What follows a question that is limited to ties that are stated.
ONLY_STATED: Final = " Only what is stated."


@dataclass(frozen=True, slots=True)
class Answer(Tabular):
    """What a question gives.

    Attributes:
        question: What was asked.
        values: What was asked for: the terms of the parameters, by name.
        columns: The variables of the SELECT clause that are no parameters.
        rows: One tuple of terms a solution, None where a variable is unbound. What stands where
            depends on the question, and is typed as Any.
        labels: Labels of the nodes in `values` and `rows`, by IRI.
        months: When an article is from, such as ``December 2017``, by the IRI of those that last
            reported a status.
        doubts: How certain plans are that nobody tells of without a hedge, ``probable`` or
            ``possible``, by their IRI, where a status is given.
        left: How many rows there are beside these, where so many were asked for and no more.
    """

    question: Question
    values: Mapping[str, ox.NamedNode | ox.Literal]
    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]
    labels: Mapping[str, str]
    months: Mapping[str, str] = field(default_factory=dict)
    doubts: Mapping[str, str] = field(default_factory=dict)
    left: int = 0

    def __len__(self) -> int:
        return len(self.rows)

    def __repr__(self) -> str:
        return f"<Answer: {self.question.summary} {say(len(self.rows), 'row')}>"

    def table(self) -> Table:
        """Give the rows under the variables' names.

        A status that ages says as of when, and that of a plan that is only possible says so.
        """
        return Table(
            self.columns,
            tuple(map(self._worded, self.rows)),
            nodes=columns_of_nodes(self.columns, self.rows),
            caption=self.question.summary + (ONLY_STATED if self.question.only_stated else ""),
            empty="Nothing in this graph answers that: not stated, or none.",
            labels=self.labels,
            left=self.left,
        )

    def _worded(self, row: tuple[Term | None, ...]) -> tuple[Cell, ...]:
        if not set(self.columns) >= _AGEING:
            return row
        place = self.columns.index("status")
        status, article = row[place], row[self.columns.index("reported")]
        if not isinstance(status, ox.NamedNode):
            return row
        nodes = (term.value for term in row if isinstance(term, ox.NamedNode))
        doubt = next((self.doubts[iri] for iri in nodes if iri in self.doubts), None)
        words = hedge(self.labels[status.value], doubt)
        if article is not None or status.value == NRC["under-way"]:
            month = self.months.get(article.value) if isinstance(article, ox.NamedNode) else None
            words = reported(words, month)
        return (*row[:place], Named(words, status.value), *row[place + 1 :])


def ask(
    store: Store, question: Question, values: Sequence[str] = (), most: int | None = None
) -> Answer:
    """Answer a question; no rows at all is an answer too.

    Args:
        store: A store with its derived triples.
        values: The parameters, in order, as a person types them.
        most: How many rows are wanted at the most; the others are counted. All without it.

    Raises:
        PassexError: As `bind` does.
    """
    bound = bind(store, question, values)
    compute = _COMPUTED.get(question.name)
    found = compute(store, most) if compute else _queried(store, question, bound, most)
    columns, rows = found.columns, found.rows
    nodes = {term.value for row in rows for term in row if isinstance(term, ox.NamedNode)}
    nodes |= {term.value for term in bound.values() if isinstance(term, ox.NamedNode)}
    labels, months = labelling.labels(store, nodes), _months(store, columns, rows)
    doubts = hedged.doubts(store, nodes) if set(columns) >= _AGEING else {}
    left = found.number - len(rows)
    return Answer(question, bound, columns, tuple(rows), labels, months, doubts, left)


def _queried(
    store: Store,
    question: Question,
    bound: Mapping[str, ox.NamedNode | ox.Literal],
    most: int | None,
) -> Found:
    solutions = store.query(question.query, bound)
    assert isinstance(solutions, ox.QuerySolutions)
    variables = [variable.value for variable in solutions.variables]
    keep = [index for index, name in enumerate(variables) if name not in bound]
    ordered = "ORDER BY" in question.query
    rows = [
        tuple(solution[index] for index in keep)
        for solution in islice(solutions, most if ordered else None)
    ]
    number = len(rows) + sum(1 for _ in solutions)
    if not ordered:
        # Any order, but always the same; and in far less time than the engine takes for many rows.
        rows.sort(key=lambda row: ["" if term is None else str(term) for term in row])
    return Found(tuple(variables[index] for index in keep), rows[:most], number)


def _months(
    store: Store, columns: Sequence[str], rows: Sequence[Sequence[Term | None]]
) -> dict[str, str]:
    """Say when the articles are from that last reported a status."""
    last = columns.index("reported") if "reported" in columns else None
    articles = {row[last] for row in rows} if last is not None else ()
    months = {}
    for article in articles:
        if isinstance(article, ox.NamedNode):
            days = (store.objects(article.value, NR[end]) for end in ("earliest", "latest"))
            first, latest = (day(found[0]) if found else None for found in days)
            if first and latest:
                months[article.value] = say_month(first, latest)
    return months


def bind(
    store: Store, question: Question, values: Sequence[str]
) -> dict[str, ox.NamedNode | ox.Literal]:
    """Read what a person gives a question: the terms of its parameters, by name.

    Raises:
        QueryError: Too few or too many parameters, or one that is no number or date.
        UnknownNameError: A name that nothing of the parameter's type has.
        AmbiguousNameError: A name that several have.
    """
    parameters, usage = question.parameters, f"usage: passex ask {question.usage}"
    if len(values) > len(parameters):
        raise QueryError(
            f"{question.name} takes {say(len(parameters), 'parameter')}, not {len(values)}", usage
        )
    bound: dict[str, ox.NamedNode | ox.Literal] = {}
    for parameter, value in zip_longest(parameters, values):
        if value is None and (value := parameter.default) is None:
            needed = f"{parameter.name.upper()}: {parameter.summary}"
            raise QueryError(f"{question.name} needs {needed}", usage)
        if parameter.type in LITERALS:
            bound[parameter.name] = _literal(parameter, value)
        else:
            node = names.resolve(store, value, *parameter.classes)
            bound[parameter.name] = ox.NamedNode(node.iri)
    return bound


def _literal(parameter: Parameter, value: str) -> ox.Literal:
    from datetime import date

    try:
        if parameter.type == "xsd:integer":
            return ox.Literal(int(value))
        day = date.fromisoformat(value).isoformat()
    except ValueError:
        form = "a whole number" if parameter.type == "xsd:integer" else "a day as YYYY-MM-DD"
        raise QueryError(
            f"'{value}' is no {parameter.name}", f"give {form} ({parameter.summary})"
        ) from None
    return ox.Literal(day, datatype=ox.NamedNode(XSD.date))


def sparql(question: Question, bound: Mapping[str, ox.NamedNode | ox.Literal]) -> str:
    """Write the query with its parameters filled in, to be run anywhere.

    Each parameter, as `bind` gives it, has a VALUES clause, first in the query's pattern.
    """
    clauses = "".join(f"  VALUES ?{name} {{ {term} }}\n" for name, term in bound.items())
    head, where, rest = question.query.partition("WHERE {\n")
    return f"{head}{where}{clauses}{rest}"
