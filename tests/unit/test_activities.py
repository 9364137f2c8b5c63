from __future__ import annotations

from collections.abc import Callable

import pytest

from passex.graph.store import Store
from passex.network.activities import bounds, read
from passex.text.wording import say_dates


@pytest.mark.parametrize(
    ("earliest", "latest", "said"),
    [
        ("2030-05-06", "2030-05-06", "2030-05-06"),
        ("2030-01-01", "2030-12-31", "2030"),
        ("2030-05-01", "2030-05-31", "2030-05"),
        ("2032-02-01", "2032-02-29", "2032-02"),
        ("2030-02-01", "2030-02-27", "2030-02-01 to 2030-02-27"),
        ("2030-05-02", "2030-05-31", "2030-05-02 to 2030-05-31"),
        ("2030-01-01", "2031-12-31", "2030-01-01 to 2031-12-31"),
        ("2030-05-06", None, "from 2030-05-06"),
        (None, "2030-05-06", "until 2030-05-06"),
        (None, None, "no date"),
        ("soon-01", "later", "soon-01 to later"),
        ("2030-13-01", "2030-13-31", "2030-13-01 to 2030-13-31"),
    ],
)
def test_say_dates(earliest: str | None, latest: str | None, said: str) -> None:
    assert say_dates(earliest, latest) == said


def test_the_class_decides_what_is_planned(make: Callable[[str], Store]) -> None:
    store = make(
        """:Drill rdfs:subClassOf nr:Exercise .
        :a a :Drill . :b a nr:Exercise ; nr:hasStatus nrc:under-way ; nr:hasDomain nrc:air .
        :c a nr:Exercise ; nr:hasStatus nrc:held . :d a nr:ExercisePlan ; nr:hasStatus nrc:agreed .
        :e a nr:ExercisePlan ; nr:realisedBy :a . :f a nr:Meeting ."""
    )
    found = {iri[-1]: (h.status, h.planned, h.domains) for iri, h in read(store).items()}
    assert found == {
        "a": ("held", False, frozenset()),
        "b": ("under-way", False, frozenset({"air"})),
        "c": ("held", False, frozenset()),
        "d": ("planned", True, frozenset()),
    }


def test_days_that_are_none_are_not_given(make: Callable[[str], Store]) -> None:
    store = make(
        """:a a nr:Exercise ; nr:earliest "2030-01-01"^^xsd:date ; nr:latest "someday" .
        :b a nr:Exercise ; nr:latest "2030-02-30" ."""
    )
    found = {iri[-1]: h for iri, h in read(store).items()}
    assert (found["a"].earliest, found["a"].latest, found["a"].dated) == ("2030-01-01", None, True)
    assert (found["b"].earliest, found["b"].latest, found["b"].dated) == (None, None, False)
    assert found["b"].when == "until 2030-02-30"


def test_bounds(make: Callable[[str], Store]) -> None:
    store = make(
        """:a nr:earliest "2030-01-01"^^xsd:date ; nr:latest "2030-01-02"^^xsd:date .
        :b nr:latest "2030-01-03"^^xsd:date ."""
    )
    assert bounds(store) == {
        "https://example.org/a": ("2030-01-01", "2030-01-02"),
        "https://example.org/b": (None, "2030-01-03"),
    }


def test_what_ages_says_when_it_was_reported(make: Callable[[str], Store]) -> None:
    def article(name: str, first: str, last: str) -> str:
        return (
            f':{name} a schema:NewsArticle ; nr:earliest "{first}"^^xsd:date ; '
            f'nr:latest "{last}"^^xsd:date . <https://example.org/{name}#char=0,5> oa:exact "w" . '
        )

    def claim(event: str, status: str, *articles: str) -> str:
        quotes = ", ".join(f"<https://example.org/{name}#char=0,5>" for name in articles)
        return (
            f":c-{event}-{status} nr:about :{event} ; nr:onProperty nr:hasStatus ; "
            f"nr:hasValue nrc:{status} ; nr:hasEvidence {quotes} . "
        )

    store = make(
        article("old", "2030-05-01", "2030-05-01")
        + article("new", "2030-06-11", "2030-06-17")
        + article("vague", "2031-01-01", "2031-12-31")
        + """:a a nr:Exercise ; nr:hasStatus nrc:under-way .
        :b a nr:Exercise ; nr:hasStatus nrc:held . :c a nr:Exercise ; nr:hasStatus nrc:under-way .
        :d a nr:ExercisePlan ; nr:hasStatus nrc:agreed .
        :e a nr:Exercise ; nr:hasStatus nrc:under-way ; nr:leavesOpen nr:hasParticipant .
        :f a nr:Exercise ; nr:hasStatus nrc:held . :f1 a nr:Exercise ; dcterms:isPartOf :f ;
            nr:leavesOpen nr:hasParticipant . """
        + claim("a", "under-way", "new", "old")
        + claim("b", "held", "new")
        # Another article says that it is planned: what it says is not what stands.
        + claim("d", "announced", "new")
        + claim("d", "agreed", "old")
        + claim("e", "under-way", "vague")
    )
    found = {iri[-1]: activity for iri, activity in read(store).items()}
    assert {name: activity.standing for name, activity in found.items()} == {
        "a": "under way when reported, June 2030",
        "b": "held",
        "c": "under way when reported",
        "d": "agreed when reported, May 2030",
        "e": "under way when reported, 2031",
        "f": "held",
    }
    assert sorted(name for name, activity in found.items() if activity.open) == ["e", "f"]
