"""Tests have a cache of their own, empty at the start and gone at the end, and three articles."""

from __future__ import annotations

import gc
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final

import hypothesis
import pyoxigraph as ox
import pytest
from thorough import THOROUGH, examples

from passex.graph import cache, dataset

if TYPE_CHECKING:
    from servers import Server

# How long an example takes says more about the machine than about the code. CI tries the same
# examples each time, so that a change fails for what it does; other runs explore.
hypothesis.settings.register_profile(
    "patient",
    deadline=None,
    derandomize="CI" in os.environ and not THOROUGH,
    max_examples=examples(),
)
hypothesis.settings.load_profile("patient")

#: What is bundled, to the tests: exact ties, answers and counts are those of these files, whatever
#: else the folder holds. A command run as a process of its own is given them by `--data`.
FILES: Final = (
    "actors",
    "articles/2017-tokyo-visit",
    "articles/2018-passex",
    "articles/2026-yokosuka-talks",
    "dataset",
)
FOLDER: Final = dataset.bundled_facts
PINNED: Final = pytest.MonkeyPatch()


def remembering(restored: Callable[[bytes], ox.Store]) -> Callable[[bytes], ox.Store]:
    """Give graphs from the cache of which a process has read the very bytes before, and not anew.

    Who opens a graph does not write into it: one that is large is opened so that nobody can. A test
    that does so all the same changes how many triples there are, and the next one gets its own.
    """
    kept: dict[bytes, tuple[ox.Store, int]] = {}

    def remembered(quads: bytes) -> ox.Store:
        engine, size = kept.get(quads, (None, 0))
        if engine is None or len(engine) != size:
            engine = restored(quads)
            if len(kept) > 8:
                kept.clear()
            kept[quads] = engine, len(engine)
        return engine

    return remembered


def pytest_configure(config: pytest.Config) -> None:
    files = [dataset.root() / "graph" / f"{name}.ttl" for name in FILES]
    PINNED.setattr(dataset, "bundled_facts", lambda: files)
    PINNED.setattr(cache, "_restored", remembering(cache._restored))
    # What a shell runs in the background ignores Ctrl-C, and so does what that starts. With a
    # handler here, processes of tests begin with the system's default.
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    os.environ["PASSEX_CACHE_DIR"] = tempfile.mkdtemp(prefix="passex-tests-")
    gc.disable()


def pytest_collection_finish(session: pytest.Session) -> None:
    # Tests by the thousand, and what they import, are there to stay: no search for garbage looks
    # through them again, and what a test drops waits until there is more of it.
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)
    gc.enable()


def pytest_unconfigure(config: pytest.Config) -> None:
    PINNED.undo()
    shutil.rmtree(os.environ["PASSEX_CACHE_DIR"], ignore_errors=True)


@pytest.fixture(autouse=True)
def memory() -> Iterator[None]:
    """A test leaves no limit of memory behind: what starts later in its process would crash."""
    if sys.platform == "win32":
        yield
        return
    import resource

    before = resource.getrlimit(resource.RLIMIT_AS)
    yield
    assert resource.getrlimit(resource.RLIMIT_AS) == before


@pytest.fixture(scope="session")
def thorough() -> bool:
    """Whether everything is tried, however long it takes, and not only enough to prove the kind."""
    return THOROUGH


@pytest.fixture
def folder(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is bundled is what the folder holds: for pages that `docs/update.py` writes."""
    monkeypatch.setattr(dataset, "bundled_facts", FOLDER)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk that is full soon."""
    place = tmp_path / "disk"
    place.mkdir()
    if os.name != "posix" or shutil.which("mount") is None:
        pytest.skip("no small disk here")
    made = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", str(place)],
        capture_output=True,
        check=False,
    )
    if made.returncode:
        pytest.skip("no small disk here: it takes the right to mount one")
    yield place
    subprocess.run(["umount", "-l", str(place)], check=True)


@pytest.fixture(scope="session", params=["oxigraph", "virtuoso"])
def server(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Server]:
    """A SPARQL server of others: it takes seconds to start, so all tests of a process share it.

    It holds what `pushed` puts there, and what tests put into graphs of their own.
    """
    from servers import SERVERS

    with SERVERS[request.param](tmp_path_factory.mktemp(request.param)) as running:
        yield running


@pytest.fixture(scope="session")
def pushed(server: Server) -> str:
    """The URL of the server once it has the bundled graph."""
    from click.testing import CliRunner

    from passex import load
    from passex.cli import cli

    with pytest.MonkeyPatch.context() as patch:
        for name, value in server.environment.items():
            patch.setenv(name, value)
        done = CliRunner().invoke(cli, ["push", "--endpoint", server.url])
    told = f"passex: {len(load().store)} triples pushed\n"
    assert (done.exit_code, done.stderr) == (0, told)
    return server.url
