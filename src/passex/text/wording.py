"""Small parts of sentences, and days as they are written."""

from __future__ import annotations

import re
from calendar import month_name, monthrange
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final, TypeVar

Thing = TypeVar("Thing")

#: So many things a long answer begins with, whatever shows it.
FIRST: Final = 20
#: So many code points of a value are shown in a sentence or beside one.
SHOWN: Final = 200
#: A file may give any text as a date: the shapes refuse it, reading it must not fail.
_MONTHS: Final = tuple(f"{month:02}" for month in range(1, 13))
_DAY: Final = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")
#: What a label of several things ends with.
_PLURAL: Final = re.compile("([^a-z]|s|craft|people|personnel|feet|per cent|money)$")
#: What one of several is called, by their endings; each where those before it left one.
_SINGULAR: Final = (
    ("people$", "person"),
    ("feet$", "foot"),
    ("sorties$", "sortie"),
    ("torpedoes$", "torpedo"),
    ("ies$", "y"),
    ("([^s])s$", r"\1"),
)


def say(number: float, word: str, form: str = "") -> str:
    """Say a number of things.

    Args:
        number: How many.
        word: What they are, in the singular; its plural ends in s.
        form: How the number is written, as Python's ``format`` has it: a comma for thousands.

    Returns:
        Number and word.

    Example:
        >>> say(1, "plan"), say(2, "plan")
        ('1 plan', '2 plans')
        >>> say(1200, "tie", ","), say(1.0, "second", "g")
        ('1,200 ties', '1 second')
    """
    return f"{number:{form}} {word}" + ("" if number == 1 else "s")


def cut(text: str, most: int = SHOWN) -> str:
    """Cut a text that nobody would read to its end.

    Example:
        >>> cut("short"), cut("far too long", most=8)
        ('short', 'far too…')
    """
    return text if len(text) <= most else text[: most - 1] + "…"


def listed(names: Iterable[str], most: int | None = None) -> str:
    """Say names in a row; beyond so many, the rest is only counted.

    Example:
        >>> listed(["a"]), listed("abc"), listed("abcde", 3)
        ('a', 'a, b and c', 'a, b, c and 2 more')
    """
    every = list(names)
    if most is not None and len(every) > most + 1:
        every = [*every[:most], f"{len(every) - most} more"]
    return " and ".join([", ".join(every[:-1]), every[-1]] if every[1:] else every)


def words(kind: str) -> str:
    """Say a kind, which is a local name, in words.

    Example:
        >>> words("ExercisePlan")
        'exercise plan'
    """
    return "".join(f" {c.lower()}" if c.isupper() else c for c in kind).strip()


def first(
    things: Sequence[Thing], number: int | None = FIRST, rest: str = "--all"
) -> tuple[Sequence[Thing], str]:
    """Cut a long list to what it begins with.

    Args:
        things: What matters most comes first.
        number: How many are given; None for all.
        rest: How to get all.

    Returns:
        The first things, and what is said of the rest; an empty text where there is none.

    Example:
        >>> first("abcd", 3)
        ('abc', '1 more (--all)')
        >>> first("abcd", None)
        ('abcd', '')
    """
    return things[:number], more(0 if number is None else len(things) - number, rest)


def more(left: int, rest: str = "--all") -> str:
    """Say how many things a long answer leaves out; nothing where it leaves out none.

    Args:
        rest: How to get all.

    Example:
        >>> more(123_304), more(0)
        ('123,304 more (--all)', '')
    """
    return f"{left:,} more ({rest})" if left > 0 else ""


def day(text: str | None) -> str | None:
    """Read the day of an xsd:date, without its time zone; None for what is no day.

    Example:
        >>> day("2017-05-01Z"), day("soon")
        ('2017-05-01', None)
    """
    start = text[:10] if text is not None else ""
    # fromisoformat alone also takes weeks, and days without hyphens.
    if not _DAY.fullmatch(start):
        return None
    try:
        date.fromisoformat(start)
    except ValueError:
        return None
    return start


def say_dates(earliest: str | None, latest: str | None) -> str:
    """Say bounds as shortly as they can be said without saying more than they do.

    That is a day, a month, a year, a range, or that there is no date, from ``YYYY-MM-DD``.

    Example:
        >>> say_dates("2017-01-01", "2017-12-31")
        '2017'
        >>> say_dates("2018-08-01", "2018-08-20")
        '2018-08-01 to 2018-08-20'
    """
    if earliest is None:
        return "no date" if latest is None else f"until {latest}"
    if latest is None:
        return f"from {earliest}"
    if earliest == latest:
        return earliest
    if latest == f"{earliest[:4]}-12-31" and earliest.endswith("-01-01"):
        return earliest[:4]
    year, month = earliest[:4], earliest[5:7]
    if earliest.endswith("-01") and year.isdecimal() and month in _MONTHS:
        last = monthrange(int(year), int(month))[1]
        if latest == f"{year}-{month}-{last}":
            return earliest[:7]
    return f"{earliest} to {latest}"


