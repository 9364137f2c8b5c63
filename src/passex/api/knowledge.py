"""The graph as one object, for Python: what the commands do, and SPARQL."""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from contextlib import nullcontext
from typing import TYPE_CHECKING, overload

from ..errors import QueryError
from ..evidence.claims import NO_TEXTS
from ..graph import as_of, names
from ..graph.terms import NR, THINGS
from ..query import solutions
from ..query.target import Local
from . import given, queries
from .networks import Networks

if TYPE_CHECKING:
    import rdflib
    from typing_extensions import Unpack

    from ..evidence.naming import NodeClaims
    from ..evidence.portraits import Portrait
    from ..evidence.texts import Texts
    from ..evidence.why import Reasons
    from ..exports.build import Choice
    from ..graph.as_of import AsOf
    from ..graph.concepts import Kinds, Lists
    from ..graph.names import Name
    from ..graph.statistics import Census
    from ..network.policy import Policy
    from ..questions.answers import Answer
    from .conversion import Pushed
    from .given import Chosen, Value
    from .writing import BinaryFormat, TextFormat


class KnowledgeGraph(Networks):
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
        size = f"{len(self.store)} triples, {len(self.store.files)} files"
        return f"<KnowledgeGraph: {size}{'' if cut is None else f'; {cut.words}'}>"

    def _repr_html_(self) -> str:
        # What a notebook shows.
        from . import notebook

        ties = None if self.store.plain else self.ties()
        return notebook.graph(self.stats(), self.as_of, ties)

    def query(
        self,
        sparql: str,
        bindings: Mapping[str, Value] | None = None,
        *,
        limit: int | None = None,
        timeout: float | None = None,
        why: bool = False,
    ) -> solutions.Result:
        """Answer a SPARQL 1.1 query, as ``passex query`` does.

        What makes the answer empty, or emptier than it looks, is a `passex.errors.QueryWarning`.

        Args:
            sparql: The query; our prefixes and well-known ones are declared already.
            bindings: Values of variables: a name (``South Korea``), an IRI, a prefixed name or a
                literal (``'"text"@en'``) as a text, a node of an answer or a term, a number, a
                truth value, a date.
            limit: How many rows or triples are wanted at the most; ``more`` of the result says
                whether there are more.
            timeout: For how many seconds the answer is waited for, here and while it is read. The
                engine cannot be stopped: it goes on in its thread until it next finds something.
            why: Whether what proves each row of a SELECT is added: columns, with a row for each
                claim and place in an article.

        Returns:
            `solutions.Solutions` for SELECT, a bool for ASK, `solutions.Triples` for CONSTRUCT and
            DESCRIBE.

        Raises:
            QueryError: The query is not SPARQL, with the place in it; or an argument that does not
                fit the query.
            UnknownNameError: A value is a name that nothing has.
            AmbiguousNameError: More than one has it.
            TimeoutError: It took too long; also while the result is read.

        Example:
            >>> from passex import load
            >>> load().query("ASK { ?s nr:trainedWith id:japan }", {"s": "South Korea"})
            True
        """
        return queries.ask(self._asked(), sparql, bindings, limit, timeout, why)

    def select(
        self,
        sparql: str,
        bindings: Mapping[str, Value] | None = None,
        *,
        limit: int | None = None,
        timeout: float | None = None,
        why: bool = False,
    ) -> solutions.Solutions:
        """Answer a SELECT query; all else is as in `query`.

        Raises:
            QueryError: As `query` does; or it is no SELECT.

        Example:
            >>> from passex import load
            >>> found = load().select("SELECT ?n { ?s a nr:State ; rdfs:label ?n }", limit=1)
            >>> len(found), found.more
            (1, True)
        """
        found = queries.ask(self._asked(), sparql, bindings, limit, timeout, why, ("SELECT",))
        assert isinstance(found, solutions.Solutions)
        return found

    def construct(
        self,
        sparql: str,
        bindings: Mapping[str, Value] | None = None,
        *,
        limit: int | None = None,
        timeout: float | None = None,
    ) -> solutions.Triples:
        """Answer a CONSTRUCT or DESCRIBE query; all else is as in `query`.

        Raises:
            QueryError: As `query` does; or it is neither.

        Example:
            >>> from passex import load
            >>> load().construct("DESCRIBE id:nara")[0].predicate.value.rpartition("/")[2]
            '22-rdf-syntax-ns#type'
        """
        forms = ("CONSTRUCT", "DESCRIBE")
        found = queries.ask(self._asked(), sparql, bindings, limit, timeout, False, forms)
        assert isinstance(found, solutions.Triples)
        return found

    def ask_query(
        self,
        sparql: str,
        bindings: Mapping[str, Value] | None = None,
        *,
        timeout: float | None = None,
    ) -> bool:
        """Answer an ASK query; all else is as in `query`. `ask` is for the named questions.

        Raises:
            QueryError: As `query` does; or it is no ASK.

        Example:
            >>> from passex import load
            >>> load().ask_query("ASK { id:japan a nr:State }")
            True
        """
        return bool(queries.ask(self._asked(), sparql, bindings, None, timeout, False, ("ASK",)))

    def ask(self, question: str, *values: Value) -> Answer:
        """Answer a named question.

        Args:
            question: Its name, such as ``partners``; ``passex ask`` lists them.
            values: The parameters, in order, as a person types them, or nodes of answers, numbers
                and dates.

        Returns:
            The answer: ``columns`` and ``rows`` of terms, and `records` of labels.

        Raises:
            QueryError: No such question, or parameters that do not fit it.
            UnknownNameError: Nothing that the question asks for has that name.
            AmbiguousNameError: More than one has it.

        Example:
            >>> from passex import load
            >>> [row["other"] for row in load().ask("met-with", "Sanae Takaichi").records()]
            ['Lee Jae-Myung']
        """
        from ..questions import answers, catalogue

        name = given.text(question, "a question", "'passex ask' lists them")
        return answers.ask(self._ours, catalogue.find(name), [given.word(v) for v in values])

    @overload
    def why(
        self,
        a: Name,
        b: None = None,
        texts: Texts | None = None,
        *,
        policy: Policy | None = None,
        everything: bool = False,
    ) -> NodeClaims: ...

    @overload
    def why(
        self,
        a: Name,
        b: Name,
        texts: Texts | None = None,
        *,
        policy: Policy | None = None,
        everything: bool = False,
    ) -> Reasons: ...

    def why(
        self,
        a: Name,
        b: Name | None = None,
        texts: Texts | None = None,
        *,
        policy: Policy | None = None,
        everything: bool = False,
    ) -> Reasons | NodeClaims:
        """Collect the evidence behind a tie, or why there is none; or what is said of one node.

        Args:
            a: An actor, as `resolve` takes it; without ``b``, the name of any node.
            b: Another actor.
            texts: The articles' texts, for the sentence around each place.
            policy: Of two actors: the network for which `Reasons.why_not` says why it has no tie of
                them. Without one, what counts by default, at any level.
            everything: Whether all is given, and not only the latest 20 exercises and plans, or the
                newest 5 of each kind of what names a node.

        Returns:
            The exercises and plans that tie the two, with their claims; or the claims about one
            node, and those on what names it.

        Raises:
            UnknownNameError: Nothing has that name.
            AmbiguousNameError: More than one has it.
            InputError: The folder cannot be read.

        Example:
            >>> from passex import load
            >>> found = load().why("Japan", "Russia")
            >>> found
            <Reasons: Japan and Russia: 0 exercises, 2 plans>
            >>> sorted({reason.kind for reason in found.why_not})
            ['planned']
            >>> load().why("Nara")
            <NodeClaims: Nara (Place, id:nara): 3 claims, named by 1 other>
        """
        from ..evidence import naming, why

        store, own = self._ours, self._texts(texts)
        if b is None:
            node = names.resolve(store, a, *THINGS)
            return naming.claims_of(store, node, own, everything)
        one, other = self.resolve(a), self.resolve(b)
        chosen = None if policy is None else given.policy(policy)
        return why.why(store, one, other, own, chosen, everything)

    def show(self, name: Name, texts: Texts | None = None) -> Portrait:
        """Collect everything about one node.

        Args:
            name: The name of a node of any class, as `resolve` takes it.
            texts: The articles' texts, for the sentence around each place.

        Returns:
            Its facts, what its articles leave open, who points to it, and the claims about it.

        Raises:
            UnknownNameError: Nothing has that name.
            AmbiguousNameError: More than one has it.
            InputError: The folder cannot be read.

        Example:
            >>> from passex import load
            >>> load().show("Nara")
            <Portrait: Nara (Place, id:nara); 3 claims>
        """
        from ..evidence import portraits

        node = names.resolve(self.store, name, *THINGS)
        return portraits.portrait(self.store, node, self._texts(texts))

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

    def resolve(self, name: Name) -> names.Node:
        """Find the actor that a name means.

        Args:
            name: An IRI, a prefixed name, a label or a further name; a node of an answer or a
                term.

        Raises:
            UnknownNameError: No actor has that name.
            AmbiguousNameError: More than one has it.

        Example:
            >>> from passex import load
            >>> load().resolve("ROK").label
            'South Korea'
        """
        return names.resolve(self.store, name, NR.Actor)

    def _asked(self) -> queries.Asked:
        return queries.Asked(
            lambda: nullcontext(Local(self.store)), lambda nodes: names.labels(self.store, nodes)
        )

    def _texts(self, folder: Texts | None) -> Mapping[str, str]:
        if folder is None:
            return NO_TEXTS
        from ..evidence.texts import at_hand

        if not isinstance(folder, Mapping):
            folder = given.path(folder)
        # The warning points at who called the method that calls this one.
        return at_hand(self.store, folder, lambda text: warnings.warn(text, stacklevel=5))
