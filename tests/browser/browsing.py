"""Headless Chromium, which calls nobody."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

_FLAGS = (
    *("headless=new", "no-sandbox", "disable-gpu", "disable-quic", "no-first-run"),
    *("disable-background-networking", "disable-component-update", "disable-sync"),
    *("disable-dev-shm-usage", "hide-scrollbars"),
)
#: Whatever asks for a name gets none.
NO_NAMES = "host-resolver-rules=MAP * ~NOTFOUND"


@contextmanager
def chromium(profile: Path, *flags: str) -> Iterator[Any]:
    """Start it, or skip the test; `profile` is a folder of its own."""
    webdriver = pytest.importorskip("selenium.webdriver", reason="pip install selenium")
    names = ("chromium", "chromium-browser", "google-chrome")
    binary = next(filter(None, map(shutil.which, names)), None)
    driver = shutil.which("chromedriver")
    if binary is None or driver is None:
        pytest.skip("chromium or chromedriver is not installed")
    options = webdriver.ChromeOptions()
    options.binary_location = binary
    for flag in (*_FLAGS, *flags):
        options.add_argument(f"--{flag}")
    options.add_argument(f"--user-data-dir={profile}")
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    failure = pytest.importorskip("selenium.common.exceptions").WebDriverException
    for left in (2, 1, 0):
        try:
            found = webdriver.Chrome(options=options, service=webdriver.ChromeService(driver))
            break
        except failure:  # now and then the driver ends at its start, with a trap of its own
            if not left:
                raise
    try:
        yield found
    finally:
        found.quit()


class Keys:
    """Keys as WebDriver has them."""

    TAB, ENTER, ESCAPE, SPACE = "\ue004", "\ue007", "\ue00c", "\ue00d"
    ARROW_LEFT, ARROW_UP, ARROW_RIGHT, ARROW_DOWN = "\ue012", "\ue013", "\ue014", "\ue015"
    PAGE_UP, PAGE_DOWN, END, HOME = "\ue00e", "\ue00f", "\ue010", "\ue011"


def text(browser: Any, selector: str) -> str:
    return str(browser.find_element("css selector", selector).text)


def texts(browser: Any, selector: str) -> list[str]:
    return [found.text for found in browser.find_elements("css selector", selector)]


def choose(browser: Any, name: str, value: str) -> None:
    """Set a control, as a person does who types or selects."""
    browser.execute_script(
        "const e = document.getElementById(arguments[0]); e.value = arguments[1];"
        "e.dispatchEvent(new Event('input')); e.dispatchEvent(new Event('change'))",
        name,
        value,
    )


def press(browser: Any, *keys: str) -> None:
    from selenium.webdriver.common.action_chains import ActionChains

    for key in keys:
        ActionChains(browser).send_keys(key).perform()


def address(browser: Any) -> str:
    """The fragment, once the page has written it."""
    return str(
        browser.execute_async_script(
            "const done = arguments[0]; setTimeout(() => done(location.hash), 250)"
        )
    )


def focused(browser: Any) -> str:
    return str(browser.execute_script("return document.activeElement.id"))


def barriers(browser: Any) -> list[list[str]]:
    """What axe finds on a page."""
    axe = pytest.importorskip("axe_core_python", reason="pip install axe-core-python")
    browser.execute_script((Path(axe.__file__).parent / "axe.min.js").read_text(encoding="utf-8"))
    found: list[list[str]] = browser.execute_async_script(
        "const done = arguments[0]; axe.run().then((result) => done(result.violations.map("
        "({ id, nodes }) => [id, ...nodes.map(({ html }) => html.slice(0, 160))])))"
    )
    return found


#: Labels that must do no harm.
HOSTILE = [
    "</script><script>document.title = 'broken'</script>",
    '"onload="document.title=1" <img src=x onerror=alert(1)>',
    "سفينة البحرية <b>",
    "A" * 400,
    "&lt;!-- \u2028 \u2029 ]]> <!--",
]
