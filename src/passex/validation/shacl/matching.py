"""Regular expressions of Python in bounded time.

What the store can translate it decides itself, in time that grows with the text. The rest, with
references to groups and looks ahead, is Python's: there a short pattern can take for ever, and
nothing in the same process can stop it. So longer texts are matched in a process of their own.
"""

from __future__ import annotations

import json
import re
import sys
from threading import Lock
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from ...errors import PassexError
from . import regex

if TYPE_CHECKING:
    import subprocess

#: The seconds that one text may take.
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


class Matcher:
    """Matches texts, each within `SECONDS`."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[str] | None = None
        self._lock = Lock()

    def search(self, pattern: re.Pattern[str], text: str) -> bool:
        """Tell whether a pattern is found in a text.

        Args:
            pattern: The pattern.
            text: The text.

        Returns:
            Whether it is.

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
            return self._ask(json.dumps([pattern.pattern, pattern.flags, text]), pattern)

    def _ask(self, question: str, pattern: re.Pattern[str]) -> bool:
        if self._process is None:
            import subprocess

            self._process = subprocess.Popen(
                [sys.executable, "-I", "-S", "-c", _LOOP],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
                encoding="ascii",
            )
        process = self._process
        assert process.stdin
        assert process.stdout
        print(question, file=process.stdin, flush=True)
        answer = process.stdout.readline()
        if not answer:
            self.close()
            raise PatternError(
                f"the pattern '{pattern.pattern}' of sh:pattern takes more than {SECONDS:g} second"
                " for one text",
                "write it without repetitions within repetitions",
            )
        return answer.strip() == "1"

    def close(self) -> None:
        """End the process."""
        if self._process is not None:
            self._process.kill()
            self._process.communicate()
            self._process = None


class Bounded:
    """A compiled pattern, as pySHACL uses it, that ends in any case.

    Args:
        pattern: The pattern.
        matcher: What matches; where it gives up, the store decides, if it knows such patterns.
    """

    def __init__(self, pattern: re.Pattern[str], matcher: Matcher) -> None:
        self._pattern = pattern
        self._matcher = matcher

    def search(self, text: str) -> bool:
        """Tell whether the pattern is found in a text.

        Raises:
            PatternError: It takes too long, and the store does not know it.
        """
        try:
            return self._matcher.search(self._pattern, text)
        except PatternError:
            translation = regex.translate(self._pattern.pattern, self._flags())
            if translation is None or (translation.ascii_only and not text.isascii()):
                raise
            query = f"ASK {{ FILTER(REGEX({ox.Literal(text)}, {ox.Literal(translation.text)})) }}"
            return bool(ox.Store().query(query))

    #: What pySHACL tries first finds nothing that a search does not.
    match = search

    def _flags(self) -> str:
        letters = (("i", re.IGNORECASE), ("m", re.MULTILINE))
        return "".join(letter for letter, flag in letters if self._pattern.flags & flag)
