"""The picture of the network, the matrix, and the right-hand column, in headless Chromium."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from browsing import HOSTILE, Keys, address, barriers, choose, focused, press, text, texts

from passex import Policy, load
from passex.api.knowledge import KnowledgeGraph
from passex.graph.terms import PREFIXES
from passex.network.backbone import disparity
from passex.network.finding import say_finding
from passex.network.model import Tie
from passex.network.ranking import combined

EVERYTHING = ("held", "under-way", "planned")
JAPAN = "Japan Maritime Self-Defense Force"
AZURE = Path(__file__).resolve().parents[1] / "data" / "azure.ttl"
#: The middle of what is drawn on the canvas, from its own, and how much of it that fills.
DRAWN = """
const canvas = document.getElementById("canvas");
const { width, height } = canvas;
const copy = new OffscreenCanvas(width, height).getContext("2d", { willReadFrequently: true });
copy.drawImage(canvas, 0, 0);
const { data } = copy.getImageData(0, 0, width, height);
let [left, top, right, low] = [width, height, 0, 0];
for (let y = 0; y < height; y += 1) for (let x = 0; x < width; x += 1) {
  const at = 4 * (y * width + x);
  if (data[at] === data[0] && data[at + 1] === data[1] && data[at + 2] === data[2]) continue;
  [left, right] = [Math.min(left, x), Math.max(right, x)];
  [top, low] = [Math.min(top, y), Math.max(low, y)];
}
return [(left + right) / 2 / width - 0.5, (top + low) / 2 / height - 0.5,
  Math.max((right - left) / width, (low - top) / height)];
"""


@pytest.fixture(scope="module")
def fleet(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A generated graph with more ties than are drawn at first."""
    path = tmp_path_factory.mktemp("fleet") / "fleet.ttl"
    script = Path(__file__).parents[2] / "benchmarks" / "generate.py"
    subprocess.run([sys.executable, str(script), "30000", "-o", str(path)], check=True)
    return path


@pytest.fixture(scope="module")
def large(make_page: Callable[..., Path], fleet: Path) -> Path:
    return make_page(str(fleet), policy=Policy("service", EVERYTHING))


def frame(browser: Any) -> list[float]:
    """Wait for the picture, and measure it."""
    browser.execute_async_script(
        "const done = arguments[0];"
        "requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 50)))"
    )
    found: list[float] = browser.execute_script(DRAWN)
    return found


@pytest.mark.parametrize(
    "where", ["", "#article=id:article-2018-passex", "#level=state&select=&focus=id:russia"]
)
def test_the_picture_fits_what_is_visible(
    browser: Any, show: Callable[..., None], page: Path, where: str
) -> None:
    show(page, where)
    across, down, filled = frame(browser)
    assert abs(across) < 0.12
    assert abs(down) < 0.12
    assert filled > 0.5


def test_nobody_is_larger_than_a_ranking_bears(
    browser: Any, show: Callable[..., None], page: Path, large: Path
) -> None:
    show(page)
    assert "size: all alike, since nobody is ranked" in texts(browser, "#legend li")
    show(large)
    assert "size: strength" in texts(browser, "#legend li")
    choose(browser, "measure", "degree")
    assert "size: degree" in texts(browser, "#legend li")


