"""What can be drawn, and written in the formats of other programs, from Python."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .exports.model import Picture


class Drawable:
    """Something that is a picture, and so any file that `passex export` writes."""

    __slots__ = ()

    def picture(self, measure: str = "strength", weight: str = "newman") -> Picture:
        """Give it as nodes and edges with all that is said of them.

        Args:
            measure: The measure of `passex.measures` that sizes show.
            weight: ``newman`` or ``count``: what edges weigh.

        Returns:
            The picture.
        """
        raise NotImplementedError

    def export(self, form: str, measure: str = "strength", weight: str = "newman") -> str | bytes:
        """Write it as a file of another program.

        Args:
            form: A format of pictures or maps, such as ``gexf``; ``passex export --help`` lists
                them. Of a pair of tables, this gives the one of the edges.
            measure: The measure that sizes show.
            weight: ``newman`` or ``count``.

        Returns:
            A text; bytes where the format is binary.

        Raises:
            PassexError: There is no such format, it cannot hold this, or it needs what is not
                installed.

        Example:
            >>> from passex import load
            >>> load().ties().export("csv").splitlines()[0][:37]
            'source,target,source_label,target_lab'
        """
        from . import exports

        return exports.export(self.picture(measure, weight), form)

    def to_gexf(self) -> str:
        """Write it as GEXF 1.3, for Gephi."""
        return str(self.export("gexf"))

    def to_graphml(self) -> str:
        """Write it as GraphML, for yEd, igraph and others."""
        return str(self.export("graphml"))

    def to_cyjs(self) -> str:
        """Write it as Cytoscape JSON."""
        return str(self.export("cyjs"))

    def to_dot(self) -> str:
        """Write it as DOT, for Graphviz."""
        return str(self.export("dot"))
