"""`python -m passex`, and the command `passex`: it heeds Ctrl-C before it imports much."""

from __future__ import annotations

import os
import signal


def main() -> None:
    """Run the command line, and end the process; the entry point of the package."""
    # Not where Ctrl-C is ignored, as in the background of a shell.
    if callable(signal.getsignal(signal.SIGINT)):
        signal.signal(signal.SIGINT, _end)
    from .cli import main as run

    run()


def _end(*_: object) -> None:
    # What `_interrupt.end` does, which is not imported yet: amidst an import an exception may come
    # out as another one.
    os.write(2, b"passex: interrupted\n")
    os._exit(130)


if __name__ == "__main__":
    main()
