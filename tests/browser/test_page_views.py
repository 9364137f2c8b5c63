"""The page's map, timeline and table, and the manners of the page, in headless Chromium."""

from __future__ import annotations

import csv
import io
import json
import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from browsing import HOSTILE, Keys, address, barriers, choose, focused, press, text, texts

from passex import Policy, load
from passex.network.policy import STATUSES

Make = Callable[..., Path]
Show = Callable[..., None]
HEAD = """
@prefix nr: <https://w3id.org/passex/ontology#> .
@prefix nrc: <https://w3id.org/passex/concept/> .
@prefix id: <https://w3id.org/passex/id/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix wgs84: <http://www.w3.org/2003/01/geo/wgs84_pos#> .
@prefix dwc: <http://rs.tdwg.org/dwc/terms/> .
@prefix geo: <http://www.opengis.net/ont/geosparql#> .
id:a a nr:Navy ; rdfs:label "A" .
id:b a nr:Navy ; rdfs:label "B" .
"""


def drill(name: str, rest: str, parties: str = "id:a, id:b") -> str:
    """The Turtle of an exercise."""
    return (
        f"id:{name} a nr:Exercise ; rdfs:label {json.dumps(name)} ; nr:hasDomain nrc:naval ; "
        f"nr:hasStatus nrc:held ; nr:hasParticipant {parties} ; {rest} .\n"
    )


def at(latitude: float, longitude: float) -> str:
    return f"wgs84:lat {latitude} ; wgs84:long {longitude}"


def days(first: str, last: str) -> str:
    return f'nr:earliest "{first}"^^xsd:date ; nr:latest "{last}"^^xsd:date'


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory, make_page: Make) -> Callable[..., Path]:
    """Make a page of Turtle."""

    def make(turtle: str, label: str = "A") -> Path:
        data = tmp_path_factory.mktemp("views") / "data.ttl"
        head = HEAD.replace('rdfs:label "A"', f"rdfs:label {json.dumps(label)}")
        data.write_text(head + turtle, encoding="utf-8")
        return make_page(str(data), policy=Policy(include=tuple(STATUSES)))

    return make


@pytest.fixture
def size(browser: Any) -> Iterator[Callable[[int, int], None]]:
    """Give the page a size; afterwards it has the browser's own."""

    def set_size(width: int, height: int, touch: bool = False) -> None:
        given = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": touch}
        browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", given)

    yield set_size
    browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


def places(*named: str) -> str:
    """Exercises at places, each ``name latitude longitude``."""
    turtle = ""
    for one in named:
        name, latitude, longitude = one.split()
        turtle += f'id:{name} a nr:Place ; rdfs:label "{name}" ; '
        turtle += f"{at(float(latitude), float(longitude))} .\n"
        turtle += drill(f"at-{name}", f"nr:hasPlace id:{name}")
    return turtle


PLACES = [
    ("honolulu 21.3 -157.9", "sydney -33.9 151.2", "auckland -36.9 174.8"),
    ("oslo 59.9 10.7", "durban -29.9 31", "rio -22.9 -43.2", "perth -32 115.9", "lima -12 -77"),
    ("suva -18.1 178.4", "apia -13.8 -171.8"),
    ("pole 89.9 0", "other -89.9 179.9"),
    ("one 0 180", "two 0 -180", "three 0 0", "four 0 90", "five 0 -90"),
    ("alone 35.3 139.7",),
]


@pytest.mark.parametrize("named", PLACES, ids=lambda named: named[0].split()[0])
def test_every_mark_lies_on_the_map(
    browser: Any, show: Show, graph: Make, size: Callable[..., None], named: tuple[str, ...]
) -> None:
    path = graph(places(*named))
    for width, height in ((1440, 900), (390, 844)):
        size(width, height)
        show(path, "#view=map")
        assert text(browser, ".tally") == (
            f"On the map: all {len(named)} exercises."
            if len(named) > 1
            else "On the map: the one exercise."
        )
        shown, outside = browser.execute_script(
            """const [x, y, w, h] = document.querySelector(".map > .world").getAttribute("viewBox")
                .split(" ").map(Number);
            const marks = [...document.querySelectorAll(".mark")];
            const inside = ({ dataset }) => dataset.x >= x && dataset.x <= x + w
                && dataset.y >= y && dataset.y <= y + h;
            return [marks.flatMap(({ dataset }) => dataset.places.split(" ")).sort(),
                marks.filter((mark) => !inside(mark) || [...mark.querySelectorAll("circle")]
                    .some((one) => one.cx.baseVal.value < x)).length];"""
        )
        assert shown == sorted(f"id:{one.split()[0]}" for one in named)
        assert outside == 0


