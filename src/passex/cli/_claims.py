"""Claims and the places that prove them, as lines of text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ._layout import wrap

if TYPE_CHECKING:
    from ..evidence.claims import Anchor, Claim


def claim_lines(claim: Claim, indent: str) -> list[str]:
    """Write a claim: what it says, who says so, how certain, on what basis, and where.

    The lines are broken to the width of the terminal, and begin with ``indent``.
    """
    lines = wrap(claim.label, f"{indent}- ", f"{indent}  ")
    who = ", ".join(speaker.label for speaker in claim.attributed_to) or "nobody named"
    details = [f"said by {who}"]
    via = ", ".join(outlet.label for outlet in claim.reported_via)
    details += [f"via {via}"] if via else []
    details += [claim.certainty, claim.basis]
    details += [f"value {claim.value}"] if claim.value else []
    details += [f"number {claim.quantity}"] if claim.quantity else []
    details += [f"on {', '.join(claim.on_properties)}"] if claim.on_properties else []
    lines += wrap("; ".join(details), f"{indent}  ", f"{indent}    ")
    if claim.source:
        lines += wrap(f"source: {claim.source}", f"{indent}  ", f"{indent}    ")
    for anchor in claim.evidence:
        lines += _anchor(anchor, f"{indent}  ")
    return lines


def _anchor(anchor: Anchor, indent: str) -> list[str]:
    place = f"{anchor.label}, {anchor.zone} {anchor.start} to {anchor.end}"
    lines = wrap(f"“{anchor.exact}” ({place})", indent, f"{indent}  ")
    if anchor.sentence is not None:
        before, there, after = anchor.sentence
        if there == anchor.exact:
            lines += wrap(f"{before}[{there}]{after}", f"{indent}  ", f"{indent}  ")
        else:
            lines += wrap(f"the text has “{there}” there", f"{indent}  ", f"{indent}  ")
    return lines
