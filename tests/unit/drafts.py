"""Drafts of a few sentences, for the tests of what is proposed and asked."""

from __future__ import annotations

from functools import cache

from passex.curation.draft.drafting import Draft, draft
from passex.graph.store import Store, load

HEAD = "LISBON, 5 June 2031 - "


@cache
def graph() -> Store:
    return load()


def drafted(text: str, store: Store | None = None) -> Draft:
    return draft(HEAD + text, "2031-some-drill", store or graph())


def statements(text: str, words: str = "", store: Store | None = None) -> list[str]:
    """The statements that have some words, each on one line."""
    turtle = drafted(text, store).turtle.replace("\n#     ", " ")
    lines = (line.removeprefix("# ") for line in turtle.splitlines() if line.startswith("# "))
    return [line for line in lines if words in line]


def remarks(text: str, store: Store | None = None) -> list[str]:
    """What is asked, and said of the graph's nodes, under the sentences: each on one line."""
    turtle = drafted(text, store).turtle.replace("\n##     ", " ")
    lines = turtle.partition("\n## 1. ")[2].splitlines()[1:]
    told = (line.removeprefix("## ") for line in lines if line.startswith("## "))
    return [line for line in told if line.startswith(("? ", "goes on"))]
