"""Facts in an object store are those of the same files here, and what is wrong is one sentence."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from click.testing import CliRunner
from object_store import object_store
from spark_servers import sail

from passex.cli import cli

pytest.importorskip("pyspark", reason="pip install --editable '.[spark]'")

from .clusters import refused, written
from .worlds import STORY


def test_an_object_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bucket = tmp_path / "archive"
    (bucket / "2030" / "a b").mkdir(parents=True)
    facts = Path(written(tmp_path / "facts.nt", STORY)).read_bytes().splitlines(keepends=True)
    for name, part in (("x.nt.gz", facts[::2]), ("a b/é & y.nt.gz", facts[1::2])):
        (bucket / "2030" / name).write_bytes(gzip.compress(b"".join(part)))
    (bucket / "2030" / "read me.txt").write_text("no facts")
    (bucket / "broken.nt").write_text("<a:b> <a:c> <a:d> .\n\n<a:b> .\n")

    def run(*arguments: str) -> bytes:
        result = CliRunner().invoke(cli, ["network", "--format", "json", *arguments])
        assert (result.exit_code, result.stderr) == (0, "")
        return result.stdout_bytes

    here = run("--data", str(tmp_path / "facts.nt"))
    with object_store(bucket) as environment:
        for name, value in environment.items():
            monkeypatch.setenv(name, value)
        with sail() as (url, _):
            there = ["--engine", "spark", "--spark", url, "--data"]
            for scheme in ("s3", "s3a"):  # a folder has what is in folders of it
                assert run(*there, f"{scheme}://archive/2030/") == here
            parts = ["s3://archive/2030/*.nt.gz", "--data", "s3://archive/2030/a b/*.nt.gz"]
            assert run(*there, *parts) == here
            for data, said in (
                ("s3://archive/broken.nt", "s3://archive/broken.nt:3:7: not N-Triples: "),
                ("s3://archive/2031/*.nt", "s3://archive/2031/*.nt: no such file; check the path"),
                ("s3://archive/2030/read me.txt", "s3://archive/2030/read me.txt: neither N-Tri"),
                ("s3://other/a.nt", f"the cluster at {url} says: Generic S3 error: "),
                ("odd://other/a.nt", f"the cluster at {url} says: "),
            ):
                assert refused("network", *there, data).startswith(said)
