"""The ways in which IRIs may be spelled in a text whose prefixes and base stay the same."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from .iris import resolve
from .tokens import unescape


class Spellings:
    r"""How some IRIs may be spelled.

    Args:
        nodes: The IRIs.
        prefixes: The prefixes of the text.
        base: Its base IRI; empty if there is none.
        escapes: Whether there are backslashes in the text.

    Attributes:
        usual: The usual spellings, each with its IRI.
        plain: Whether there can be no others.

    Example:
        >>> found = Spellings({"http://e/a"}, {"": "http://e/"}, "http://e/b", escapes=True)
        >>> sorted(found.usual)
        [':a', '<http://e/a>']
        >>> found.node("<a>"), found.node(r"<http://e/\u0061>"), found.node(":b")
        ('http://e/a', 'http://e/a', None)
    """

    def __init__(
        self, nodes: Collection[str], prefixes: Mapping[str, str], base: str, escapes: bool
    ) -> None:
        self.usual = {f"<{node}>": node for node in nodes}
        for prefix, namespace in prefixes.items():
            for node in nodes:
                if node.startswith(namespace):
                    self.usual[f"{prefix}:{node[len(namespace) :]}"] = node
        self._nodes = nodes
        self._base = base
        # A relative IRI has the scheme of the base.
        scheme = base.partition(":")[0] + ":"
        self._relative = bool(base) and any(node.startswith(scheme) for node in nodes)
        self.plain = not escapes and not self._relative

    def node(self, word: str) -> str | None:
        """Tell which IRI a word stands for.

        Args:
            word: A whole word, as it is written.

        Returns:
            The IRI, if it is one of those.
        """
        found = self.usual.get(word)
        if found is None and not self.plain:
            if "\\" in word:
                word = unescape(word)
                found = self.usual.get(word)
            if found is None and self._relative and word[0] == "<":
                found = resolve(self._base, word[1:-1])
        return found if found in self._nodes else None
