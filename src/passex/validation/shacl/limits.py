"""Limits of time: for work that does not look at the clock, and for regular expressions.

What runs in the store cannot be stopped, but it leaves Python's lock alone: it is done in a thread,
and left there. What runs in Python, such as a regular expression in a query of rdflib, may keep the
lock for itself, so that no other thread can tell that time is up: a signal ends it.

Regular expressions that the store can translate it decides itself, in time that grows with the
text. The rest, with references to groups and looks ahead, is Python's: there a short pattern can
take for ever, and nothing in the same process can stop it. So longer texts are matched in a process
of their own.
"""

from __future__ import annotations

import json
import re
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final, TypeVar

import pyoxigraph as ox

from ...errors import PassexError, TimeoutError
from ...query.threads import release, start_deep
from ...text.wording import say
from . import regex

if TYPE_CHECKING:
    import subprocess

_T = TypeVar("_T")
#: The seconds that the match of one text may take.
SECONDS: Final = 1.0
#: Up to this length no pattern of a sensible size takes noticeably long.
_SHORT: Final = 16
#: `faulthandler` ends the process from outside the interpreter, which a match never leaves.
_LOOP: Final = f"""
import faulthandler, json, os, re, sys
nowhere = open(os.devnull, "w")
for line in sys.stdin:
    pattern, flags, text = json.loads(line)
    faulthandler.dump_traceback_later({SECONDS}, exit=True, file=nowhere)
    found = re.search(pattern, text, flags) is not None
    faulthandler.cancel_dump_traceback_later()
    print(int(found), flush=True)
"""


class PatternError(PassexError):
    """A regular expression that takes too long."""


class _Expired(BaseException):
    """Time is up: no error, so that nobody takes it for one of the work's own."""


class Limit:
    """A limit of some seconds that begins to run at once; None for as long as it takes.

    Attributes:
        busy: What is worked on, so that it can be named when time is up.
    """

    def __init__(self, seconds: float | None) -> None:
        self.busy: list[ox.NamedNode | ox.BlankNode] = []
        self._seconds = seconds
        self._end = None if seconds is None else time.monotonic() + seconds

    def apart(self, work: Callable[[], _T]) -> _T:
        """Do some work in a thread of its own; left there, with a TimeoutError, if too long.

        There the engine has room for the queries of strangers: thousands of alternatives, say.
        """
        done: list[_T] = []
        failed: list[BaseException] = []

        def run() -> None:
            try:
                done.append(work())
            except BaseException as error:
                release(error)
                failed.append(error)

        thread = threading.Thread(target=run, daemon=True)
        start_deep(thread)
        thread.join(None if self._end is None else max(0, self._end - time.monotonic()))
        if thread.is_alive():
            raise self._over()
        if failed:
            raise failed[0]
        return done[0]

    @contextmanager
    def at(self, node: ox.NamedNode | ox.BlankNode) -> Iterator[None]:
        """Note what is worked on; what never ends stays noted."""
        self.busy.append(node)
        try:
            yield
        except Exception:
            self.busy.remove(node)
            raise
        self.busy.remove(node)

    def here(self, work: Callable[[], _T]) -> _T:
        """Do some work of Python's in this thread, and end it if it takes too long.

        Signals come to the main thread alone, and not on every system: elsewhere it is done apart.
        """
        main = threading.current_thread() is threading.main_thread()
        if self._end is None or not main or not hasattr(signal, "setitimer"):
            return self.apart(work)

        expired = False

        def expire(*_: object) -> None:
            nonlocal expired
            expired = True
            raise _Expired

        def tell(unraisable: sys.UnraisableHookArgs) -> None:
            if unraisable.exc_type is not _Expired:
                hook(unraisable)

        hook, sys.unraisablehook = sys.unraisablehook, tell
        before = signal.signal(signal.SIGALRM, expire)
        try:
            try:
                # Again and again: what ends in the midst of a finaliser is lost.
                signal.setitimer(signal.ITIMER_REAL, max(1e-6, self._end - time.monotonic()), 0.5)
                return work()
            finally:
                # In here, so that an alarm on the way out is caught like any other.
                signal.setitimer(signal.ITIMER_REAL, 0)
        except BaseException as error:
            # Amidst an import, or in a callback of C, an alarm may come out as another error.
            if expired and not isinstance(error, KeyboardInterrupt):
                raise self._over() from None
            raise
        finally:
            signal.signal(signal.SIGALRM, before)
            sys.unraisablehook = hook

    def _over(self) -> TimeoutError:
        assert self._seconds is not None  # or nothing would be past it
        return TimeoutError(
            f"the validation took longer than {say(self._seconds, 'second', 'g')}",
            "give it more with --timeout, or look for a constraint that never ends",
        )


class Matcher:
    """Matches texts with patterns of Python, each within `SECONDS`."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[str] | None = None
        self._lock = threading.Lock()

    def search(self, pattern: re.Pattern[str], text: str) -> bool:
        """Tell whether a pattern is found in a text.

        Raises:
            PatternError: It takes too long.

        Example:
            >>> matcher = Matcher()
            >>> matcher.search(re.compile("a(?=b)"), "long enough to be matched elsewhere: ab")
            True
            >>> matcher.close()
        """
        if len(text) <= _SHORT:
            return pattern.search(text) is not None
        with self._lock:
            process = self._running()
            assert process.stdin
            assert process.stdout
            task = json.dumps([pattern.pattern, pattern.flags, text])
            print(task, file=process.stdin, flush=True)
            answer = process.stdout.readline()
            if not answer:
                self.close()
                written = pattern.pattern.replace(r"\Z", "$")
                raise PatternError(
                    f"the pattern '{written}' of sh:pattern takes more than {SECONDS:g} "
                    "second for one text",
                    "write it without repetitions within repetitions",
                )
        return answer.strip() == "1"

    def _running(self) -> subprocess.Popen[str]:
        if self._process is None:
            import subprocess

            self._process = subprocess.Popen(
                [sys.executable, "-I", "-S", "-c", _LOOP],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
                encoding="ascii",
            )
        return self._process

    def close(self) -> None:
        """End the process."""
        if self._process is not None:
            self._process.kill()
            self._process.communicate()
            self._process = None


class Bounded:
    """A compiled pattern, as pySHACL uses it, that ends in any case.

    Where the matcher gives up, the store decides, if it knows such patterns.
    """

    def __init__(self, pattern: re.Pattern[str], matcher: Matcher) -> None:
        self._pattern = pattern
        self._matcher = matcher

    def search(self, text: str) -> bool:
        """Tell whether the pattern is found; PatternError if neither way ends in time."""
        try:
            return self._matcher.search(self._pattern, text)
        except PatternError:
            flags = "".join(s for s, flag in regex.FLAGS.items() if self._pattern.flags & flag)
            translation = regex.translate(self._pattern.pattern, flags)
            if translation is None or (translation.ascii_only and not text.isascii()):
                raise
            query = f"ASK {{ FILTER(REGEX({ox.Literal(text)}, {ox.Literal(translation.text)})) }}"
            return bool(ox.Store().query(query))

    #: What pySHACL tries first finds nothing that a search does not.
    match = search
