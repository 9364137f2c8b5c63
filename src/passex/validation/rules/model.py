"""The model of checks: what one is, what it looks at, what it finds, and how its rules are read.

The rules stand in ``examples/``, one file a group of checks, in this form::

    == no-data
    #+ title: no data
    #+ severity: violation
    #+ summary: The files of data hold at least one triple.
    #+ reason: Every shape is satisfied by an empty graph.
    -- good data.ttl
    ex:a a ex:Ship .
    -- bad data.ttl
    -- says
    data.ttl: violation: The data hold no triples, so nothing was checked.
      give files that hold facts

What is ``both`` belongs to the good and to the bad files. Turtle without a prefix of its own has
the usual ones. A rule without a head is a query, which has it: see `review`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

import pyoxigraph as ox

from ...errors import InputError
from ...graph import dataset
from ...text.places import Place
from ..cures import Cure, Restatement
from ..inputs import Failure, Inputs
from ..results import Rule, Severity
from .ontologies import Ontology, iris

if TYPE_CHECKING:
    from ..shacl import Shapes
    from ..shacl.model import Node
    from ..shacl.shapes_graph import Triples

Kind: TypeAlias = Literal["data", "shapes", "ontology"]
_SECTION: Final = re.compile(r"^(==|--) (.*)\n", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Example:
    """A rule, files by name that pass and that fail, and what is said of the latter."""

    rule: Rule
    good: dict[str, str]
    bad: dict[str, str]
    says: str


@cache
def examples(group: str) -> dict[str, Example]:
    """Read the rules of a group of checks, with their examples, by identifier.

    Example:
        >>> list(examples("syntax"))
        ['turtle-syntax', 'rdf-syntax']
    """
    path = Path(__file__).with_name("examples") / f"{group}.txt"
    parts = _SECTION.split(path.read_text(encoding="utf-8"))[1:]
    found: dict[str, Example] = {}
    for sign, title, body in zip(parts[::3], parts[1::3], parts[2::3], strict=True):
        if sign == "==":
            rule = title
            found[rule] = Example(_rule(rule, body), {}, {}, "")
            continue
        example = found[rule]
        role, _, name = title.partition(" ")
        if role == "says":
            found[rule] = Example(example.rule, example.good, example.bad, body.rstrip("\n"))
        if role in ("good", "both"):
            example.good[name] = body
        if role in ("bad", "both"):
            example.bad[name] = body
    return found


def _rule(name: str, body: str) -> Rule:
    from ...questions.catalogue import entries  # of use where somebody looks at the rules

    text = body or dataset.check_file(name).read_text(encoding="utf-8")
    said = {entry.key: entry.value for entry in entries(text, name)}
    severity = Severity(said["severity"])
    return Rule(name, said["title"], said["summary"], said["reason"], severity)


@dataclass(frozen=True, slots=True)
class Finding:
    """A problem before it has a place.

    Attributes:
        rule: The identifier of the rule that was broken.
        message: What is wrong.
        hint: What to write instead; empty where nothing can be said.
        severity: How bad it is, where that is not what the rule says.
        subject: The node to look for, or None.
        predicate: The IRI of the predicate to look for at the node, or None.
        value: The value to look for at the predicate, or None.
        where: In which files to look first, or the place itself where the check knows it.
        cure: What writes what the hint says, where that is certain.
    """

    rule: str
    message: str
    hint: str = ""
    severity: Severity | None = None
    subject: ox.NamedNode | ox.BlankNode | None = None
    predicate: str | None = None
    value: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple | None = None
    where: Kind | Place = "data"
    cure: Cure | Restatement | None = None

    @property
    def path(self) -> ox.NamedNode | None:
        """The predicate as a node."""
        return None if self.predicate is None else ox.NamedNode(self.predicate)

    @classmethod
    def of(
        cls,
        quad: ox.Quad,
        rule: str,
        message: str,
        hint: str,
        where: Kind = "data",
        severity: Severity | None = None,
    ) -> Finding:
        """Make a finding about a triple."""
        assert not isinstance(quad.subject, ox.Triple)
        predicate = quad.predicate.value
        return cls(rule, message, hint, severity, quad.subject, predicate, quad.object, where)


@dataclass(frozen=True)
class Scope:
    """What the checks look at.

    Attributes:
        inputs: The graphs.
        failures: The files that are missing from them because they could not be read.
        questions: SPARQL files that are questions, as `passex.questions.catalogue` has them.
        rules: SPARQL files that are rules.
        complete: Whether the caller chose the shapes for these data, so that one that looks at
            nothing is a mistake. That isn't expected of our own shapes.
        reviewed: Whether the ontology itself is under review, and not only a help for the data.
        reason: Whether HermiT is to be asked.
        alone: Whether files beside the data may describe what these name.
        idle: The shapes whose sh:target selected no node, which only pySHACL can tell.
    """

    inputs: Inputs
    failures: tuple[Failure, ...] = ()
    questions: tuple[Path, ...] = ()
    rules: tuple[Path, ...] = ()
    complete: bool = True
    reviewed: bool = True
    reason: bool = False
    alone: bool = True
    idle: frozenset[Node] = frozenset()

    @cached_property
    def ontology(self) -> Ontology:
        """The files of the ontology, read apart from the data."""
        return Ontology.read(document.source for document in self.inputs.ontology)

    @cached_property
    def triples(self) -> Triples:
        """The shapes graph as a table."""
        from ..shacl.shapes_graph import Triples

        return Triples(self.inputs.shapes_graph, self.inputs.shapes)

    @cached_property
    def shapes(self) -> Shapes:
        """The shapes, and what is wrong with them."""
        from ..shacl.reader import shapes_of

        return shapes_of(self.triples)

    @cached_property
    def used_classes(self) -> frozenset[str]:
        """The IRIs of the classes that have an instance in data or ontology."""
        return frozenset(iris(self.inputs.graph, "?s a ?t"))

    @cached_property
    def used_properties(self) -> frozenset[str]:
        """The IRIs of the properties of data and ontology."""
        return frozenset(iris(self.inputs.graph, "?s ?t ?o"))

    @cached_property
    def named_by_shapes(self) -> frozenset[str]:
        """All IRIs that are a value in the shapes."""
        return frozenset(iris(self.inputs.shapes_graph, "?s ?p ?t"))

    @cached_property
    def queries(self) -> dict[Path, str]:
        """The texts of the rules and questions.

        Raises:
            InputError: One of them cannot be read.
        """
        found = {}
        for path in self.rules + self.questions:
            try:
                found[path] = path.read_bytes().decode("utf-8-sig", errors="replace")
            except OSError as error:
                reason = error.strerror or str(error)
                message = f"cannot be read ({reason})"
                raise InputError(message, "check the path", Place(str(path))) from error
        return found


@dataclass(frozen=True, slots=True)
class Check:
    """Rules that are checked together.

    Attributes:
        name: A word for the group, by which `examples` finds its rules.
        run: Yields what breaks them.
        of_ontology: Whether it is a review of the ontology, which only its authors want.
        of_shapes: Whether it is about the shapes, wherever they stand.
        apart: Whether it is run elsewhere, and only where shapes found something.
    """

    name: str
    run: Callable[[Scope], Iterator[Finding]]
    of_ontology: bool = False
    of_shapes: bool = False
    apart: bool = False

    @property
    def rules(self) -> tuple[Rule, ...]:
        """The rules, in the order in which the documentation has them."""
        return tuple(example.rule for example in examples(self.name).values())
