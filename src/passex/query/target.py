"""Targets that answer a query: a graph that is here, or a server."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Protocol

from ..graph import names
from ..graph.engine import unsupported_function
from ..graph.store import Store, named_in
from ..graph.terms import THINGS
from .errors import Remark, silent_service
from .formats import Result
from .joins import joins
from .mending import mended
from .merging import merged
from .parser import parse
from .prefixes import dataset, needed
from .slips import slips
from .tree import Tree
from .unused_terms import unused_terms
from .warnings import graphs, warnings


class Target(Protocol):
    """Who answers queries, and what else is known of what they name."""

    def ask(self, text: str) -> AbstractContextManager[Result]:
        """Answer a query; what is found is read within the context, as it comes.

        Raises:
            SyntaxError: It is no query.
            EndpointError: A server does not answer, or not with all of it; also at the end.
        """
        ...

    def resolve(self, name: str) -> str:
        """Find the IRI of the node that a name means.

        Raises:
            UnknownNameError: Nothing has that name.
            AmbiguousNameError: More than one has it.
        """
        ...

    def described(self, nodes: Iterable[str], claims: bool = False) -> Store:
        """Give a store with the labels of nodes and, if they are wanted, the claims about them."""
        ...

    def warned(self, query: Tree, bound: Collection[str] = ()) -> list[Remark]:
        """Find what makes an answer empty, or emptier than it looks."""
        ...


class Local:
    """A graph that is here."""

    def __init__(self, store: Store) -> None:
        self.store = store

    @contextmanager
    def ask(self, text: str) -> Iterator[Result]:
        """Answer a query, as `Target.ask` does."""
        # The rules' intermediate results are a named graph, and no part of other answers.
        graphs = self.store.graphs
        default, named = dataset(text, graphs)
        shown = [*(graphs if named is None else named), *named_in(text)]
        engine = self.store.engine
        if isinstance(default, list):
            engine, default = merged(engine, default, shown)
        try:
            yield engine.query(
                mended(text, self.store),
                prefixes=needed(parse(text).words),
                default_graph=default,
                named_graphs=shown,
            )
        except RuntimeError as error:
            raise unsupported_function(error) from None
        except OSError as error:
            refusal = silent_service(error, text)
            if refusal is None:
                raise
            raise refusal from None

    def resolve(self, name: str) -> str:
        """Find the node that a name means, as `Target.resolve` does."""
        return names.resolve(self.store, name, *THINGS).iri

    def described(self, nodes: Iterable[str], claims: bool = False) -> Store:
        """Give the graph: it has everything."""
        return self.store

    def warned(self, query: Tree, bound: Collection[str] = ()) -> list[Remark]:
        """Find what is odd about a query of this graph."""
        # Of a name after FROM, that it is no graph is all there is to say.
        looks = [unused_terms(self.store, query), warnings(self.store, query, bound)]
        looks += [joins(query, bound), slips(self.store, query), graphs(self.store, query)]
        found = {w.start: w for look in looks for w in look}
        return [found[start] for start in sorted(found)]
