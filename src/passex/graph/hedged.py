"""Plans that nobody tells of without a hedge: "may", "is considered"."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from .store import Store
from .terms import local_name

_QUERY: Final = """# How certain the status of plans is.
SELECT ?plan ?certainty {{
    {{ SELECT ?plan ?status {{ {} ?plan a {} ; nr:hasStatus ?status }} }}
    ?claim nr:about ?plan ; nr:onProperty nr:hasStatus ; nr:hasValue ?status ;
        nr:hasCertainty ?certainty
}}"""


def doubts(store: Store, nodes: Collection[str] | None = None) -> dict[str, str]:
    """Read how certain plans are whose status nobody tells of for certain.

    Args:
        nodes: IRIs of nodes, among them plans of any class; by default, all plans of exercises.

    Returns:
        ``probable`` or ``possible``, by the IRI of the plan; the others are left out.

    Example:
        >>> from passex.graph.store import load
        >>> doubts(load())
        {}
    """
    among, plan = "", "nr:ExercisePlan"
    if nodes is not None:
        among, plan = f"VALUES ?plan {{ {' '.join(f'<{iri}>' for iri in nodes)} }}", "nr:Plan"
    found: dict[str, set[str]] = {}
    for one, certainty in store.rows(_QUERY.format(among, plan)):
        found.setdefault(str(one), set()).add(local_name(str(certainty)))
    return {
        one: "probable" if "probable" in told else "possible"
        for one, told in found.items()
        if "certain" not in told
    }
