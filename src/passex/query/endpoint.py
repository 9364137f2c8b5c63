"""A server that answers queries itself: nothing of its graph is fetched but what is asked for."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from functools import cache, cached_property
from typing import Final

import pyoxigraph as ox

from ..errors import AmbiguousNameError, EndpointError, UnknownNameError
from ..graph import labelling, names
from ..graph.store import Store, ontology
from ..graph.terms import DERIVED, GRAPH, LABELLING, NAMING, NR, THINGS, shorten
from ..text.wording import say
from .errors import Remark
from .formats import Result
from .parser import parse
from .prefixes import KNOWN, named, written
from .remote.client import Client
from .remote.results import GRAPHS, SOLUTIONS
from .tree import Tree
from .variants import limited, own
from .warnings import warnings

_UNKNOWN: Final = ""
#: Parts of a query that says itself which graphs it looks at.
_DATASET: Final = ("Dataset", "Graph")
#: The HTTP status of a server that does not understand a query.
_NOT_UNDERSTOOD: Final = ("400", "501")
#: So many nodes are asked for at once.
_BATCH: Final = 100
#: So many nodes of one name are looked at.
_NAMESAKES: Final = 20
_NAMING: Final = " ".join(f"<{term}>" for term in NAMING)
_LABELLING: Final = " ".join(f"<{term}>" for term in LABELLING)
#: What leads from a node to the claims about it, and from there to all that is shown of them.
_CLAIMS: Final = (
    f"?s <{NR}about> ?node .",
    f"?claim <{NR}about> ?node . ?claim <{NR}hasEvidence> ?s .",
    f"?claim <{NR}about> ?node . ?claim <{NR}hasEvidence> ?e . ?e <{NR}inZone> ?s .",
)


#: Only read, and so the same for all queries.
_ontology = cache(ontology)


class Endpoint:
    """A server as one who answers (see `target.Target`).

    Args:
        graph: Its `graph`, if that is known already; else it is asked for when it is needed.
    """

    def __init__(self, client: Client, graph: str | None = _UNKNOWN) -> None:
        self._client = client
        if graph != _UNKNOWN:
            self.graph = graph

    @cached_property
    def graph(self) -> str | None:
        """The graph that queries look at that name none; None for the server's default graph.

        It is the one in the URL, or the one that ``passex push`` writes where it is there.
        """
        if self._client.graph is not None:
            return self._client.graph
        try:
            with self._send(f"ASK {{ GRAPH <{GRAPH}> {{ ?s ?p ?o }} }}", None) as found:
                return GRAPH if found else None
        except EndpointError as error:
            if error.kind not in _NOT_UNDERSTOOD:
                raise
            return None  # whoever has no named graphs may not know the word

    @contextmanager
    def ask(self, text: str) -> Iterator[Result]:
        """Send a query, and give what comes as it comes, as `Target.ask` does."""
        names_graphs = next(parse(text).root.walk(*_DATASET), None) is not None
        graph = None if self._client.graph is None and names_graphs else self.graph
        with self._send(text, graph) as found:
            try:
                yield found
            finally:
                del found  # as in `_send`

    def resolve(self, name: str) -> str:
        """Find the node that a name means, as `Target.resolve` does.

        A label or a further name counts as it is written there; if nothing has it, case and
        language don't matter. What a person would name comes first, where that is of ours.
        """
        exact = f"VALUES ?name {{ {ox.Literal(name)} {ox.Literal(name, language='en')} }}"
        alike = f"FILTER(LCASE(STR(?name)) = {ox.Literal(name.lower())})"
        found: list[str] = []
        for how in (f"{exact} {{triple}}", f"{{triple}} {alike}"):
            pattern = how.replace("{triple}", f"VALUES ?p {{ {_NAMING} }} ?s ?p ?name .")
            asked = f"SELECT DISTINCT ?s {{ {pattern} }} LIMIT {_NAMESAKES}"
            rows = self._client.select(asked, "s", graph=self.graph)
            found = sorted(term.value for (term,) in rows if isinstance(term, ox.NamedNode))
            if found:
                break
        else:
            where = self._client.where
            raise UnknownNameError(f"'{name}': nothing on {where} is called so", "give its IRI")
        store = ontology()
        self._add(store, f"VALUES ?s {{ {_listed(found)} }}")
        try:
            return names.resolve(store, name, *THINGS).iri
        except UnknownNameError:
            if len(found) == 1:
                return found[0]
        called = labelling.labels(store, found)
        listed = ", ".join(f"{called[iri]} ({shorten(iri)})" for iri in found)
        raise AmbiguousNameError(
            f"'{name}' is the name of {len(found)} nodes: {listed}",
            "give one of the names in brackets instead",
        )

    def described(self, nodes: Iterable[str], claims: bool = False) -> Store:
        """Fetch the labels of nodes, and the claims about them with all that these name."""
        store = Store(ox.Store())
        wanted = sorted(set(nodes))
        for batch in _batches(wanted) if claims else ():
            for path in _CLAIMS:
                self._add(store, f"VALUES ?node {{ {_listed(batch)} }} {path}")
        named = {
            quad.object.value
            for quad in store.engine.quads_for_pattern(None, None, None, ox.DefaultGraph())
            if isinstance(quad.object, ox.NamedNode)
        }
        for batch in _batches(sorted({*wanted, *named})):
            self._add(store, f"VALUES ?s {{ {_listed(batch)} }} VALUES ?p {{ {_LABELLING} }}")
        return store

    def _add(self, store: Store, pattern: str) -> None:
        """Add what the subjects of a pattern say."""
        asked = f"SELECT ?s ?p ?o {{ {pattern} ?s ?p ?o }}"
        for subject, predicate, value in self._client.select(
            asked, "s", "p", "o", graph=self.graph
        ):
            store.engine.add(ox.Quad(subject, predicate, value))

    def warned(self, query: Tree, bound: Collection[str] = ()) -> list[Remark]:
        """Find what is odd about a query, as far as it can be known here."""
        found = [*warnings(_ontology(), query, bound, nodes=False), *self._underived(query)]
        for part in query.root.walk(*_DATASET) if self._client.graph is not None else ():
            word = part.children[0]
            said = f"the URL names the graph, and {query.source(word).upper()} finds no other"
            hint = "leave out default-graph-uri there"
            found.append(Remark(word.start, word.end, said, hint))
        return sorted(found, key=lambda warned: warned.start)

    def _underived(self, query: Tree) -> Iterator[Remark]:
        """Find names of derived relations that nothing there has."""
        seen = set()
        for iri, start, end in named(query.text, KNOWN):
            if iri not in DERIVED or iri in seen:
                continue
            seen.add(iri)
            try:
                with self._send(f"ASK {{ ?s <{iri}> ?o }}", self.graph) as found:
                    there = bool(found)
            except EndpointError:
                return  # the query itself will say what is wrong
            if not there:
                yield Remark(
                    *(start, end),
                    f"nothing there has {query.text[start:end]}, which the rules derive",
                    "'passex ask' and 'passex network' derive it from the facts there, and "
                    "'passex push' puts it on a server",
                )

    @contextmanager
    def _send(self, text: str, graph: str | None) -> Iterator[Result]:
        query = parse(text)
        full = written(text, query.words)
        triples = query.form in ("CONSTRUCT", "DESCRIBE")
        accept = GRAPHS if triples else SOLUTIONS
        with self._client.ask(full, accept, graph) as answer, answer.reading():
            if triples:
                yield answer.triples()
            else:
                found = answer.solutions()
                if query.form == "ASK":
                    found = _truth(found)
                elif isinstance(found, ox.QueryBoolean):
                    raise self._client.failure(
                        "answers true or false to a SELECT",
                        "see what stands between here and the server",
                    )
                try:
                    yield found
                finally:
                    # The engine's object has to end in the thread in which it began, and an error
                    # would keep it.
                    del found
        most = answer.most
        if triples and answer.whole and "virtuoso" in self._client.server.lower():
            # It cuts graphs without a word, and solutions with one.
            query = parse(_selection(parse(full)))
            most = self._most(query, graph)
        if most is not None and answer.whole and self._has_more(query, most, graph):
            raise self._client.failure(
                f"gives {say(most, 'row')} and no more, and there are more",
                "raise the server's limit of rows, or ask in parts with LIMIT and OFFSET",
            )

    def _most(self, query: Tree, graph: str | None) -> int | None:
        """How many rows of a query the server gives at most, if it gives as many."""
        try:
            with self._client.ask(query.text, SOLUTIONS, graph) as answer:
                return answer.most
        except EndpointError:
            return None  # it cannot be known

    def _has_more(self, query: Tree, most: int, graph: str | None) -> bool:
        if 0 <= own(query, "Limit", -1) <= most:
            return False
        beyond = written(limited(query, 1, most), query.words)
        try:
            with self._client.ask(beyond, SOLUTIONS, graph) as answer, answer.reading():
                found = answer.solutions()
                return isinstance(found, ox.QuerySolutions) and next(found, None) is not None
        except EndpointError:
            return True  # Virtuoso sorts no more than it gives


def _listed(iris: Iterable[str]) -> str:
    return " ".join(f"<{iri}>" for iri in iris)


def _batches(iris: list[str]) -> Iterator[list[str]]:
    return (iris[start : start + _BATCH] for start in range(0, len(iris), _BATCH))


def _truth(found: ox.QuerySolutions | ox.QueryBoolean) -> ox.QueryBoolean:
    """Read the answer to ASK, also of Virtuoso: it gives a row with a 1, or no row."""
    if isinstance(found, ox.QueryBoolean):
        return found
    terms = [term for solution in found for term in solution]
    true = any(isinstance(term, ox.Literal) and term.value in ("1", "true") for term in terms)
    truth = f'{{"head":{{}},"boolean":{"true" if true else "false"}}}'
    made = ox.parse_query_results(truth, ox.QueryResultsFormat.JSON)
    assert isinstance(made, ox.QueryBoolean)
    return made


def _selection(query: Tree) -> str:
    """Ask for the solutions behind a graph."""
    form = query.query
    assert form is not None
    template = form.node("Template") if form.node("Group") else None
    start = (template or form.children[0]).end
    return f"{query.text[: form.start]}SELECT *{query.text[start:]}"