def test_the_seam_of_the_map_is_where_no_place_is(
    browser: Any, show: Show, graph: Make, size: Callable[..., None]
) -> None:
    size(1440, 900)
    wide = (
        "return Number(document.querySelector('.map > .world').getAttribute('viewBox')"
        ".split(' ')[2])"
    )
    # Of the 980 units of the world, the closest first look takes 412.
    for named, most in ((PLACES[2], 412), (PLACES[0], 600)):
        show(graph(places(*named)), "#view=map")
        assert browser.execute_script(wide) < most


AREA = "POLYGON((20 10, 24 10, 24 14, 20 14, 20 10))"
SEAS = (
    f'id:area a nr:Place ; rdfs:label "Area" ; geo:asWKT "{AREA}"^^geo:wktLiteral .\n'
    'id:lost a nr:Place ; rdfs:label "Lost" .\n'
    'id:off a nr:Place ; rdfs:label "Off" ; wgs84:lat 95 ; wgs84:long 2 .\n'
    'id:port a nr:Place ; rdfs:label "Port" ; wgs84:lat -17.5 ; wgs84:long 179.9 ; '
    "dwc:coordinateUncertaintyInMeters 500 .\n"
    + drill("Here", "nr:hasPlace id:port, id:lost")
    + drill("Sea", "nr:hasPlace id:area")
    + drill("There", "nr:hasPlace id:lost")
    + drill("Beyond", "nr:hasPlace id:off")
    + drill("Anywhere", "rdfs:comment 'x'")
    + 'id:p a nr:ExercisePlan ; rdfs:label "To come" ; nr:hasDomain nrc:naval ; '
    "nr:hasParticipant id:a, id:b ; nr:hasPlace id:port ; nr:hasStatus nrc:announced .\n"
)


def test_a_map_says_what_is_not_on_it_and_why(browser: Any, show: Show, graph: Make) -> None:
    show(graph(SEAS), "#view=map")
    assert text(browser, ".tally") == "On the map: 2 of 5 exercises, the one plan."
    marks = browser.find_elements("css selector", ".mark")
    assert sorted(mark.get_attribute("aria-label") for mark in marks) == [
        "Area: 1 exercise; precision: not stated",
        "Port: 1 exercise, 1 plan; precision: within 500 m",
    ]
    # A plan is a mark of its own beside the exercise's, not one of two.
    assert len(browser.find_elements("css selector", ".mark .exercises")) == 2
    assert len(browser.find_elements("css selector", ".mark .plans")) == 1
    area = browser.find_element("css selector", ".area").rect
    assert area["width"] > 5
    assert area["height"] > 5
    assert texts(browser, ".fold > summary") == [
        "3 events not on the map, and places that are not",
        "2 places on the map",
    ]
    browser.find_element("css selector", ".fold > summary").click()
    assert texts(browser, ".missing h2, .missing li") == [
        *("Lost: no coordinates", "Here (on the map elsewhere)", "There"),
        *("Off: coordinates off the globe: latitude 95, longitude 2", "Beyond"),
        *("No place stated", "Anywhere"),
    ]
    # At the border of the world there is room for the name, inside the frame.
    assert browser.execute_script(
        """const map = document.querySelector(".map > .world").getBoundingClientRect();
        const names = [...document.querySelectorAll(".names text")];
        return names.length === 2 && names.every((name) => {
            const { left, right } = name.getBoundingClientRect();
            return left >= map.left && right <= map.right; });"""
    )
    browser.execute_script("document.querySelector('.area').dispatchEvent(new Event('click'))")
    assert text(browser, "#details-title") == "Area"
    assert barriers(browser) == []


