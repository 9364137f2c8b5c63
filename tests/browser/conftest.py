"""Chromium without a network, and pages to open in it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from browsing import NO_NAMES, chromium

from passex import Policy, load
from passex.exports import page as report_page

EVERYTHING = Policy(include=("held", "under-way", "planned"))


@pytest.fixture(scope="session")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    flags = ("force-prefers-reduced-motion", "window-size=1440,900", NO_NAMES)
    with chromium(tmp_path_factory.mktemp("chromium"), *flags) as found:
        # Nothing but the file itself can be had.
        found.execute_cdp_cmd("Network.enable", {})
        blocked = ["http://*", "https://*", "ws://*"]
        found.execute_cdp_cmd("Network.setBlockedURLs", {"urls": blocked})
        yield found


@pytest.fixture(scope="session")
def make_page(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Path]:
    """Write a page of a graph into a file; without files, of the graph that comes along."""

    def make(*data: str, policy: Policy = EVERYTHING) -> Path:
        path = tmp_path_factory.mktemp("page") / "page.html"
        pieces = report_page.write(report_page.ReportPage(load(*data).store, policy))
        path.write_text("".join(pieces), encoding="utf-8")
        return path

    return make


@pytest.fixture(scope="session")
def page(make_page: Callable[..., Path]) -> Path:
    return make_page()


@pytest.fixture
def show(browser: Any) -> Iterator[Callable[..., None]]:
    """Open a page at an address; afterwards the console is empty, and nothing was asked for."""
    browser.get("about:blank")
    browser.get_log("browser")
    browser.get_log("performance")

    def open_page(path: Path, address: str = "") -> None:
        browser.get("about:blank")
        browser.get(f"{path.as_uri()}{address}")

    yield open_page
    assert browser.get_log("browser") == []
    asked = [json.loads(entry["message"])["message"] for entry in browser.get_log("performance")]
    urls = {
        message["params"]["request"]["url"]
        for message in asked
        if message["method"] == "Network.requestWillBeSent"
    }
    assert {url for url in urls if not url.startswith(("file:", "data:", "about:"))} == set()
