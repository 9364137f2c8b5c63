"""Chromium without a network, and pages to open in it."""

from __future__ import annotations

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
