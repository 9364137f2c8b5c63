"""Policies: what counts as a tie, how ties are weighed, and how a person says so.

Nothing here needs the engine, so that the help of a command can be written without it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

from ..errors import QueryError
from ..graph.terms import LEVELS
from ..text.wording import day

if TYPE_CHECKING:
    from .activities import Activity

STATUSES: Final = ("held", "under-way", "planned")
#: The measures of `passex.network.measures`.
MEASURES: Final = (
    *("degree", "strength", "betweenness", "closeness"),
    *("eigenvector", "pagerank", "constraint", "core"),
)
#: How ties can be weighted, and the attribute of a tie in which `Network.to_networkx` has it.
WEIGHTS: Final[dict[str, str]] = {"newman": "weight", "count": "count"}


@dataclass(frozen=True, slots=True)
class Period:
    """The days from one to another, both of them in it.

    Attributes:
        first: The first day, ``YYYY-MM-DD``; None if it has no beginning.
        last: The last day; None if it has no end.
    """

    first: str | None
    last: str | None

    @classmethod
    def parse(cls, since: str | int | None, until: str | int | None) -> Period:
        """Read a period from a year (``2017``) or a day, or None, on either side.

        Raises:
            QueryError: Something is no year or day, or the end comes before the beginning.

        Example:
            >>> Period.parse(2017, "2018-05-01")
            Period(first='2017-01-01', last='2018-05-01')
        """
        first, last = _bound(since, "01-01"), _bound(until, "12-31")
        if first and last and first > last:
            raise QueryError(
                f"since {since} is later than until {until}", "give the earlier one first"
            )
        return cls(first, last)

    def may_hold(self, earliest: str | None, latest: str | None) -> bool:
        """Tell whether what is possible between two days may have been in the period, in part.

        Where a bound is missing, nothing limits that side; something without any dates is in no
        period but the one without limits.

        Example:
            >>> Period("2017-05-01", None).may_hold("2017-01-01", "2017-12-31")
            True
        """
        if self.first is self.last is None:
            return True
        if earliest is latest is None:
            return False
        # Days of this form sort as text.
        too_early = latest and self.first and latest < self.first
        return not (too_early or (earliest and self.last and earliest > self.last))

    def must_hold(self, earliest: str | None, latest: str | None) -> bool:
        """Tell whether what is possible between two days was in the period for certain, wholly.

        Example:
            >>> Period("2017-05-01", None).must_hold("2017-01-01", "2017-12-31")
            False
        """
        begins = self.first is None or (earliest is not None and earliest >= self.first)
        return begins and (self.last is None or (latest is not None and latest <= self.last))


def _bound(given: str | int | None, of_year: str) -> str | None:
    if given is None:
        return None
    text = str(given)
    full = f"{text}-{of_year}" if re.fullmatch("[0-9]{4}", text) else text
    if day(full) != full:
        raise QueryError(f"'{text}' is no year or day", "write it as 2017 or 2017-05-01")
    return full


@dataclass(frozen=True, slots=True)
class Policy:
    """What counts as a tie.

    Attributes:
        level: ``unit``, ``service``, ``state`` or ``organisation``.
        include: Which of ``held``, ``under-way`` and ``planned`` count. ``planned`` takes in what
            is announced, agreed or drafted, as long as it has not been realised.
        domain: The local name of a domain, such as ``naval``; ``all`` for every domain.
        since: A year or a day; what must have ended before it does not count. With this or
            ``until``, neither does what has no dates.
        until: A year, to its last day, or a day; what must have begun after it does not count.
        min_events: How many exercises a tie needs; plans count where they are included.

    Raises:
        QueryError: A level or a status that does not exist, or no status at all; no year or day, or
            a period that ends before it begins; ties of no exercise.

    Example:
        >>> print(Policy(level="state"))
        state level; exercises held and under way; naval domain
        >>> print(Policy(include=("held",), since=2017, until="2018-05-01"))
        service level; exercises held; naval domain; 2017 to 2018-05-01
    """

    level: str = "service"
    include: tuple[str, ...] = ("held", "under-way")
    domain: str = "naval"
    since: str | int | None = None
    until: str | int | None = None
    min_events: int = 1

    def __post_init__(self) -> None:
        """Refuse what would silently give an empty network."""
        if self.level not in LEVELS:
            raise QueryError(f"'{self.level}' is no level", f"use one of {', '.join(LEVELS)}")
        unknown = [status for status in self.include if status not in STATUSES]
        if unknown or not self.include:
            said = f"'{', '.join(unknown)}' is " if unknown else ""
            raise QueryError(
                f"{said}nothing to include", f"use one or more of {','.join(STATUSES)}"
            )
        if self.min_events < 1:
            none = f"{self.min_events} is no number of exercises that a tie can need"
            raise QueryError(none, "use 1 or more")
        Period.parse(self.since, self.until)

    @classmethod
    def parse(cls, given: Mapping[str, str | int | None]) -> Policy:
        """Read a policy from what a person gives in options, in a form or in an address.

        Values are given by the names of `OPTIONS`; other names are left alone. What is missing or
        None is as by default.

        Raises:
            QueryError: As the class does, or a number of exercises that is none.

        Example:
            >>> Policy.parse({"level": "state", "include": "held, planned"}).include
            ('held', 'planned')
        """
        said = {option.name: option.default for option in OPTIONS if option.default}
        said |= {name: str(value) for name, value in given.items() if value is not None}
        include = [part.strip() for part in said["include"].split(",")]
        events = said["min-events"]
        if not events.removeprefix("-").isdecimal():
            raise QueryError(f"'{events}' is no number of exercises", "give 1 or more")
        counted = tuple(dict.fromkeys(filter(None, include)))
        period = said.get("since"), said.get("until")
        return cls(said["level"], counted, said["domain"], *period, int(events))

    @property
    def period(self) -> Period:
        """The days that count."""
        return Period.parse(self.since, self.until)

    def __str__(self) -> str:
        done = [s.replace("-", " ") for s in STATUSES[:2] if s in self.include]
        counted = [f"exercises {' and '.join(done)}"] if done else []
        counted += ["plans not yet realised"] if "planned" in self.include else []
        domain = "every domain" if self.domain == "all" else f"{self.domain} domain"
        parts = [f"{self.level} level", ", and ".join(counted), domain]
        if self.since is not None and self.until is not None:
            parts.append(f"{self.since} to {self.until}")
        elif self.since is not None or self.until is not None:
            parts.append(f"until {self.until}" if self.since is None else f"since {self.since}")
        if self.min_events > 1:
            parts.append(f"ties of at least {self.min_events} {self.things}")
        return "; ".join(parts)

    @property
    def things(self) -> str:
        """What counts, in the plural: ``exercises``, ``plans`` or ``exercises or plans``."""
        things = ["exercises"] if set(self.include) != {"planned"} else []
        return " or ".join([*things, "plans"] if "planned" in self.include else things)

    def admits(self, activity: Activity) -> bool:
        """Tell whether an exercise or plan counts."""
        return (
            activity.status in self.include
            and self.domain in ("all", *activity.domains)
            and self.period.may_hold(activity.earliest, activity.latest)
        )


class Option(NamedTuple):
    """Something that a person can say of a network.

    Attributes:
        name: Its name, as on the command line and in an address.
        default: What holds without it; an empty text where nothing does.
        about: What it does, in a sentence.
        choices: What can be given; empty where that cannot be listed.
        form: What is given, in a word for the help.
    """

    name: str
    default: str
    about: str
    choices: tuple[str, ...] = ()
    form: str = ""


#: What counts without a word from anybody.
DEFAULT: Final = Policy()
#: What `Policy.parse` reads.
OPTIONS: Final = (
    Option("level", DEFAULT.level, "Which actors are compared.", tuple(LEVELS)),
    Option(
        "include",
        ",".join(DEFAULT.include),
        f"What counts: {', '.join(STATUSES)}.",
        form="STATUS,…",
    ),
    Option("domain", DEFAULT.domain, "A domain, such as naval or air; or all."),
    Option(
        "since",
        "",
        "What may have taken place in or after a year or on or after a day (2017, 2017-05-01).",
        form="DATE",
    ),
    Option(
        "until",
        "",
        "What may have taken place in or before a year or on or before a day.",
        form="DATE",
    ),
    Option(
        "min-events",
        str(DEFAULT.min_events),
        "Only ties of at least N exercises, or plans where they are included.",
        form="N",
    ),
)
MEASURE: Final = Option("measure", "strength", "What actors are ranked by.", MEASURES)
#: What stands for every measure, where figures are given rather than one of them used.
EVERY: Final = "all"
FIGURES: Final = MEASURE._replace(
    about="What actors are ranked by, beside degree, strength and betweenness; all for the figures "
    "of every measure, ranked by strength.",
    choices=(*MEASURES, EVERY),
)
WEIGHT: Final = Option(
    "weight",
    "newman",
    "How strong a tie is for the measure: 1/(n-1) an exercise of n parties, or 1.",
    tuple(WEIGHTS),
)
