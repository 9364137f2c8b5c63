"""Comparison of the evidence with the articles' texts, where these are at hand."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import BinaryIO, TypeAlias

from ..errors import InputError
from ..graph.claimed import place
from ..graph.labelling import nodes
from ..graph.store import Store
from ..graph.terms import NR, SCHEMA
from ..text.places import Place
from .claims import Anchor, anchor
from .folders import files

#: A folder with the articles' texts, or the texts by the article's IRI.
Texts: TypeAlias = str | os.PathLike[str] | Mapping[str, str]


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """Something about a quote that is not as the graph says.

    Attributes:
        article: The IRI of the article; empty where the quote names none.
        evidence: The IRI of the quote or zone; empty where the article itself is meant.
        what: What was looked at.
        expected: What the graph says.
        found: What is there.
    """

    article: str
    evidence: str
    what: str
    expected: str
    found: str


@dataclass(frozen=True, slots=True)
class Check:
    """The outcome of a check.

    Attributes:
        findings: What is wrong, sorted; empty if all is well.
        articles: How many articles were matched to a text.
        anchors: How many anchors were compared with a text.
    """

    findings: tuple[Finding, ...]
    articles: int
    anchors: int


def check(
    store: Store, texts: str | os.PathLike[str], by_article: Mapping[str, str] | None = None
) -> Check:
    """Compare every anchor of a graph with the text of its article: exactly, never fuzzily.

    Args:
        texts: A folder with the articles' texts. They are recognised by their SHA-256, whatever
            their names.
        by_article: What `read_texts` gives of the folder, where it has been read already.

    Returns:
        An article whose text is not there is a finding, and so is a graph without any evidence:
        nothing passes because there was nothing to check.

    Raises:
        InputError: The folder cannot be read.
    """
    from . import rows  # with all that reads tables, of use to none but this check

    findings: list[Finding] = []
    if by_article is None:
        by_article = read_texts(store, texts)
    for article in nodes(store, SCHEMA.NewsArticle):
        findings += _check_article(store, article, by_article.get(article))
    quotes = sorted({str(row[0]) for row in store.rows("SELECT ?q { ?c nr:hasEvidence ?q }")})
    found_in_tables, compared = rows.check(store, texts, quotes)
    findings += (Finding(*found) for found in found_in_tables)
    for iri in quotes:
        if "#row=" in iri:
            continue  # of a table, not of an article
        found = anchor(store, iri)
        text = by_article.get(found.article)
        compared += text is not None
        findings += _check_anchor(store, found, text)
    if not quotes:
        findings.append(Finding("", "", "evidence", "at least one anchor", "none in the graph"))
    return Check(tuple(sorted(findings)), len(by_article), compared)


def at_hand(store: Store, given: Texts, warn: Callable[[str], None]) -> Mapping[str, str]:
    """Give the articles' texts by the articles' IRIs; warn of a folder that has none of them.

    Raises:
        InputError: The folder cannot be read.
    """
    if isinstance(given, Mapping):
        return given
    texts = read_texts(store, given)
    if not texts:
        warn(f"{os.fspath(given)}: no text of an article of this graph is there")
    return texts


def read_text(path: str | os.PathLike[str], stream: Callable[[], BinaryIO] | None = None) -> str:
    r"""Read the text of an article, as offsets count in it and its hash is taken.

    That is the file as UTF-8, without byte-order mark, every line end one LF, nothing else changed.

    Args:
        path: The file; ``-`` for the stream.
        stream: Gives standard input, where that may be asked for.

    Raises:
        InputError: There is no such file, it cannot be read, is not UTF-8, or has no text in it.

    Example:
        >>> import io
        >>> read_text("-", lambda: io.BytesIO(b"Two navies\r\nmet"))
        'Two navies\nmet'
    """
    streamed = stream is not None and os.fspath(path) == "-"
    place = Place("standard input" if streamed else os.fspath(path))
    try:
        data = stream().read() if stream is not None and streamed else Path(path).read_bytes()
        text = _normal(data).decode("utf-8")
    except FileNotFoundError:
        raise InputError("no such file", "give the article's text", place) from None
    except UnicodeDecodeError as error:
        hint = "save it as UTF-8, as plain text"
        raise InputError(f"not UTF-8 at byte {error.start}", hint, place) from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise InputError(f"cannot be read ({reason})", "give a text file", place) from error
    if not text.strip():
        raise InputError("no text in it", "give the article's text", place)
    return text


def digest(text: str) -> str:
    """Give the SHA-256 of a text, as ``nr:sha256`` has it.

    Example:
        >>> digest("Two navies met.")[:8]
        '8ee6fb74'
    """
    import hashlib  # of use to no command without texts

    return hashlib.sha256(text.encode()).hexdigest()


def read_texts(store: Store, folder: str | os.PathLike[str]) -> dict[str, str]:
    """Match the articles of a graph to the files in a folder by the SHA-256 of their texts.

    The texts are by the articles' IRIs, without the articles that have no file.

    Raises:
        InputError: The folder is not there, or a file in it is not readable or not UTF-8.
    """
    root = Path(folder)
    if not os.path.isdir(folder):
        hint = "give the folder that holds the articles' texts"
        raise InputError("no such folder", hint, Place(str(root)))
    wanted: dict[str, list[str]] = {}
    for article in nodes(store, SCHEMA.NewsArticle):
        for digest in store.objects(article, NR.sha256):
            wanted.setdefault(digest.lower(), []).append(article)
    texts = {}
    for path, data, hashed in _contents(root):
        articles = wanted.get(hashed, ())
        try:
            text = data.decode("utf-8") if articles else ""
        except UnicodeDecodeError as error:
            raise InputError(f"not UTF-8 at byte {error.start}", place=Place(str(path))) from error
        texts.update(dict.fromkeys(articles, text))
    return texts


def unclaimed(store: Store, folder: str | os.PathLike[str]) -> dict[Path, str]:
    """Read the texts in a folder that no article of a graph has as its own, by their files.

    What is not UTF-8 is passed over: it is no text of an article.

    Raises:
        InputError: A file in the folder cannot be read.
    """
    articles = nodes(store, SCHEMA.NewsArticle)
    claimed = {d.lower() for article in articles for d in store.objects(article, NR.sha256)}
    found = {}
    for path, data, hashed in _contents(Path(folder)):
        if hashed not in claimed:
            with suppress(UnicodeDecodeError):
                found[path] = data.decode("utf-8")
    return found


def _contents(folder: Path) -> Iterator[tuple[Path, bytes, str]]:
    """Read the files in a folder: what each has as the text of an article, and its SHA-256."""
    import hashlib  # of use to no command without texts

    for path in files(folder):
        try:
            data = _normal(path.read_bytes())
        except OSError as error:
            hint = "check its permissions"
            raise InputError("not readable", hint, Place(str(path))) from error
        yield path, data, hashlib.sha256(data).hexdigest()


def _normal(data: bytes) -> bytes:
    """Give the text of a file: without byte-order mark, every line end one LF."""
    return data.removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n").replace(b"\r", b"\n")


def _check_article(store: Store, article: str, text: str | None) -> Iterator[Finding]:
    if text is None:
        digests = ", ".join(store.objects(article, NR.sha256))
        expected = f"a file with SHA-256 {digests}" if digests else "a SHA-256 in the graph"
        yield Finding(article, "", "text", expected, "none")
        return
    lengths = store.objects(article, NR.textLength)
    if lengths != [str(len(text))]:
        yield Finding(article, "", "text length", ", ".join(lengths) or "none", str(len(text)))
    for zone in store.objects(article, NR.hasZone):
        source, start, end = place(zone)
        if source != article or not start < end <= len(text):
            within = f"a part of the text, within 0 to {len(text)}"
            yield Finding(article, zone, "zone bounds", within, _fragment(zone))


def _check_anchor(store: Store, found: Anchor, text: str | None) -> Iterator[Finding]:
    finding = partial(Finding, found.article, found.iri)
    if text is None:
        yield finding("text", "a text to compare with", "none")
        return
    there = text[found.start : found.end] if found.start < found.end else ""
    if not found.exact or there != found.exact:
        yield finding("anchor", f"{found.exact!r} at {found.start} to {found.end}", repr(there))
    around = [place(zone) for zone in store.objects(found.article, NR.hasZone)]
    if not any(start <= found.start < found.end <= end for _, start, end in around):
        yield finding("zone", "in a zone of the article", f"{found.start} to {found.end}")


def _fragment(iri: str) -> str:
    return iri.rpartition("#")[2]
