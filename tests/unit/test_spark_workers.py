"""Apache Spark with two workers gives what one machine does, also if some of them die meanwhile."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from spark_servers import spark

pytest.importorskip("pyspark", reason="pip install --editable '.[spark]'")

from passex.cli import cli
from passex.network.policy import Policy
from passex.spark import grouping, lines, waiting

from .clusters import EVERY, compare, refused, written
from .worlds import STORY

pytestmark = pytest.mark.skipif(os.name == "nt", reason="a shell script begins it")


def dying(work: Callable[[Any], Any], folder: Path) -> Callable[[Any], Any]:
    """Have the first executor that works kill itself, and the Python of another.

    Args:
        folder: Has a file for each death that is still to come.
    """
    java, python = str(folder / "java"), str(folder / "python")

    def work_or_die(batches: Any) -> Any:
        import os
        import signal
        from contextlib import suppress
        from pathlib import Path

        with suppress(FileNotFoundError):
            os.unlink(java)
            # Python is begun by a process that Java began.
            parents = Path(f"/proc/{os.getppid()}/stat").read_text().rpartition(")")[2].split()
            os.kill(int(parents[1]), signal.SIGKILL)
        with suppress(FileNotFoundError):
            os.unlink(python)
            os.kill(os.getpid(), signal.SIGKILL)
        yield from work(batches)

    return work_or_die


def test_two_workers_of_which_executors_die(tmp_path: Path, thorough: bool) -> None:
    folder = tmp_path / "spark"
    folder.mkdir()
    data = [written(tmp_path / "facts.nt.gz", STORY)]
    with spark(folder) as cluster, pytest.MonkeyPatch.context() as patched:
        patched.setattr(grouping, "SIZE", 2)
        work = lines.statements
        patched.setattr(lines, "statements", lambda *given: dying(work(*given), tmp_path))
        deaths = [tmp_path / "java", tmp_path / "python"]
        for death in deaths:
            death.touch()
        # What they did is done again, by others or once they are back.
        policies = [Policy("unit", EVERY, "all"), Policy("state", EVERY, "all")]
        compare(cluster.url, data, policies, only_brief=not thorough)
        assert [death.exists() for death in deaths] == [False, False]
        there = ["--engine", "spark", "--spark", cluster.url, "--data"]
        deaths[1].touch()
        here, judged = (CliRunner().invoke(cli, ["validate", *how, *data]) for how in ([], there))
        assert (judged.exit_code, judged.output) == (here.exit_code, here.output)
        assert here.exit_code == 1
        assert not deaths[1].exists()
        if thorough:
            broken = tmp_path / "broken.nt"
            broken.write_text("<a:b> <a:c> <a:d> .\n\n<a:b> .\n")
            said = refused("network", *there, str(broken))
            assert said.startswith(f"file://{broken}:3:7: not N-Triples: ")

        def gone(*given: Any) -> Any:
            cluster.stop(*cluster.workers)
            return work(*given)

        # Now all of them, for good, in the midst of an export over what was written before.
        patched.setattr(lines, "statements", gone)
        patched.setattr(waiting, "LONGEST", 3)
        output = tmp_path / "out.gexf"
        output.write_text("before")
        said = refused("export", "-o", str(output), *there, *data)
        assert said == (
            f"the cluster at {cluster.url} has had nobody to work on a job for 3 seconds; "
            "see whether its workers are there"
        )
        assert output.read_text() == "before"
