from __future__ import annotations

import xml.etree.ElementTree as ET

import networkx as nx
from hypothesis import given
from hypothesis import strategies as st

from passex.exports import svg

SVG = "{http://www.w3.org/2000/svg}"


def graph(labels: list[str]) -> nx.Graph[str]:
    made: nx.Graph[str] = nx.Graph()
    for index, label in enumerate(labels):
        made.add_node(f"n{index}", label=label, kind="Navy")
    for index in range(1, len(labels)):
        made.add_edge("n0", f"n{index}", count=index, basis="inferred" if index % 2 else "stated")
    return made


# XML 1.0 has no form for control characters or surrogates.
labels = st.text(st.characters(exclude_categories=["Cc", "Cs"], exclude_characters="\ufffe\uffff"))


@given(st.lists(labels, max_size=6), labels)
def test_labels_survive_and_nothing_leaves_the_picture(names: list[str], title: str) -> None:
    root = ET.fromstring(svg.draw(graph(names), title))
    texts = [text.text or "" for text in root.findall(f"{SVG}text")]
    assert texts[0] == title
    assert root.get("aria-label") == " ".join(title.split(" "))
    assert texts[len(texts) - len(names) :] == names
    for circle in root.findall(f"{SVG}circle"):
        assert 0 <= int(circle.get("cx", "-1")) <= svg.WIDTH
        assert 0 <= int(circle.get("cy", "-1")) <= svg.HEIGHT


def test_line_width_and_dashes_say_count_and_basis() -> None:
    lines = ET.fromstring(svg.draw(graph(["a", "b", "c"]), "t")).findall(f"{SVG}line")
    assert [(line.get("stroke-width"), line.get("stroke-dasharray")) for line in lines] == [
        ("3", "9 6"),
        ("5", None),
    ]


def test_nobody_and_one() -> None:
    assert svg.layout(nx.Graph()) == {}
    assert svg.layout(graph(["alone"])) == {"n0": 0.5 + 0.5j}