def test_map_names_where_coordinates_come_from(browser: Any, show: Show, page: Path) -> None:
    show(page, "#view=map")
    said = "\n".join(texts(browser, "#map .source"))
    assert "Yokosuka: GeoNames (https://www.geonames.org/1848313), CC BY 4.0" in said
    assert text(browser, ".tally") == (
        "On the map: none of the 4 exercises, none of the 3 plans, 6 of 39 other events."
    )
    browser.find_element("id", "others").click()
    assert text(browser, ".tally") == "On the map: none of the 4 exercises, none of the 3 plans."
    assert browser.find_elements("css selector", ".mark") == []
    assert address(browser) == "#view=map&others=no"


def test_a_map_is_one_tab_stop_and_opens_clusters(browser: Any, show: Show, graph: Make) -> None:
    near = ("one 36.1 140.5", "two 35.2 139.2", "three 35.2 139.2", "far -30 20")
    show(graph(places(*near)), "#view=map")
    assert browser.execute_script(
        "return [...document.querySelectorAll('.mark')].map((one) => one.getAttribute('tabindex'))"
    ) == ["0", "-1"]
    many = browser.find_element("css selector", ".mark.many")
    assert many.get_attribute("aria-label") == "3 places, one and others: 3 exercises"
    browser.execute_script("document.querySelector('.mark[tabindex=\"0\"]').focus()")

    def on() -> str:
        return str(browser.execute_script("return document.activeElement.dataset.places"))

    assert on() == "id:one id:three id:two"
    press(browser, Keys.ARROW_LEFT)
    assert on() == "id:far"
    press(browser, Keys.ENTER)
    assert text(browser, "#details-title") == "far"
    press(browser, Keys.ESCAPE)
    assert on() == "id:far"
    press(browser, Keys.ARROW_RIGHT, Keys.ENTER, Keys.ENTER)
    # Two of one place can't be told apart: they are listed.
    for _ in range(6):
        if browser.find_elements("css selector", ".popover"):
            break
        browser.execute_script(
            "const one = document.querySelector('.mark.many'); one.focus();"
            "one.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter' }))"
        )
    assert texts(browser, ".popover li") == ["three", "two"]
    press(browser, Keys.ESCAPE)
    assert browser.find_elements("css selector", ".popover") == []
    assert on() != "undefined"


def test_the_wheel_scrolls_the_page_and_zooms_with_ctrl(
    browser: Any, show: Show, page: Path
) -> None:
    wheel = (
        "const host = document.querySelector(arguments[0]);"
        "const event = new WheelEvent('wheel', { deltaY: -200, ctrlKey: arguments[1],"
        " cancelable: true, bubbles: true });"
        "host.dispatchEvent(event); return event.defaultPrevented"
    )
    for view, host in (("map", ".map > .world"), ("network", "#canvas")):
        show(page, f"#view={view}")
        box = "return document.querySelector('.map > .world')?.getAttribute('viewBox')"
        before = browser.execute_script(box)
        hint = f"#view-{view} .gesture"
        assert not browser.find_element("css selector", hint).is_displayed()
        assert browser.execute_script(wheel, host, False) is False
        assert text(browser, hint) == "Hold Ctrl and scroll to zoom"
        assert browser.execute_script(box) == before
        assert browser.execute_script(wheel, host, True) is True
        if view == "map":
            assert browser.execute_script(box) != before
        else:
            assert "camera=" in address(browser)


def test_two_fingers_zoom_and_one_scrolls(
    browser: Any, show: Show, page: Path, size: Callable[..., None]
) -> None:
    size(390, 844, True)
    browser.execute_cdp_cmd("Emulation.setTouchEmulationEnabled", {"enabled": True})
    try:
        for view, host in (("map", ".map > .world"), ("network", "#canvas")):
            show(page, f"#view={view}")
            browser.execute_script(
                "document.querySelector(arguments[0]).scrollIntoView({ block: 'center' })", host
            )
            x, y = browser.execute_script(
                "const b = document.querySelector(arguments[0]).getBoundingClientRect();"
                "return [b.left + b.width / 2, b.top + b.height / 2]",
                host,
            )
            before, top = state_of(browser, view), browser.execute_script("return scrollY")
            touch(browser, [[(x, y + 100 - 10 * n)] for n in range(12)])
            assert text(browser, f"#view-{view} .gesture") == "Two fingers move and zoom"
            assert state_of(browser, view) == before
            assert browser.execute_script("return scrollY") > top
            y -= browser.execute_script("return scrollY") - top
            touch(browser, [[(x - 20 - 5 * n, y), (x + 20 + 5 * n, y)] for n in range(10)])
            assert state_of(browser, view) != before
    finally:
        browser.execute_cdp_cmd("Emulation.setTouchEmulationEnabled", {"enabled": False})


