"""Policies: what counts as a tie, how ties are weighed, and how a person says so.

Nothing here needs the engine, so that the help of a command can be written without it.
"""

from __future__ import annotations

import reprlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

from ..errors import QueryError
from ..graph.terms import LEVELS, NAMED
from .period import Period

if TYPE_CHECKING:
    from .activities import Activity

STATUSES: Final = ("held", "under-way", "planned")
#: What a network can be of.
AT: Final = (*LEVELS, NAMED)
BASES: Final = ("any", "stated")
#: The ways to a backbone, and how they are called in a sentence.
BACKBONES: Final[dict[str, str]] = {
    "disparity": "the disparity filter",
    "sdsm": "the stochastic degree sequence model",
}
#: The measures of `passex.network.measures`.
MEASURES: Final = (
    *("degree", "strength", "betweenness", "closeness"),
    *("eigenvector", "pagerank", "constraint", "core"),
)
#: How ties can be weighted, and the attribute of a tie in which `Network.to_networkx` has it.
WEIGHTS: Final[dict[str, str]] = {"newman": "weight", "count": "count"}


@dataclass(frozen=True, slots=True)
class Policy:
    """What counts as a tie.

    Attributes:
        level: ``unit``, ``service``, ``state`` or ``organisation``; or ``named``, for actors as
            the articles name them, whatever they are.
        include: Which of ``held``, ``under-way`` and ``planned`` count, also as one text with
            commas. ``planned`` takes in what is announced, agreed or drafted, as long as it has not
            been realised.
        domain: The local name of a domain, such as ``naval``; ``all`` for every domain.
        since: A year or a day; what must have ended before it does not count. With this or
            ``until``, neither does what has no dates.
        until: A year, to its last day, or a day; what must have begun after it does not count.
        min_events: How many exercises a tie needs; plans count where they are included.
        basis: ``stated`` where only exercises count that tie the two by steps that are all stated;
            ``any`` for inferred ones too.
        backbone: ``disparity`` or ``sdsm`` for the ties alone that this model of chance does not
            explain (see `passex.network.backbone`); None for all.
        alpha: The significance level of the backbone.

    Raises:
        QueryError: A level, a status, a basis or a backbone that does not exist, or no status at
            all; no year or day, or a period that ends before it begins; ties of no exercise; a
            significance level that is not between 0 and 1.

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
    basis: str = "any"
    backbone: str | None = None
    alpha: float = 0.05

    def __post_init__(self) -> None:
        """Refuse what would silently give an empty network."""
        object.__setattr__(self, "include", statuses(self.include))
        if self.level not in AT:
            raise QueryError(f"'{self.level}' is no level", f"use one of {', '.join(AT)}")
        unknown = [status for status in self.include if status not in STATUSES]
        if unknown or not self.include:
            said = f"'{', '.join(unknown)}' is " if unknown else ""
            raise QueryError(
                f"{said}nothing to include", f"use one or more of {','.join(STATUSES)}"
            )
        if not is_number(self.min_events, int) or self.min_events < 1:
            none = f"{reprlib.repr(self.min_events)} is no number of exercises that a tie can need"
            raise QueryError(none, "use 1 or more")
        if self.basis not in BASES:
            raise QueryError(f"'{self.basis}' is no basis", f"use one of {', '.join(BASES)}")
        if self.backbone not in (None, *BACKBONES):
            ways = ", ".join(BACKBONES)
            raise QueryError(f"'{self.backbone}' is no backbone", f"use one of {ways}")
        if not is_number(self.alpha, int, float) or not 0 < self.alpha < 1:
            alpha = reprlib.repr(self.alpha)
            raise QueryError(
                f"{alpha} is no significance level", "use a number between 0 and 1, as 0.05"
            )
        Period.parse(self.since, self.until)

    @classmethod
    def parse(cls, given: Mapping[str, str | int | None]) -> Policy:
        """Read a policy from what a person gives in options, in a form or in an address.

        Values are given by the names of `OPTIONS`; other names are left alone. What is missing or
        None is as by default.

        Raises:
            QueryError: As the class does, or a number of exercises or an alpha that is none.

        Example:
            >>> Policy.parse({"level": "state", "include": "held, planned"}).include
            ('held', 'planned')
        """
        said = {option.name: option.default for option in OPTIONS if option.default}
        said |= {name: str(value) for name, value in given.items() if value is not None}
        events, alpha = said["min-events"], said["alpha"]
        if not events.removeprefix("-").isdecimal():
            raise QueryError(f"'{events}' is no number of exercises", "give 1 or more")
        try:
            level = float(alpha)
        except ValueError:
            raise QueryError(
                f"'{alpha}' is no significance level", "use a number between 0 and 1, as 0.05"
            ) from None
        return cls(
            *(said["level"], statuses(said["include"]), said["domain"]),
            *(said.get("since"), said.get("until"), int(events)),
            *(said["basis"], said.get("backbone"), level),
        )

    @property
    def period(self) -> Period:
        """The days that count."""
        return Period.parse(self.since, self.until)

    def __str__(self) -> str:
        done = [s.replace("-", " ") for s in STATUSES[:2] if s in self.include]
        counted = [f"exercises {' and '.join(done)}"] if done else []
        counted += ["plans not yet realised"] if "planned" in self.include else []
        domain = "every domain" if self.domain == "all" else f"{self.domain} domain"
        level = "parties as named" if self.level == NAMED else f"{self.level} level"
        parts = [level, ", and ".join(counted), domain]
        if self.since is not None and self.until is not None:
            parts.append(f"{self.since} to {self.until}")
        elif self.since is not None or self.until is not None:
            parts.append(f"until {self.until}" if self.since is None else f"since {self.since}")
        if self.min_events > 1:
            parts.append(f"ties of at least {self.min_events} {self.things}")
        if self.basis == "stated":
            parts.append("what is stated only")
        if self.backbone is not None:
            parts.append(f"backbone by {BACKBONES[self.backbone]} at alpha {self.alpha:g}")
        return "; ".join(parts)

    @property
    def at(self) -> str:
        """Where it looks for pairs: ``at state level``, or ``among parties as named``."""
        return "among parties as named" if self.level == NAMED else f"at {self.level} level"

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


def statuses(given: str | Iterable[str]) -> tuple[str, ...]:
    """List statuses that are given as several texts, or as one with commas, each once.

    Example:
        >>> statuses("held, planned")
        ('held', 'planned')
    """
    parts = given.split(",") if isinstance(given, str) else given
    if not isinstance(parts, Iterable):
        parts = (parts,)  # to be refused as any other that is no status
    return tuple(dict.fromkeys(filter(None, (str(part).strip() for part in parts))))


def is_number(value: object, *kinds: type) -> bool:
    """Tell whether a value is a number of one of some kinds; truth values are none.

    Example:
        >>> is_number(1, int), is_number(True, int), is_number("1", int, float)
        (True, False, False)
    """
    return isinstance(value, kinds) and not isinstance(value, bool)


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
BASIS: Final = Option(
    "basis",
    DEFAULT.basis,
    "Only exercises that tie two by steps that are all stated; or any.",
    BASES,
)
#: What `Policy.parse` reads.
OPTIONS: Final = (
    Option(
        "level",
        DEFAULT.level,
        "Which actors are compared; named for those that the articles name, levels mixed.",
        AT,
    ),
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
        "What may have taken place in or after a year or a month, or on or after a day (2017, "
        "2017-05, 2017-05-01).",
        form="DATE",
    ),
    Option(
        "until",
        "",
        "What may have taken place in or before a year or a month, or on or before a day.",
        form="DATE",
    ),
    Option(
        "min-events",
        str(DEFAULT.min_events),
        "Only ties of at least N exercises, or plans where they are included.",
        form="N",
    ),
    BASIS,
    Option(
        "backbone",
        "",
        "Only ties that are stronger than chance, by the disparity filter (Serrano 2009) or the "
        "stochastic degree sequence model (Neal 2014).",
        tuple(BACKBONES),
    ),
    Option(
        "alpha",
        str(DEFAULT.alpha),
        "How unlikely by chance a tie of the backbone is, at the most.",
        form="P",
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
