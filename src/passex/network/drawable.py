"""What can be drawn, and written in the formats of other programs, from Python.

The formats stand above the network, and are looked for on first use: this module alone knows them.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from ..errors import QueryError

if TYPE_CHECKING:
    from ..exports.html import Briefing
    from ..exports.model import Picture
    from ..exports.triples import Triples
    from ..graph.store import Store
    from .model import Network


class Drawable:
    """Something that is a picture, and so any file that `passex export` writes.

    There is a method ``to_FORMAT`` for each format, such as ``to_gexf()`` or ``to_html()``, with
    the arguments of `export`: ``dir()`` lists them.
    """

    __slots__ = ()

    def picture(self, measure: str = "strength", weight: str = "newman") -> Picture:
        """Give it as nodes and edges with all that is said of them.

        Args:
            measure: The measure of `passex.network.measures` that sizes show.
            weight: ``newman`` or ``count``: what edges weigh.

        Returns:
            The picture.

        Raises:
            QueryError: The network is without its graph, or a measure or a weight does not exist.
        """
        return _picture(self._drawn(), measure, weight)

    def _drawn(self, whole: bool = False) -> Network:
        """The network that is drawn; a `whole` one is one of which nothing was taken away."""
        raise NotImplementedError

    def _source(self, of: str, measure: str, weight: str) -> Picture | Briefing | Triples:
        """What a format is made of, by `passex.exports.Format.of`."""
        network = self._drawn(whole=of == "page")
        if of == "page":
            from ..exports.html import Briefing

            return Briefing(_graph(network), network.policy, measure, weight)
        picture = _picture(network, measure, weight)
        if of == "triples":
            from ..exports import triples

            return triples.behind(_graph(network), picture)
        return picture

    def _sketch(self) -> str | None:
        """A drawing for a notebook; None where there is too much to draw."""
        from ..exports import sketch

        picture = self.picture()
        return sketch.svg(picture) if sketch.fits(picture) else None

    def export(
        self, form: str, measure: str = "strength", weight: str = "newman", part: str = "edges"
    ) -> str | bytes:
        """Write it as a file of another program.

        Args:
            form: A format, such as ``gexf``; ``passex export --help`` lists them.
            measure: The measure that sizes show.
            weight: ``newman`` or ``count``.
            part: Of tables, which are two, ``edges`` or ``nodes``.

        Returns:
            A text; bytes where the format is binary.

        Raises:
            PassexError: There is no such format, measure or weight, the format cannot hold this, or
                it needs what is not installed.

        Example:
            >>> from passex import load
            >>> load().ties().export("csv").splitlines()[0][:37]
            'source,target,source_label,target_lab'
        """
        from .. import exports

        source = self._source(exports.find(form).of, measure, weight)
        return exports.export(source, form, part)

    def save(
        self,
        path: str | os.PathLike[str],
        form: str | None = None,
        measure: str = "strength",
        weight: str = "newman",
    ) -> None:
        """Write it into a file, whole or not at all.

        Args:
            path: The file; its ending tells the format where none is named. Tables are two files,
                as with ``passex export -o``.
            form: A format.
            measure: The measure that sizes show.
            weight: ``newman`` or ``count``.

        Raises:
            PassexError: As in `export`; or the file cannot be written.
        """
        from pathlib import Path

        from .. import exports
        from ..exports.text import Report

        asked = exports.find(form, Path(path))
        source = self._source(asked.of, measure, weight)
        exports.save(asked, Path(path), asked.pieces(source, Report()))

    def __getattr__(self, name: str) -> Callable[..., Any]:
        from ..exports import FORMATS

        form = name.removeprefix("to_")
        if form == name or form not in FORMATS:
            raise AttributeError(f"'{type(self).__name__}' object has no attribute '{name}'")

        def write(*args: str, **named: str) -> str | bytes:
            return self.export(form, *args, **named)

        write.__name__ = write.__qualname__ = name
        write.__doc__ = f"Write it as {FORMATS[form].title}, with the arguments of `export`."
        return write

    def __dir__(self) -> Iterable[str]:
        from ..exports import FORMATS

        return [*super().__dir__(), *(f"to_{form}" for form in FORMATS)]


def _picture(network: Network, measure: str, weight: str) -> Picture:
    from ..exports import build

    return build.network(_graph(network), network, measure, weight)


def _graph(network: Network) -> Store:
    if network.store is None:
        raise QueryError("a network without its graph has no evidence", "build it by kg.ties")
    return network.store