def state_of(browser: Any, view: str) -> str:
    """Where a picture looks."""
    if view == "network":
        return address(browser)
    box = "return document.querySelector('.map > .world').getAttribute('viewBox')"
    return str(browser.execute_script(box))


def touch(browser: Any, moves: list[list[tuple[float, float]]]) -> None:
    """Put fingers down, move them, and lift them."""
    for number, points in enumerate(moves):
        fingers = [{"x": x, "y": y, "id": n} for n, (x, y) in enumerate(points)]
        kind = "touchMove" if number else "touchStart"
        browser.execute_cdp_cmd("Input.dispatchTouchEvent", {"type": kind, "touchPoints": fingers})
        time.sleep(0.02)
    browser.execute_cdp_cmd("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


TIMES = (
    drill("Old", days("1994-01-01", "1994-12-31"))
    + drill("Early", days("2016-03-01", "2016-03-31"))
    + drill("Late", days("2018-08-21", "2018-08-21"))
    + drill("Undated", "rdfs:comment 'x'")
    + 'id:m a nr:Meeting ; rdfs:label "Talks" ; nr:hasParticipant id:a, id:b ; '
    + days("2017-01-01", "2017-12-31")
    + " .\n"
)


def test_a_timeline_begins_with_exercises_and_leaves_empty_years_out(
    browser: Any, show: Show, graph: Make
) -> None:
    show(graph(TIMES), "#view=timeline")
    assert text(browser, "#timeline .tally") == "4 exercises; 1 other event is left out."
    assert texts(browser, "#timeline .when") == [
        *("1994 · held", "2016-03 · held", "2018-08-21 · held")
    ]
    assert texts(browser, "#timeline section li") == ["Undated"]
    assert "The axis leaves out 1995 to 2015, in which nothing is." in texts(browser, ".hint")
    widths = browser.execute_script(
        "return [...document.querySelectorAll('.rows .bar')].map((bar) => [bar.style.left,"
        " bar.style.width].map(parseFloat))"
    )
    # A year is a year long, and the twenty empty ones take little of the axis.
    (old, year), (early, month), (late, _) = widths
    assert (old, round(year / month)) == (0, 12)
    assert early < 40 < late
    ticks = texts(browser, ".tick")
    assert (ticks[0], "2016" in ticks) == ("1994", True)
    browser.find_element("id", "others").click()
    assert texts(browser, "#timeline h2") == [
        *("3 exercises", "1 other event", "1 event without dates")
    ]
    assert text(browser, "#timeline .tally") == "4 exercises, 1 other event."
    assert address(browser) == "#view=timeline&others=yes"
    # What sticks stays in sight.
    position = "return getComputedStyle(document.querySelector('.row.axis')).position"
    assert browser.execute_script(position) == "sticky"


def test_the_brush_is_the_filter(browser: Any, show: Show, graph: Make) -> None:
    from selenium.webdriver.common.action_chains import ActionChains

    show(graph(TIMES), "#view=timeline")
    for host in ("brush", "time"):
        handles = [browser.find_element("id", f"{host}-{side}") for side in ("since", "until")]
        said = [handle.get_attribute("aria-valuetext") for handle in handles]
        assert said == ["from the first: January 1994", "to the last: December 2018"]
    strip = browser.find_element("css selector", "#time .strip")
    wide = strip.rect["width"]
    drag = ActionChains(browser).move_to_element_with_offset(strip, round(wide * 0.38), 0)
    drag.click_and_hold().move_by_offset(20, 0).move_by_offset(round(wide * 0.05), 0).perform()
    ActionChains(browser).release().perform()
    found = re.fullmatch(r"#since=(\d{4}-\d\d)&until=(\d{4}-\d\d)&view=timeline", address(browser))
    assert found is not None
    assert found[1] < found[2]
    for name, until in (("since", found[1]), ("until", found[2])):
        assert browser.find_element("id", name).get_attribute("value") == until
    choose(browser, "since", "2016")
    choose(browser, "until", "2018-03")
    assert texts(browser, "#timeline .when") == ["2016-03 · held"]
    # The axis is that of the filter.
    assert texts(browser, ".tick")[0] == "2016"
    until = browser.find_element("id", "time-until")
    browser.execute_script("arguments[0].focus()", until)
    press(browser, Keys.ARROW_RIGHT)
    assert (until.get_attribute("aria-valuetext"), focused(browser)) == (
        "until 2018-04",
        "time-until",
    )
    press(browser, Keys.PAGE_UP)
    assert texts(browser, "#timeline .when") == ["2016-03 · held", "2018-08-21 · held"]
    assert address(browser) == "#since=2016&view=timeline"
    press(browser, Keys.HOME)
    assert until.get_attribute("aria-valuetext") == "until 2016-01"
    press(browser, Keys.ESCAPE)
    assert address(browser) == "#view=timeline"
    assert barriers(browser) == []


def fleet(exercises: int) -> str:
    """Many exercises of many navies."""
    turtle = "".join(f'id:n{n} a nr:Navy ; rdfs:label "Navy {n:02}" .\n' for n in range(60))
    for n in range(exercises):
        year, month = 1990 + n % 20, n % 12 + 1
        when = days(f"{year}-{month:02}-01", f"{year}-{month:02}-20")
        turtle += drill(f"d{n}", when, f"id:n0, id:n{1 + n % 50}, id:n{1 + (n * 7) % 50}")
    return turtle


@pytest.fixture(scope="module")
def many(graph: Make) -> Path:
    return graph(fleet(400))


def test_many_exercises_stand_in_lanes(browser: Any, show: Show, many: Path) -> None:
    show(many, "#view=timeline")
    lanes = texts(browser, ".lane-name")
    assert (lanes[0], len(lanes)) == ("Navy 00", 40)
    assert texts(browser, ".lane .when")[0] == "400 exercises"
    # One tab stop for all cells; arrows go from one to the next.
    stops = "return document.querySelectorAll('.timeline .spot[tabindex=\"0\"]').length"
    assert browser.execute_script(stops) == 1
    cell = browser.find_element("css selector", ".cell")
    assert cell.get_attribute("aria-label") == "Navy 00, 1990: 20 exercises surely"
    browser.execute_script("arguments[0].focus()", cell)
    press(browser, Keys.ARROW_RIGHT)
    label = "return document.activeElement.getAttribute('aria-label')"
    assert browser.execute_script(label) == "Navy 00, 1991: 20 exercises surely"
    press(browser, Keys.ENTER)
    assert address(browser) == "#since=1991&until=1991&view=timeline"
    assert text(browser, "#timeline .tally") == "20 exercises."
    assert text(browser, ".tick") == "1991"
    choose(browser, "lanes", "actor")
    bars = browser.find_elements("css selector", ".lane .spot .bar")
    assert len(bars) >= 40
    spot = browser.find_element("css selector", ".lane .spot")
    assert re.fullmatch(r"d\d+: 1991-\d\d-01 to 1991-\d\d-20, held", spot.get_attribute("title"))
    browser.execute_script("arguments[0].click()", spot)
    assert text(browser, "#details-title").startswith("d")
    choose(browser, "lanes", "kind")
    assert texts(browser, ".lane-name") == ["No kind stated"]
    assert barriers(browser) == []
    choose(browser, "lanes", "actor")
    choose(browser, "since", "")
    choose(browser, "until", "")
    more = browser.find_element("css selector", "#timeline [data-key=more]")
    assert more.text == "Show 11 more lanes"
    more.click()
    assert len(texts(browser, ".lane-name")) == 51


def column(browser: Any, name: str) -> list[str]:
    return texts(browser, f"#table tbody [data-column={name}]")


def test_a_table_sorts_narrows_and_turns_pages(browser: Any, show: Show, many: Path) -> None:
    show(many, "#view=table")
    assert text(browser, "#table nav span") == f"1{DASH}50 of 98"
    first = column(browser, "exercises")
    assert first == sorted(first, key=int, reverse=True)
    assert "plans" not in heads(browser)
    browser.find_element("css selector", "[data-key='sort b']").click()
    assert column(browser, "b") == sorted(column(browser, "b"))
    assert focused_key(browser) == "sort b"
    assert heads(browser)["b"] == "ascending"
    press(browser, Keys.ENTER)
    assert column(browser, "b") == sorted(column(browser, "b"), reverse=True)
    assert address(browser) == "#view=table&sort=-b"
    browser.find_element("css selector", "[data-key='sort weight']").click()
    weights = column(browser, "weight")
    assert weights == sorted(weights, key=float, reverse=True)
    # Equal digits and figures of one width: the points stand under each other.
    assert {len(weight.partition(".")[2]) for weight in weights} == {2}
    edges = browser.execute_script(
        "return [...new Set([...document.querySelectorAll('#table tbody [data-column=weight]')]"
        ".map((cell) => getComputedStyle(cell).textAlign + getComputedStyle(cell)"
        ".fontVariantNumeric))]"
    )
    assert edges == ["righttabular-nums"]
    browser.find_element("css selector", "[data-key=Next]").click()
    assert text(browser, "#table nav span") == f"51{DASH}98 of 98"
    assert focused_key(browser) == "Next"
    field = browser.find_element("id", "rows")
    field.send_keys("navy 07")
    assert focused(browser) == "rows"
    assert all(
        "Navy 07" in pair for pair in zip(*(column(browser, name) for name in "ab"), strict=True)
    )
    assert re.match(r"\d+ of \d+ ties: service level", text(browser, "#table caption"))
    field.send_keys(" atlantis")
    assert text(browser, "#table .empty") == "No tie has these names."
    assert address(browser) == "#view=table&sort=-weight&rows=navy+07+atlantis"
    assert barriers(browser) == []


DASH = "\N{EN DASH}"


def heads(browser: Any) -> dict[str, str | None]:
    found: dict[str, str | None] = browser.execute_script(
        "return Object.fromEntries([...document.querySelectorAll('#table thead th')].map((head) =>"
        " [head.dataset.column, head.getAttribute('aria-sort')]))"
    )
    return found


def focused_key(browser: Any) -> str:
    return str(browser.execute_script("return document.activeElement.dataset.key"))


def test_scores_of_a_ranking_have_equal_digits(browser: Any, show: Show, many: Path) -> None:
    for measure, digits in (("strength", 0), ("eigenvector", 3), ("closeness", 3)):
        show(many, f"#measure={measure}")
        scores = texts(browser, "#places tbody td:nth-of-type(2)")
        assert len(scores) == 50
        assert {len(score.partition(".")[2]) for score in scores} == {digits}, measure


def test_dates_in_the_table_are_as_precise_as_in_the_timeline(
    browser: Any, show: Show, graph: Make
) -> None:
    third = 'id:c a nr:Navy ; rdfs:label "C" .\n'
    path = graph(
        third
        + drill("x", days("2017-01-01", "2017-12-31"))
        + drill("y", days("2017-01-01", "2017-12-31"), "id:a, id:c")
        + drill("z", days("2018-08-21", "2018-08-21"), "id:a, id:c")
    )
    show(path, "#view=table&sort=b")
    assert column(browser, "dates") == ["2017", "2017 to 2018-08-21"]


def test_back_goes_through_views_and_selections(browser: Any, show: Show, page: Path) -> None:
    show(page)
    browser.find_element("id", "tab-table").click()
    browser.find_element("css selector", "#table tbody .link").click()
    browser.find_element("id", "tab-map").click()
    selected = "#view=table&select=actor:id:jmsdf"
    seen = []
    for step in ("back", "back", "back", "forward"):
        getattr(browser, step)()
        seen.append((address(browser), browser.find_element("id", "details").is_displayed()))
        active = browser.execute_script(
            "const on = document.activeElement; return on !== document.body && on.checkVisibility()"
        )
        assert active, seen
    assert seen == [
        (selected, True),
        ("#view=table", False),
        ("", False),
        ("#view=table", False),
    ]
    assert text(browser, "[role=tab][aria-selected=true]") == "Table"
    # The brush's many moves are one step.
    browser.find_element("id", "tab-timeline").click()
    browser.execute_script("document.getElementById('time-since').focus()")
    press(browser, *[Keys.ARROW_RIGHT] * 4)
    assert "since=2017-05" in address(browser)
    browser.back()
    assert address(browser) == "#view=timeline"


def saved(browser: Any, folder: Path, label: str, name: str) -> bytes:
    """Save by the page's menu, and give the file."""
    browser.execute_cdp_cmd(
        "Browser.setDownloadBehavior", {"behavior": "allow", "downloadPath": str(folder)}
    )
    browser.find_element("id", "save-as-button").click()
    for _ in range(100):
        if found := browser.find_elements("css selector", f"[data-saves='{label}']"):
            found[0].click()
            break
        time.sleep(0.02)
    for _ in range(100):
        if (folder / name).exists():
            assert text(browser, "#shared") == f"Saved as {name}"
            return (folder / name).read_bytes()
        time.sleep(0.05)
    raise AssertionError(text(browser, "#shared"))


def test_pictures_and_tables_are_saved(
    browser: Any, show: Show, graph: Make, tmp_path: Path
) -> None:
    turtle = SEAS + TIMES + drill("zz", "rdfs:comment 'x'").replace('"zz"', json.dumps(HOSTILE[1]))
    path = graph(turtle, HOSTILE[0])
    for view in ("network", "matrix", "map", "timeline"):
        show(path, f"#view={view}")
        name = f"passex-{view}"
        root = ET.fromstring(saved(browser, tmp_path, "Picture, SVG", f"{name}.svg"))
        title = root.findtext("{http://www.w3.org/2000/svg}title")
        assert title == f"Who trains with whom: {text(browser, '#policy')}"
        said = " ".join(root.itertext())
        expected = {"network": "B", "matrix": "B", "map": "Port", "timeline": "Early"}[view]
        assert expected in said
        key = {"network": "held", "matrix": "held, alone", "map": "exercises"}.get(
            view, "exercises"
        )
        assert key in said
        wide, high = int(root.attrib["width"]), int(root.attrib["height"])
        for times in (2, 3):
            file = f"{name}@{times}x.png"
            png = saved(browser, tmp_path, f"Picture, PNG ({times}x)", file)
            assert png[:8] == b"\x89PNG\r\n\x1a\n"
            shape = [int.from_bytes(png[n : n + 4], "big") for n in (16, 20)]
            assert shape == [wide * times, high * times]
        assert focused(browser) == "save-as-button"
    rows = list(
        csv.DictReader(
            io.StringIO(saved(browser, tmp_path, "Table, CSV", "passex-events.csv").decode())
        )
    )
    assert {row["Event"] for row in rows} >= {"Old", "Early", "Late", "Here", HOSTILE[1]}
    assert next(row for row in rows if row["Event"] == "Old")["Dates"] == "1994"
    show(path, "#view=table")
    content = saved(browser, tmp_path, "Table, CSV", "passex-ties.csv").decode()
    (row,) = csv.DictReader(io.StringIO(content))
    assert (row["Actor"], row["Other actor"], row["Plans"]) == (HOSTILE[0], "B", "1")
    assert content.endswith("\r\n")


def test_a_link_is_copied(browser: Any, show: Show, page: Path) -> None:
    browser.execute_cdp_cmd(
        "Browser.grantPermissions",
        {"permissions": ["clipboardReadWrite", "clipboardSanitizedWrite"]},
    )
    show(page, "#view=table&sort=b")
    browser.find_element("id", "copy").click()
    address(browser)
    assert text(browser, "#shared") == "Link copied"
    read = (
        "const done = arguments[0]; navigator.clipboard.readText().then(done, (e) => done(`${e}`))"
    )
    assert browser.execute_async_script(read) == f"{page.as_uri()}#view=table&sort=b"
    assert focused(browser) == "copy"


def test_evidence_is_a_sheet_on_a_phone(
    browser: Any, show: Show, page: Path, size: Callable[..., None]
) -> None:
    size(390, 844)
    show(page, "#view=table")
    browser.execute_script("document.querySelector('#table').scrollIntoView()")
    before = browser.execute_script("return scrollY")
    browser.find_element("css selector", "#table tbody .link").click()
    box = browser.execute_script(
        "const { top, bottom } = document.getElementById('details').getBoundingClientRect();"
        "return [top, bottom, innerHeight, scrollY]"
    )
    top, bottom, height, scrolled = box
    assert top > height * 0.35
    assert (round(bottom), scrolled) == (height, before)
    assert focused(browser) == "details-title"
    assert barriers(browser) == []
    browser.find_element("id", "close").click()
    assert browser.execute_script("return [scrollY, document.activeElement.textContent]") == [
        before,
        "Japan Maritime Self-Defense Force",
    ]


def test_closing_the_sheet_goes_back_to_the_picture(
    browser: Any, show: Show, page: Path, size: Callable[..., None]
) -> None:
    size(390, 844)
    show(page)
    browser.execute_script("document.getElementById('canvas').scrollIntoView()")
    browser.execute_cdp_cmd("Emulation.setTouchEmulationEnabled", {"enabled": True})
    try:
        left, top, width, height = browser.execute_script(
            "const { left, top, width, height } = document.getElementById('canvas')"
            ".getBoundingClientRect(); return [left, top, width, height]"
        )
        # Along a line across the picture, somebody is met.
        for step in range(10, round(height), 8):
            touch(browser, [[(left + width * step / height, top + step)]])
            if browser.find_element("id", "details").is_displayed():
                break
    finally:
        browser.execute_cdp_cmd("Emulation.setTouchEmulationEnabled", {"enabled": False})
    before = browser.execute_script("return scrollY")
    assert focused(browser) == "details-title"
    browser.find_element("id", "close").click()
    assert (focused(browser), browser.execute_script("return scrollY")) == ("canvas", before)


def test_nothing_is_wider_than_a_small_screen(
    browser: Any, show: Show, page: Path, many: Path, size: Callable[..., None]
) -> None:
    size(320, 640)
    for path in (page, many):
        for view in ("network", "map", "timeline", "table"):
            show(path, f"#view={view}&select=actor:id:jmsdf")
            wide = "return document.documentElement.scrollWidth - innerWidth"
            assert browser.execute_script(wide) <= 0, view
            tabs = "const t = document.querySelector('.tabs'); return t.scrollWidth - t.clientWidth"
            assert browser.execute_script(tabs) <= 0, view


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_no_barrier_in_other_states(
    browser: Any, show: Show, page: Path, size: Callable[..., None], theme: str
) -> None:
    size(390, 844)
    for state in ("#view=timeline&others=yes&lanes=actor", "#view=map&others=no", "#since=2030"):
        show(page, state)
        button = browser.find_element("id", "theme")
        assert button.text == "Switch to dark"
        if theme == "dark":
            button.click()
            assert button.text == "Switch to light"
        browser.find_element("id", "save-as-button").click()
        assert barriers(browser) == [], state


def test_without_scripts_the_ties_notes_and_ranking_are_there(
    browser: Any, show: Show, page: Path, many: Path
) -> None:
    browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    try:
        show(page)
        body = text(browser, "body")
        network = load().ties(Policy(include=tuple(STATUSES)))
        for tie in network.ties:
            assert f"{tie.source.label} {tie.target.label}" in " ".join(body.split())
        for note in network.notes:
            assert note in body
        warnings = load().rank(network).warnings
        assert warnings[0].startswith("No ranking: 7 of the 10 exercises")
        for warning in warnings:
            assert warning in body
        assert text(browser, "#policy") == str(network.policy)
        assert not browser.find_element("id", "filters").is_displayed()
        assert not browser.find_element("id", "canvas").is_displayed()
        show(many)
        assert texts(browser, "#places tbody tr")[0].startswith("1 Navy 00")
    finally:
        browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})


def test_labels_of_places_and_events_stay_text(browser: Any, show: Show, graph: Make) -> None:
    turtle = ""
    for n, label in enumerate(HOSTILE):
        turtle += f"id:p{n} a nr:Place ; rdfs:label {json.dumps(label)} ; {at(n * 9, n * 30)} .\n"
        turtle += drill(f"e{n}", f"nr:hasPlace id:p{n} ; {days(f'200{n}-01-01', f'200{n}-02-01')}")
        turtle = turtle.replace(f'rdfs:label "e{n}"', f"rdfs:label {json.dumps(label)}")
    path = graph(turtle)
    for view in ("map", "timeline", "timeline&lanes=actor", "timeline&lanes=kind", "table"):
        show(path, f"#view={view}&rows=<b>&sort=<i>&lanes=<u>&others=<s>")
        assert browser.title == "Who trains with whom"
        assert browser.find_elements("css selector", "img, iframe, b, i, u, s") == []
        assert len(browser.find_elements("css selector", "script")) == 2
        wide = "return document.documentElement.scrollWidth <= innerWidth"
        assert browser.execute_script(wide), view
