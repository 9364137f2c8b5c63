"""Every anchor of the bundled graph against the articles' texts, where they are at hand."""

from __future__ import annotations

import os
import unicodedata
from pathlib import Path

import pytest

import passex
from passex import evidence
from passex.curation.citing import CitedText
from passex.evidence.claims import anchor
from passex.graph import dataset

ROOT = Path(__file__).resolve().parents[2]
TEXTS = Path(os.environ.get("PASSEX_TEXTS", ROOT.parent / "shared" / "articles"))

pytestmark = pytest.mark.skipif(
    not TEXTS.is_dir(), reason=f"the articles' texts are not at {TEXTS} (see PASSEX_TEXTS)"
)


def test_every_anchor_stands_where_the_graph_says() -> None:
    report = evidence.check(passex.load().store, TEXTS)
    assert report.findings == ()
    assert report.articles == 3
    anchors = sum(
        path.read_text(encoding="utf-8").count(" oa:exact ") for path in dataset.data_files()
    )
    assert report.anchors == anchors > 150


@pytest.mark.parametrize("form", ["as it is", "as it is typed", "NFD"])
def test_every_anchor_is_cited_from_its_text(form: str) -> None:
    store = passex.load().store
    texts = {
        article: CitedText(text) for article, text in evidence.read_texts(store, TEXTS).items()
    }
    quotes = [str(quote) for (quote,) in store.rows("SELECT DISTINCT ?q { ?c nr:hasEvidence ?q }")]
    for quote in (anchor(store, iri) for iri in quotes):
        phrase = quote.exact
        if form == "as it is typed":
            phrase = phrase.translate(str.maketrans("\u2018\u2019\u201c\u201d\u00a0", "''\"\" "))
        elif form == "NFD":
            phrase = unicodedata.normalize("NFD", phrase)
        [cited] = [
            cited
            for cited in texts[quote.article].cite(phrase).quotes
            if (cited.start, cited.end) == (quote.start, quote.end)
        ]
        assert (cited.exact, cited.faults) == (quote.exact, ())
