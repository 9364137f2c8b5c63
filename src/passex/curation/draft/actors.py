"""Proposals for who is named: ships and whose they are, people and their posts, bodies, places."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Final

from ...graph.folding import fold, slug
from ...graph.terms import shorten
from .mentions import Actor, Person, Place, Ship
from .naming import Iris, surname
from .page import Page
from .statements import literal, name

#: Before these stands "the".
_ARTICLE: Final = re.compile(
    r"Navy|Forces?|Staff|Fleet|Guard|Squadron|Group|Command|United|Netherlands|Philippines|Bahamas|Maldives|Gambia|Republic|Islands"
)


class Actors:
    """Writes each node and affiliation once, where it is named first.

    Args:
        iris: Gives IRIs to what has none.
        labels: The labels of the graph's nodes, by IRI: what is there isn't proposed again.
    """

    def __init__(self, iris: Iris, labels: Mapping[str, str]) -> None:
        self._iris = iris
        self._by_label = {fold(label): iri for iri, label in labels.items()}
        self._done: set[str] = set()

    def want(self, page: Page, mention: Actor | Ship | Person) -> None:
        """Ask for the anchors that `write` will need."""
        if isinstance(mention, Actor):
            if not mention.known and mention.iri not in self._done:
                page.anchors.want(mention.start, mention.end)
        elif mention.iri not in self._done or (isinstance(mention, Person) and mention.post):
            page.anchors.want(mention.first, mention.last)

    def write(self, page: Page, mention: Actor | Ship | Person | Place) -> None:
        """Propose what isn't known yet of somebody or something that is named."""
        if isinstance(mention, Ship):
            self._ship(page, mention)
        elif isinstance(mention, Person):
            self._person(page, mention)
        elif isinstance(mention, Place):
            if (
                not mention.known
                and not self._iris.knows(mention.iri)
                and self._is_new(mention.iri)
            ):
                page.state(
                    mention.iri,
                    [("a", ["nr:Place"]), ("rdfs:label", [literal(mention.label, "en")])],
                )
        else:
            self._body(page, mention)

    def _is_new(self, iri: str) -> bool:
        new = iri not in self._done
        self._done.add(iri)
        return new

    def _ship(self, page: Page, ship: Ship) -> None:
        if not self._is_new(ship.iri) or self._iris.knows(ship.iri):
            return
        evidence = page.evidence((ship.first, ship.last))
        if not evidence:
            return
        if ship.ask:
            page.ask(ship.text, ship.ask)
        page.state(
            ship.iri,
            [
                ("a", ["nr:Ship"]),
                ("rdfs:label", [literal(ship.label, "en")]),
                ("nr:hasKind", [name(ship.concept)] if ship.concept else []),
                ("dcterms:identifier", [literal(ship.number)] if ship.number else []),
                ("nr:hasEvidence", evidence),
            ],
        )
        if ship.owner:
            self._affiliate(page, ship.iri, ship.label, ship.owner, evidence)

    def _affiliate(
        self, page: Page, member: str, label: str, body: str, evidence: list[str]
    ) -> None:
        of = self._iris.mint("affiliation", f"{label} {body}", f"of-{slug(label)}")
        page.state(
            of,
            [
                ("a", ["nr:Affiliation"]),
                ("org:member", [name(member)]),
                ("org:organization", [name(body)]),
                ("nr:hasEvidence", evidence),
            ],
        )

    def _body(self, page: Page, actor: Actor) -> None:
        if actor.ask:
            page.ask(actor.text, actor.ask)
        if actor.known or self._iris.knows(actor.iri) or not self._is_new(actor.iri):
            return
        evidence = page.evidence((actor.start, actor.end))
        if not evidence:
            return
        kind = [name(actor.concept)] if actor.concept else []
        label = literal(actor.label, "en")
        page.state(
            actor.iri,
            [
                ("a", [f"nr:{actor.of}"]),
                ("rdfs:label", [label]),
                ("nr:hasKind", kind),
                ("nr:hasEvidence", evidence),
            ],
        )
        if actor.whole and actor.of in ("Formation", "Service"):
            self._affiliate(page, actor.iri, actor.label, actor.whole, evidence)

    def _person(self, page: Page, person: Person) -> None:
        if person.ask:
            page.ask(person.text, person.ask)
        if not self._iris.knows(person.iri) and self._is_new(person.iri):
            page.state(
                person.iri, [("a", ["nr:Person"]), ("rdfs:label", [literal(person.label, "en")])]
            )
        if not person.post or (person.ask and not person.rank and not person.post_kind):
            return
        evidence = page.evidence((person.first, person.last))
        the = "the " if _ARTICLE.search(person.post_label) else ""
        label = f"{person.post} of {the}{person.post_label}" if person.post_in else person.post
        known = self._by_label.get(fold(label)) or self._by_label.get(
            fold(label.replace(" of the ", " of "))
        )
        if (known and self._iris.knows(person.iri)) or not evidence:
            return
        post = known or self._iris.mint(
            "post", label, slug(label.replace(" of the ", " ").replace(" of ", " "))
        )
        if self._is_new(post) and not known:
            page.state(
                post,
                [
                    ("a", ["org:Post"]),
                    ("rdfs:label", [literal(label, "en")]),
                    ("org:postIn", [name(person.post_in)] if person.post_in else []),
                    ("nr:leavesOpen", [] if person.post_in else ["org:postIn"]),
                    ("nr:hasKind", [name(person.post_kind)] if person.post_kind else []),
                ],
            )
        tenure = self._iris.mint(
            "tenure", f"{person.iri} {post}", slug(f"{surname(person.label)} {person.post}")
        )
        if self._is_new(tenure):
            page.state(
                tenure,
                [
                    ("a", ["nr:Tenure"]),
                    ("org:member", [name(person.iri)]),
                    ("nr:inPost", [name(post)]),
                    ("org:role", [name(person.rank)] if person.rank else []),
                    ("nr:hasEvidence", evidence),
                ],
            )


def named(actors: Iterable[Actor]) -> str:
    """List the actors that graph and gazetteer know, each once: Japan (id:japan)."""
    seen = {actor.iri: actor.label for actor in actors if actor.known and not actor.ask}
    return ", ".join(f"{label} ({shorten(iri)})" for iri, label in seen.items())
