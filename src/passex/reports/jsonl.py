"""The problems in JSON, one a line; `docs/reports.md` describes the fields."""

from __future__ import annotations

from collections.abc import Iterator

from ..validation.results import Report
from . import Options
from .json import dump, problem_records


def write(report: Report, options: Options) -> Iterator[str]:
    """Write a line for each problem and nothing else: nothing at all where there are none."""
    for record in problem_records(report, options):
        yield dump(record) + "\n"
