"""Every anchor of the bundled graph against the articles' texts, where they are at hand."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

import passex
from passex import evidence
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
