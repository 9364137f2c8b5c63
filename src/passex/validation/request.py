"""A request: what is to be validated, against what, and how strictly."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from os.path import isdir, isfile
from pathlib import Path

from ..errors import InputError
from ..graph import dataset
from ..text.places import Place
from .results import EngineName, Severity


@dataclass(frozen=True, slots=True)
class Request:
    """What somebody asks of a validation.

    Attributes:
        paths: Files and folders of data, ``bundled`` for the facts that come along; none at all
            means those. Questions (``.rq``) may be among them.
        shapes: Files and folders of shapes; none means the ones that come along.
        ontology: Files and folders of the ontology, or ``none``; nothing at all means the one that
            comes along where the shapes do too, and none where the shapes are somebody else's.
        texts: The folder of the articles' texts, if evidence is to be checked against them.
        engine: What applies the shapes.
        timeout: How many seconds it may take; None for as long as it takes.
        jobs: How many shapes are applied at a time; None for as many as there are processors.
        levels: Rules, or groups of them, whose severity is another than they say, or None to
            switch them off. What is said of a rule goes before what is said of its group.
        reason: Whether the reasoner HermiT is asked.
        form: The format, as `dataset.FORMATS` calls it, of a stream or a file of data whose name
            tells none; shapes_form and ontology_form are the same for shapes and ontology.
        check_ontology: Whether a given ontology is judged itself, and not only mixed in.
        imports: Whether files that ``owl:imports`` names are read too; a URL never is.
    """

    paths: tuple[str, ...] = ()
    shapes: tuple[str, ...] = ()
    ontology: tuple[str, ...] = ()
    texts: str | None = None
    engine: EngineName = "fast"
    timeout: float | None = None
    jobs: int | None = None
    levels: Mapping[str, Severity | None] = field(default_factory=dict)
    reason: bool = False
    form: str | None = None
    shapes_form: str | None = None
    ontology_form: str | None = None
    check_ontology: bool = False
    imports: bool = False

    @property
    def ours(self) -> bool:
        """Whether the shapes are the ones that come along."""
        return not self.shapes or self.shapes == (dataset.BUNDLED,)


@dataclass(frozen=True, slots=True)
class Sources:
    """The files behind a request; rules only where our own ontology is validated."""

    data: tuple[Path, ...]
    shapes: tuple[Path, ...]
    ontology: tuple[Path, ...]
    questions: tuple[Path, ...] = ()
    rules: tuple[Path, ...] = ()
    texts: Path | None = None

    @property
    def of_rdf(self) -> tuple[tuple[Path, ...], ...]:
        """The files of RDF: of data, of shapes, of the ontology."""
        return self.data, self.shapes, self.ontology


def sources(request: Request) -> Sources:
    """Find the files behind a request.

    Raises:
        InputError: Something is not there, its extension names no format, or standard input is
            named twice.

    Example:
        >>> len(sources(Request()).shapes)
        1
    """
    whole = not request.paths
    facts = tuple(path for path in request.paths if not path.endswith(".rq"))
    asked = tuple(Path(path) for path in request.paths if path.endswith(".rq"))
    for file in asked:
        if not isfile(file):
            raise InputError("no such file", "check the path", Place(str(file)))
    for path in facts:
        if path != dataset.BUNDLED and isdir(path):
            asked += tuple(sorted(Path(path).glob("*.rq")))
    # A folder of questions alone is one too: the facts are then the ones that come along.
    facts = tuple(path for path in facts if not _questions_only(path))
    texts = None if request.texts is None else Path(request.texts)
    if texts is not None and not isdir(texts):
        hint = "give the folder of the articles' texts"
        raise InputError("no such folder", hint, Place(str(texts)))
    found = Sources(
        data=_near(dataset.data_files(facts, request.form)),
        shapes=_near(_files(request.shapes, (dataset.shapes_file(),), request.shapes_form)),
        ontology=_near(_ontology(request)),
        questions=_near(dataset.question_files()) if whole else asked,
        rules=_near(dataset.rule_files()) if whole else (),
        texts=texts,
    )
    if [str(path) for paths in found.of_rdf for path in paths].count(dataset.STDIN) > 1:
        message = "standard input can be read but once"
        raise InputError(message, "name a file in its place", Place(dataset.STDIN))
    return found


def _near(paths: Iterable[Path]) -> tuple[Path, ...]:
    """Name the files that come along from the current folder where they lie in it."""
    own, here = dataset.root(), Path.cwd()
    return tuple(
        path.relative_to(here) if path.is_relative_to(own) and path.is_relative_to(here) else path
        for path in paths
    )


def _ontology(request: Request) -> tuple[Path, ...]:
    if request.ontology == ("none",) or (not request.ontology and not request.ours):
        return ()
    own = (*dataset.ontology_files(), dataset.gazetteer_file())
    return _files(request.ontology, own, request.ontology_form)


def _files(given: tuple[str, ...], bundled: tuple[Path, ...], form: str | None) -> tuple[Path, ...]:
    found: list[Path] = []
    for name in given or (dataset.BUNDLED,):
        found += bundled if name == dataset.BUNDLED else dataset.data_files((name,), form)
    return tuple(dict.fromkeys(found))


def _questions_only(path: str) -> bool:
    if path == dataset.BUNDLED or not isdir(path):
        return False
    found = [file for file in Path(path).rglob("*") if file.is_file()]
    return any(file.suffix == ".rq" for file in found) and not any(map(dataset.is_rdf, found))
