"""The page of a review in headless Chromium, which has no network."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from reviewed import TEXT, turtle, write

from passex import diff, load


class Keys:
    """Keys as WebDriver has them."""

    TAB, ENTER, ESCAPE = "\ue004", "\ue007", "\ue00c"


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The page with the text, the one without, and that of a comparison."""
    folder = tmp_path_factory.mktemp("review")
    file, texts = write(folder)
    kg = load(str(file))
    found = {name: folder / f"{name}.html" for name in ("text", "quotes", "comparison")}
    kg.review("2031-lumen", texts).save(found["text"])
    kg.review("2031-lumen").save(found["quotes"])
    other = (
        turtle()
        .replace('"Drill off Port Lumen"', '"Drill \u2067off"')
        .replace("nrc:held", "nrc:announced")
    )
    found["comparison"].write_text(diff(turtle(), other).write("html"), encoding="utf-8")
    return found


@pytest.fixture
def show(browser: Any) -> Any:
    """Open a page; afterwards the console is empty."""
    browser.get("about:blank")
    browser.get_log("browser")
    size = browser.get_window_size()
    yield lambda path, at="": browser.get(f"{path.as_uri()}{at}")
    browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
    browser.set_window_size(size["width"], size["height"])
    assert browser.get_log("browser") == []


def lit(browser: Any, side: str) -> list[str]:
    """What is lit on a side: words of the text, or facts."""
    return list(
        browser.execute_script(
            "return [...document.querySelectorAll(arguments[0])].map((one) => one.innerText)",
            f"#{side} .lit{' .says' if side == 'right' else ''}",
        )
    )


def hover(browser: Any, selector: str) -> None:
    from selenium.webdriver.common.action_chains import ActionChains

    ActionChains(browser).move_to_element(browser.find_element("css selector", selector)).perform()


def press(browser: Any, *keys: str) -> None:
    from selenium.webdriver.common.action_chains import ActionChains

    for key in keys:
        ActionChains(browser).send_keys(key).perform()


def test_text_is_the_text_and_quotes_stand_where_they_stand(
    browser: Any, show: Callable[..., None], pages: dict[str, Path]
) -> None:
    show(pages["text"])
    shown = "return [...document.querySelectorAll('.t')].map((one) => one.textContent).join('')"
    assert browser.execute_script(shown) == TEXT
    marked = browser.execute_script(
        "return Object.fromEntries([...document.querySelectorAll('#left [id^=q]')].map((one) => "
        "[one.dataset.n, [...document.querySelectorAll('#left [data-q]')].filter((other) => "
        "other.dataset.q.split(' ').includes(one.dataset.n)).map((other) => other.textContent)"
        ".join('')]))"
    )
    quotes = load(str(pages["text"].parent / "2031-lumen.ttl")).review("2031-lumen").quotes
    assert marked == {str(n): quote.anchor.exact for n, quote in enumerate(quotes, 1)}


def test_quotes_show_claims_and_claims_quotes(
    browser: Any, show: Callable[..., None], pages: dict[str, Path]
) -> None:
    show(pages["text"])
    hover(browser, "#q2")
    # What is in two quotes at once is lit with each of them.
    assert lit(browser, "left") == ["The navies of ", "Marn and Lyr"]
    assert lit(browser, "right") == [
        "has participant: Navy of Lyr, Navy of Marn",
        "has domain: naval",
    ]
    hover(browser, "#left mark[data-q='3']")
    assert lit(browser, "left") == ["Marn and Lyr", " ", "trained"]
    assert lit(browser, "right") == [
        "has participant: Navy of Lyr, Navy of Marn",
        "has status: held",
    ]
    hover(browser, "#right .card:has(#c4) .says")
    assert lit(browser, "left") == ["Marn and Lyr", " ", "trained", " off Port Lumen"]
    assert lit(browser, "right") == ["has status: held"]
    hover(browser, "h1")
    assert (lit(browser, "left"), lit(browser, "right")) == ([], [])
    # On focus too, and from there to the other side and back.
    browser.execute_script("document.getElementById('q5').focus()")
    assert lit(browser, "right") == ["quantity: 2 ships"]
    press(browser, Keys.ENTER)
    assert browser.execute_script("return document.activeElement.id") == "c5"
    assert lit(browser, "left") == ["Two Marnish frigates \N{SHIP} led"]
    press(browser, Keys.ESCAPE)
    assert browser.execute_script("return document.activeElement.id") == "q5"
    # A piece in the middle of a quote leads where its begin does.
    browser.find_element("css selector", "#left mark[data-q='4']").click()
    assert browser.execute_script("return document.activeElement.id") == "c4"


def test_tab_goes_through_all_of_it_and_claims_come_into_view(
    browser: Any, show: Callable[..., None], pages: dict[str, Path]
) -> None:
    browser.set_window_size(1440, 700)
    show(pages["text"])
    reached = []
    for _ in range(15):
        press(browser, Keys.TAB)
        reached.append(browser.execute_script("return document.activeElement.id"))
    quotes = [f"q{n}" for n in range(1, 9)]
    assert reached == ["skip", "next", "theme", "print", "left", *quotes, "right", ""]
    browser.execute_script("document.getElementById('q7').focus()")
    inside = (
        "const pane = document.getElementById('right').getBoundingClientRect(), "
        "box = document.querySelector('.card.lit').getBoundingClientRect();"
        "return box.top >= pane.top && box.top < Math.min(pane.bottom, innerHeight)"
    )
    assert browser.execute_script(inside)
    browser.find_element("id", "next").click()
    bare = [browser.execute_script("return document.activeElement.innerText")]
    for _ in range(3):
        browser.find_element("id", "next").click()
        bare.append(browser.execute_script("return document.activeElement.innerText"))
    assert bare == ["It rained.", "שני הציים התאמנו בים.", "Nobody knows when.", "It rained."]


@pytest.mark.parametrize("which", ["text", "quotes", "comparison"])
def test_no_barrier_and_no_overflow(
    browser: Any, show: Callable[..., None], pages: dict[str, Path], which: str
) -> None:
    axe = pytest.importorskip("axe_core_python", reason="pip install axe-core-python")
    script = (Path(axe.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
    for width, height in ((1440, 900), (768, 1024), (320, 640), (320, 256)):
        metrics = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
        browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
        show(pages[which])
        browser.execute_script(script)
        for theme in ("light", "dark"):
            browser.execute_script("document.getElementById('q2')?.focus()")
            assert browser.execute_script("return document.documentElement.dataset.theme") == theme
            found = browser.execute_async_script(
                "const done = arguments[0]; axe.run().then((result) => done(result.violations.map("
                "({ id, nodes }) => [id, ...nodes.map(({ html }) => html.slice(0, 160))])))"
            )
            assert (width, theme, found) == (width, theme, [])
            browser.find_element("id", "theme").click()
        wide = "return document.documentElement.scrollWidth"
        assert browser.execute_script(wide) <= width


def test_labels_are_text_and_nothing_runs(
    browser: Any, show: Callable[..., None], tmp_path: Path
) -> None:
    from reviewed import HOSTILE

    file, texts = write(tmp_path, HOSTILE.replace("\x00", ""))
    path = tmp_path / "page.html"
    load(str(file)).review("2031-lumen", texts).save(path)
    show(path)
    heading = browser.execute_script("return document.querySelector('h1').textContent")
    assert heading == HOSTILE.replace("\x00", "")
    assert browser.find_elements("css selector", "b, img, iframe") == []
    assert len(browser.find_elements("css selector", "script")) == 1
    assert turtle().count("<b>") == 1
