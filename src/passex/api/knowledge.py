"""The graph as one object, for Python: what the commands do, and SPARQL."""

from __future__ import annotations

from typing import TYPE_CHECKING, overload

from ..errors import QueryError
from ..graph import as_of, names
from ..text.wording import say
from . import given
from .explaining import Explaining
from .networks import Networks
from .querying import Querying

if TYPE_CHECKING:
    import rdflib
    from typing_extensions import Unpack

    from ..exports.build import Choice
    from ..graph.as_of import AsOf
    from ..graph.concepts import Kinds, Lists
    from ..graph.names import Name
    from ..graph.statistics import Census
    from .conversion import Pushed
    from .given import Chosen
    from .writing import BinaryFormat, TextFormat


class KnowledgeGraph(Querying, Explaining, Networks):
    """A naval knowledge graph with its derived relations.

    Args:
        store: A store to which the rules have been applied.

    Example:
        >>> from passex import load
        >>> load().resolve("JMSDF").kind
        'Navy'
    """

    @property
    def as_of(self) -> AsOf | None:
        """As of which day it is, and of how many of the articles; None where it has all."""
        return as_of.read(self.store.engine)

    def __repr__(self) -> str:
        cut = self.as_of
        size = f"{say(len(self.store), 'triple')}, {say(len(self.store.files), 'file')}"
        return f"<KnowledgeGraph: {size}{'' if cut is None else f'; {cut.words}'}>"

    def _repr_html_(self) -> str:
        # What a notebook shows.
        from . import notebook

        ties = None if self.store.plain else self.ties()
        return notebook.graph(self.stats(), self.as_of, ties)

    @overload
    def kinds(self, of: None = None) -> Lists: ...

    @overload
    def kinds(self, of: Name) -> Kinds: ...

    def kinds(self, of: Name | None = None) -> Kinds | Lists:
        """List the concepts that fit a class as its kinds, or those of a list.

        Args:
            of: A class or a list, by its label, its prefixed name or its IRI, such as ``ship`` or
                ``status``; without it, all lists and the classes that use them are listed.

        Returns:
            The concepts, each behind its broader one, as ``passex kinds`` has them; or the lists.

        Raises:
            UnknownNameError: Nothing has that name, or it is a class for which no list has kinds.

        Example:
            >>> from passex import load
            >>> load().kinds("trend").kinds[0].concept.label
            'deteriorating'
        """
        from ..graph import concepts

        if of is None:
            return concepts.overview(self.store)
        return concepts.kinds(self.store, names.spelled(of))

    def stats(self) -> Census:
        """Count what the graph holds.

        Example:
            >>> from passex import load
            >>> load().stats().articles
            3
        """
        from ..graph import statistics

        return statistics.count(self.store)

    def void(self) -> str:
        """Describe the graph as a data set: VoID and DCAT as Turtle, with the counts of its facts.

        Example:
            >>> from passex import load
            >>> "a void:Dataset, dcat:Dataset" in load().void()
            True
        """
        from ..exports import rdf, void

        return "".join(rdf.turtle(void.describe(self.store)))

    def to_rdflib(self, derived: bool = False) -> rdflib.Graph:
        """Give the facts to rdflib, with our prefixes.

        Args:
            derived: Whether the relations that the rules derived are there too.

        Returns:
            What ``passex export turtle --what graph`` writes; `passex.load` takes it.

        Example:
            >>> from passex import load
            >>> load().to_rdflib().query("ASK { id:japan a nr:State }").askAnswer
            True
        """
        from . import conversion

        return conversion.to_rdflib(self.store, derived)

    def push(
        self,
        url: str,
        graph: str | None = None,
        *,
        graph_store: str | None = None,
        update: str | None = None,
    ) -> Pushed:
        """Put the graph, with its derived triples, on a server, as ``passex push`` does.

        Args:
            url: The URL of the endpoint.
            graph: The IRI of the graph there; that of ``passex push`` without it.
            graph_store: Where the server has its graph store, if Passex does not know it.
            update: Where it takes updates, likewise.

        Returns:
            How many triples are there now, and whether they had to be sent.

        Raises:
            EndpointError: The server cannot be reached or refuses.
        """
        from . import conversion

        return conversion.push(self.store, url, graph, graph_store, update)

    @overload
    def export(
        self,
        format: TextFormat,
        choice: Choice | None = None,
        part: str = "edges",
        **chosen: Unpack[Chosen],
    ) -> str: ...

    @overload
    def export(
        self,
        format: BinaryFormat,
        choice: Choice | None = None,
        part: str = "edges",
        **chosen: Unpack[Chosen],
    ) -> bytes: ...

    @overload
    def export(
        self,
        format: str,
        choice: Choice | None = None,
        part: str = "edges",
        **chosen: Unpack[Chosen],
    ) -> str | bytes: ...

    def export(
        self,
        format: str,
        choice: Choice | None = None,
        part: str = "edges",
        **chosen: Unpack[Chosen],
    ) -> str | bytes:
        """Write the graph, or a part of it, as a file of another program.

        Args:
            format: A format, such as ``annotations``; ``passex export --help`` lists them.
            choice: What is written; without one, as `passex export` has it: the network, and all
                quotes as annotations; of facts without our ontology, the graph.
            part: Of tables, which are two, ``edges`` or ``nodes``.
            chosen: Instead of a choice, its attributes by their names: ``what``, ``policy``,
                ``measure``, ``weight``, ``around``, ``hops`` and ``derived``.

        Returns:
            A text; bytes where the format is binary.

        Raises:
            PassexError: There is no such format, it cannot hold this, or it needs what is not
                installed.

        Example:
            >>> from passex import load
            >>> load().export("annotations")[:54]
            '{"@context": ["http://www.w3.org/ns/anno.jsonld", {"nr'
            >>> load().export("turtle", what="graph", around=["Nara"]).splitlines()[0]
            '# The knowledge graph around Nara: 1 step'
        """
        from .. import exports
        from ..exports import build

        of = exports.find(format).of
        if choice is not None and (chosen or not isinstance(choice, build.Choice)):
            raise QueryError("it is not clear what is exported", "give a choice or its attributes")
        if self.store.plain and choice is None and of in ("picture", "triples"):
            chosen = {"what": "graph", **chosen}
        made = choice or given.choice(of, chosen)
        open_to_all = of in ("picture", "triples") and made.what == "graph"
        source = build.source(self.store if open_to_all else self._ours, made, of)
        return exports.export(source, format, part)
