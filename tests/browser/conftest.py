"""Chromium without a network, and pages to open in it."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from passex import Policy, load
from passex.exports import html

FLAGS = (
    *("headless=new", "no-sandbox", "disable-gpu", "disable-quic", "no-first-run"),
    *("disable-background-networking", "disable-component-update", "disable-sync"),
    "force-prefers-reduced-motion",
    *("disable-dev-shm-usage", "hide-scrollbars", "window-size=1440,900"),
    # Whatever asks for a name gets none.
    "host-resolver-rules=MAP * ~NOTFOUND",
)
EVERYTHING = Policy(include=("held", "under-way", "planned"))


@pytest.fixture(scope="session")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    webdriver = pytest.importorskip("selenium.webdriver", reason="pip install selenium")
    names = ("chromium", "chromium-browser", "google-chrome")
    binary = next(filter(None, map(shutil.which, names)), None)
    driver = shutil.which("chromedriver")
    if binary is None or driver is None:
        pytest.skip("chromium or chromedriver is not installed")
    options = webdriver.ChromeOptions()
    options.binary_location = binary
    for flag in FLAGS:
        options.add_argument(f"--{flag}")
    options.add_argument(f"--user-data-dir={tmp_path_factory.mktemp('chromium')}")
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    found = webdriver.Chrome(options=options, service=webdriver.ChromeService(driver))
    # Nothing but the file itself can be had.
    found.execute_cdp_cmd("Network.enable", {})
    found.execute_cdp_cmd("Network.setBlockedURLs", {"urls": ["http://*", "https://*", "ws://*"]})
    yield found
    found.quit()


@pytest.fixture(scope="session")
def make_page(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Path]:
    """Write a page of a graph into a file; without files, of the graph that comes along."""

    def make(*data: str, policy: Policy = EVERYTHING) -> Path:
        path = tmp_path_factory.mktemp("page") / "page.html"
        pieces = html.write(html.Briefing(load(*data).store, policy))
        path.write_text("".join(pieces), encoding="utf-8")
        return path

    return make


@pytest.fixture(scope="session")
def page(make_page: Callable[..., Path]) -> Path:
    return make_page()
