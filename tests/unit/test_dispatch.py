"""A backend of networkx computes what networkx would, by configuration alone."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from passex.network import measures
from passex.network.ties import Ties

#: A backend as others are made (https://networkx.org/documentation/stable/reference/backends.html),
#: for one measure, of which it says on standard error that it was asked for it.
BACKEND = """
import sys, networkx
class backend:
    @staticmethod
    def can_run(name, args, kwargs):
        return name == "closeness_centrality"
    should_run = can_run
    @staticmethod
    def convert_from_nx(graph, **_):
        made = Graph(graph)
        return made
    @staticmethod
    def convert_to_nx(found, *, name=None):
        return found
    @staticmethod
    def closeness_centrality(graph, *args, **kwargs):
        print("asked", file=sys.stderr)
        return networkx.closeness_centrality.orig_func(networkx.Graph(graph), *args, **kwargs)
class Graph(networkx.Graph):
    __networkx_backend__ = "elsewhere"
"""
COMPUTE = """
from passex.network import measures
from passex.network.ties import Ties
ties = Ties(list("abcd"), [0, 1, 2], [1, 2, 3], [1.0, 2.0, 4.0])
print(measures.compute(ties, "closeness"))
"""


def test_networkx_gives_a_measure_to_a_backend(tmp_path: Path) -> None:
    (tmp_path / "elsewhere.py").write_text(BACKEND)
    described = tmp_path / "elsewhere-1.dist-info"
    described.mkdir()
    (described / "METADATA").write_text("Metadata-Version: 2.1\nName: elsewhere\nVersion: 1\n")
    points = "[networkx.backends]\nelsewhere = elsewhere:backend\n"
    (described / "entry_points.txt").write_text(points)
    ties = Ties(list("abcd"), [0, 1, 2], [1, 2, 3], [1.0, 2.0, 4.0])
    for priority, asked in (("", ""), ("elsewhere", "asked")):
        environment = {
            **os.environ,
            "PYTHONPATH": str(tmp_path),
            "NETWORKX_BACKEND_PRIORITY": priority,
        }
        done = subprocess.run(
            [sys.executable, "-c", COMPUTE], env=environment, capture_output=True, text=True
        )
        assert (done.stdout.strip(), done.stderr.strip()) == (
            str(measures.compute(ties, "closeness")),
            asked,
        )
