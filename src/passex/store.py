"""The graph in an embedded Oxigraph store."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final, TypeAlias

import pyoxigraph as ox

from . import dataset, vocabulary
from .errors import InputError, QueryError, VocabularyError

_BOM: Final = b"\xef\xbb\xbf"
Row = tuple[str | None, ...]
Term: TypeAlias = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple


class Store:
    """Ontology, facts and derived triples, ready for questions.

    Attributes:
        engine: The pyoxigraph store. Facts and derived triples are in its default graph, the rules'
            intermediate results in the graph `vocabulary.WORKINGS`.
        files: The files that the facts came from.
        ignored: How many triples of a derived property the files asserted. They were dropped: what
            is derived comes from the rules alone.
    """

    def __init__(self, engine: ox.Store, files: tuple[Path, ...] = (), ignored: int = 0) -> None:
        self.engine = engine
        self.files = files
        self.ignored = ignored

    def query(
        self, sparql: str, bindings: Mapping[str, ox.NamedNode | ox.Literal] | None = None
    ) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
        """Answer a SPARQL 1.1 query; the prefixes of `vocabulary.PREFIXES` are declared already.

        Args:
            sparql: The query.
            bindings: Terms to put in the place of variables, by name without the question mark.
                Each has to be in the SELECT clause.

        Returns:
            What pyoxigraph returns: solutions, a boolean or triples.

        Raises:
            QueryError: The query is not SPARQL.
        """
        substitutions: dict[ox.Variable, Term]
        substitutions = {ox.Variable(name): term for name, term in (bindings or {}).items()}
        try:
            return self.engine.query(
                sparql, prefixes=vocabulary.PREFIXES, substitutions=substitutions
            )
        except SyntaxError as error:
            # The engine lists every token that could have followed, over several lines.
            reason = str(error).split("expected one of")[0].splitlines()[0].rstrip(": ")
            raise QueryError(f"not a SPARQL query: {reason}", "correct the query") from error

    def rows(self, sparql: str) -> Iterator[Row]:
        """Answer a SELECT query with plain strings.

        Args:
            sparql: A SELECT query.

        Yields:
            One tuple a solution, in the order of the SELECT clause: IRIs and literals as text,
            blank nodes with ``_:`` before them, None where a variable is unbound.

        Raises:
            QueryError: The query is not SPARQL.
        """
        solutions = self.query(sparql)
        assert isinstance(solutions, ox.QuerySolutions)
        for solution in solutions:
            yield tuple(None if term is None else _text(term) for term in solution)

    def objects(self, subject: str, term: str) -> list[str]:
        """Look up the values of one property of one node.

        Args:
            subject: The node's IRI.
            term: The property's IRI.

        Returns:
            The values as text, sorted.
        """
        quads = self.engine.quads_for_pattern(
            node(subject), ox.NamedNode(term), None, ox.DefaultGraph()
        )
        return sorted(_text(quad.object) for quad in quads)

    def subjects(self, term: str, value: str) -> list[str]:
        """Look up the nodes that have a node as a value.

        Args:
            term: The property's IRI.
            value: The IRI of the value.

        Returns:
            The nodes' IRIs, sorted.
        """
        quads = self.engine.quads_for_pattern(
            None, ox.NamedNode(term), node(value), ox.DefaultGraph()
        )
        return sorted(_text(quad.subject) for quad in quads)

    def __len__(self) -> int:
        """Count the triples, without the rules' intermediate results."""
        workings = ox.NamedNode(vocabulary.WORKINGS)
        return len(self.engine) - sum(
            1 for _ in self.engine.quads_for_pattern(None, None, None, workings)
        )


def load(data: Iterable[str | os.PathLike[str]] = ()) -> Store:
    """Load the ontology and facts, without applying the rules.

    Args:
        data: Files, folders or ``bundled``, as `dataset.data_files` takes them.

    Returns:
        The store.

    Raises:
        InputError: Something is not there, cannot be read, or holds no triples.
        VocabularyError: The facts use none of our ontology's classes.

    Example:
        >>> store = load()
        >>> len(store.files) > 0
        True
    """
    files = dataset.data_files(data)
    engine = ox.Store()
    for path in dataset.ontology_files():
        _load_file(engine, path)
    own = len(engine)
    for path in files:
        _load_file(engine, path)
    named = ", ".join(str(path) for path in files[:3]) + (", …" if len(files) > 3 else "")
    if len(engine) == own:
        raise InputError(f"{named}: no triples", "give files that hold facts")
    ignored = _drop_derived(engine)
    if not _uses_ontology(engine):
        raise _foreign(files, named)
    return Store(engine, files, ignored)


