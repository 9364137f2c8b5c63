"""Longer names that begin with one that is known: the Aldrian Navy League is no navy."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from ...graph.folding import slug
from ...graph.terms import NRC
from .mentions import Actor
from .naming import WORD, Iris

#: The last word of a name, by the class of whoever is called so.
_LAST: Final = {
    "Service": r"Service|Guard|Corps|Agency|Forces?|Infantry|Police|Patrol",
    "Formation": r"Command|Group|Unit|Squadron|Flotilla|Fleet|Brigade|Battalion|Regiment|Division",
    # The Department of State has no name that ends there.
    "Institution": r"(?:Academy|College|School|League|Band|Reserves?|Auxiliary|Association|"
    r"Foundation|Headquarters|Museum|Hospital|Cent(?:re|er)|Institute|Directorate|Department|"
    r"Bureau|Board|Office)(?! of )",
}
_NAMES: Final = re.compile(
    rf"(?:['\u2019]s?)?(?: {WORD}){{0,4}} (?:"
    + "|".join(f"(?P<{kind}>{words})" for kind, words in _LAST.items())
    + r")(?!\w)"
)
_ROYAL: Final = re.compile(r"\bRoyal \Z")
_ARMED: Final = re.compile(r"(?:Armed|Defen[cs]e) Forces?\Z")
_STATES: Final = ("State", "Territory")
_BODIES: Final = ("Navy", "Service", "Formation")


def goes_on(text: str, actors: Sequence[Actor], iris: Iris) -> Iterator[Actor]:
    """Find the longer names that go on behind the name of a state, or of a body.

    Args:
        actors: Who is named, as far as anybody knows.
        iris: Gives IRIs to what has none.
    """
    # The special forces of a navy are the navy's, before they are the state's.
    bodies = [actor for actor in actors if actor.known and actor.of in _BODIES]
    for whole in (*bodies, *(actor for actor in actors if actor.of in _STATES)):
        match = _NAMES.match(text, whole.end)
        if match is None:
            continue
        royal = _ROYAL.search(text, max(0, whole.start - 6), whole.start)
        start, end = royal.start() if royal else whole.start, match.end()
        label = re.sub("['\u2019]s? ", " ", text[start:end])
        of, concept = match.lastgroup or "", ""
        if _ARMED.search(label):
            of, concept = "Institution", NRC["armed-forces"]
        elif of == "Service" and whole.of in _BODIES:
            of = "Formation"
        iri = iris.called(label) or iris.mint("actor", label, slug(label))
        yield Actor(
            start, end, text[start:end], whole.ask, iri, label, of,
            known=iris.knows(iri), whole=whole.iri, concept=concept,
        )  # fmt: skip
