"""Measure how many of the exercises that are the same `passex match` proposes, and how many not.

    python benchmarks/matching.py mme_v7.csv

The file is Multinational Military Exercises (doi:10.7910/DVN/KHFODX). A second set is invented from
it: of each set seven in ten of the exercises are taken at random, and those of the second are told
otherwise. Half of them begin up to three days earlier or later; one in seven has the month alone;
each party is missing one time in five, and one exercise in twenty has one too many; one name in
five is missing, and three in five are spelt otherwise; three in ten have no place, and half of the
others a point some ten kilometres away and half of the words. What is the same is known, since both
come from one row.

Precision is how many of the pairs that reach a score are of one row; recall, how many of the rows
in both sets are proposed. What isn't of one row may be one exercise all the same: some stand in the
table twice. With 27 shifted copies of the table, 100,000 exercises are compared with 3,707.
"""

from __future__ import annotations

import random
import re
import sys
import tempfile
import time
from calendar import monthrange
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from passex.graph.opening import open_store
from passex.importers import known
from passex.importers.run import Import
from passex.network import accounts
from passex.network.linkage import LEAST, Account, pairs

_SEED = 17
_TAKEN = 0.7
_COPIES = 27
#: Days that a copy of the table is shifted by, at most.
_SHIFT = 4000


def main() -> None:
    """Print precision and recall by score, what is near within the table, and the time for many."""
    with tempfile.TemporaryDirectory() as folder:
        job = Import(Path(sys.argv[1]), known("mme"), Path(folder), "as-written")
        job.look()
        job.write()
        table = accounts.read(open_store([folder], False, print)).dated
    _evaluate(table)
    near = Counter(pair.score for pair in pairs(table, within=True))
    listed = ", ".join(f"{count} of {score} points" for score, count in sorted(near.items()))
    print(f"\nWithin the table: {near.total()} pairs ({listed})")
    _many(table)


def _evaluate(table: Sequence[Account]) -> None:
    dice = random.Random(_SEED)
    first = [account for account in table if dice.random() < _TAKEN]
    taken = [account for account in table if dice.random() < _TAKEN]
    actors = sorted({party for account in table for party in account.parties})
    second = [_noisy(account, dice, actors) for account in taken]
    both = {account.iri for account in first} & {account.iri for account in taken}
    found = pairs([*first, *second])
    print(f"{len(first)} and {len(second)} exercises, {len(both)} in both\n")
    print("| score | pairs | precision | recall |\n| --- | --- | --- | --- |")
    for least in range(LEAST, LEAST + 5):
        reached = [pair for pair in found if pair.score >= least]
        right = sum(pair.other.removesuffix("-again") == pair.one for pair in reached)
        figures = f"{right / len(reached):.3f} | {right / len(both):.3f}"
        print(f"| {least} or more | {len(reached)} | {figures} |")


def _noisy(account: Account, dice: random.Random, actors: Sequence[str]) -> Account:
    """Tell of an exercise as another source may."""
    first, last = (date.fromisoformat(day) for day in (account.first, account.last))
    if dice.random() < 0.5:
        first += timedelta(dice.randint(-3, 3))
        last = max(first, last + timedelta(dice.randint(-3, 3)))
    if dice.random() < 1 / 7:
        first = first.replace(day=1)
        last = last.replace(day=monthrange(last.year, last.month)[1])
    parties = {party for party in sorted(account.parties) if dice.random() > 0.2}
    parties = parties or {*sorted(account.parties)[:1]}
    if dice.random() < 0.05:
        parties.add(dice.choice(actors))
    place, point = account.place, account.point
    if dice.random() < 0.3:
        place, point = "", None
    elif dice.random() < 0.5:
        words = place.split()
        place = " ".join(words[: max(1, len(words) // 2)])
        if point:
            point = (point[0] + dice.uniform(-0.2, 0.2), point[1] + dice.uniform(-0.2, 0.2))
    return replace(
        account,
        iri=f"{account.iri}-again",
        first=first.isoformat(),
        last=last.isoformat(),
        parties=frozenset(parties),
        names=tuple(filter(None, (_spelt(name, dice) for name in account.names))),
        place=place,
        point=point,
        sources=frozenset({"again"}),
    )


def _spelt(name: str, dice: random.Random) -> str:
    """Spell a name otherwise, or leave it out."""
    at = dice.randrange(len(name))
    year = re.sub(r"\b(19|20)(\d\d)\b", r"\2", name)
    return dice.choice(("", name, name.upper(), name[:at] + name[at + 1 :], year))


def _many(table: Sequence[Account]) -> None:
    dice = random.Random(_SEED)
    many = []
    for copy in range(_COPIES):
        for account in table:
            by = timedelta(dice.randint(-_SHIFT, _SHIFT))
            first, last = (
                (date.fromisoformat(day) + by).isoformat() for day in (account.first, account.last)
            )
            own = frozenset({"many"})
            many.append(
                replace(account, iri=f"{account.iri}-{copy}", first=first, last=last, sources=own)
            )
    start = time.process_time()
    found = pairs([*table, *many])
    took = time.process_time() - start
    print(f"\n{len(many):,} exercises with {len(table):,}: {len(found):,} pairs, {took:.1f} s")


if __name__ == "__main__":
    main()