def node(name: str) -> ox.NamedNode | ox.BlankNode:
    """Turn the text of a node, as `Store.rows` gives it, into a term.

    Args:
        name: An IRI, or ``_:`` with a blank node's identifier.

    Returns:
        The term.

    Example:
        >>> node("_:b1")
        <BlankNode value=b1>
    """
    return ox.BlankNode(name[2:]) if name.startswith("_:") else ox.NamedNode(name)


def _load_file(engine: ox.Store, path: Path) -> None:
    form = ox.RdfFormat.from_extension(path.suffix.lower().lstrip("."))
    assert form is not None, "dataset lets only known extensions pass"
    try:
        with path.open("rb") as file:
            # Some editors begin UTF-8 with a byte-order mark, which the parser takes for a name.
            if file.read(len(_BOM)) != _BOM:
                file.seek(0)
            if form.supports_datasets:
                # Facts have no named graphs: what graph a file put them in makes no difference.
                quads = ox.parse(file, form, rename_blank_nodes=True)
                engine.bulk_extend(
                    ox.Quad(quad.subject, quad.predicate, quad.object) for quad in quads
                )
            else:
                engine.bulk_load(file, form)
    except FileNotFoundError as error:
        raise InputError(f"{path}: no such file", "check the path given with --data") from error
    except PermissionError as error:
        raise InputError(f"{path}: not readable", "check its permissions") from error
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror or error})") from error
    except SyntaxError as error:
        raise _unparsable(path, form, error) from error


def _unparsable(path: Path, form: ox.RdfFormat, error: SyntaxError) -> InputError:
    data = path.read_bytes()
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as wrong:
        line = data.count(b"\n", 0, wrong.start) + 1
        return InputError(
            f"{path}:{line}: not UTF-8 (byte 0x{data[wrong.start]:02x} at offset {wrong.start})",
            "save the file as UTF-8",
        )
    place = f":{error.lineno}:{error.offset}" if error.lineno else ""
    reason = (error.msg or str(error)).splitlines()[0]
    # The engine begins with the position, which stands before it already.
    if place and reason.startswith("Parser error at line"):
        reason = reason.partition(": ")[2] or reason
    return InputError(f"{path}{place}: not {form.name}: {reason}", "correct the file there")


def _drop_derived(engine: ox.Store) -> int:
    asserted = [
        quad
        for name in vocabulary.DERIVED
        for quad in engine.quads_for_pattern(None, ox.NamedNode(name), None, ox.DefaultGraph())
    ]
    for quad in asserted:
        engine.remove(quad)
    return len(asserted)


def _uses_ontology(engine: ox.Store) -> bool:
    classes = engine.query(
        f"""SELECT DISTINCT ?class {{
            ?own a owl:Class FILTER(STRSTARTS(STR(?own), "{vocabulary.NR}"))
            ?class rdfs:subClassOf* ?own
        }}""",
        prefixes=vocabulary.PREFIXES,
    )
    assert isinstance(classes, ox.QuerySolutions)
    a = ox.NamedNode(vocabulary.RDF_TYPE)
    return any(
        next(engine.quads_for_pattern(None, a, solution[0], None), None) is not None
        for solution in classes
    )


def _foreign(files: tuple[Path, ...], named: str) -> VocabularyError:
    engine = ox.Store()
    for path in files:
        _load_file(engine, path)
    used: Counter[str] = Counter()
    for quad in engine:
        used[_namespace(quad.predicate.value)] += 1
        if quad.predicate.value == vocabulary.RDF_TYPE and isinstance(quad.object, ox.NamedNode):
            used[_namespace(quad.object.value)] += 1
    for common in ("rdf", "rdfs", "owl"):
        used.pop(vocabulary.PREFIXES[common], None)
    listed = ", ".join(f"<{name}>" for name, _ in used.most_common(3)) or "no other"
    return VocabularyError(
        f"{named}: no node of a class of the Passex ontology; its vocabulary is {listed}",
        f"describe exercises and actors with classes of <{vocabulary.NR}>",
    )


def _namespace(iri: str) -> str:
    return iri[: max(iri.rfind("#"), iri.rfind("/")) + 1]


def _text(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> str:
    # A blank node keeps its mark, so that it is never taken for an IRI.
    return term.value if isinstance(term, ox.NamedNode | ox.Literal) else str(term)
