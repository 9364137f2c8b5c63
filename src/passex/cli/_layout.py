"""Text laid out and coloured for a terminal, and left plain for a pipe or a file."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final

from ..text import excerpts
from ..text.styles import closed, is_coloured, mark, painted, unmarked

if TYPE_CHECKING:
    from ..evidence.claims import Anchor, Claim

#: Between two columns.
_GAP: Final = "  "
#: A word that is longer than this may be broken for other columns.
_LONG: Final = 20
#: A terminal that says it is narrower is not believed.
_LEAST: Final = 40
#: Of what is called off, the status begins so.
_OFF: Final = ("cancelled", "postponed", "suspended")
_PLAIN: Final[Mapping[str, str]] = {}


def room() -> int | None:
    """Give the width of the terminal; None where the answer goes into a pipe or a file."""
    if not sys.stdout.isatty():
        return None
    import shutil  # which imports what most answers never need

    return max(_LEAST, shutil.get_terminal_size().columns)


def shape() -> str:
    """Say what laid-out text depends on besides its words."""
    return f"{room()} {is_coloured(sys.stdout)}"


def styled(text: str, style: str) -> str:
    """Have a text shown in one of `styles.STYLES` where there is colour."""
    return mark(text, style) if is_coloured(sys.stdout) else text


def status(text: str) -> str:
    """Have how something stands shown in its colour: held, under way, only planned, or off."""
    known = text.replace("-", " ")
    style = next((name for name in ("held", "under way") if known.startswith(name)), "planned")
    return styled(text, "off" if known.startswith(_OFF) else style)


def visible(line: str) -> str:
    """Write a line for a terminal: its styles, and nothing of the graph's own that steers it."""
    return painted(excerpts.visible(line))


def width(text: str) -> int:
    """Count the columns that a text takes; its marks take none."""
    return excerpts.width(unmarked(text))


def table(
    header: Sequence[str],
    rows: Sequence[Sequence[str]],
    right: Sequence[int] = (),
    styles: Mapping[str, str] = _PLAIN,
) -> list[str]:
    """Lay out rows in columns that fit the terminal.

    Where the columns are too wide together, the cells of the widest are broken into several lines;
    where there are too many columns for that, each row becomes a list of its cells. Nothing is cut.

    ``right`` has the numbers of the columns that are set flush right; ``styles`` the styles of some
    columns by their names, and ``status`` that of one whose cells say how something stands.

    Example:
        >>> table(["who", "n"], [["Japan", "10"]], [1])
        ['who     n', 'Japan  10']
    """
    if is_coloured(sys.stdout):
        rows = [
            [_cell(cell, styles.get(name, "")) for name, cell in zip(header, row, strict=True)]
            for row in rows
        ]
        header = [styled(name, "dim") for name in header]
    widths = [max(map(width, column)) for column in zip(header, *rows, strict=True)]
    columns = room()
    if columns is not None:
        least = [
            min(_LONG, max(width(word) for cell in column for word in cell.split(" ")))
            for column in zip(header, *rows, strict=True)
        ]
        fitted = _fitted(widths, least, columns - len(_GAP) * (len(widths) - 1))
        if fitted is None:
            return _listed(header, rows)
        widths = fitted
    lines = []
    for row in [header, *rows]:
        parts = [broken(cell, space) for cell, space in zip(row, widths, strict=True)]
        for number in range(max(map(len, parts))):
            cells = []
            for i, part in enumerate(parts):
                text = part[number] if number < len(part) else ""
                space = " " * (widths[i] - width(text))
                cells.append(space + text if i in right else text + space)
            lines.append(_GAP.join(cells).rstrip())
    return lines


def _cell(text: str, style: str) -> str:
    return status(text) if style == "status" else styled(text, style) if style else text


def _fitted(widths: Sequence[int], least: Sequence[int], columns: int) -> list[int] | None:
    """Take from the widest columns what is too much; None where that is not enough."""
    if sum(least) > columns:
        return None
    fitted = list(widths)
    while sum(fitted) > columns:
        room_left = [i for i, space in enumerate(fitted) if space > least[i]]
        fitted[max(room_left, key=fitted.__getitem__)] -= 1
    return fitted


def _listed(header: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    lines: list[str] = []
    for row in rows:
        lines += [""] if lines else []
        for name, cell in zip(header, row, strict=True):
            lines += wrap(f"{name}: {cell}".rstrip(), "", "  ")
    return lines


def broken(text: str, space: int) -> list[str]:
    """Break a line between words; within a word only where it is longer than a line.

    Example:
        >>> broken("a long conversation", 7)
        ['a long', 'convers', 'ation']
    """
    return closed(_broken(text, space))


def _broken(text: str, space: int) -> list[str]:
    if width(text) <= space:
        return [text]
    lines = [""]
    for word in text.split(" "):
        if width(lines[-1]) + 1 + width(word) <= space and lines[-1]:
            lines[-1] += f" {word}"
            continue
        if lines[-1]:
            lines.append("")
        for character in word:
            if lines[-1] and width(lines[-1]) + width(character) > space:
                lines.append("")
            lines[-1] += character
    return lines


def wrap(text: str, indent: str, hanging: str) -> list[str]:
    """Break a line to the width of the terminal; what goes into a pipe or file is left as it is.

    The first line begins with `indent`; further ones with `hanging`, which isn't narrower.
    """
    columns = room()
    if columns is None or width(indent + text) <= columns:
        return [indent + text]
    # A broken line begins with a word.
    text = text.lstrip(" ")
    first, *_ = _broken(text, columns - width(indent))
    rest = text[len(first) :].lstrip(" ")
    lines = closed([first, *_broken(rest, columns - width(hanging))])
    return [indent + lines[0], *(hanging + line for line in lines[1:])]


def claim_lines(claim: Claim, indent: str) -> list[str]:
    """Write a claim: what it says, who says so, how certain, on what basis, and where.

    The lines are broken to the width of the terminal, and begin with ``indent``.
    """
    lines = wrap(claim.label, f"{indent}- ", f"{indent}  ")
    who = ", ".join(speaker.label for speaker in claim.attributed_to) or "nobody named"
    details = [f"said by {who}"]
    via = ", ".join(outlet.label for outlet in claim.reported_via)
    details += [f"via {via}"] if via else []
    details += [claim.certainty, claim.basis]
    details += [f"on {', '.join(claim.on_properties)}"] if claim.on_properties else []
    details[-1] += f": {claim.says}" if not claim.label.endswith(claim.says) else ""
    lines += wrap(styled("; ".join(details), "dim"), f"{indent}  ", f"{indent}    ")
    if claim.source:
        lines += wrap(styled(f"source: {claim.source}", "dim"), f"{indent}  ", f"{indent}    ")
    for anchor in claim.evidence:
        lines += _anchor(anchor, f"{indent}  ")
    return lines


def _anchor(anchor: Anchor, indent: str) -> list[str]:
    if anchor.is_row:
        return wrap(anchor.row, indent, f"{indent}  ")
    place = f"{anchor.label}, {anchor.zone} {anchor.start}"
    place += f" to {anchor.end}" if anchor.end != anchor.start else ""
    lines = wrap(f"“{anchor.exact}” {styled(f'({place})', 'dim')}", indent, f"{indent}  ")
    if anchor.sentence is not None:
        before, there, after = anchor.sentence
        if there == anchor.exact:
            lines += wrap(f"{before}[{there}]{after}", f"{indent}  ", f"{indent}  ")
        else:
            lines += wrap(f"the text has “{there}” there", f"{indent}  ", f"{indent}  ")
    return lines
