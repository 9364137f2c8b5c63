"""Files that make up a graph, the bundled ones among them."""

from __future__ import annotations

import io
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from ..errors import InputError, QueryError
from . import folders
from .fetching import url_of

#: As a value of ``--data``, the facts that travel with Passex.
BUNDLED: Final = "bundled"

#: As a value of ``--data``, what comes on standard input.
STDIN: Final = "-"

#: The names of formats, with the extension by which the engine knows each.
FORMATS: Final[dict[str, str]] = {
    "turtle": ".ttl",
    "nt": ".nt",
    "nquads": ".nq",
    "trig": ".trig",
    "rdfxml": ".rdf",
    "jsonld": ".jsonld",
}

#: Other extensions of the same formats. N3 is read as far as it is Turtle.
_OTHERS: Final = {
    ".owl": ".rdf", ".xml": ".rdf", ".json": ".jsonld", ".n3": ".ttl", ".turtle": ".ttl"
}  # fmt: skip

#: Extensions that are read.
EXTENSIONS: Final = (*FORMATS.values(), *_OTHERS)

#: What stands behind these where a file is compressed.
COMPRESSED: Final = (".gz", ".bz2", ".zst")

#: Extensions that other files have too: in a folder, only those are read that begin as RDF does.
_SHARED: Final = {
    ".xml": (b"rdf:RDF", b"http://www.w3.org/1999/02/22-rdf-syntax-ns#"),
    ".json": (b'"@context"', b'"@id"', b'"@graph"', b'"@type"'),
}
_BEGINNING: Final = 1 << 16

#: What of ontology/ belongs to the graph. The shapes guard it and are no part of it.
_ONTOLOGY: Final = ("naval.ttl", "concepts.ttl")


def root() -> Path:
    """Find the folder that holds ``ontology/``, ``graph/`` and ``queries/``.

    An installed wheel carries them inside the package; an editable checkout keeps them beside
    ``src/``.
    """
    package = Path(__file__).resolve().parents[1]
    installed = package / "data"
    return installed if installed.is_dir() else package.parents[1]


def ontology_files() -> tuple[Path, ...]:
    """List the ontology's files: OWL first, and the concept schemes."""
    return tuple(root() / "ontology" / name for name in _ONTOLOGY)


def gazetteer_file() -> Path:
    """Find the gazetteer: of it, a graph has what its facts name."""
    return root() / "ontology" / "gazetteer.ttl"


def shapes_file() -> Path:
    """Find the shapes that come along."""
    return root() / "ontology" / "shapes.ttl"


def examples() -> Path:
    """Find the examples of our shapes: a folder a shape, with Turtle that passes and that fails.

    Returns:
        The folder; it may not be there.
    """
    installed = root() / "examples"
    return installed if installed.is_dir() else root() / "tests" / "shapes"


def rule_files() -> tuple[Path, ...]:
    """List the rules in the order in which they are applied.

    Returns:
        The files of ``ontology/rules/``, sorted by name.
    """
    return tuple(sorted((root() / "ontology" / "rules").glob("*.rq")))


def check_file(rule: str) -> Path:
    """Find the query that checks an ontology for what breaks a rule.

    Args:
        rule: The rule, such as ``missing-label``.

    Returns:
        A file of ``ontology/checks/``.
    """
    return root() / "ontology" / "checks" / f"{rule}.rq"


def question_files() -> tuple[Path, ...]:
    """List the named questions.

    Returns:
        The files of ``queries/``, sorted by name.
    """
    return tuple(sorted((root() / "queries").glob("*.rq"), key=lambda path: path.stem))


def ending(path: Path) -> str:
    """Find the extension by which the engine knows the format that a file's name tells.

    Args:
        path: The file, which may be compressed.

    Returns:
        One of `FORMATS`' extensions; empty where the name tells no format.

    Example:
        >>> ending(Path("sea.owl")), ending(Path("facts.nt.gz")), ending(Path("notes.txt"))
        ('.rdf', '.nt', '')
    """
    own = _own_ending(path)
    return _OTHERS.get(own, own) if own in EXTENSIONS else ""


