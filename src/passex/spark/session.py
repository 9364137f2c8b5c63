"""Sessions of Spark Connect: a cluster that is there, with executors that have Passex.

Protocol and client: https://spark.apache.org/docs/latest/spark-connect-overview.html.
"""

from __future__ import annotations

import contextlib
import re
import socket
import sys
import warnings
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from ..errors import EXTRA, ClusterError, QueryError
from ..graph.version import __version__
from . import installed, waiting

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

#: Where Spark Connect listens, if a URL doesn't say.
_PORT: Final = 15002
#: So many rows are parted among all cores of a cluster.
_MANY: Final = 10_000
#: So many seconds are enough to be let in.
_PATIENCE: Final = 10
#: A request that finds nobody is made so many times again, a second or so apart.
_RETRIES: Final = 3
#: What begins the last line of what Python says on an executor.
_RAISED: Final = re.compile(r"^[\w.]*(?:Error|Exception|Interrupt|Warning)\b.*", re.MULTILINE)
#: What gRPC says, within much else.
_DETAILS: Final = re.compile(r'^\s*details = "(.+)"', re.MULTILINE)
_LENGTH: Final = 300


@contextlib.contextmanager
def _as_a_program() -> Iterator[None]:
    """Have the client see that this is no run of its doctests, which it takes `python -c` for.

    See ``check_dependencies`` of its ``sql/connect/utils.py``: it would end the process.
    """
    main = sys.modules["__main__"]
    if hasattr(main, "__file__"):
        yield
        return
    main.__file__ = "<passex>"
    try:
        yield
    finally:
        del main.__file__


@contextlib.contextmanager
def connect(url: str) -> Iterator[SparkSession]:
    """Open a session on a cluster, and check that its executors have Passex.

    Args:
        url: Of Spark Connect, such as ``sc://localhost:15002``.

    Yields:
        The session. What goes wrong with it meanwhile is a `ClusterError` too.

    Raises:
        QueryError: It is no such URL.
        ClusterError: Nobody answers there, the client isn't installed, or what runs on executors
            fails.
    """
    host, port = _address(url)
    with _as_a_program():
        yield from _connected(url, host, port)


def _connected(url: str, host: str, port: int) -> Iterator[SparkSession]:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what one library says to another
            from pyspark.errors import PySparkException
            from pyspark.sql import SparkSession
            from pyspark.sql.connect.client.retries import DefaultPolicy
    except ImportError as error:
        message = "--engine spark needs the client of Spark Connect, which is not installed"
        raise ClusterError(message, EXTRA.format("spark")) from error
    try:
        socket.create_connection((host, port), _PATIENCE).close()
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise ClusterError(
            f"no Spark Connect server at {url} ({reason})", "start it, or correct --spark"
        ) from error
    jobs = waiting.Waiting()
    with _translated(url, PySparkException, jobs), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        session = SparkSession.builder.remote(url).create()
        session.client.set_retry_policies([DefaultPolicy(max_retries=_RETRIES)])
        jobs.watch(session)
        try:
            _check(session)
            yield session
        finally:
            jobs.end()
            with contextlib.suppress(Exception):  # a server that is gone needs no farewell
                session.stop()


def _address(url: str) -> tuple[str, int]:
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError:
        host = port = None
        parts = urlsplit("")
    if parts.scheme != "sc" or not host:
        raise QueryError(f"'{url}' is no URL of Spark Connect", "give one as sc://localhost:15002")
    return host, _PORT if port is None else port


@contextlib.contextmanager
def _translated(url: str, kind: type[Exception], jobs: waiting.Waiting) -> Iterator[None]:
    """Say in one sentence what the client of Spark has against something."""
    try:
        yield
    except Exception as error:
        if jobs.over:
            long = f"{waiting.LONGEST:g} seconds"
            message = f"the cluster at {url} has had nobody to work on a job for {long}"
            raise ClusterError(message, "see whether its workers are there") from error
        if isinstance(error, kind):
            if other := installed.wrong(str(error)):
                hint = f"install passex {__version__} in their Python"
                raise ClusterError(other, hint) from error
            raise ClusterError(f"the cluster at {url} says: {reason(str(error))}") from error
        if not type(error).__module__.startswith("grpc"):  # which is not to be imported for this
            raise
        told = getattr(error, "details", lambda: "")() or type(error).__name__
        raise ClusterError(f"the cluster at {url} doesn't answer: {reason(str(told))}") from error


def reason(message: str) -> str:
    r"""Find the sentence in what an engine says: the last error of Python, or the first line.

    Example:
        >>> reason('boom\nTraceback (most recent call last):\n  File "x"\nValueError: no 7')
        'ValueError: no 7'
    """
    raised = _RAISED.findall(message)
    if details := _DETAILS.search(message):
        return reason(details[1])
    lines = [line.strip() for line in message.splitlines() if line.strip()]
    said = raised[-1] if raised and "Traceback" in message else (lines or ["nothing"])[0]
    said = " ".join(said.split()).rstrip(".")
    return said if len(said) <= _LENGTH else said[:_LENGTH] + "…"


def _check(session: SparkSession) -> None:
    """Have executors look for Passex: where nothing else runs, each of them.

    An engine makes as many parts of a range as it has cores, and begins with one on each executor.
    Those that come later look for themselves, with the first work that they do.
    """
    session.range(_MANY).mapInArrow(installed.checked(installed.nothing), "id long").collect()


def table(frame: DataFrame) -> list[dict[str, Any]]:
    """Fetch the rows of a small result."""
    rows: list[dict[str, Any]] = frame.toArrow().to_pylist()
    return rows