def test_the_strongest_ties_come_first(
    browser: Any, show: Callable[..., None], fleet: Path, large: Path
) -> None:
    network = load(str(fleet)).ties(Policy("unit", EVERYTHING))
    ties = combined(network, "weight")
    chances = disparity(ties)
    least: dict[int, tuple[float, float, str, int]] = {}
    for place, ends in enumerate(zip(ties.sources, ties.targets, strict=True)):
        names = " ".join(sorted(ties.nodes[end] for end in ends))
        key = (chances[place], -ties.strengths[place], names, place)
        for end in ends:
            least[end] = min(key, least.get(end, key))
    kept = {place for place, p in enumerate(chances) if p < 0.05}
    kept |= {place for *_, place in least.values()}
    assert len(network.ties) > 400
    assert len(kept) < 0.8 * len(network.ties)
    show(large, "#level=unit")
    assert text(browser, "#drawn span") == (
        f"{len(kept):,} of {len(network.ties):,} ties are drawn: the backbone by the disparity "
        "filter at alpha 0.05, and of each actor the tie that chance explains least. "
        "Whoever is selected shows all of its own."
    )
    # The rest of the page speaks of all ties.
    assert f" {len(network.ties):,} ties, " in text(browser, "#counts")
    browser.find_element("css selector", "#drawn button").click()
    assert text(browser, "#drawn span") == f"All {len(network.ties):,} ties are drawn."
    assert address(browser) == "#level=unit&ties=all"
    browser.find_element("css selector", "#drawn button").click()
    assert text(browser, "#drawn button") == "Draw all ties"


def test_one_actor_and_its_partners(
    browser: Any, show: Callable[..., None], page: Path, fleet: Path, large: Path
) -> None:
    show(page, "#level=state&select=actor:id:japan")
    (button,) = [
        one
        for one in browser.find_elements("css selector", "#details-body button")
        if one.text == "Only this actor and its partners"
    ]
    button.click()
    assert text(browser, "#drawn span") == (
        "Japan and its 3 partners and 1 tie between these. Those with most exercises in common are "
        "nearest."
    )
    assert address(browser) == "#level=state&select=actor:id:japan&focus=id:japan"
    browser.find_element("css selector", "#drawn button").click()
    assert not browser.find_element("id", "drawn").is_displayed()
    # In a large network, of the ties between the partners the strongest are drawn.
    network = load(str(fleet)).ties(Policy("service", EVERYTHING))
    degree = Counter(end for tie in network.ties for end in (tie.source, tie.target))
    first = min(degree, key=lambda node: (degree[node], node))
    assert degree[first] < len(network.nodes) - 1
    partners = {
        end for t in network.ties for end in (t.source, t.target) if first in (t.source, t.target)
    } - {first}
    among = [t for t in network.ties if {t.source, t.target} <= partners]
    show(large, f"#focus=id:{first.iri.rpartition('/')[2]}&ties=all")
    assert text(browser, "#drawn span") == (
        f"{first.label} and its {len(partners)} partners and {len(among):,} ties between these. "
        "In each group, those with most exercises in common are nearest."
    )
    # A focus that the filters leave nothing of is none.
    show(page, "#level=unit&focus=id:japan")
    assert not browser.find_element("id", "drawn").is_displayed()


def test_the_column_opens_with_a_finding_and_the_ties(
    browser: Any, show: Callable[..., None], page: Path
) -> None:
    kg = load()
    for level in ("unit", "service", "state", "organisation"):
        network = kg.ties(Policy(level, EVERYTHING))
        show(page, f"#level={level}")
        assert texts(browser, ".finding p") == list(say_finding(network))
        shown = browser.execute_script(
            "return [...document.querySelectorAll('#overview .ties li')].map((one) => ["
            "one.querySelector('.link').textContent,"
            "one.querySelector('.detail').firstChild.textContent.trim(),"
            "[...one.querySelectorAll('q')].map((quote) => quote.textContent)])"
        )
        counts = {(1, 0): "1 exercise", (0, 1): "1 plan", (2, 0): "2 exercises", (0, 2): "2 plans"}
        counts |= {(2, 1): "2 exercises, 1 plan", (1, 1): "1 exercise, 1 plan"}
        assert [one[:2] for one in shown] == [
            [f"{t.source.label} \N{EN DASH} {t.target.label}", counts[t.count, t.planned]]
            for t in network.ties[:6]
        ]
        for tie, (*_, quotes) in zip(network.ties, shown, strict=False):
            worth = worths(kg, tie)
            assert len(quotes) == 1
            assert worth[quotes[0]] == max(worth.values())
    # Of anything else than what it was made of, it says nothing.
    show(page, "#include=held")
    assert texts(browser, ".finding p") == []
    browser.find_element("css selector", "#overview .ties .link").click()
    assert text(browser, "#details-title").startswith(f"{JAPAN} and ")
    assert not browser.find_element("id", "overview").is_displayed()
    assert barriers(browser) == []


