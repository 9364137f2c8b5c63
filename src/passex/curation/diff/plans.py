"""Plans that are opened, realised, cancelled, postponed, or gone."""

from __future__ import annotations

from ...evidence.claims import claims_about
from ...evidence.story import standing, told
from ...graph.labelling import nodes
from ...graph.rows import Named
from ...graph.store import Store
from ...graph.terms import NR, local_name
from ...text.wording import say_dates
from .changes import PlanChange, Stage
from .nodes import is_anonymous

#: What is part of another plan is told of as a phase.
_PART = "part"


def changes(old: Store, new: Store) -> tuple[PlanChange, ...]:
    """Compare how the plans of two graphs stand; phases of plans are no plans of their own."""
    before, after = nodes(old, NR.Plan), nodes(new, NR.Plan)
    found = []
    for iri, node in (before | after).items():
        was = _stage(old, iri) if iri in before else None
        now = _stage(new, iri) if iri in after else None
        if (
            is_anonymous(iri)
            or was == now
            or _PART in {stage.state for stage in (was, now) if stage}
        ):
            continue
        if now is not None and now.state == "cancelled" and (was is None or was.is_open):
            now = _cancelled(new, iri, now)
        found.append(PlanChange(Named(node.label, iri), was, now))
    return tuple(sorted(found, key=lambda change: change.plan))


def _stage(store: Store, iri: str) -> Stage:
    how = standing(store, iri, ())
    assert how is not None, "it is a plan"
    status = store.objects(iri, NR.hasStatus)
    first, last = (store.objects(iri, NR[bound]) for bound in ("earliest", "latest"))
    return Stage(
        how.state,
        ", ".join(local_name(value).replace("-", " ") for value in status),
        say_dates(first[0] if first else None, last[-1] if last else None),
        how.by,
    )


def _cancelled(store: Store, iri: str, stage: Stage) -> Stage:
    """Add who has called it off, which the claims about it tell."""
    how = standing(store, iri, told(store, iri, claims_about(store, iri)))
    assert how is not None, "it is a plan"
    return Stage(stage.state, stage.status, stage.dates, stage.by, how.by)
