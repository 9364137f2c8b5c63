"""Which exercises may be one: exact scores and words, and the same whatever comes first."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from passex.network.linkage import LEAST, Account, Pair, pairs

TABLE = frozenset({"table"})
ONE = Account(
    *("a", "Malabar", "2007-09-04", "2007-09-09", frozenset({"japan", "india", "us"})),
    *(("Malabar 07",), "Bay of Bengal", (15.0, 88.0)),
)


def other(**changes: object) -> Account:
    return replace(ONE, iri="b", sources=TABLE, **changes)  # type: ignore[arg-type]


def said(account: Account, *more: Account) -> list[tuple[int, str]]:
    return [(pair.score, pair.why) for pair in pairs([ONE, account, *more])]


@pytest.mark.parametrize(
    ("changes", "score", "why"),
    [
        ({}, 12, "the same days; the same 3 parties; names alike; the same point"),
        ({"first": "2007-09-01"}, 10,
         "starts 3 days apart; the same 3 parties; names alike; the same point"),
        ({"last": "2007-09-30"}, 11,
         "the same first day; the same 3 parties; names alike; the same point"),
        ({"first": "2007-08-01"}, 10,
         "the same last day; the same 3 parties; names alike; the same point"),
        ({"first": "2007-08-01", "last": "2007-09-10"}, 10,
         "ends 1 day apart; the same 3 parties; names alike; the same point"),
        ({"first": "2007-08-01", "last": "2007-09-30"}, 9,
         "days overlap; the same 3 parties; names alike; the same point"),
        ({"first": "2007-09-12", "last": "2007-09-30"}, 9,
         "3 days between them; the same 3 parties; names alike; the same point"),
        ({"parties": frozenset({"japan", "india"})}, 11,
         "the same days; 2 of 3 parties in common; names alike; the same point"),
        ({"parties": frozenset({"us", "peru", "chile", "oman"})}, 10,
         "the same days; 1 of 6 parties in common; names alike; the same point"),
        ({"parties": frozenset({"peru"})}, 6,
         "the same days; no party in common; names alike; the same point"),
        ({"parties": frozenset()}, 9, "the same days; names alike; the same point"),
        ({"names": ()}, 9, "the same days; the same 3 parties; the same point"),
        ({"names": ("MALABAR 2007",)}, 12,
         "the same days; the same 3 parties; names alike; the same point"),
        ({"names": ("Malabar 08",)}, 7,
         "the same days; the same 3 parties; names with different numbers; the same point"),
        ({"names": ("Eagle", "Exercise Malabar")}, 10,
         "the same days; the same 3 parties; names partly alike; the same point"),
        ({"names": ("Eagle",)}, 7,
         "the same days; the same 3 parties; other names; the same point"),
        ({"point": (15.0, 88.3)}, 12,
         "the same days; the same 3 parties; names alike; 32 km apart"),
        ({"point": (16.0, 88.0), "place": ""}, 11,
         "the same days; the same 3 parties; names alike; 111 km apart"),
        ({"point": (20.0, 88.0), "place": "Port"}, 9,
         "the same days; the same 3 parties; names alike; 556 km apart"),
        ({"point": (0.0, 0.0), "place": "Port"}, 8,
         "the same days; the same 3 parties; names alike; 9,793 km apart"),
        ({"point": None, "place": "bay of bengal"}, 12,
         "the same days; the same 3 parties; names alike; place names alike"),
        ({"point": None, "place": ""}, 10, "the same days; the same 3 parties; names alike"),
    ],
)  # fmt: skip
def test_each_field_adds_what_it_is_worth(changes: dict[str, object], score: int, why: str) -> None:
    assert said(other(**changes)) == [(score, why)]


@pytest.mark.parametrize(
    "changes",
    [
        # More than three days between them, whatever else is alike.
        {"first": "2007-09-13", "last": "2007-09-30"},
        {"first": "2006-09-04", "last": "2006-09-09"},
        # A name and a day are not enough where nobody took part in both, and no place is near.
        {"parties": frozenset({"peru"}), "first": "2007-09-08", "point": None, "place": ""},
        # Nor are parties and overlapping days where name and place are others.
        {"first": "2007-08-01", "last": "2007-09-30", "names": ("Eagle",), "point": (0.0, 0.0),
         "place": "x"},
    ],
)  # fmt: skip
def test_near_is_not_near_enough(changes: dict[str, object]) -> None:
    assert said(other(**changes)) == []


def test_months_are_the_same_dates_and_no_days() -> None:
    bare = {"names": (), "point": None, "place": "", "first": "2007-09-01", "last": "2007-09-30"}
    one, two = replace(ONE, **bare), other(**bare)  # type: ignore[arg-type]
    assert pairs([one, two]) == [Pair("a", "b", 5, "the same dates; the same 3 parties")]


def test_one_source_is_compared_with_itself_only_if_asked() -> None:
    twin = replace(other(), iri="c")
    assert [(p.one, p.other) for p in pairs([ONE, other(), twin])] == [("a", "b"), ("a", "c")]
    within = pairs([ONE, other(), twin], within=True)
    assert [(p.one, p.other) for p in within] == [("a", "b"), ("a", "c"), ("b", "c")]
    assert pairs([other(), twin]) == []
    # Who tells of both is no second source.
    assert pairs([other(), replace(twin, sources=frozenset({"table", "more"}))]) == []


def test_an_article_comes_first() -> None:
    assert [(p.one, p.other) for p in pairs([replace(ONE, iri="z"), other()])] == [("z", "b")]


_account = st.builds(
    Account,
    iri=st.just(""),
    label=st.just(""),
    first=st.sampled_from(["2007-09-01", "2007-09-03", "2007-09-10"]),
    last=st.sampled_from(["2007-09-10", "2007-09-12", "2007-10-01"]),
    parties=st.frozensets(st.sampled_from("abcd"), max_size=3),
    names=st.lists(st.sampled_from(["Malabar 07", "MALABAR", "Eagle", "7"]), max_size=2).map(tuple),
    place=st.sampled_from(["", "Port", "Off Port"]),
    point=st.sampled_from([None, (0.0, 0.0), (0.0, 179.0), (-90.0, 10.0)]),
    sources=st.frozensets(st.sampled_from(["", "t", "u"]), min_size=1, max_size=2),
)


@given(st.lists(_account, max_size=8), st.randoms(use_true_random=False), st.booleans())
def test_the_order_makes_no_difference(
    drawn: list[Account], dice: random.Random, within: bool
) -> None:
    accounts = [replace(account, iri=f"x{n}") for n, account in enumerate(drawn)]
    found = pairs(accounts, within)
    turned = accounts[:]
    dice.shuffle(turned)
    assert pairs(turned, within) == found
    # Two alone are as near as among others, and what is near is found.
    for one in accounts:
        for two in accounts:
            if one.iri < two.iri:
                alone = pairs([two, one], within)
                assert [p for p in found if {p.one, p.other} == {one.iri, two.iri}] == alone
    assert all(pair.score >= LEAST for pair in found)