def worths(kg: KnowledgeGraph, tie: Tie) -> dict[str, int]:
    """How well each quote behind the exercises of a tie, or else its plans, speaks for it."""
    found: dict[str, int] = {}
    ours = {o.activity.iri for o in tie.occasions if o.activity.planned is (not tie.count)}
    for reason in kg.why(tie.source.iri, tie.target.iri).occasions:
        if reason.happening.iri not in ours:
            continue
        sides = [
            {claim.iri: claim for route in routes for claim in route.claims}
            for routes in (reason.routes_a, reason.routes_b)
        ]
        for iri, claim in (sides[0] | sides[1]).items():
            for place in claim.evidence:
                worth = (
                    8 * (iri in sides[0] and iri in sides[1])
                    + 4 * ("nr:hasParticipant" in claim.on_properties)
                    + 2 * (place.zone == "body")
                    + (claim.certainty == "certain")
                    + (claim.basis == "stated")
                )
                found[place.exact] = max(worth, found.get(place.exact, 0))
    return found


def test_search_knows_further_names_and_other_levels(
    browser: Any, show: Callable[..., None], page: Path
) -> None:
    show(page)
    field = browser.find_element("id", "search")
    field.send_keys("jmsdf")
    assert texts(browser, "#found [role=option]")[0] == f"{JAPAN} (JMSDF)\nnavy"
    field.clear()
    field.send_keys("ROK")
    assert texts(browser, "#found [role=option]")[0] == "South Korea (ROK)\nstate"
    press(browser, Keys.ENTER)
    assert text(browser, "#details-title") == "South Korea"
    assert "It has no tie at service level." in texts(browser, "#details-body .hint")
    assert texts(browser, "#details-body .plain li") == ["Its navy: Republic of Korea Navy"]
    offered = browser.find_elements("css selector", "#details-body p > button")
    assert [one.text for one in offered] == [
        "Show at state level",
        "Show at organisation level",
    ]
    assert barriers(browser) == []
    offered[0].click()
    assert texts(browser, "#details-body h3")[0] == "2 ties"
    assert address(browser) == "#level=state&select=actor:id:south-korea"
    # And from the navy to its state, and from what filters hide.
    show(page, "#level=state&select=actor:id:navy-of-south-korea")
    assert texts(browser, "#details-body .plain li") == ["It is part of: South Korea"]
    show(page, "#include=planned&select=actor:id:snmg1")
    assert "These filters leave no tie of it." in texts(browser, "#details-body .hint")


def test_what_is_not_there_is_said_and_forgotten(
    browser: Any, show: Callable[..., None], page: Path
) -> None:
    show(page, "#select=actor:id:nobody")
    assert text(browser, "#notice") == (
        "\N{LEFT DOUBLE QUOTATION MARK}actor:id:nobody\N{RIGHT DOUBLE QUOTATION MARK} is not in "
        "this file."
    )
    assert barriers(browser) == []
    assert address(browser) == ""
    choose(browser, "level", "state")
    assert not browser.find_element("id", "notice").is_displayed()
    show(page, "#include=planned&select=tie:id:jmsdf|id:snmg1")
    assert text(browser, "#notice") == (
        f"{JAPAN} and Standing NATO Maritime Group One have no tie that these filters leave."
    )


def test_reset_takes_the_error_away(browser: Any, show: Callable[..., None], page: Path) -> None:
    show(page)
    field = browser.find_element("id", "since")
    field.send_keys("abc", Keys.ENTER)
    assert "is no year, month or day" in text(browser, "#date-error")
    browser.find_element("id", "reset").click()
    assert text(browser, "#date-error") == ""
    assert field.get_attribute("aria-invalid") is None
    assert field.get_attribute("value") == ""


