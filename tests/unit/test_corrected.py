"""Where quotes and zones stand in a text that was corrected."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from passex.evidence.corrected import Quote, correct

OLD = "Head\n\nThe two navies met off Lyr. They trained on Monday.\n"
HEAD, BODY = (0, 4), (6, 57)
QUOTES = [
    Quote((10, 20), "two navies"),
    Quote((25, 32), "off Lyr"),
    Quote((34, 46), "They trained"),
]


def test_nothing_is_moved_in_the_text_itself() -> None:
    found = correct(OLD, QUOTES, [HEAD, BODY], len(OLD))
    assert (found.moved, found.spelled, found.left, found.doubtful) == ({}, {}, {}, ())


def test_what_was_put_in_moves_what_stands_behind_it() -> None:
    text = OLD.replace("met", "met again")
    found = correct(text, QUOTES, [HEAD, BODY], len(OLD))
    assert found.moved == {(6, 57): (6, 63), (25, 32): (31, 38), (34, 46): (40, 52)}
    assert (found.left, found.doubtful) == ({}, ())


def test_a_headline_that_grew_takes_its_zone_along() -> None:
    text = OLD.replace("Head", "A headline")
    found = correct(text, QUOTES, [HEAD, BODY], len(OLD))
    assert found.moved[HEAD] == (0, 10)
    assert found.moved[BODY] == (12, 63)


def test_what_stands_nowhere_or_twice_is_left() -> None:
    text = OLD.replace("two navies", "three navies").replace("Monday", "Monday off Lyr")
    found = correct(text, QUOTES, [HEAD, BODY], len(OLD))
    assert found.left == {(10, 20): "", (25, 32): ""}
    assert found.moved == {(6, 57): (6, 67), (34, 46): (36, 48)}


def test_what_stands_elsewhere_is_left() -> None:
    # The words are not in the sentence any more, but in one behind the next quote.
    text = OLD.replace(" off Lyr", "").replace("Monday", "Monday, off Lyr")
    found = correct(text, QUOTES, [HEAD, BODY], len(OLD))
    assert found.left == {(25, 32): "that is not where the anchors beside it lead"}
    far = OLD.replace("met off Lyr. ", "met. ") + "Later: " + "so " * 30 + "off Lyr.\n"
    assert (25, 32) in correct(far, QUOTES, [HEAD], len(OLD)).left


def test_a_slip_of_counting_is_moved() -> None:
    assert correct(OLD, [Quote((12, 22), "two navies"), *QUOTES[1:]], [BODY]).moved == {
        (12, 22): (10, 20)
    }
    assert correct(OLD, [Quote((34, 44), "two navies")], [BODY]).moved == {}


def test_what_stands_at_its_place_may_stand_elsewhere_too() -> None:
    text = OLD.replace("Monday", "Monday off Lyr")
    found = correct(text, QUOTES, [HEAD, BODY], len(OLD))
    assert (found.moved, found.left) == ({(6, 57): (6, 65)}, {})


def test_a_slip_moves_no_zone() -> None:
    assert correct(OLD, [*QUOTES[:2], Quote((36, 48), "They trained")], [HEAD, BODY]).moved == {
        (36, 48): (34, 46)
    }


def test_quotation_marks_and_spaces_are_spelled_as_in_the_text() -> None:
    text = "Marn\u2019s\u00a0navy met \u201cVell\u201d."
    found = correct(text, [Quote((0, 11), "Marn's navy"), Quote((16, 22), '"Vell"')], [])
    assert found.spelled == {(0, 11): "Marn\u2019s\u00a0navy", (16, 22): "\u201cVell\u201d"}
    assert (found.moved, found.left) == ({}, {})


def test_a_bound_that_may_be_at_several_edges_is_doubtful() -> None:
    found = correct(OLD + "This was corrected.\n", QUOTES, [HEAD, BODY], len(OLD))
    assert found.doubtful == (BODY,)


def test_a_quote_does_not_take_the_place_of_another() -> None:
    # Of two quotes of the same words one is miscounted.
    found = correct(OLD, [Quote((25, 32), "off Lyr"), Quote((27, 34), "off Lyr")], [])
    assert (found.moved, found.left) == ({}, {(27, 34): "another quote is there"})


def test_places_may_be_taken_one_after_the_other() -> None:
    text = "x" * 4 + "abcd" + "efgh"
    found = correct(text, [Quote((0, 4), "abcd"), Quote((4, 8), "efgh")], [], 8)
    assert found.moved == {(0, 4): (4, 8), (4, 8): (8, 12)}


@given(st.integers(0, len(OLD)), st.sampled_from(["z", "zz ", "z" * 70, "\n\nz"]))
def test_all_is_moved_that_was_not_touched(at: int, put_in: str) -> None:
    text = OLD[:at] + put_in + OLD[at:]
    found = correct(text, QUOTES, [HEAD, BODY], len(OLD))
    for place, exact in QUOTES:
        start, end = found.moved.get(place, place)
        if at <= place[0] or at >= place[1]:
            assert text[start:end] == exact
        else:
            assert (start, end) == place
