"""The graph in an embedded Oxigraph store."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeAlias

import pyoxigraph as ox

from ..errors import InputError
from ..text.places import Place
from ..text.wording import say
from . import dataset
from .engine import prefixes, refusal, unsupported_function
from .terms import INTERNAL, WORKINGS, WRITTEN, shorten

if TYPE_CHECKING:
    from .given import Given
    from .sources import Source

#: Where the files write no tag otherwise than the engine.
NO_TAGS: Final[Mapping[str, str]] = {}

Row = tuple[str | None, ...]
Graph: TypeAlias = ox.NamedNode | ox.BlankNode | ox.DefaultGraph
Term: TypeAlias = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
#: Terms that are their value. A tuple: a union in `text` would be made anew for each term.
_VALUED: Final = (ox.NamedNode, ox.Literal)


class Store:
    """Ontology, facts and derived triples, ready for questions.

    Attributes:
        engine: The pyoxigraph store. Facts and derived triples are in its default graph, the rules'
            intermediate results in the graph `WORKINGS`, and the index of names in
            `NAMES`. A large one from the cache cannot be written to.
        files: The files that the facts came from.
        foreign: Files with nothing of our ontology in them: the number of each in `files`, and the
            vocabulary that it uses.
        ignored: How many triples of a derived property the files asserted. They were dropped: what
            is derived comes from the rules alone.
        tags: Language tags as the files write them, by what the engine makes of them, where that is
            something else.
        plain: Whether there are files and nothing else: no ontology of ours, nothing derived.
        variants: Other forms in which the files write a language tag, by the one that is kept.
        folder: Where a large one lies on the disk, until it is in the cache.
        vocabulary: Of files that are taken as they are for want of our terms, what they use; else
            empty.
        given: What each file gave; empty where that is not known.
        key: The `cache_keys.key` of a large one from the cache, which nobody changes; else empty.
    """

    def __init__(
        self,
        engine: ox.Store,
        files: tuple[Path, ...] = (),
        ignored: int = 0,
        foreign: tuple[tuple[int, str], ...] = (),
        tags: Mapping[str, str] = NO_TAGS,
        plain: bool = False,
        variants: Mapping[str, str] = NO_TAGS,
        folder: Path | None = None,
        key: str = "",
    ) -> None:
        self.engine = engine
        self.files = files
        self.ignored = ignored
        self.foreign = foreign
        self.tags = tags
        self.plain = plain
        self.variants = variants
        self.folder = folder
        self.vocabulary = ""
        self.given: Sequence[Given] = ()
        self.key = key

    @property
    def graphs(self) -> list[ox.NamedNode | ox.BlankNode]:
        """The files' named graphs, sorted; the default graph has all that is in them."""
        names = self.engine.named_graphs()
        return sorted((name for name in names if name.value not in INTERNAL), key=str)

    def changed(self) -> list[str]:
        """Say what answers have otherwise than the files: literals, as sentences of a line each."""
        kept = list(self.engine.quads_for_pattern(None, None, None, ox.NamedNode(WRITTEN)))
        notes = []
        if kept:
            from . import lexical  # of use to few graphs

            marked = [quad for quad in kept if lexical.is_marked(quad.object)]
            [first] = lexical.originals([min(marked, key=str)])
            form = lexical.native([first])[first]
            notes.append(
                f"{say(len(marked), 'literal')} in another form of the same value than the files "
                f"have, also for STR(): such as {_short(first)} as {_short(form)}"
            )
            if merged := lexical.merged(kept):
                notes.append(
                    f"{say(merged, 'triple')} fewer than the files have: those that differ in the "
                    "form of a value alone are one"
                )
        tags = {*self.tags.values(), *self.variants, *self.variants.values()}
        if capitals := [tag for tag in tags if tag != tag.lower()]:
            tag = min(capitals, key=lambda tag: (tag.lower(), tag))
            notes.append(f"language tags in small letters: such as @{tag} as @{tag.lower()}")
        return notes

    def tags_made_one(self) -> list[str]:
        """Say which language tags go out otherwise than the files have them, in a line or none."""
        if not self.variants:
            return []
        tag, kept = min(self.variants.items())
        return [f"language tags that differ in capitals alone made one: such as @{tag} as @{kept}"]

    def query(
        self,
        sparql: str,
        bindings: Mapping[str, ox.NamedNode | ox.Literal] | None = None,
        workings: bool = False,
        default_graph: ox.DefaultGraph | list[Graph] | None = None,
        named: list[ox.NamedNode | ox.BlankNode] | None = None,
    ) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
        """Answer a SPARQL 1.1 query; the prefixes of `PREFIXES` are declared already.

        Args:
            bindings: Terms to put in the place of variables, by name without the question mark.
                Each has to be in the SELECT clause.
            workings: Whether the rules' intermediate results are there, as a named graph. They are
                for a query that names that graph.
            default_graph: What FROM chooses (see `passex.query.prefixes`); without it, the
                facts.
            named: What FROM NAMED chooses; without it, the files' own graphs.

        Returns:
            What pyoxigraph returns: solutions, a boolean or triples.

        Raises:
            QueryError: The query is not SPARQL.
        """
        substitutions: dict[ox.Variable, Term] | None = None
        if bindings:
            substitutions = {ox.Variable(name): term for name, term in bindings.items()}
        try:
            return self.engine.query(
                sparql,
                prefixes=prefixes(sparql),
                substitutions=substitutions,
                default_graph=default_graph,
                named_graphs=None
                if workings
                else [*(self.graphs if named is None else named), *named_in(sparql)],
            )
        except SyntaxError as error:
            raise refusal(error) from error
        except RuntimeError as error:
            raise unsupported_function(error) from None

    def rows(self, sparql: str) -> Iterator[Row]:
        """Answer a SELECT query with plain strings.

        Yields:
            One tuple a solution, in the order of the SELECT clause: IRIs and literals as text,
            blank nodes with ``_:`` before them, None where a variable is unbound.

        Raises:
            QueryError: The query is not SPARQL.
        """
        solutions = self.query(sparql, workings=True)
        assert isinstance(solutions, ox.QuerySolutions)
        for solution in solutions:
            yield tuple(None if term is None else text(term) for term in solution)

    def objects(self, subject: str, term: str) -> list[str]:
        """Look up the values of one property of one node.

        Returns:
            The values as text, sorted.
        """
        quads = self.engine.quads_for_pattern(
            node(subject), ox.NamedNode(term), None, ox.DefaultGraph()
        )
        return sorted(text(quad.object) for quad in quads)

    def subjects(self, term: str, value: str) -> list[str]:
        """Look up the nodes that have a node as a value.

        Returns:
            The nodes' IRIs, sorted.
        """
        quads = self.engine.quads_for_pattern(
            None, ox.NamedNode(term), node(value), ox.DefaultGraph()
        )
        return sorted(text(quad.subject) for quad in quads)

    def __reduce__(self) -> tuple[Any, ...]:
        quads = self.engine.dump(format=ox.RdfFormat.N_QUADS)
        known = (dict(self.tags), self.plain, dict(self.variants))
        rest = (self.files, self.ignored, self.foreign, *known)
        return _unpickled, (quads, *rest)

    def __len__(self) -> int:
        """Count the triples of the ontology, the facts, and what is derived from them."""
        [[number]] = self.rows("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")
        return int(str(number))