def say_bounds(earliest: str | None, latest: str | None) -> str:
    """Say between which days something holds that is for a time, as labels of affiliations do.

    Example:
        >>> say_bounds(None, "2034-06-30"), say_bounds("2034-06-01", "2034-06-30")
        ('until 2034-06-30 at the latest', 'between 2034-06-01 and 2034-06-30')
        >>> say_bounds("2034-06-01", None), say_bounds(None, None)
        ('from 2034-06-01 at the earliest', '')
        >>> say_bounds("2034-06-30", "2034-06-30")
        'on 2034-06-30'
    """
    if earliest and earliest == latest:
        return f"on {earliest}"
    if earliest and latest:
        return f"between {earliest} and {latest}"
    if latest:
        return f"until {latest} at the latest"
    return f"from {earliest} at the earliest" if earliest else ""


def span(bounds: Iterable[tuple[str | None, str | None]]) -> tuple[str | None, str | None]:
    """Give the first and the last day on which one of several is possible.

    What has no date at all is passed over. What has one bound alone leaves the other side open:
    of what ended by some day nobody knows that it didn't begin before all others.

    Example:
        >>> span([("2018-08-21", "2018-08-21"), (None, None), ("2017-01-01", "2017-12-31")])
        ('2017-01-01', '2018-08-21')
        >>> span([("2018-08-21", "2018-08-21"), (None, "2017-06-01")])
        (None, '2018-08-21')
    """
    dated = [pair for pair in bounds if any(pair)]
    firsts, lasts = ([pair[side] for pair in dated] for side in (0, 1))
    return (
        min(filter(None, firsts), default=None) if all(firsts) else None,
        max(filter(None, lasts), default=None) if all(lasts) else None,
    )


def say_span(bounds: Sequence[tuple[str | None, str | None]]) -> str:
    """Say the first and the last day of several bounds, each as precise as it was written.

    Example:
        >>> say_span([("2017-01-01", "2017-12-31"), ("2018-08-21", "2018-08-21")])
        '2017 to 2018-08-21'
        >>> say_span([("2018-08-21", "2018-08-21"), (None, "2017-06-01")])
        'until 2018-08-21'
    """
    first, last = span(bounds)
    if first is last is None and any(map(any, bounds)):
        return "open on both sides"
    whole = say_dates(first, last)
    if first is None or last is None or whole != f"{first} to {last}":
        return whole
    ends = []
    for side, day in enumerate((first, last)):
        written = {say_dates(*pair) for pair in bounds if pair[side] == day}
        only = written.pop()
        # A year or a month; a day is that already, and a range begins or ends on its day.
        ends.append(only if not written and len(only) <= len("2017-05") else day)
    return " to ".join(ends)


def say_month(earliest: str, latest: str) -> str:
    """Say bounds as a month where they lie in one, else as `say_dates` does.

    One that isn't known is empty.
    """
    if earliest[:7] != latest[:7]:
        return say_dates(earliest or None, latest or None)
    return f"{month_name[int(earliest[5:7])]} {earliest[:4]}"


def hedge(status: str, doubt: str | None) -> str:
    """Say the status of what nobody tells of without a hedge: how certain it is.

    Example:
        >>> hedge("planned", "possible"), hedge("planned", None)
        ('only possible, planned', 'planned')
    """
    return f"only {doubt}, {status}" if doubt else status


def reported(status: str, month: str | None) -> str:
    """Say a status that ages: as of when it was reported.

    Example:
        >>> reported("under way", "December 2017"), reported("announced", None)
        ('under way when reported, December 2017', 'announced when reported')
    """
    return f"{status} when reported" + (f", {month}" if month else "")


def quantity(quantifier: str, number: str, things: str) -> str:
    """Say a number with its quantifier and the label of what it counts.

    Example:
        >>> quantity("about", "3", "days"), quantity("exactly", "1", "navies")
        ('about 3 days', '1 navy')
        >>> quantity("exactly", "7", "edition"), quantity("at least", "7", "")
        ('edition 7', 'at least 7')
        >>> quantity("exactly", "1", "sorties"), quantity("fewer than", "50", "per cent")
        ('1 sortie', 'fewer than 50 per cent')
        >>> quantity("up to", "20", "warship"), quantity("nearly", "190", "fighter aircraft")
        ('up to 20 warships', 'nearly 190 fighter aircraft')
    """
    quantifier = "" if quantifier == "exactly" else quantifier
    if things == "edition":
        number, things = f"edition {number}", ""
    if number == "1":
        for several, one in _SINGULAR:
            things = re.sub(several, one, things)
    elif things and not _PLURAL.search(things):
        things = re.sub("([^aeiou])y$", r"\1ie", things)
        things += "es" if things.endswith(("ch", "sh", "x")) else "s"
    return " ".join(filter(None, (quantifier, number, things)))


def barred(items: Iterable[str]) -> str:
    r"""Make a text of a list: items with bars between them; bars and backslashes escaped.

    Example:
        >>> print(barred(["a", "b|c"]))
        a | b\|c
    """
    return " | ".join(item.replace("\\", "\\\\").replace("|", "\\|") for item in items)
