"""The named questions: SPARQL files that say their question and their parameters.

A question is a file of ``queries/``. Its first lines are a header of comments that begin with
``#+``, in the manner of grlc (https://grlc.io), in this form::

    #+ summary: Whom did a person meet, where and when?
    #+ params:
    #+   person:
    #+     type: nr:Person
    #+     summary: a person
    #+     default: id:valery-gerasimov

A parameter is a variable of the query's SELECT clause. Its type is a class, whose nodes are given
by name, ``owl:Thing`` for a node of any class, or ``xsd:integer`` or ``xsd:date``. Several classes
may be named, with spaces between them. A parameter with a default may be left out.
"""

from __future__ import annotations

import datetime
import difflib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from . import dataset, names, vocabulary
from .errors import QueryError
from .store import Store, Term

_LITERALS: Final = ("xsd:integer", "xsd:date")


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of a question.

    Attributes:
        name: The variable, without the question mark.
        type: Prefixed names of classes with spaces between them, or of a datatype.
        summary: What it is, in a few words.
        default: The value where none is given; None if one has to be given.
    """

    name: str
    type: str
    summary: str = ""
    default: str | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """A named question.

    Attributes:
        name: The file name without its extension, such as ``met-with``.
        summary: The question, in English.
        parameters: What it asks for, in order.
        query: The SPARQL SELECT query.
    """

    name: str
    summary: str
    parameters: tuple[Parameter, ...]
    query: str

    @property
    def usage(self) -> str:
        """The name with its parameters, as in ``met-with PERSON``."""
        words = [
            p.name.upper() if p.default is None else f"[{p.name.upper()}]" for p in self.parameters
        ]
        return " ".join([self.name, *words])


@dataclass(frozen=True, slots=True)
class Answer:
    """What a question gives.

    Attributes:
        question: The question.
        values: What was asked for: the terms of the parameters, by name.
        columns: The variables of the SELECT clause that are no parameters.
        rows: One tuple of terms a solution, None where a variable is unbound.
        labels: Labels of the nodes in `values` and `rows`, by IRI.
    """

    question: Question
    values: Mapping[str, ox.NamedNode | ox.Literal]
    columns: tuple[str, ...]
    rows: tuple[tuple[Term | None, ...], ...]
    labels: Mapping[str, str] = field(repr=False)

    def __len__(self) -> int:
        """Count the rows."""
        return len(self.rows)

    def label(self, term: Term | None) -> str:
        """Write a term for people: the label of a node, the text of a literal."""
        if term is None:
            return ""
        if isinstance(term, ox.NamedNode):
            return self.labels[term.value]
        return term.value if isinstance(term, ox.Literal) else str(term)

    def records(self) -> list[dict[str, str]]:
        """Give the rows as dictionaries of labels and texts, by column.

        Example:
            >>> from passex import load
            >>> load().ask("partners", "NATO").records()[0]["partner"]
            'Japan'
        """
        return [
            {name: self.label(term) for name, term in zip(self.columns, row, strict=True)}
            for row in self.rows
        ]


def read(path: Path) -> Question:
    """Read a question from its file.

    Args:
        path: A file of ``queries/``.

    Returns:
        The question.

    Raises:
        QueryError: The header is not of the form that this module describes.

    Example:
        >>> read(dataset.question_files()[0]).summary
        'Which actors are there, of which class and kind?'
    """
    text = path.read_text(encoding="utf-8")
    summary = ""
    found: dict[str, dict[str, str]] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if not line.startswith("#+"):
            break
        entry = line[2:].rstrip()
        depth = len(entry) - len(entry.lstrip())
        key, colon, value = (part.strip() for part in entry.partition(":"))
        if not colon:
            raise QueryError(f"{path}:{number}: no colon in the header", "write 'key: value'")
        if depth == 1 and key == "summary":
            summary = value
        elif depth == 3 and not value:
            found[key] = {}
        elif depth == 5 and found and key in ("type", "summary", "default"):
            found[list(found)[-1]][key] = value
        elif (depth, key, value) != (1, "params", ""):
            raise QueryError(
                f"{path}:{number}: '{entry.strip()}' is nothing that a header says there",
                "see the top of another file of queries/",
            )
    if not summary:
        raise QueryError(f"{path}: no question", "begin the file with '#+ summary: …?'")
    missing = [name for name, entry in found.items() if "type" not in entry]
    if missing:
        raise QueryError(f"{path}: the parameter {missing[0]} has no type", "add '#+     type: …'")
    return Question(path.stem, summary, tuple(Parameter(n, **e) for n, e in found.items()), text)


def questions() -> dict[str, Question]:
    """Read all named questions.

    Returns:
        The questions by name, in alphabetical order.

    Raises:
        QueryError: A file is not a question.
    """
    return {path.stem: read(path) for path in dataset.question_files()}


def find(name: str) -> Question:
    """Find a named question.

    Args:
        name: Its name.

    Returns:
        The question.

    Raises:
        QueryError: There is none of that name; the error names what comes near.

    Example:
        >>> find("met-with").usage
        'met-with PERSON'
    """
    files = {path.stem: path for path in dataset.question_files()}
    if name in files:
        return read(files[name])
    near = difflib.get_close_matches(name, files, n=3)
    hint = f"did you mean {', '.join(near)}?" if near else "'passex ask' lists the questions"
    raise QueryError(f"'{name}' is no question", hint)


def ask(store: Store, question: Question, values: Sequence[str] = ()) -> Answer:
    """Answer a question.

    Args:
        store: A store with its derived triples.
        question: The question.
        values: The parameters, in order, as a person types them.

    Returns:
        The answer. No rows at all is an answer too.

    Raises:
        QueryError: Too few or too many parameters, or one that is no number or date.
        UnknownNameError: A name that nothing of the parameter's type has.
        AmbiguousNameError: A name that several have.
    """
    bound = _bind(store, question, values)
    solutions = store.query(question.query, bound)
    assert isinstance(solutions, ox.QuerySolutions)
    variables = [variable.value for variable in solutions.variables]
    keep = [index for index, name in enumerate(variables) if name not in bound]
    rows = tuple(tuple(solution[index] for index in keep) for solution in solutions)
    nodes = {term.value for row in rows for term in row if isinstance(term, ox.NamedNode)}
    nodes |= {term.value for term in bound.values() if isinstance(term, ox.NamedNode)}
    columns = tuple(variables[index] for index in keep)
    return Answer(question, bound, columns, rows, names.labels(store, nodes))


def _bind(
    store: Store, question: Question, values: Sequence[str]
) -> dict[str, ox.NamedNode | ox.Literal]:
    parameters = question.parameters
    if len(values) > len(parameters):
        raise QueryError(
            f"{question.name} takes {len(parameters)} parameters, not {len(values)}",
            f"usage: passex ask {question.usage}",
        )
    given = [*values, *(p.default for p in parameters[len(values) :])]
    bound: dict[str, ox.NamedNode | ox.Literal] = {}
    for parameter, value in zip(parameters, given, strict=True):
        if value is None:
            raise QueryError(
                f"{question.name} needs {parameter.name.upper()}: {parameter.summary}",
                f"usage: passex ask {question.usage}",
            )
        bound[parameter.name] = _term(store, parameter, value)
    return bound


def _term(store: Store, parameter: Parameter, value: str) -> ox.NamedNode | ox.Literal:
    if parameter.type in _LITERALS:
        return _literal(parameter, value)
    kinds: list[str] = []
    for name in parameter.type.split():
        kinds += vocabulary.THINGS if name == "owl:Thing" else [vocabulary.expand(name) or name]
    return ox.NamedNode(names.resolve(store, value, *kinds).iri)


def _literal(parameter: Parameter, value: str) -> ox.Literal:
    try:
        if parameter.type == "xsd:integer":
            return ox.Literal(int(value))
        day = datetime.date.fromisoformat(value)
    except ValueError:
        form = "a whole number" if parameter.type == "xsd:integer" else "a day as YYYY-MM-DD"
        raise QueryError(
            f"'{value}' is no {parameter.name}", f"give {form} ({parameter.summary})"
        ) from None
    return ox.Literal(day.isoformat(), datatype=ox.NamedNode(vocabulary.PREFIXES["xsd"] + "date"))


def sparql(answered: Answer) -> str:
    """Write the query with its parameters filled in, to be run anywhere.

    Args:
        answered: An answer.

    Returns:
        The query's text with a VALUES clause for each parameter, first in its pattern.
    """
    clauses = "".join(f"  VALUES ?{name} {{ {term} }}\n" for name, term in answered.values.items())
    head, where, rest = answered.question.query.partition("WHERE {\n")
    return f"{head}{where}{clauses}{rest}"