def test_paper_has_its_own_picture_and_nothing_folded(
    browser: Any, show: Callable[..., None], page: Path
) -> None:
    show(page, "#select=actor:id:jmsdf")
    browser.find_element("css selector", "#close").click()
    show(page, "#select=tie:id:jmsdf|id:navy-of-south-korea")
    folded = "return document.querySelectorAll('#side details:not([open])').length"
    size = "const c = document.getElementById('canvas'); return [c.width, c.height]"
    frame(browser)
    before = browser.execute_script(size)
    assert browser.execute_script(folded) == 2
    browser.execute_script("dispatchEvent(new Event('beforeprint'))")
    wide, high = browser.execute_script(size)
    assert wide / high == pytest.approx(1040 / 640, abs=0.01)
    assert browser.execute_script(folded) == 0
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    fitted = "return getComputedStyle(document.getElementById('canvas')).objectFit"
    assert browser.execute_script(fitted) == "contain"
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})
    browser.execute_script("dispatchEvent(new Event('afterprint'))")
    frame(browser)
    assert browser.execute_script(size) == before
    assert browser.execute_script(folded) == 2


KEY = ["held, alone or with others", "under way only", "planned only", "state"]


def test_the_matrix_has_the_same_ties(browser: Any, show: Callable[..., None], page: Path) -> None:
    from selenium.webdriver.common.action_chains import ActionChains

    show(page, "#level=state&view=matrix")
    cells = browser.find_element("css selector", "#matrix .cells")
    assert texts(browser, "#matrix .legend li") == KEY
    # No cell is marked as long as nobody has pointed to one.
    image = "return document.querySelector('#matrix .cells').toDataURL()"
    unmarked = browser.execute_script(image)
    browser.execute_script("document.querySelector('#matrix .cells').focus()")
    assert browser.execute_script(image) != unmarked
    browser.execute_script("document.activeElement.blur()")
    assert browser.execute_script(image) == unmarked
    cells.click()  # the middle
    browser.execute_script("document.activeElement.blur()")
    cells.send_keys(Keys.ARROW_LEFT * 5 + Keys.ARROW_UP * 5)
    seen = {}
    live = "return document.getElementById('live').textContent"
    for row in range(4):
        for _ in range(3):
            cells.send_keys(Keys.ARROW_RIGHT)
            said = str(browser.execute_script(live)).replace(" Enter shows its evidence.", "")
            one, _, what = said.rstrip(". ").partition(": ")
            seen[frozenset(one.split(" and "))] = what
        cells.send_keys(Keys.ARROW_LEFT * 3)
        if row < 3:
            cells.send_keys(Keys.ARROW_DOWN)
    network = load().ties(Policy("state", EVERYTHING))
    words = {
        frozenset((t.source.label, t.target.label)): ", ".join(
            f"{number} {word}{'' if number == 1 else 's'}"
            for number, word in ((t.count, "exercise"), (t.planned, "plan"))
            if number
        )
        for t in network.ties
    }
    pairs = {pair: what for pair, what in seen.items() if len(pair) == 2}
    assert pairs == {
        frozenset((a.label, b.label)): words.get(frozenset((a.label, b.label)), "no tie")
        for a in network.nodes
        for b in network.nodes
        if a < b
    }
    choose(browser, "minEvents", "99")
    assert text(browser, "#matrix") == "No ties are left by these filters."
    choose(browser, "minEvents", "1")
    cells.send_keys(Keys.ARROW_DOWN * 4)
    # From the lower left corner up to the strongest tie, by keyboard and by mouse.
    cells.send_keys(Keys.ARROW_LEFT * 4 + Keys.ARROW_UP * 4 + Keys.ARROW_RIGHT)
    cells.send_keys(Keys.ENTER)
    assert focused(browser) == "details-title"
    first = text(browser, "#details-title")
    assert frozenset(first.split(" and ")) in words
    press(browser, Keys.ESCAPE)
    side = cells.size["width"]
    cell = side / len(network.nodes)
    ActionChains(browser).move_to_element_with_offset(
        cells, round(1.5 * cell - side / 2), round(0.5 * cell - side / 2)
    ).click().perform()
    assert text(browser, "#details-title") == first
    assert barriers(browser) == []


