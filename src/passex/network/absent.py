"""Parties that do not appear at a level, and why the navy of a state isn't among its services."""

from __future__ import annotations

from collections.abc import Collection

from ..graph.labelling import labels
from ..graph.store import Store
from ..graph.terms import LEVELS, NAMED, WORKINGS, W
from .steps import members, workings


def read(store: Store, level: str, events: Collection[str]) -> dict[str, list[str]]:
    """Read the labels of the parties of events that do not appear at a level, by event.

    At service level, a ship of which no more than the state is known appears by the state's one
    navy, where that takes part beside her. What may be of several says of which.
    """
    if level == NAMED:
        return {}
    term = LEVELS[level]
    rows = store.rows(
        f"""# Which parties of events do not appear at the level.
        SELECT ?event ?party ?actor {{
            GRAPH <{WORKINGS}> {{
                # First of all parties, of which there are many, those few: the engine has no plan.
                {{ SELECT DISTINCT ?party {{
                    ?phase w:party ?party MINUS {{ ?party <{term}> ?member }}
                }} }}
                ?party w:in ?event ; w:of ?actor
            }}
        }}"""
    )
    found = [(str(event), str(party), str(actor)) for event, party, actor in rows]
    found = [row for row in found if row[0] in events]
    label = labels(store, (actor for *_, actor in found))
    parties: dict[str, set[str]] = {}
    for event, party, actor in found:
        navies = navies_of(store, party) if level == "service" else []
        if len(navies) != 1 or navies[0] not in store.objects(event, term):
            several = f" [{either(store, navies)}]" if navies[1:] else ""
            parties.setdefault(event, set()).add(label[actor] + several)
    return {event: sorted(lost) for event, lost in parties.items()}


def navies_of(store: Store, participation: str) -> list[str]:
    """List the navies of the state for which a participation may stand, where none is named."""
    links = workings(store, participation, W.navyBy)
    return sorted({navy for link in links for navy in members(store, link)})


def either(store: Store, navies: Collection[str]) -> str:
    """Say for which of several services of its state a participant may stand."""
    return f"{' or '.join(sorted(labels(store, navies).values()))}, and it isn't said which"