def _unpickled(quads: bytes, *others: Any) -> Store:
    """Make a store again of what was pickled."""
    engine = ox.Store()
    engine.bulk_load(quads, ox.RdfFormat.N_QUADS)
    return Store(engine, *others)


def named_in(sparql: str) -> list[ox.NamedNode | ox.BlankNode]:
    """List the named graphs that a query sees: the rules' intermediate results, if it names them.

    Example:
        >>> named_in("SELECT * { GRAPH ?any { ?s ?p ?o } }")
        []
    """
    return [ox.NamedNode(WORKINGS)] if f"<{WORKINGS}>" in sparql else []


def ontology() -> Store:
    """Load our ontology, and nothing else."""
    from . import reading
    from .sources import Source

    reader = reading.Reader(ox.Store(), "o")
    reader.read(*map(Source, dataset.ontology_files()))
    return Store(reader.engine)


def load(data: Iterable[str | os.PathLike[str]] = (), form: str | None = None) -> Store:
    """Load the ontology and facts, without applying the rules.

    Args:
        data: Files, folders, ``bundled`` or ``-``, as `dataset.data_files` takes them.
        form: One of `dataset.FORMATS`, for what has no extension that names its format.

    Raises:
        InputError: Something is not there, cannot be read, or holds no triples.
        QueryError: There is no such format.
        VocabularyError: The facts use none of our ontology's classes.

    Example:
        >>> store = load()
        >>> len(store.files) > 0
        True
    """
    from .sources import sources

    return read(sources(data, form))


