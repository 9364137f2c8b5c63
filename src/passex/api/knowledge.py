"""The graph as one object, for Python: what the commands do, and SPARQL."""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from typing import TYPE_CHECKING, overload

from ..evidence.claims import NO_TEXTS
from ..graph import as_of, names
from ..graph.terms import NR, THINGS
from ..query import solutions
from .networks import Networks

if TYPE_CHECKING:
    from ..evidence.naming import NodeClaims
    from ..evidence.portraits import Portrait
    from ..evidence.texts import Texts
    from ..evidence.why import Reasons
    from ..exports.build import Choice
    from ..graph.as_of import AsOf
    from ..graph.statistics import Census
    from ..network.policy import Policy
    from ..questions.answers import Answer


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

    def query(self, sparql: str) -> solutions.Result:
        """Answer a SPARQL 1.1 query.

        Args:
            sparql: The query; the usual prefixes are declared already.

        Returns:
            `solutions.Solutions` for SELECT, a bool for ASK, `solutions.Triples` for CONSTRUCT and
            DESCRIBE.

        Raises:
            QueryError: The query is not SPARQL.

        Example:
            >>> from passex import load
            >>> load().query("ASK { id:japan a nr:State }")
            True
        """
        return solutions.query(self.store, sparql)

    def ask(self, question: str, *values: str) -> Answer:
        """Answer a named question.

        Args:
            question: Its name, such as ``partners``; ``passex ask`` lists them.
            values: The parameters, in order, as a person types them.

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

        return answers.ask(self.store, catalogue.find(question), values)

    @overload
    def why(
        self,
        a: str,
        b: None = None,
        texts: Texts | None = None,
        *,
        policy: Policy | None = None,
        everything: bool = False,
    ) -> NodeClaims: ...

    @overload
    def why(
        self,
        a: str,
        b: str,
        texts: Texts | None = None,
        *,
        policy: Policy | None = None,
        everything: bool = False,
    ) -> Reasons: ...

    def why(
        self,
        a: str,
        b: str | None = None,
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

        own = self._texts(texts)
        if b is None:
            node = names.resolve(self.store, a, *THINGS)
            return naming.claims_of(self.store, node, own, everything)
        one, other = self.resolve(a), self.resolve(b)
        return why.why(self.store, one, other, own, policy, everything)

    def show(self, name: str, texts: Texts | None = None) -> Portrait:
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

    def export(self, format: str, choice: Choice | None = None, part: str = "edges") -> str | bytes:
        """Write the graph, or a part of it, as a file of another program.

        Args:
            format: A format, such as ``annotations``; ``passex export --help`` lists them.
            choice: What is written; without one, as `passex export` has it: the network, and all
                quotes as annotations.
            part: Of tables, which are two, ``edges`` or ``nodes``.

        Returns:
            A text; bytes where the format is binary.

        Raises:
            PassexError: There is no such format, it cannot hold this, or it needs what is not
                installed.

        Example:
            >>> from passex import load
            >>> load().export("annotations")[:54]
            '{"@context": ["http://www.w3.org/ns/anno.jsonld", {"nr'
        """
        from .. import exports
        from ..exports import build

        of = exports.find(format).of
        chosen = choice or build.Choice("graph" if of == "quotes" else "network")
        return exports.export(build.source(self.store, chosen, of), format, part)

    def resolve(self, name: str) -> names.Node:
        """Find the actor that a name means.

        Args:
            name: An IRI, a prefixed name, a label or a further name.

        Raises:
            UnknownNameError: No actor has that name.
            AmbiguousNameError: More than one has it.

        Example:
            >>> from passex import load
            >>> load().resolve("ROK").label
            'South Korea'
        """
        return names.resolve(self.store, name, NR.Actor)

    def _texts(self, given: Texts | None) -> Mapping[str, str]:
        if given is None:
            return NO_TEXTS
        from ..evidence.texts import at_hand

        # The warning points at who called the method that calls this one.
        return at_hand(self.store, given, lambda text: warnings.warn(text, stacklevel=5))