def _own_ending(path: Path) -> str:
    *_, last = [suffix.lower() for suffix in path.suffixes[-2:]] or [""]
    return Path(path.stem).suffix.lower() if last in COMPRESSED else last


def data_files(
    data: Iterable[str | os.PathLike[str]] = (), form: str | None = None
) -> tuple[Path, ...]:
    """List the files that hold the facts.

    Args:
        data: Files, URLs and folders (searched through, sorted; names that begin with a dot are
            passed over), the word ``bundled``, or ``-``, which stands for standard input and is
            listed as it is. None at all means the bundled facts.
        form: One of `FORMATS`; what a file is in whose extension names no format.

    Returns:
        Each file once, in the order given, also where a symbolic link leads to it.

    Raises:
        InputError: A path that is not there, a folder with no RDF in it, or a file whose extension
            names no RDF format, where `form` names none either.
        QueryError: There is no such format.

    Example:
        >>> [path.name for path in data_files()][0]
        'actors.ttl'
    """
    check_format(form)
    found: dict[str, Path] = {}
    for value in tuple(data) or (BUNDLED,):
        for path in _expand(value, form):
            # Of a file and a link to it in one folder, the file is listed: it is its place.
            real = os.path.realpath(path)
            if real not in found or found[real].is_symlink():
                found[real] = path
    return tuple(found.values())


def check_format(form: str | None) -> None:
    """Refuse what is none of `FORMATS`; None is no format, and no mistake.

    Raises:
        QueryError: There is no such format.
    """
    if form is not None and form not in FORMATS:
        raise QueryError(f"'{form}' is no format", f"give one of {', '.join(FORMATS)}")


def bundled_facts() -> list[Path]:
    """List the files of the facts that come along.

    Returns:
        The files of ``graph/``, sorted.
    """
    return _search(root() / "graph")


def _expand(value: str | os.PathLike[str], form: str | None) -> list[Path]:
    if not os.fspath(value):
        raise InputError("an empty path", "give a file or folder")
    if value == STDIN or url_of(os.fspath(value)):
        return [Path(value)]
    try:
        return bundled_facts() if value == BUNDLED else _listed(Path(value), form)
    except OSError as error:
        raise InputError(f"{value}: cannot be read ({error.strerror})", "check the path") from error


def _listed(path: Path, form: str | None) -> list[Path]:
    if path.is_dir():
        return _search(path)
    # Asked of the parent's listing, not of the file: one that may not be read is still there.
    if not os.path.lexists(path):
        raise InputError(f"{path}: no such file or folder", "check the path")
    if not ending(path) and form is None and not is_stream(path):
        if (other := folders.unread(path)) is not None:
            raise InputError(f"{path}: {other[0]} is not read", other[1])
        raise InputError(
            f"{path}: not the name of an RDF file",
            f"the extension has to be one of {' '.join(EXTENSIONS)}, perhaps with "
            f"{', '.join(COMPRESSED[:-1])} or {COMPRESSED[-1]} behind it, or say --input-format",
        )
    return [path]


def is_stream(path: Path) -> bool:
    """Tell whether something can be read but once, from its beginning to its end.

    Args:
        path: ``-`` for standard input, or a path.

    Returns:
        Whether it is standard input or a pipe.
    """
    if str(path) == STDIN:
        return True
    return path.is_fifo()


def _search(folder: Path) -> list[Path]:
    if found := sorted(filter(is_rdf, folders.walk(folder))):
        return found
    hint = folders.passed_over(folder) or f"looked for {' '.join(EXTENSIONS)}"
    raise InputError(f"{folder}: no RDF files in this folder", hint)


def is_rdf(path: Path, content: bytes | None = None) -> bool:
    """Tell whether a file of a folder is RDF by its name, and by its beginning if need be.

    Args:
        path: The file; one that cannot be read is for its reader to complain of.
        content: What is in it, where it is no file but is only called by a path.
    """
    marks = _SHARED.get(_own_ending(path))
    if not ending(path) or marks is None:
        return bool(ending(path))
    from .unpacking import unpacked

    try:
        with path.open("rb") if content is None else io.BytesIO(content) as file:
            beginning = unpacked(file, path).read(_BEGINNING)
    except (OSError, InputError):
        return True
    return any(mark in beginning for mark in marks)