def test_a_large_matrix_stands_by_group(
    browser: Any, show: Callable[..., None], make_page: Callable[..., Path], tmp_path: Path
) -> None:
    # Six ships to an exercise, of which the next one has two again.
    parts = [f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in PREFIXES.items()]
    parts += [f'id:s{n} a nr:Ship ; rdfs:label "Ship {n}"@en .\n' for n in range(162)]
    for n in range(40):
        ships = ", ".join(f"id:s{4 * n + place}" for place in range(6))
        parts.append(
            f'id:e{n} a nr:Exercise ; rdfs:label "Drill {n}"@en ; nr:hasDomain nrc:naval ;'
            f" nr:hasParticipant {ships} .\n"
        )
    crowd = tmp_path / "crowd.ttl"
    crowd.write_text("".join(parts), encoding="utf-8")
    show(make_page(str(crowd), policy=Policy("unit", EVERYTHING)), "#level=unit&view=matrix")
    said = text(browser, "#matrix .hint")
    assert said.startswith("150 actors of 162, those with most weight. ")
    assert "Actors stand by group, the strongest first." in said
    wide = "return document.querySelector('#matrix .cells').clientWidth"
    before = browser.execute_script(wide)
    browser.find_element("id", "matrix-whole").click()
    assert browser.execute_script(wide) < before
    inside = "const m = document.querySelector('.matrix'); return m.scrollWidth <= m.clientWidth"
    assert browser.execute_script(inside)


def test_groups_have_colours_and_names(
    browser: Any, show: Callable[..., None], fleet: Path, large: Path
) -> None:
    kg = load(str(fleet))
    show(large, "#domain=all")
    network = kg.ties(Policy("service", EVERYTHING, "all"))
    groups = kg.communities(network, method="louvain").groups
    strength: dict[str, float] = {}
    for tie in network.ties:
        for end in (tie.source, tie.target):
            strength[end.iri] = strength.get(end.iri, 0) + tie.weight + tie.planned_weight
    expected = []
    for group in [group for group in groups if len(group) > 1][:7]:
        first = max(group, key=lambda node: strength[node.iri])
        others = len(group) - 1
        expected.append(f"{first.label} and {others} other{'' if others == 1 else 's'}")
    assert [one for one in texts(browser, "#legend li") if " and " in one][: len(expected)] == (
        expected
    )
    assert len(expected) > 1


def test_hostile_labels_do_no_harm_in_what_is_said(
    browser: Any, show: Callable[..., None], make_page: Callable[..., Path], tmp_path: Path
) -> None:
    import json

    source = AZURE.read_text(encoding="utf-8")
    old = ["Azure Navy", "Cobalt Navy"]
    for label, name in zip(HOSTILE[:2], old, strict=True):
        source = source.replace(f'rdfs:label "{name}"@en', f"rdfs:label {json.dumps(label)}@en")
    data = tmp_path / "hostile.ttl"
    data.write_text(source, encoding="utf-8")
    path = make_page(str(data), policy=Policy("service", EVERYTHING, "all"))
    for address_ in ("", "#focus=id:azure-navy", "#view=matrix", "#select=actor:<b>x</b>"):
        show(path, address_)
        assert browser.title == "Who trains with whom"
        assert browser.find_elements("css selector", "img, iframe, b") == []
        assert browser.execute_script("return document.documentElement.scrollWidth <= innerWidth")
    show(path)
    assert HOSTILE[0] in "".join(texts(browser, "#overview"))
