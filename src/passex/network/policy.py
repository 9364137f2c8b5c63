"""What counts as a tie: levels, statuses, domains and days."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from ..errors import QueryError
from ..graph.terms import LEVELS
from . import periods
from .happenings import Happening

STATUSES: Final = ("held", "under-way", "planned")


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
                f"{said}nothing to include",
                f"use one or more of {','.join(STATUSES)}",
            )
        if self.min_events < 1:
            raise QueryError(
                f"{self.min_events} is no number of exercises that a tie can need", "use 1 or more"
            )
        periods.period(self.since, self.until)

    @property
    def period(self) -> periods.Period:
        """The days that count."""
        return periods.period(self.since, self.until)

    def __str__(self) -> str:
        """Say the policy in words."""
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

    def admits(self, happening: Happening) -> bool:
        """Tell whether an exercise or plan counts."""
        return (
            happening.status in self.include
            and self.domain in ("all", *happening.domains)
            and self.period.may_hold(happening.earliest, happening.latest)
        )
