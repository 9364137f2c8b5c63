"""A page: the proposals of one sentence as they are written, with their evidence."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Sequence

from ...text.turtle.tokens import escape
from ..quotes import quote_line
from .anchors import Anchors
from .doubts import NONE, Doubts
from .statements import name, statement

#: What stands before a line of a proposal, and before a remark: taken off once, the one is Turtle,
#: and the other still a comment.
PROPOSAL = "# "
REMARK = "## "


def remark(text: str) -> list[str]:
    """Write a remark on as many lines as it needs.

    Example:
        >>> remark("Japan is named.")
        ['## Japan is named.']
    """
    return textwrap.wrap(
        text, 118, initial_indent=REMARK, subsequent_indent=REMARK + "    ",
        break_long_words=False, break_on_hyphens=False,
    )  # fmt: skip


class Page:
    """What is proposed for a sentence.

    Args:
        text: The whole text.
        start: Where the sentence begins, and where it ends.
        claims: The number of the last claim before it.
        doubts: Why the sentence may not tell what happened: of what is hedged, claims are probable.
    """

    def __init__(self, text: str, start: int, end: int, claims: int, doubts: Doubts = NONE) -> None:
        self.text, self.start, self.end, self.claims = text, start, end, claims
        self.doubts = doubts
        self.anchors = Anchors(text, start, end)
        self._remarks: list[str] = []
        self._statements: list[str] = []
        self._quotes: dict[str, tuple[int, int]] = {}
        self._quoted: set[tuple[int, int]] = set()

    def evidence(self, *places: tuple[int, int]) -> list[str]:
        """Give the quotes of some places, as values; empty where nothing of it may be quoted."""
        found = sorted({anchor for place in places for anchor in self.anchors.of(*place)})
        self._quotes |= {f"<#char={start},{end}>": (start, end) for start, end in found}
        return [f"<#char={start},{end}>" for start, end in found]

    def places(self, quotes: Iterable[str]) -> list[tuple[int, int]]:
        """Give the places of quotes, as `evidence` gave them."""
        return [self._quotes[quote] for quote in quotes]

    def _write(self, subject: str, parts: Iterable[tuple[str, Sequence[str]]]) -> None:
        given = [(verb, values) for verb, values in parts if values]
        # A quote that nothing rests on isn't written.
        self._quoted |= {
            self._quotes[v] for _, values in given for v in values if v in self._quotes
        }
        self._statements += statement(subject, given)

    def state(self, subject: str, parts: Iterable[tuple[str, Sequence[str]]]) -> None:
        """Propose a statement about a node, by its IRI; parts without values are left out."""
        self._write(name(subject), parts)

    def claim(
        self,
        about: str,
        verbs: Sequence[str],
        values: Sequence[str],
        evidence: Sequence[str],
        *more: tuple[str, Sequence[str]],
    ) -> None:
        """Propose a claim; none, where there is no quote for it."""
        if not evidence:
            return
        self.claims += 1
        if self.doubts.hedge:
            self.ask(
                self.doubts.hedge, "is it so? Its claims are probable, as far as any are right."
            )
        parts = [
            ("nr:about", [name(about)]),
            ("nr:onProperty", verbs),
            ("nr:hasValue", values),
            *more,
            ("nr:hasCertainty", ["nrc:probable"] if self.doubts.hedge else []),
        ]
        self._write(f"<#c{self.claims}>", [*parts, ("nr:hasEvidence", evidence)])

    def says(self, words: str) -> bool:
        """Tell whether a proposal has the words of a time."""
        return any(f'nr:dateWords "{escape(words)}"' in line for line in self._statements)

    def ask(self, words: str, question: str) -> None:
        """Ask something about words of the sentence."""
        self.remark(f'? "{escape(words)}": {question}')

    def asks(self, words: str) -> bool:
        """Tell whether something is asked about words already."""
        return any(line.startswith(f'? "{escape(words)}":') for line in self._remarks)

    def remark(self, text: str) -> None:
        """Say something once, on a line of its own."""
        line = " ".join(text.split())
        if line not in self._remarks:
            self._remarks.append(line)

    def lines(self) -> list[str]:
        """Write all of it: remarks, then quotes, then statements."""
        quotes = [quote_line(self.text, *place) for place in sorted(self._quoted)]
        return [
            *(part for line in self._remarks for part in remark(line)),
            *(PROPOSAL + line for line in [*quotes, *self._statements]),
        ]
