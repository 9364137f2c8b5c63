"""The marks that all drawings have in common, and that no drawing has a second copy of them."""

from __future__ import annotations

import json
import math
import re
import shutil
import subprocess
from itertools import combinations, pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from passex.exports import page
from passex.exports.drawing import marks

SOURCE = Path(marks.__file__).resolve().parents[2]


def luminance(colour: str) -> float:
    """The relative luminance of WCAG 2.2."""
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (byte / 255 for byte in bytes.fromhex(colour[1:]))
    ]
    return sum(a * b for a, b in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", [marks.LIGHT, marks.DARK])
def test_lines_and_names_stand_out_from_the_ground(theme: marks.Theme) -> None:
    for name in ("ink", "quiet", "held", "way", "planned"):
        assert contrast(getattr(theme, name), theme.paper) >= 4.5, name


def test_what_stands_on_a_colour_can_be_read() -> None:
    colours = {shape.colour for shape in marks.LOOKS.values()} | {*marks.PALETTE, marks.REST}
    assert {c for c in colours if contrast(c, marks.ink(c)) < 4.5} == set()


def test_no_two_kinds_of_actors_look_alike() -> None:
    actors = ("State", "Navy", "Formation", "Ship", "Organisation", "Institution", "Person")
    looks = [marks.look(kind) for kind in actors]
    for one, other in combinations(looks, 2):
        # A shape tells them apart without colours, too.
        assert (one.sides, one.turn) != (other.sides, other.turn)
        assert one.colour != other.colour
    assert len({*marks.PALETTE, marks.REST}) == 8


def test_statuses_have_dashes_of_their_own() -> None:
    dashes = [stroke.dash for stroke in marks.STROKES.values()]
    assert dashes == [(), (14, 4, 2, 4), (6, 5)]
    assert marks.stroke("") == marks.stroke("held")


@pytest.mark.parametrize("kind", sorted({*marks.LOOKS, "Harbour"}))
def test_shapes_have_the_area_of_a_circle(kind: str) -> None:
    points = marks.outline(kind, 5, 7, 10)
    if not points:
        assert marks.look(kind).sides == 0
        return
    area = sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairwise([*points, points[0]])) / 2
    assert abs(area) == pytest.approx(math.pi * 100)


@given(st.lists(st.integers(1, 9), min_size=1, max_size=40))
def test_widths_go_by_the_share_of_what_is_weaker(weights: list[int]) -> None:
    drawn = marks.widths(weights)
    for weight, width in zip(weights, drawn, strict=True):
        share = sum(other < weight for other in weights) / len(weights)
        assert width == marks.WIDTHS[int(4 * share)]


def test_the_scripts_have_the_same_values() -> None:
    node = shutil.which("node")
    if node is None:
        pytest.skip("node is not installed")
    script = page.module("shapes").replace('from "./marks.js"', 'from "data:text/javascript,MARKS"')
    script = re.sub(r"^import .*$", page.module("marks").replace("export ", ""), script, flags=re.M)
    script = (
        script.replace("export ", "")
        + """
      const kinds = ["State", "Navy", "Formation", "Ship", "Organisation", "Person", "Harbour"];
      console.log(JSON.stringify({
        corners: kinds.map((kind) => corners(kind, 3, 4, 10)),
        fills: [fill("Navy"), fill("Navy", 1), fill("Navy", 7)],
        widths: [...widths([5, 1, 1, 2, 9, 3])],
        middle: [1, 4, 8].map(middle),
      }));
    """
    )
    done = subprocess.run([node, "-e", script], capture_output=True, text=True, check=True)
    found = json.loads(done.stdout)
    kinds = ("State", "Navy", "Formation", "Ship", "Organisation", "Person", "Harbour")
    for kind, corners in zip(kinds, found["corners"], strict=True):
        assert [tuple(p) for p in corners] == [
            pytest.approx(p) for p in marks.outline(kind, 3, 4, 10)
        ]
    assert found["fills"] == [marks.colour("Navy"), marks.colour("Navy", 1), marks.REST]
    weights = [5, 1, 1, 2, 9, 3]
    assert dict(found["widths"]) == dict(zip(weights, marks.widths(weights), strict=True))
    assert found["middle"] == [marks.middle(width) for width in (1, 4, 8)]


def test_no_drawing_has_colours_of_its_own() -> None:
    own = {shape.colour for shape in marks.LOOKS.values()} | {*marks.PALETTE}
    own |= {
        getattr(theme, name) for theme in (marks.LIGHT, marks.DARK) for name in ("way", "planned")
    }
    found = {
        path.relative_to(SOURCE).as_posix(): colours
        for folder in ("exports", "web", "api")
        for path in (SOURCE / folder).rglob("*")
        if path.suffix in (".py", ".js", ".css", ".html") and path.name != "marks.py"
        if (colours := own & set(re.findall("#[0-9a-f]{6}", path.read_text(encoding="utf-8"))))
    }
    assert found == {}