def read(
    sources: Sequence[Source],
    as_of: str | None = None,
    always: bool = False,
    room: Callable[[], Path] | None = None,
) -> Store:
    """Load the ontology and facts, as `load` does.

    Args:
        sources: The files of facts; each has the digest of what was read from it then.
        as_of: The day up to which the articles count; without one, all do.
        always: Whether the ontology is mixed in where the facts use nothing of it.
        room: Makes room on the disk, and gives the path of a new folder, for facts that are more
            than memory should hold.

    Raises:
        InputError: Something cannot be read, or nothing holds a triple.
        QueryError: There is no article up to that day.
        VocabularyError: The facts use none of our ontology's classes.
    """
    from . import background, normalise, reading

    reader = reading.Reader(ontology().engine, room=room)
    own = len(reader.engine)
    terms = {quad.subject for quad in reader.engine} if as_of else ()
    reader.read(*sources)
    engine = reader.engine
    normalise.name_blank_nodes(engine)
    # The ontology alone is nothing new. (What lies on the disk takes long to count.)
    _refuse_nothing(reader.number if reader.folder else len(engine) - own, sources)
    ignored = normalise.drop_derived(engine)
    classes = normalise.classes(engine)
    foreign: tuple[tuple[int, str], ...] = ()
    if not always:
        if not normalise.has_instance(engine, classes):
            raise normalise.no_terms_of_ours(sources, listed(sources))
        foreign = normalise.files_without_our_terms(engine, sources, classes)
    if as_of:
        from .as_of import cut

        cut(engine, as_of, terms)
    engine.extend(background.missing(engine))
    files = tuple(source.path for source in sources)
    tags, variants = reader.tags, reader.variants
    made = Store(engine, files, ignored, foreign, tags, variants=variants, folder=reader.folder)
    made.given = () if as_of else reader.given
    return made


def as_written(sources: Sequence[Source]) -> Store:
    """Load files and nothing else, whatever their vocabulary.

    Raises:
        InputError: Something cannot be read, or nothing holds a triple.
    """
    from . import reading

    reader = reading.Reader(ox.Store())
    reader.read(*sources)
    _refuse_nothing(reader.number, sources)
    files = tuple(source.path for source in sources)
    return Store(reader.engine, files, 0, (), reader.tags, True, reader.variants)


def _refuse_nothing(number: int, sources: Sequence[Source]) -> None:
    if not number:
        raise InputError("no triples", "give files that hold facts", Place(listed(sources)))


def listed(sources: Sequence[Source]) -> str:
    """Call files by the names of the first three."""
    paths = [str(source.path) for source in sources]
    return ", ".join(paths[:3]) + (", …" if len(paths) > 3 else "")


def restore(engine: ox.Store, quads: bytes) -> None:
    """Add N-Quads that were a store before, so that nothing in them has to be checked again."""
    if b"_:b" in quads:
        # The engine's own way gives blank nodes new names.
        engine.extend(ox.parse(quads, ox.RdfFormat.N_QUADS, lenient=True))
    else:
        engine.load(quads, ox.RdfFormat.N_QUADS, lenient=True)


def _short(literal: ox.Literal) -> str:
    return f'"{literal.value}"^^{shorten(literal.datatype.value)}'


def node(name: str) -> ox.NamedNode | ox.BlankNode:
    """Turn the text of a node, as `Store.rows` gives it, into a term.

    Args:
        name: An IRI, or ``_:`` with a blank node's identifier.

    Example:
        >>> node("_:b1")
        <BlankNode value=b1>
    """
    return ox.BlankNode(name[2:]) if name.startswith("_:") else ox.NamedNode(name)


def text(term: Term) -> str:
    """Turn a term into text, as `Store.rows` gives it.

    Returns:
        The IRI, or the text of a literal; a blank node keeps its mark, so that it is never taken
        for an IRI.

    Example:
        >>> text(ox.BlankNode("b1"))
        '_:b1'
    """
    return term.value if isinstance(term, _VALUED) else str(term)
