"""Pictures as files that anything opens: SVG, and PNG and PDF of the same drawing.

PNG and PDF are made by Typst (https://typst.app/docs/reference/visualize/image), whose package has
all that it takes; names are in the fonts of the system.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, Literal

from ..errors import EXTRA, PassexError
from .columns import Report
from .drawing import strongest
from .drawing import svg as drawing
from .model import Picture

#: How many pixels of PNG a pixel of SVG is by default, as on screens of today.
SCALE: Final = 2.0
#: Larger pictures are nothing but lines.
_LARGE: Final = 2000
#: Pixels to the inch, as SVG and CSS count them.
_INCH: Final = 96
#: A page as large as the picture; without a date, so that the same graph gives the same bytes.
_PAGE: Final = b"""#set page(width: auto, height: auto, margin: 0pt)
#set document(date: none, title: sys.inputs.title)
#image(bytes(sys.inputs.svg), format: "svg", alt: sys.inputs.title)
"""


def svg(picture: Picture, report: Report) -> Iterator[str]:
    """Draw a picture as SVG, which turns dark where its reader has chosen that.

    Raises:
        PassexError: It has more nodes than a picture can show.
    """
    yield _drawn(picture, report, dark=True)


def png(picture: Picture, report: Report, scale: float = SCALE) -> Iterator[bytes]:
    """Draw a picture as PNG, on light ground.

    Args:
        scale: How many pixels a pixel of the SVG becomes.

    Raises:
        PassexError: As `svg` does; or Typst is not installed.
    """
    yield _typeset(picture, report, "png", _INCH * scale)


def pdf(picture: Picture, report: Report) -> Iterator[bytes]:
    """Draw a picture as PDF: a page of its size, whose names can be searched for.

    Raises:
        PassexError: As `svg` does; or Typst is not installed.
    """
    yield _typeset(picture, report, "pdf")


def _drawn(picture: Picture, report: Report, dark: bool) -> str:
    shown, _ = strongest.of(picture)
    if len(shown.nodes) > _LARGE:
        raise PassexError(
            f"{len(shown.nodes)} nodes are more than a picture can show ({_LARGE})",
            "narrow it down, or export gexf for Gephi",
        )
    return drawing.draw(picture, dark, report=report)


def _typeset(
    picture: Picture, report: Report, form: Literal["png", "pdf"], ppi: float | None = None
) -> bytes:
    try:
        import typst
    except ModuleNotFoundError:
        raise PassexError(
            f"{form.upper()} is made by Typst, which is not installed", EXTRA.format("pictures")
        ) from None
    given = {"svg": _drawn(picture, report, dark=False), "title": report.visible(picture.title)}
    return typst.compile(_PAGE, format=form, ppi=ppi, sys_inputs=given)
