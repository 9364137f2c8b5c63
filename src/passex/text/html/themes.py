"""Colours of pages and drawings on light and on dark ground."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Theme:
    """Colours of a page or a drawing on light or on dark ground.

    Attributes:
        paper: The ground.
        ink: Names, and the outlines of nodes.
        quiet: The key, and what is said about the picture.
        held: Lines of what was held, or has no status.
        way: Lines of what is under way.
        planned: Lines of what is planned.
    """

    paper: str
    ink: str
    quiet: str
    held: str
    way: str
    planned: str


LIGHT: Final = Theme("#ffffff", "#16202c", "#55606e", "#5c6877", "#0072b2", "#c04e00")
DARK: Final = Theme("#12181f", "#e8edf3", "#a5b0bd", "#a3afbd", "#56b4e9", "#ff9a4d")


def sheet() -> str:
    """Write both as a style sheet: dark where the page's element says so.

    Example:
        >>> sheet()[:33]
        ':root { --paper: #ffffff; --ink: '
    """
    return f':root {{ {variables(LIGHT)} }}\n:root[data-theme="dark"] {{ {variables(DARK)} }}\n'


def of_system() -> str:
    """Write both as a style sheet: dark where the reader's system is.

    Example:
        >>> of_system().splitlines()[1][:45]
        '@media (prefers-color-scheme: dark) { :root {'
    """
    dark = f"@media (prefers-color-scheme: dark) {{ :root {{ {variables(DARK)} }} }}"
    return f":root {{ {variables(LIGHT)} }}\n{dark}\n"


def variables(theme: Theme) -> str:
    """Write a theme as declarations of a style sheet.

    Example:
        >>> variables(LIGHT)[:34]
        '--paper: #ffffff; --ink: #16202c; '
    """
    return " ".join(f"--{name}: {value};" for name, value in asdict(theme).items())
