"""One validation, and the report of it, as the command line has them."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from ..text.excerpts import visible
from ..text.styles import is_coloured
from ..text.wording import say
from ._layout import table
from ._stderr import complain, patience
from ._writing import print_diff

#: So many problems are named where the report has no words for them.
_NAMED: Final = 10

if TYPE_CHECKING:
    from ..validation.reporting import Validation
    from ..validation.request import Request
    from ..validation.results import Problem, Report, Severity


@dataclass(frozen=True)
class ValidationRun:
    """A validation as the command line has it: what is checked, and what becomes of the report.

    Attributes:
        request: What is checked.
        report: The form of the report, one of `passex.reports.FORMATS`.
        fail_on: The mildest severity that ends with exit code 1.
        output: The file for the report, if it isn't printed.
        baseline: The file of problems that are kept quiet.
        write_baseline: The file to which the problems are written instead.
        endpoint: The SPARQL server that has the graph, if no files do.
        cluster: The URL of the cluster that has the graph, and where it has it, if one does.
        coverage: Whether to print what was looked at.
        verbose: Whether to say on standard error which engine did what.
        fix: Whether what is certain is written into the files first.
        diff: Whether it is shown instead what would be written.
    """

    request: Request
    report: str
    fail_on: Severity
    output: str | None = None
    baseline: str | None = None
    write_baseline: str | None = None
    endpoint: str | None = None
    cluster: tuple[str, tuple[str, ...]] | None = None
    coverage: bool = False
    verbose: bool = False
    fix: bool = False
    diff: bool = False

    def __call__(self) -> tuple[int, Validation]:
        """Validate and report, and give the exit code with what the report rests on."""
        from ..errors import FAILED, OK, PROBLEMS
        from ..validation.results import UNSUPPORTED
        from ..validation.run import validate, validate_endpoint

        self._check()
        if self.baseline or self.write_baseline:
            from ..validation import baseline
        known = baseline.read(Path(self.baseline)) if self.baseline else None
        base = Path.cwd().as_posix()

        def told(report: Report) -> Report:
            return report if known is None else baseline.apply(report, known, base)

        if self.fix or self.diff:
            done = self._fixed(told)
        else:
            with patience("checking the graph"):
                if self.cluster is not None:
                    from ..spark import validating

                    done = validating.validate(*self.cluster, self.request)
                elif self.endpoint is None:
                    done = validate(self.request)
                else:
                    done = validate_endpoint(self.endpoint, self.request)
        report = done.report
        for line in (*report.notes, *(report.engines if self.verbose else ())):
            click.echo(f"passex: {visible(line)}", err=True)
        if self.write_baseline and not done.unreadable:
            entries = baseline.entries(report, base)
            baseline.write(Path(self.write_baseline), entries)
            click.echo(f"{self.write_baseline}: {say(len(entries), 'known problem')}", err=True)
            return OK, done
        report = told(report)
        if not self.diff:
            self._print(report, base)
        if self.coverage and done.outcome is not None:
            click.echo("\n".join(_covered(done)), err=self.report != "text" and not self.output)
        failing = [problem for problem in report.problems if problem.severity >= self.fail_on]
        if self.report == "turtle":
            _tell_what_has_no_words(failing)
        if done.unreadable or any(problem.rule == UNSUPPORTED for problem in failing):
            return FAILED, done
        return (PROBLEMS if failing else OK), done

    def _check(self) -> None:
        """Refuse options that do not go together."""
        from ..errors import QueryError

        option = "--diff" if self.diff else "--fix"
        if (self.fix or self.diff) and self.endpoint is not None:
            raise QueryError(
                f"{option} is for files, and --endpoint is none", "leave one of them out"
            )
        others = (
            ("--output", self.output),
            ("--report", self.report != "text"),
            ("--coverage", self.coverage),
            ("--write-baseline", self.write_baseline),
        )
        for name, given in others if self.diff else ():
            if given:
                message = f"--diff prints a diff in place of a report, and {name} is about that"
                raise QueryError(message, "leave one of them out")

    def _fixed(self, told: Callable[[Report], Report]) -> Validation:
        """Fix what is certain, or show it; give the validation of the files as they are then."""
        from ..curation.fix import find_fixes
        from ..text.wording import say

        with patience("checking the graph"):
            fixes = find_fixes(self.request, told)
        first, last = (told(one.report).problems for one in (fixes.first, fixes.last))
        left, more = len(last), len(first) - len(last) - fixes.number
        if self.diff:
            print_diff(fixes.diff())
        else:
            fixes.write()
        number, files = say(fixes.number, "problem"), say(len(fixes.changes), "file")
        if not fixes.changes:
            complain(f"nothing to fix; {say(left, 'problem')} left" if left else "nothing to fix")
        elif self.diff:
            went = f" ({more} more would go with that)" if more > 0 else ""
            complain(f"would fix {number} in {files}{went}; {left or 'none'} would be left")
        else:
            went = f" ({more} more went with that)" if more > 0 else ""
            are = "is" if left < 2 else "are"
            complain(f"fixed {number} in {files}{went}; {left or 'none'} {are} left")
        return fixes.first if self.diff else fixes.last

    def _print(self, report: Report, base: str) -> None:
        from ..reports import Options, write

        colour = is_coloured(sys.stdout) and not self.output
        pieces = write(self.report, report, Options(base, colour, self.fail_on))
        if self.output:
            from ..graph.files import write_whole

            write_whole(Path(self.output), pieces)
            return
        for piece in pieces:
            click.echo(piece, nl=False)


def _tell_what_has_no_words(failing: Sequence[Problem]) -> None:
    """Name on standard error what fails and the report of the W3C has no words for."""
    others = [problem for problem in failing if not problem.component]
    for problem in others[:_NAMED]:
        where = ""
        if problem.place is not None:
            line = f":{problem.place.line}:{problem.place.column}" if problem.place.line else ""
            where = f"{problem.place.file}{line}: "
        click.echo(f"passex: {visible(f'{where}{problem.message} [{problem.rule}]')}", err=True)
    if len(others) > _NAMED:
        rest = len(others) - _NAMED
        more = f"{say(rest, 'more problem', ',')} that {'is' if rest == 1 else 'are'}"
        click.echo(f"passex: {more} not of shapes; --report text has them", err=True)


def _covered(done: Validation) -> list[str]:
    from ..validation.explain import coverage

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
