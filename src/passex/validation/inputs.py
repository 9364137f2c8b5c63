"""What is validated, and against what: files, their triples, and how they were read.

Blank nodes keep their place: a file that has any is read triple by triple, and its blank nodes are
called ``f<number of the file>b<number in the order in which they first occur>``. So both engines
and the positions of `passex.turtle` mean the same node by the same name.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox


@dataclass(frozen=True, slots=True)
class Document:
    """A file that was read.

    Attributes:
        name: Its name in reports: as it was given, with ``/`` between the parts.
        path: Where it is.
        form: Its format.
        number: Its place among all files of the validation, which names its blank nodes.
        triples: How many triples it holds.
    """

    name: str
    path: Path
    form: ox.RdfFormat
    number: int
    triples: int


@dataclass(frozen=True, slots=True)
class Inputs:
    """Everything a validation works on.

    Attributes:
        data: The files of data.
        shapes: The files of shapes.
        ontology: The files of the ontology.
        graph: Data and ontology, mixed in the default graph.
        shapes_graph: The shapes.
        texts: The folder of the articles' texts, if evidence is to be checked.
    """

    data: tuple[Document, ...]
    shapes: tuple[Document, ...]
    ontology: tuple[Document, ...]
    graph: ox.Store
    shapes_graph: ox.Store
    texts: Path | None = None
