"""Starting and stopping the server."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import hashlib
import logging
import os
import signal
import socket
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from types import FrameType
from typing import Final

import pyoxigraph as ox
import uvicorn
from starlette.types import ASGIApp

from ..errors import INTERRUPTED, OK, InputError, PassexError
from ..graph.opening import open_store
from ..graph.store import Store
from . import writer
from .errors import HTTPError
from .graphs import Changing, Source
from .pool import Pool
from .settings import ACCESS, Settings

#: A graph of more quads is put on the disk once, instead of into the memory of each worker.
SMALL: Final = 300_000
#: So many clients may be connected at once; a further one gets 503.
_CONNECTIONS: Final = 2000
#: How long requests have to end when the server is told to.
_GRACE: Final = 5
_LOOPBACK: Final = frozenset({"localhost", "127.0.0.1", "::1"})
#: Tells something in a line.
Tell = Callable[[str], None]


def serve(settings: Settings, announce: Tell, warn: Tell) -> int:
    """Run a server until it is told to stop.

    Args:
        announce: Is told the address, in a line, when requests are answered.
        warn: Is told what is no reason not to start.

    Returns:
        The exit code: `OK` after SIGTERM, `INTERRUPTED` after SIGINT.

    Raises:
        PassexError: The graph cannot be loaded, the store not be opened, the port is in use.
    """
    with contextlib.ExitStack() as stack:
        listener = stack.enter_context(_listen(settings.host, settings.port))
        scratch = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="passex-serve-")))
        path, version = "", ""
        if settings.store is None:
            path, version = _prepare(settings, scratch, warn)
        else:
            _fill(settings, settings.store, scratch, warn)
        if not settings.quiet:
            access = logging.getLogger(ACCESS)
            access.handlers = [logging.StreamHandler(sys.stderr)]
            access.setLevel(logging.INFO)
            access.propagate = False
        try:
            with contextlib.closing(_loop()) as loop:
                return loop.run_until_complete(_run(settings, listener, path, version, announce))
        except HTTPError as error:
            raise PassexError(str(error), "see what else uses it") from error


def _loop() -> asyncio.AbstractEventLoop:
    try:
        import uvloop
    except ModuleNotFoundError:
        return asyncio.new_event_loop()
    return uvloop.new_event_loop()


def _listen(host: str, port: int) -> socket.socket:
    if not host:
        # The system would take it for every address that there is.
        raise InputError("--host is empty", "give an address, such as 127.0.0.1")
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
        listener.listen(1024)
    except OSError as error:
        listener.close()
        reason = getattr(error, "strerror", None) or str(error)
        hint = "give another --port, or 0 for a free one"
        if isinstance(error, socket.gaierror) or error.errno == errno.EADDRNOTAVAIL:
            hint = "give a --host that is an address of this machine"
        raise InputError(f"cannot listen at {host}:{port} ({reason})", hint) from error
    return listener


def _opened(settings: Settings, warn: Tell) -> Store:
    opened = open_store(
        settings.data,
        settings.cached,
        warn,
        plain=True,
        as_of=settings.as_of,
        mixed=settings.mixed,
    )
    for note in opened.changed():
        warn(note)
    return opened


def _prepare(settings: Settings, scratch: Path, warn: Tell) -> tuple[str, str]:
    """Put the graph where workers read it: a file for their memory, or a store on the disk."""
    engine = _opened(settings, warn).engine
    target = scratch / "graph"
    if len(engine) > SMALL:
        copy = ox.Store(target)
        copy.bulk_extend(engine)
        copy.flush()
        copy.optimize()
        return str(target), os.urandom(8).hex()
    quads = engine.dump(format=ox.RdfFormat.N_QUADS)
    assert quads is not None
    target.write_bytes(quads)
    return str(target), hashlib.sha256(quads).hexdigest()[:16]


def _fill(settings: Settings, store: Path, scratch: Path, warn: Tell) -> None:
    try:
        if store.is_dir() and any(store.iterdir()):
            if not (store / "CURRENT").is_file():
                raise InputError(f"{store}: not a store", "give an empty folder, or a new one")
            if settings.data or settings.empty:
                message = f"{store}: there is a store already"
                raise InputError(message, "leave out what it begins with")
            return
        store.parent.mkdir(parents=True, exist_ok=True)
        if settings.empty:
            writer.fill(store.absolute(), None)
            return
        opened = _opened(settings, warn)
        if not writer.take(store.absolute(), opened):
            source = scratch / "graph"
            opened.engine.dump(str(source), format=ox.RdfFormat.N_QUADS)
            writer.fill(store.absolute(), source)
    except OSError as error:
        reason = error.strerror or str(error)
        raise InputError(f"{store}: cannot be made a store ({reason})", "check --store") from error


class _Server(uvicorn.Server):
    """uvicorn, which leaves signals to us: they decide about the exit code."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


