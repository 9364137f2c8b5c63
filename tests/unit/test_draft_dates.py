"""Times of a text: no day is made of what has none, and what isn't sure asks."""

from __future__ import annotations

from datetime import date

import pytest

from passex.curation.draft.dates import find

#: A Thursday, as in docs/encoding.md.
TODAY = date(2031, 6, 5)


def found(text: str, today: date | None = TODAY) -> list[tuple[str, str, str, str]]:
    return [(d.text, d.earliest, d.latest, d.basis) for d in find(text, today)]


@pytest.mark.parametrize(
    ("text", "words", "earliest", "latest", "basis"),
    [
        ("It happened on 2 June 2031.", "on 2 June 2031", "2031-06-02", "2031-06-02", "text"),
        ("They met on June 2, 2031.", "on June 2, 2031", "2031-06-02", "2031-06-02", "text"),
        ("They met in May 2031.", "in May 2031", "2031-05-01", "2031-05-31", "text"),
        ("They met in 2030.", "in 2030", "2030-01-01", "2030-12-31", "text"),
        ("They met on Monday.", "on Monday", "2031-06-02", "2031-06-02", "calendar"),
        ("They will meet on Monday.", "on Monday", "2031-06-09", "2031-06-09", "calendar"),
        ("It ended today.", "today", "2031-06-05", "2031-06-05", "calendar"),
        ("It ended yesterday.", "yesterday", "2031-06-04", "2031-06-04", "calendar"),
        ("It ended on Thursday.", "on Thursday", "2031-06-05", "2031-06-05", "calendar"),
        ("They met last week.", "last week", "2031-05-26", "2031-06-01", "calendar"),
        ("They will meet next week.", "next week", "2031-06-09", "2031-06-15", "calendar"),
        ("Ships sailed this week.", "this week", "2031-06-02", "2031-06-05", "calendar"),
        ("It ended last month.", "last month", "2031-05-01", "2031-05-31", "calendar"),
        ("They will next year.", "next year", "2032-01-01", "2032-12-31", "calendar"),
        ("It ran from 1 to 10 May.", "from 1 to 10 May", "2031-05-01", "2031-05-10", "calendar"),
        ("It lasts until 10 June.", "until 10 June", "", "2031-06-10", "calendar"),
        (
            "They met on 2, 3 and 4 May.",
            "on 2, 3 and 4 May",
            "2031-05-02",
            "2031-05-04",
            "calendar",
        ),
        ("They met on May 3 and 4.", "on May 3 and 4", "2031-05-03", "2031-05-04", "calendar"),
        ("They met on May 3 and 4 ships.", "on May 3", "2031-05-03", "2031-05-03", "calendar"),
        *(
            (f"They {verb} {words}.", words, first, last, "calendar")
            for verb, words, first, last in (
                ("met", "on Monday and Tuesday", "2031-06-02", "2031-06-03"),
                ("met", "on Sunday, Monday and Tuesday", "2031-06-01", "2031-06-03"),
                ("met", "on Monday and on Tuesday", "2031-06-02", "2031-06-03"),
                ("met", "from Saturday to Monday", "2031-05-31", "2031-06-02"),
                ("met", "between Monday and Wednesday", "2031-06-02", "2031-06-04"),
                ("will meet", "from Monday through Friday", "2031-06-09", "2031-06-13"),
            )
        ),
        ("They plan it from 20 June.", "from 20 June", "2031-06-20", "", "calendar"),
        ("Held since 1 May.", "since 1 May", "2031-05-01", "", "calendar"),
        ("They met in early May.", "in early May", "2031-05-01", "2031-05-10", "calendar"),
        ("They met in late May.", "in late May", "2031-05-21", "2031-05-31", "calendar"),
        ("It is in spring 2032.", "in spring 2032", "2032-03-01", "2032-05-31", "text"),
        ("Seen earlier this month.", "earlier this month", "2031-06-01", "2031-06-04", "calendar"),
        ("It was last November.", "last November", "2030-11-01", "2030-11-30", "calendar"),
        ("It was in late 2018.", "in late 2018", "2018-07-01", "2018-12-31", "text"),
        ("It will be in early August.", "in early August", "2031-08-01", "2031-08-10", "calendar"),
        ("They put off the drill to 3 July.", "to 3 July", "2031-07-03", "2031-07-03", "calendar"),
        ("It was postponed to September.", "to September", "2031-09-01", "2031-09-30", "calendar"),
        ("It was announced in February.", "in February", "2031-02-01", "2031-02-28", "calendar"),
        ("It was first announced on Monday.", "on Monday", "2031-06-02", "2031-06-02", "calendar"),
        ("They may drill as early as next spring.", "next spring", "2032-03-01", "", "calendar"),
        ("It can begin no earlier than next week.", "next week", "2031-06-09", "", "calendar"),
        ("From 1998 to 2004 they met.", "From 1998 to 2004", "1998-01-01", "2004-12-31", "text"),
        ("She led it from 1999 to 2003.", "from 1999 to 2003", "1999-01-01", "2003-12-31", "text"),
        ("She led it from 1999.", "from 1999", "1999-01-01", "", "text"),
        ("They agreed to drill in July.", "in July", "2031-07-01", "2031-07-31", "calendar"),
        ("A drill named Iron Gull in July.", "in July", "2031-07-01", "2031-07-31", "calendar"),
        ("Contacts in the early 1990s.", "in the early 1990s", "1990-01-01", "1994-12-31", "text"),
        ("Held since 2009.", "since 2009", "2009-01-01", "", "text"),
        ("They met on November 28.", "on November 28", "2030-11-28", "2030-11-28", "calendar"),
        ("Held May 30 to June 3.", "May 30 to June 3", "2031-05-30", "2031-06-03", "calendar"),
        (
            "Held from 28 May to 3 June.",
            "from 28 May to 3 June",
            "2031-05-28",
            "2031-06-03",
            "calendar",
        ),
    ],
)
def test_words_give_the_days_that_they_have(
    text: str, words: str, earliest: str, latest: str, basis: str
) -> None:
    [(there, *days)] = found(text)
    assert there == words
    assert days == [earliest, latest, basis]
    assert [d.ask for d in find(text, TODAY)] == [""]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("It was postponed on Thursday to September.", ["on Thursday", "to September"]),
        ("It was pushed back from July to late 2031.", ["from July", "to late 2031"]),
        ("They delayed the drill on Monday to 3 July.", ["on Monday", "to 3 July"]),
        # What was not put off has no new time.
        ("They sailed on Monday to September Island.", ["on Monday"]),
        ("It was postponed. The ships sailed to September 2031.", ["September 2031"]),
        ("It will run from May to September 2031.", ["from May", "September 2031"]),
    ],
)
def test_a_new_time_is_that_of_what_was_put_off(text: str, words: list[str]) -> None:
    assert [there for there, *_ in found(text)] == words


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("It began on 1 June and runs until 9 June.", ["2031-06-01", "2031-06-09"]),
        ("They lasted until 27 May.", ["2031-05-27"]),
        ("They had sent two to the planning conference in January.", ["2031-01-31"]),
        ("The drill was postponed on Wednesday.", ["2031-06-04"]),
        ("The tanker, which sank off Cape Egmont on Sunday.", ["2031-06-01"]),
        ("The drill was postponed to Wednesday.", ["2031-06-11"]),
    ],
)
def test_the_verb_before_a_time_is_not_always_its_own(text: str, days: list[str]) -> None:
    assert [(d.latest, d.ask) for d in find(text, TODAY)] == [(day, "") for day in days]


