"""Files of a cluster as a validation here takes them: extracts, under the names of the files."""

from __future__ import annotations

import bz2
import glob
import io
from collections.abc import Collection, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from ..graph import dataset
from ..validation.results import Problem
from . import extracts

if TYPE_CHECKING:
    from pyspark.sql import SparkSession


class Files:
    """Files of a cluster, of which those with ``file:`` URLs are here too.

    Args:
        session: The session of the cluster.
        urls: Of `locations.find`.
        data: What they were found by.
        folder: An empty folder, which goes when the validation is done.

    Attributes:
        paths: The path of each file, as it was given and in that order; what is not here is called
            by a path in the folder meanwhile.
    """

    def __init__(
        self, session: SparkSession, urls: Sequence[str], data: Sequence[str], folder: Path
    ) -> None:
        self._session = session
        self._urls: dict[Path, str] = {}
        for given in data:
            for path in _named(given):
                url = f"file://{path.absolute()}"
                if url in urls and url not in self._urls.values() and not _is_odd(url):
                    self._urls[path] = url
        self._called: dict[str, str] = {}
        for number, url in enumerate(url for url in urls if url not in self._urls.values()):
            # What is looked for beside data is not to be found there.
            inner = folder / str(number) / "data"
            inner.mkdir(parents=True)
            path = inner / url.rpartition("/")[2].removesuffix(".bz2")
            path.write_bytes(b"")
            self._urls[path] = self._called[path.as_posix()] = url
        self.paths = tuple(self._urls)

    def extracts(self, nodes: Collection[str]) -> dict[Path, bytes]:
        """Extract what is said of nodes, as `validation.run.validate` takes it.

        Raises:
            InputError: A file cannot be read.
        """
        keys = extracts.keys_of(nodes)
        return {path.resolve(): self._extract(path, keys) for path in self.paths}

    def _extract(self, path: Path, keys: frozenset[bytes]) -> bytes:
        url = self._urls[path]
        if path.as_posix() not in self._called:
            return extracts.of_file(path, keys)
        if url.startswith("file://"):
            with bz2.open(url.removeprefix("file://")) as file:
                return extracts.joined(extracts.of_lines(io.BufferedReader(file), keys))
        return extracts.elsewhere(self._session, url, keys)

    def called(self, problem: Problem) -> Problem:
        """Call the files in a problem as the cluster does."""
        for path, url in self._called.items():
            place = problem.place
            if place is not None and place.file == path:
                problem = replace(problem, place=replace(place, file=url))
            if path in problem.message or path in problem.hint:
                said = (problem.message.replace(path, url), problem.hint.replace(path, url))
                problem = replace(problem, message=said[0], hint=said[1])
        return problem


def _is_odd(url: str) -> bool:
    return url.lower().endswith(".bz2")


def _named(given: str) -> Sequence[Path]:
    """List the files of this machine that are given by a path, a ``file:`` URL or with ``*``."""
    text = given.removeprefix("file://").removeprefix("file:")
    if Path(text).is_dir():
        return dataset.data_files((text,))
    if Path(text).exists():
        return [Path(text)]
    return (
        []
        if "://" in given and not given.startswith("file:")
        else sorted(map(Path, glob.glob(text, recursive=True)))
    )
