"""Ways to divide a network into groups, and how a person says so.

Nothing here needs the engine, so that the help of a command can be written without it.
"""

from __future__ import annotations

import reprlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from ..errors import QueryError
from .policy import Option, is_number

#: The methods, and how they are called in a sentence.
METHODS: Final[dict[str, str]] = {
    "greedy": "greedy modularity",
    "louvain": "Louvain",
    "leiden": "Leiden",
}
#: What leaves something to chance, and takes a seed.
RANDOM: Final = ("louvain", "leiden")


@dataclass(frozen=True, slots=True)
class Division:
    """A way to divide a network into groups.

    Attributes:
        method: ``greedy`` merges, each time the two groups that raise the modularity most
            (A. Clauset, M. E. J. Newman and C. Moore, "Finding community structure in very large
            networks", Phys. Rev. E 70, 066111, 2004). ``louvain`` moves actors between groups and
            then groups (V. D. Blondel et al., "Fast unfolding of communities in large networks",
            J. Stat. Mech. P10008, 2008). ``leiden`` does so too, and its groups hang together
            (V. A. Traag, L. Waltman and N. J. van Eck, "From Louvain to Leiden", Scientific Reports
            9, 5233, 2019). The modularity that any finds need not be the highest there is.
        resolution: How much the modularity takes off for what chance would put into the groups:
            more than 1 favours smaller groups, less larger ones (J. Reichardt and S. Bornholdt,
            "Statistical mechanics of community detection", Phys. Rev. E 74, 016110, 2006).
        seed: Where chance begins: the same seed gives the same groups. ``greedy`` leaves nothing to
            chance.

    Raises:
        QueryError: A method that does not exist; a resolution that is not above 0; a seed below 0.

    Example:
        >>> print(Division("leiden", 0.5))
        by Leiden at resolution 0.5, seed 1
    """

    method: str = "greedy"
    resolution: float = 1.0
    seed: int = 1

    def __post_init__(self) -> None:
        """Refuse what divides nothing."""
        if not isinstance(self.method, str) or self.method not in METHODS:
            ways = ", ".join(METHODS)
            raise QueryError(f"'{self.method}' is no way to divide a network", f"use one of {ways}")
        if not is_number(self.resolution, int, float) or not 0 < self.resolution < float("inf"):
            raise QueryError(
                f"{reprlib.repr(self.resolution)} is no resolution",
                "use a number above 0, such as 1",
            )
        if not is_number(self.seed, int) or not 0 <= self.seed < 2**32:
            raise QueryError(
                f"{reprlib.repr(self.seed)} is no seed", "use a whole number from 0 to 4294967295"
            )

    @classmethod
    def parse(cls, given: Mapping[str, str | None]) -> Division:
        """Read a division from the values of `OPTIONS` by name; what is missing is as by default.

        Raises:
            QueryError: As the class does, or something is no number.
        """
        said = {option.name: given.get(option.name) or option.default for option in OPTIONS}
        numbers: dict[str, float] = {}
        for name, read in (("resolution", float), ("seed", int)):
            try:
                numbers[name] = read(said[name])
            except ValueError:
                raise QueryError(
                    f"'{said[name]}' is no {name}", "use a number, such as 1"
                ) from None
        return cls(said["communities"], numbers["resolution"], int(numbers["seed"]))

    def said(self) -> dict[str, object]:
        """Give what matters of it: a seed only where there is chance."""
        chance = {"seed": self.seed} if self.method in RANDOM else {}
        return {"method": self.method, "resolution": self.resolution, **chance}

    def __str__(self) -> str:
        at = f" at resolution {self.resolution:g}" if self.resolution != 1 else ""
        chance = f", seed {self.seed}" if self.method in RANDOM else ""
        return f"by {METHODS[self.method]}{at}{chance}"


#: How actors are divided without a word from anybody.
DEFAULT: Final = Division()
#: What `Division.parse` reads.
OPTIONS: Final = (
    Option(
        "communities",
        DEFAULT.method,
        "Divide the actors into groups too, by greedy modularity, Louvain or Leiden.",
        tuple(METHODS),
    ),
    Option(
        "resolution",
        f"{DEFAULT.resolution:g}",
        "More than 1 for smaller groups, less for larger ones.",
        form="NUMBER",
    ),
    Option(
        "seed", str(DEFAULT.seed), "Where the chance of Louvain and Leiden begins.", form="SEED"
    ),
)
