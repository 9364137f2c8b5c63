"""One validation, and the report of it, as the command line has them."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ._layout import table

if TYPE_CHECKING:
    from ..validation.baseline import Entry
    from ..validation.examine import Validation
    from ..validation.problems import Report, Severity
    from ..validation.request import Request


class Once:
    """One validation as the command line has it."""

    def __init__(
        self,
        form: str,
        output: str | None,
        baseline: str | None,
        write_baseline: str | None,
        coverage: bool,
        verbose: bool,
        fail_on: Severity,
        endpoint: str | None,
    ) -> None:
        self._form = form
        self._output = output
        self._baseline = baseline
        self._write_baseline = write_baseline
        self._coverage = coverage
        self._verbose = verbose
        self._fail_on = fail_on
        self._endpoint = endpoint
        self._known: list[Entry] | None = None

    def check(self, request: Request) -> Validation:
        """Validate."""
        if self._baseline:
            from ..validation import baseline

            self._known = baseline.read(Path(self._baseline))
        if self._endpoint is None:
            from ..validation.run import validate as checked

            return checked(request)
        from ..validation.run import validate_endpoint

        return validate_endpoint(self._endpoint, request)

    def tell(self, done: Validation) -> int:
        """Report, and give the exit code."""
        from ..errors import FAILED, OK, PROBLEMS

        if self._baseline or self._write_baseline:
            from ..validation import baseline
        base = Path.cwd().as_posix()
        if self._verbose:
            for line in done.report.engines:
                click.echo(f"passex: {line}", err=True)
        if self._write_baseline and not done.unreadable:
            entries = baseline.entries(done.report, base)
            baseline.write(Path(self._write_baseline), entries)
            click.echo(f"{self._write_baseline}: {len(entries)} known problems", err=True)
            return OK
        report = done.report
        if self._known is not None:
            report = baseline.apply(report, self._known, base)
        self._print(report, base)
        if self._coverage and done.outcome is not None:
            click.echo("\n".join(_covered(done)), err=self._form != "text" and not self._output)
        if done.unreadable:
            return FAILED
        worst = max((problem.severity for problem in report.problems), default=None)
        return PROBLEMS if worst is not None and worst >= self._fail_on else OK

    def _print(self, report: Report, base: str) -> None:
        from ..reports import Options, write

        colour = sys.stdout.isatty() and not os.environ.get("NO_COLOR") and not self._output
        pieces = write(self._form, report, Options(base, colour, self._fail_on))
        if self._output:
            from ..graph.files import write_whole

            write_whole(Path(self._output), pieces)
            return
        for piece in pieces:
            click.echo(piece, nl=False)


def _covered(done: Validation) -> list[str]:
    from ..validation.coverage import coverage

    assert done.outcome is not None
    found = coverage(done.inputs, done.outcome.focus_counts)
    parts: Iterable[tuple[str, str, dict[str, int]]] = (
        ("shape", "nodes it looked at", dict(found.shapes)),
        ("class that no shape names", "nodes", dict(found.classes)),
        ("predicate that no shape names", "triples", dict(found.predicates)),
    )
    lines: list[str] = []
    for what, number, figures in parts:
        rows = [(name, str(figure)) for name, figure in figures.items()]
        lines += ["", *table((what, number), rows or [("none", "")], [1])]
    return lines
