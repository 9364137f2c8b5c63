"""The named questions: SPARQL files that say their question and their parameters.

A question is a file of ``queries/``. It begins with a head (see `entries`) in this form::

    #+ summary: Whom did a person meet, where and when?
    #+ group: meetings
    #+ params:
    #+   person:
    #+     type: nr:Person
    #+     summary: a person
    #+     default: id:valery-gerasimov

The group, which may be left out, is what the question is listed under where there are many. Where
each row is an exercise that ties two, ``#+ basis: way`` names the variable of the pattern that says
on what, *stated* or *inferred*, so that the question can be asked for what is stated alone. A
parameter is a variable of the query's SELECT clause. Its type is a class, whose nodes are given by
name, ``owl:Thing`` for a node of any class, a list of concepts, such as
``nrc:scheme-exercise-kind``, or ``xsd:integer`` or ``xsd:date``. Several classes and lists may be
named, with spaces between them. A parameter with a default may be left out.

A question of few rows says in what order they come (``ORDER BY``). One of many had better not: its
rows are sorted by their columns, which takes less time here than in the engine.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from ..errors import QueryError
from ..graph import dataset
from ..graph.terms import THINGS, expand
from ..text.nearest import did_you_mean, nearest
from ..text.places import Place

if TYPE_CHECKING:
    from ..graph.rows import Table

LITERALS: Final = ("xsd:integer", "xsd:date")


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of a question.

    Attributes:
        name: The variable, without the question mark.
        type: Prefixed names of classes and lists with spaces between them, or of a datatype.
        summary: What it is, in a few words.
        default: The value where none is given; None if one has to be given.
    """

    name: str
    type: str
    summary: str = ""
    default: str | None = None

    @property
    def classes(self) -> list[str]:
        """The classes and lists in which a name is looked for; none for a number or a date."""
        classes: list[str] = []
        for name in self.type.split():
            if name == "owl:Thing":
                classes += THINGS
            elif name not in LITERALS:
                classes.append(expand(name) or name)
        return classes


@dataclass(frozen=True, slots=True)
class Question:
    """A named question.

    Attributes:
        name: The file name without its extension, such as ``met-with``.
        summary: The question, in English.
        parameters: What it asks for, in order.
        query: The SPARQL SELECT query.
        group: What it is about, such as ``training``, where its file says so.
        basis: The variable of the pattern that says on what a tie rests; empty if rows are no ties.
        only_stated: Whether the query is for ties that are stated, and no others.
    """

    name: str
    summary: str
    parameters: tuple[Parameter, ...]
    query: str
    group: str = ""
    basis: str = ""
    only_stated: bool = False

    def stated(self) -> Question:
        """Limit the question to ties that are stated, as a network is whose policy says so.

        Raises:
            QueryError: Rows of the question aren't ties, each with its basis.

        Example:
            >>> find("partners").stated().query.splitlines()[-4].strip()
            'FILTER (?way = "stated")'
        """
        if not self.basis:
            able = [name for name, one in questions().items() if one.basis]
            raise QueryError(
                f"{self.name} has no basis to be asked on: its rows aren't exercises that tie two",
                f"leave the basis out; it goes with {', '.join(able)}, and with 'passex network'",
            )
        # Last in the query's pattern, which ends where a line has its bracket and no more.
        pattern, end, rest = self.query.partition("\n}\n")
        limited = f'{pattern}\n  FILTER (?{self.basis} = "stated"){end}{rest}'
        return replace(self, query=limited, only_stated=True)

    @property
    def usage(self) -> str:
        """The name with its parameters, as in ``met-with PERSON``."""
        words = [
            p.name.upper() if p.default is None else f"[{p.name.upper()}]" for p in self.parameters
        ]
        return " ".join([self.name, *words])


class Entry(NamedTuple):
    """A line of a head: its number, the spaces after the sign, and what is around the colon."""

    line: int
    depth: int
    key: str
    value: str


def entries(text: str, file: str) -> Iterator[Entry]:
    r"""Read the head of a text: first lines that begin with ``#+``, in the manner of https://grlc.io.

    Raises:
        QueryError: A line has no colon; the error has its place in the ``file``.

    Example:
        >>> list(entries("#+ summary: Who?\nSELECT * {}", "who.rq"))
        [Entry(line=1, depth=1, key='summary', value='Who?')]
    """
    for number, line in enumerate(text.splitlines(), 1):
        if not line.startswith("#+"):
            return
        entry = line[2:].rstrip()
        key, colon, value = (part.strip() for part in entry.partition(":"))
        if not colon:
            message = "no colon in the header"
            raise QueryError(message, "write 'key: value'", Place(file, number))
        yield Entry(number, len(entry) - len(entry.lstrip()), key, value)


def read(path: Path) -> Question:
    """Read a question from its file.

    Raises:
        QueryError: The header is not of the form that this module describes.

    Example:
        >>> read(dataset.question_files()[0]).summary
        'Which actors are there, of which class and kind?'
    """
    text = path.read_text(encoding="utf-8")
    said = {"summary": "", "group": "", "basis": ""}
    found: dict[str, dict[str, str]] = {}
    for line, depth, key, value in entries(text, str(path)):
        if depth == 1 and key in said:
            said[key] = value
        elif depth == 3 and not value:
            found[key] = {}
        elif depth == 5 and found and key in ("type", "summary", "default"):
            found[list(found)[-1]][key] = value
        elif (depth, key, value) != (1, "params", ""):
            written = text.splitlines()[line - 1][2:].strip()
            raise QueryError(
                f"'{written}' is nothing that a header says there",
                "see the top of another file of queries/",
                Place(str(path), line),
            )
    place = Place(str(path))
    if not said["summary"]:
        raise QueryError("no question", "begin the file with '#+ summary: …?'", place)
    missing = [name for name, entry in found.items() if "type" not in entry]
    if missing:
        message = f"the parameter {missing[0]} has no type"
        raise QueryError(message, "add '#+     type: …'", place)
    parameters = tuple(Parameter(n, **e) for n, e in found.items())
    return Question(path.stem, said["summary"], parameters, text, said["group"], said["basis"])


def questions() -> dict[str, Question]:
    """Read all named questions, by name, in alphabetical order.

    Raises:
        QueryError: A file is not a question.
    """
    return {path.stem: read(path) for path in dataset.question_files()}


def listing() -> Table:
    """List all named questions: a row has a name, the usage and the question.

    Raises:
        QueryError: A file is not a question.
    """
    from ..graph.rows import Table  # which imports the engine

    rows = tuple((q.name, q.usage, q.summary) for q in questions().values())
    return Table(("name", "usage", "question"), rows, caption="The named questions")


def find(name: str) -> Question:
    """Find a named question.

    Raises:
        QueryError: There is none of that name; the error names what comes near.

    Example:
        >>> find("met-with").usage
        'met-with PERSON'
    """
    files = {path.stem: path for path in dataset.question_files()}
    if name in files:
        return read(files[name])
    near = nearest(name, files)
    hint = did_you_mean(near) or "'passex ask' lists the questions"
    error = QueryError(f"'{name}' is no question", hint, kind="question")
    error.name, error.near = name, tuple(near)
    raise error
