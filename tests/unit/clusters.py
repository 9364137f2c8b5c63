"""What tests of clusters share: facts as files for them, and what one machine makes of these."""

from __future__ import annotations

import gzip
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import pyoxigraph as ox
from click.testing import CliRunner

from passex.cli import cli
from passex.graph import rules, store
from passex.network import brief, projection
from passex.network.policy import Policy
from passex.spark import collecting, projecting

EVERY: Final = ("held", "under-way", "planned")


def written(path: Path, *texts: bytes | str) -> str:
    """Write Turtle as N-Triples."""
    triples: list[ox.Triple] = []
    for number, text in enumerate(texts):
        quads = ox.parse(text, ox.RdfFormat.TURTLE, base_iri=f"https://example.org/{number}")
        triples += [quad.triple for quad in quads]
    packed = ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES)
    assert packed is not None
    path.write_bytes(gzip.compress(packed) if path.suffix == ".gz" else packed)
    return str(path)


def refused(*arguments: str) -> str:
    """Run a command that ends in one sentence and a documented exit code."""
    result = CliRunner().invoke(cli, arguments)
    assert (result.exit_code, result.stdout) == (2, ""), (result.output, result.exception)
    [line] = result.stderr.splitlines()
    return line.removeprefix("passex: ")


def compare(
    cluster: str, data: Sequence[str], policies: Sequence[Policy], only_brief: bool = False
) -> None:
    """Compare what comes back with what is derived here: whole, and in brief with the last."""
    here = store.load(data)
    rules.derive(here)
    warned: list[str] = []
    if not only_brief:
        there = collecting.open_store(cluster, data, warned.append)
        for policy in policies:
            assert projection.build(there, policy) == projection.build(here, policy)
    policy = policies[-1]
    assert projecting.build(cluster, data, policy, warned.append) == brief.build(here, policy)
    assert warned == []
