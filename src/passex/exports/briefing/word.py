"""Briefings as documents of Word (Office Open XML, ISO/IEC 29500), two pages of A4.

python-docx (https://python-docx.readthedocs.io) writes them; the picture is the PNG of
`passex.exports.pictures`. The same graph gives the same bytes.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final

from ...errors import EXTRA, PassexError
from ...graph.version import __version__
from ...text.excerpts import visible
from .. import pictures
from ..columns import Report
from . import Briefing, contents
from .contents import Entry, Section

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph

#: Centimetres: A4, its margins, and the largest picture.
_PAGE: Final = (21.0, 29.7)
_MARGIN: Final = 2.0
_PICTURE: Final = (17.0, 9.5)
#: Points: of the text, of what is small, and between paragraphs.
_TEXT: Final = 10
_SMALL: Final = 8.5
_BETWEEN: Final = 3
_FONT: Final = "Calibri"
_NO_TIME: Final = (1980, 1, 1, 0, 0, 0)
#: Who made it; python-docx would write the day on which its own template was made.
_CORE: Final = "docProps/core.xml"
_PROPERTIES: Final = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<cp:coreProperties \
xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" \
xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{}</dc:title><dc:creator>{}</dc:creator>\
<dc:language>en</dc:language></cp:coreProperties>"""


def write(briefing: Briefing, report: Report) -> Iterator[bytes]:
    """Write a briefing.

    Raises:
        PassexError: python-docx or Typst is not installed.
    """
    try:
        import docx
    except ModuleNotFoundError:
        raise PassexError(
            "DOCX is written by python-docx, which is not installed", EXTRA.format("briefing")
        ) from None
    image = b"".join(pictures.png(briefing.picture, report))
    said = contents.of(briefing)
    document = docx.Document()
    _prepare(document)
    document.add_heading(_plain(said.title), 0)
    for sentence in said.policy:
        _paragraph(document, sentence)
    opening, *rest = said.sections
    _section(document, opening)
    _show(document, image, briefing.picture.title)
    if said.caption:
        _paragraph(document, said.caption, small=True)
    for section in rest:
        _section(document, section)
    written = io.BytesIO()
    document.save(written)
    made = (report.xml(_plain(said.title)), f"Passex {__version__}")
    yield _timeless(written, _PROPERTIES.format(*made))


def _prepare(document: Document) -> None:
    """Set the page, and styles that leave room for two pages of text."""
    from docx.shared import Cm, Pt

    page = document.sections[0]
    page.page_width, page.page_height = map(Cm, _PAGE)
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = Cm(_MARGIN)
    sizes = {"Normal": _TEXT, "Title": 20, "Heading 1": 12.5, "List Bullet": _TEXT}
    for name, size in sizes.items():
        style: Any = document.styles[name]
        style.font.name, style.font.size = _FONT, Pt(size)
        style.paragraph_format.space_after = Pt(_BETWEEN)
        style.paragraph_format.space_before = Pt(8 if name == "Heading 1" else 0)


def _show(document: Document, image: bytes, title: str) -> None:
    """Put the picture in, as large as there is room, with words for whoever doesn't see it."""
    from docx.shared import Cm

    shape = document.add_picture(io.BytesIO(image))
    least = min(Cm(_PICTURE[0]) / shape.width, Cm(_PICTURE[1]) / shape.height)
    shape.width, shape.height = int(shape.width * least), int(shape.height * least)
    shape._inline.docPr.set("descr", _plain(title))


def _section(document: Document, section: Section) -> None:
    document.add_heading(_plain(section.heading), 1)
    for sentence in section.sentences:
        _paragraph(document, sentence)
    for entry in section.entries:
        _entry(document, entry)
    if section.rest:
        _paragraph(document, section.rest, small=True)


def _entry(document: Document, entry: Entry) -> None:
    written = document.add_paragraph(style="List Bullet")
    written.add_run(_plain(entry.head)).bold = True
    written.add_run(_plain(f": {'; '.join(entry.details)}"))
    if entry.quote is not None:
        written.add_run().add_break()
        if entry.quote.anchor.is_row:
            _small(written, entry.quote.where)
            return
        written.add_run(_plain(f"“{entry.quote.anchor.exact}”")).italic = True
        _small(written, f" ({entry.quote.where})")


def _paragraph(document: Document, text: str, small: bool = False) -> None:
    written = document.add_paragraph()
    if small:
        _small(written, text)
    else:
        written.add_run(_plain(text))


def _small(paragraph: Paragraph, text: str) -> None:
    from docx.shared import Pt, RGBColor

    run = paragraph.add_run(_plain(text))
    run.font.size, run.font.color.rgb = Pt(_SMALL), RGBColor(0x55, 0x55, 0x55)


def _timeless(written: io.BytesIO, properties: str) -> bytes:
    """Write an archive anew, without the time at which it was made."""
    out = io.BytesIO()
    with zipfile.ZipFile(written) as given, zipfile.ZipFile(out, "w") as made:
        for name in given.namelist():
            held = properties.encode() if name == _CORE else given.read(name)
            made.writestr(zipfile.ZipInfo(name, _NO_TIME), held, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _plain(text: str) -> str:
    """Write a text without what XML cannot hold, or what turns the direction of its neighbours."""
    return Report().visible(visible(text))
