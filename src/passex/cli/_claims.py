"""Claims and the places that prove them, as lines of text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ._common import wrap

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..claims import Anchor, Claim

    Texts = Mapping[str, str]


def claim_lines(claim: Claim, indent: str, texts: Texts) -> list[str]:
    """Write a claim: what it says, who says so, how certain, on what basis, and where.

    Args:
        claim: The claim.
        indent: What every line begins with.
        texts: The articles' texts by the article's IRI, for those that are at hand.

    Returns:
        The lines, broken to the width of the terminal.
    """
    lines = wrap(claim.label, f"{indent}- ", f"{indent}  ")
    who = ", ".join(label for _, label in claim.attributed_to) or "nobody named"
    details = [f"said by {who}"]
    details += [f"via {', '.join(claim.reported_via)}"] if claim.reported_via else []
    details += [claim.certainty, claim.basis]
    details += [f"value {claim.value}"] if claim.value else []
    details += [f"number {claim.quantity}"] if claim.quantity else []
    details += [f"on {', '.join(claim.on_properties)}"] if claim.on_properties else []
    lines += wrap("; ".join(details), f"{indent}  ", f"{indent}    ")
    if claim.source:
        lines += wrap(f"source: {claim.source}", f"{indent}  ", f"{indent}    ")
    for anchor in claim.evidence:
        lines += _anchor(anchor, f"{indent}  ", texts)
    return lines


def _anchor(anchor: Anchor, indent: str, texts: Texts) -> list[str]:
    place = f"{anchor.label}, {anchor.zone} {anchor.start} to {anchor.end}"
    lines = wrap(f"“{anchor.exact}” ({place})", indent, f"{indent}  ")
    if anchor.article in texts:
        from ..evidence import sentence

        before, exact, after = sentence(texts[anchor.article], anchor.start, anchor.end)
        if exact == anchor.exact:
            lines += wrap(f"{before}[{exact}]{after}", f"{indent}  ", f"{indent}  ")
        else:
            lines += wrap(f"the text has “{exact}” there", f"{indent}  ", f"{indent}  ")
    return lines
