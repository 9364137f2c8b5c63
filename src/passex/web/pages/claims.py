"""Claims as HTML: who says what, how certain, on what basis, and where it stands."""

from __future__ import annotations

from collections.abc import Iterable

from ...evidence.claims import Anchor, Claim
from ...graph.rows import Named
from .frame import link, several
from .markup import Child, Html, el, join


def listed(claims: Iterable[Claim]) -> Html:
    """Write claims."""
    return el("ul", *(el("li", _claim(claim)) for claim in claims), class_="claims")


def pairs(lines: Iterable[tuple[Child, Child]]) -> Html:
    """Write names with their values; a name without a value is left out."""
    parts = [join(el("dt", name), el("dd", value)) for name, value in lines if value]
    return el("dl", *parts) if parts else Html()


def _claim(claim: Claim) -> Html:
    who = several(map(link, claim.attributed_to)) or "nobody named"
    badges = [word for word in (claim.certainty, claim.basis) if word]
    details = pairs(
        (
            ("said by", who),
            ("via", several(map(link, claim.reported_via))),
            ("value", claim.value),
            ("number", claim.quantity),
            ("on", several(el("code", name) for name in claim.on_properties)),
            ("source", claim.source),
        )
    )
    title = el(
        "p",
        link(Named(claim.label, claim.iri)),
        *(join(" ", el("span", word, class_=f"badge {word}")) for word in badges),
    )
    return join(title, details, *map(_anchor, claim.evidence))


def _anchor(anchor: Anchor) -> Html:
    article = link(Named(anchor.label, anchor.article)) if anchor.article else "no article"
    place = f", {anchor.zone or 'no zone'}, characters {anchor.start} to {anchor.end}"
    return el(
        "figure",
        el("blockquote", el("q", anchor.exact)),
        el("figcaption", article, place),
        class_="anchor",
    )
