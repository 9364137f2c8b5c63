"""SPARQL and the named questions, of a graph in Python."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import nullcontext
from typing import TYPE_CHECKING, cast

from ..graph import labelling
from . import given
from .held import Held

# What answers SPARQL is a fifth of all there is to import, and of no use to most commands.
if TYPE_CHECKING:
    from ..query import solutions
    from ..questions.answers import Answer
    from . import queries
    from .given import Value


class Querying(Held):
    """What a graph answers."""

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
        from . import queries

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
        from . import queries

        found = queries.ask(self._asked(), sparql, bindings, limit, timeout, why, ("SELECT",))
        return cast("solutions.Solutions", found)

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
        from . import queries

        forms = ("CONSTRUCT", "DESCRIBE")
        found = queries.ask(self._asked(), sparql, bindings, limit, timeout, False, forms)
        return cast("solutions.Triples", found)

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
        from . import queries

        return bool(queries.ask(self._asked(), sparql, bindings, None, timeout, False, ("ASK",)))

    def ask(
        self, question: str, *values: Value, basis: str = "any", limit: int | None = None
    ) -> Answer:
        """Answer a named question.

        Args:
            question: Its name, such as ``partners``; ``passex ask`` lists them.
            values: The parameters, in order, as a person types them, or nodes of answers, numbers
                and dates.
            basis: ``stated`` for ties that are stated alone, as in a `Policy`; ``any`` for all.
            limit: How many rows are wanted at the most; ``left`` of the answer says how many more
                there are.

        Returns:
            The answer: ``columns`` and ``rows`` of terms, and `records` of labels.

        Raises:
            QueryError: No such question or basis, parameters that do not fit it, or a basis where
                rows aren't ties.
            UnknownNameError: Nothing that the question asks for has that name.
            AmbiguousNameError: More than one has it.

        Example:
            >>> from passex import load
            >>> [row["other"] for row in load().ask("met-with", "Sanae Takaichi").records()]
            ['Lee Jae-Myung']
        """
        from ..network.policy import Policy
        from ..questions import answers, catalogue

        asked = catalogue.find(given.text(question, "a question", "'passex ask' lists them"))
        if Policy(basis=basis).basis == "stated":
            asked = asked.stated()
        most = None if limit is None else given.number(limit, "limit", 0)
        return answers.ask(self._ours, asked, [given.word(v) for v in values], most)

    def _asked(self) -> queries.Asked:
        from ..query.target import Local
        from . import queries

        return queries.Asked(
            lambda: nullcontext(Local(self.store)),
            lambda nodes: labelling.labels(self.store, nodes),
        )
