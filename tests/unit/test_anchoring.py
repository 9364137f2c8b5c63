"""What is wrong with a place of a text as an anchor; the shapes say the same of a quote."""

from __future__ import annotations

import re

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from passex.evidence.anchoring import SENTENCE, faults
from passex.graph import dataset
from passex.text.words import sentences

TEXT = "Ships of Lyr met off Port Ambra on Monday, and three air-launched decoys fell. All well."


def kinds(text: str, phrase: str) -> list[str]:
    start = text.index(phrase)
    ends = list(sentences(text, SENTENCE))
    return [fault.kind for fault in faults(text, start, start + len(phrase), ends)]


def test_a_saint_ends_no_sentence() -> None:
    text = "They met near St. Helena and off Mt. Ambra. It rained. They left."
    assert kinds(text, "near St. Helena and off Mt. Ambra") == []
    assert kinds(text, "off Mt. Ambra. It rained") == ["across"]


@pytest.mark.parametrize(
    ("phrase", "expected"),
    [
        ("Ships of Lyr met off Port Ambra on", []),
        ("Ships of Lyr met off Port Ambra on Monday", ["copied"]),
        ("three air-launched decoys fell", []),
        ("three air-launched decoys fell.", ["stop"]),
        ("hips of Lyr", ["cut"]),
        ("Ships of Ly", ["cut"]),
        # Too short for a sentence that could be copied.
        ("All well", []),
        ("on Monday, and three air-launched decoys fell. All well", ["copied", "across"]),
        ("decoys fell. All", ["across"]),
    ],
)
def test_faults(phrase: str, expected: list[str]) -> None:
    assert kinds(TEXT, phrase) == expected


def test_a_sentence_of_few_words_is_copied_whole() -> None:
    text = "They left. The five ships sailed home. They left."
    assert kinds(text, "The five ships sailed home") == ["copied"]
    assert kinds(text, "five ships sailed home") == []


def test_what_is_said_of_a_fault() -> None:
    found = [*faults(TEXT, 1, 12, []), *faults(f"{TEXT} {'x' * 81}", 89, 170, [])]
    assert [(fault.message, fault.hint) for fault in found] == [
        ("The anchor begins inside a word.", 'quote "Ships of Lyr": <#char=0,12>'),
        ("The anchor has 81 characters.", "quote 80 at most"),
    ]


SHAPES = ox.Store()
SHAPES.load(path=str(dataset.shapes_file()))


def shape(name: str, predicate: str) -> str:
    """The pattern, or the query, of a shape for anchors."""
    node, term = (
        ox.NamedNode(f"https://w3id.org/passex/shape/{name}"),
        ox.NamedNode(f"http://www.w3.org/ns/shacl#{predicate}"),
    )
    [quad] = SHAPES.quads_for_pattern(node, term, None)
    assert isinstance(quad.object, ox.Literal)
    return quad.object.value


@given(st.text("ab. U\u3002-\n\u6f14", min_size=1, max_size=90).filter(lambda t: t == t.strip()))
def test_what_the_shapes_refuse_is_a_fault(text: str) -> None:
    store = ox.Store()
    exact = ox.NamedNode("http://www.w3.org/ns/oa#exact")
    store.add(ox.Quad(ox.NamedNode("urn:quote"), exact, ox.Literal(text)))
    unspaced = shape("AnchorWithoutSpaces-query", "select")
    rows = store.query(unspaced, prefixes={"oa": "http://www.w3.org/ns/oa#"})
    assert isinstance(rows, ox.QuerySolutions)
    anchor, sentence = (
        bool(re.search(shape(name, "pattern"), text)) for name in ("Anchor", "AnchorIsNoSentence")
    )
    found = {fault.kind for fault in faults(text, 0, len(text), [])}
    assert ("stop" in found) is not sentence
    refused = len(text) > int(shape("Anchor", "maxLength")) or not anchor or bool(list(rows))
    # Those that have more than eight words by UAX 29 are copied; the shapes count by spaces alone.
    assert refused <= bool(found & {"long", "copied"})
    assert ("long" in found) <= refused
