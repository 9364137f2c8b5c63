"""Evidence, of a graph in Python: why, what is known of a node, an article with its claims."""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, overload

from ..evidence.claims import NO_TEXTS
from ..graph import labelling, names
from ..graph.terms import NR, THINGS
from . import given
from .held import Held

if TYPE_CHECKING:
    from ..evidence.naming import NodeClaims
    from ..evidence.portraits import Portrait
    from ..evidence.texts import Texts
    from ..evidence.why import Reasons
    from ..graph.names import Name
    from ..network.policy import Policy
    from ..validation.results import Problem
    from .reviewing import ArticleReview


class Explaining(Held):
    """What a graph says, and why."""

    def resolve(self, name: Name) -> labelling.Node:
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

    def review(
        self,
        article: Name,
        texts: Texts | None = None,
        *,
        problems: Iterable[Problem] | None = None,
        everything: bool = False,
    ) -> ArticleReview:
        """Collect an article's quotes and claims, with its text beside them.

        Args:
            article: An article or a data set, as `resolve` takes it, or the name of its file
                (``2018-passex``).
            texts: The folder with the articles' texts, or the texts by the articles' IRIs; that of
                this article is recognised by its SHA-256. Without it there are the quotes alone.
            problems: The report of `passex.validate`, or problems of it, to be shown at the claims
                and quotes that they are of.
            everything: Whether all rows of a data set are read, and not only the first 500.

        Raises:
            UnknownNameError: No article has that name.
            AmbiguousNameError: More than one has it.
            InputError: The folder cannot be read, or has no text of that SHA-256.
            QueryError: The text is another one, or the source can have none.

        Example:
            >>> from passex import load
            >>> load().review("Article on the visit to Tokyo, 2017")
            <ArticleReview: Article on the visit to Tokyo, 2017: 155 claims, 56 quotes>
        """
        from ..curation import review
        from .reviewing import ArticleReview

        if texts is not None and not isinstance(texts, Mapping):
            texts = given.path(texts)
        source = review.find(self._ours, article)
        return ArticleReview.of(review.review(self._ours, source, texts, problems, everything))

    def _texts(self, folder: Texts | None) -> Mapping[str, str]:
        if folder is None:
            return NO_TEXTS
        from ..evidence.texts import at_hand

        if not isinstance(folder, Mapping):
            folder = given.path(folder)
        # The warning points at who called the method that calls this one.
        return at_hand(self.store, folder, lambda text: warnings.warn(text, stacklevel=5))