@pytest.mark.parametrize(
    "text",
    [
        "Two navies may exercise with them.",
        "May is a month that they march on.",
        "Adm. Sun spoke to Lt. Mon and Gen. Fri.",
        "They have 2,018 ships and 1990 more.",
        "The sea march took a second.",
        "On 31 February it is no day.",
    ],
)
def test_what_is_no_time_has_no_day(text: str) -> None:
    assert [d for d in find(text, TODAY) if d.earliest or d.latest] == []


@pytest.mark.parametrize(
    ("text", "words", "ask"),
    [
        ("The sixth since last May.", "since last May", "May 2031, or a year before?"),
        ("They met last Monday.", "last Monday", "2031-06-02, or the week before?"),
        ("Next Monday is the day.", "Next Monday", "2031-06-09, or the week after?"),
        ("Held in early August.", "in early August", "2030 or 2031?"),
        ("The drill that is planned was on 4 June.", "on 4 June", ""),
        ("It will be on 4 June.", "on 4 June", "2031 or 2032?"),
        ("On Monday, rain.", "On Monday", "2031-06-02, or 2031-06-09?"),
        ("She was due in Lisbon on Monday.", "on Monday", "2031-06-02, or 2031-06-09?"),
        ("In winter 2031, storms.", "In winter 2031", "the winter that begins or that ends in it?"),
    ],
)
def test_what_may_be_two_times_asks(text: str, words: str, ask: str) -> None:
    assert [(d.text, d.ask) for d in find(text, TODAY)] == [(words, ask)]


def test_without_the_article_s_day_only_what_is_printed_has_days() -> None:
    text = "It began on Monday, 2 June 2031, goes on next year, and ended in May."
    assert found(text, None) == [
        ("on Monday", "", "", ""),
        ("2 June 2031", "2031-06-02", "2031-06-02", "text"),
        ("next year", "", "", ""),
        ("in May", "", "", ""),
    ]


def test_vague_words_are_marked_and_a_single_day_of_the_week_is_kept() -> None:
    late, monday = find("In late 2030 it began; it ended on Monday.", TODAY)
    assert (late.vague, late.weekday) == (True, "")
    assert (monday.vague, monday.weekday) == (False, "Monday")