async def _run(
    settings: Settings, listener: socket.socket, path: str, version: str, announce: Tell
) -> int:
    limits = settings.limits
    source: Source
    if settings.store is None:
        source = Source(path, version)
    else:
        source = Changing(settings.store.absolute(), limits, lambda: pool.graphs)
    pool = Pool(limits, source.fresh, lambda: source.path, path)
    async with contextlib.AsyncExitStack() as stack:
        if isinstance(source, Changing):
            await source.start()
            stack.push_async_callback(source.close)
        stack.push_async_callback(pool.close)
        starting = asyncio.ensure_future(pool.start())
        await asyncio.sleep(0.001)  # now that the workers are under way, imports cost no time
        from .answering import Answers
        from .app import Application

        answers = Answers(source, pool, limits, settings.service, settings.load)
        app = Application(answers, settings.origins, _names(settings))
        await starting
        return await _answer(app, listener, announce)


def _names(settings: Settings) -> frozenset[str]:
    """The names that the server is called by; none, which is any, where the world may call."""
    names = frozenset(name.lower().strip("[]") for name in settings.hosts)
    if settings.host in _LOOPBACK or settings.host.startswith("127."):
        return names | _LOOPBACK | {settings.host}
    return names | {settings.host} if names else names


async def _answer(app: ASGIApp, listener: socket.socket, announce: Tell) -> int:
    from .connection import Connection

    config = uvicorn.Config(
        app,
        http=Connection,
        ws="none",
        access_log=False,
        log_config=None,
        lifespan="off",
        interface="asgi3",
        server_header=False,
        proxy_headers=False,
        limit_concurrency=_CONNECTIONS,
        timeout_graceful_shutdown=_GRACE,
    )
    logging.getLogger("uvicorn").setLevel(logging.CRITICAL)
    running = _Server(config)
    signals: list[int] = []

    def stop(number: int, frame: FrameType | None = None) -> None:
        # A second time: at once.
        running.force_exit = bool(signals)
        running.should_exit = True
        signals.append(number)

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, stop)
    host, port = listener.getsockname()[:2]
    announce(f"http://{f'[{host}]' if ':' in host else host}:{port}/")
    await running.serve(sockets=[listener])
    return INTERRUPTED if signals and signals[0] == signal.SIGINT else OK


def origins(values: Sequence[str]) -> tuple[str, ...]:
    """Check the origins that are given on the command line, and write them in lower case.

    Raises:
        InputError: One is neither ``*`` nor such as ``https://example.org``.

    Example:
        >>> origins(["https://Example.org"])
        ('https://example.org',)
    """
    for value in values:
        scheme, separator, rest = value.partition("://")
        if value != "*" and not (scheme and separator and rest and "/" not in rest):
            hint = "give one such as https://example.org, or *"
            raise InputError(f"'{value}' is no origin", hint)
    return tuple(value.lower() for value in values)
