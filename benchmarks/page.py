"""Measure the page: the layout of 5,000 actors and 20,000 ties, and the frames while it moves.

    python benchmarks/page.py

It needs selenium, chromium and chromedriver. The time of a frame is from one call of
requestAnimationFrame to the next; a browser that keeps up takes 16.7 ms.
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
import time
from pathlib import Path
from random import Random
from typing import Any

from passex.exports import page
from passex.exports.drawing import layout

_SEED = 1571
_FLAGS = ("headless=new", "no-sandbox", "disable-gpu", "no-first-run", "window-size=1440,900")
_PAN = """
const [steps, wheel, done] = arguments;
const canvas = document.getElementById("canvas");
canvas.setPointerCapture = () => {};
const box = canvas.getBoundingClientRect();
const fire = (type, x, y) => canvas.dispatchEvent(new PointerEvent(type,
    { clientX: box.left + 200 + x, clientY: box.top + 200 + y, pointerId: 1, buttons: 1 }));
const turn = (n) => canvas.dispatchEvent(new WheelEvent("wheel", { deltaY: n % 20 < 10 ? -40 : 40,
    clientX: box.left + 300, clientY: box.top + 300, cancelable: true }));
const times = [];
let last = performance.now();
if (!wheel) fire("pointerdown", 0, 0);
requestAnimationFrame(function step(now) {
  times.push(now - last);
  last = now;
  if (wheel) turn(times.length); else fire("pointermove", 2 * times.length, times.length);
  if (times.length < steps) requestAnimationFrame(step);
  else { fire("pointercancel", 0, 0); done(times.slice(1)); }
});
"""


def network(actors: int, ties: int) -> dict[str, Any]:
    """Make the document of a network in which few actors have most ties."""
    rng = Random(_SEED)
    ends = list(range(10))
    pairs: set[tuple[int, int]] = set()
    for actor in range(10, actors):
        ends += [actor, rng.choice(ends)]
        pairs.add((ends[-1], actor))
    while len(pairs) < ties:
        a, b = rng.choice(ends), rng.randrange(actors)
        if a != b:
            pairs.add((min(a, b), max(a, b)))
    start = time.perf_counter()
    placed = layout.layout(actors, [(a, b, 1.0) for a, b in sorted(pairs)])
    print(f"layout      {time.perf_counter() - start:8.2f} s")
    names = [f"Ship {number}" for number in range(actors)]
    event = {
        **{
            "iri": "urn:e",
            "name": "e",
            "label": "Exercise",
            "status": "held",
            "domains": ["naval"],
        },
        **{"kinds": [], "when": "2017", "dates": "2017", "earliest": "2017-01-01"},
        **{"latest": "2017-12-31", "articles": [], "claims": [], "routes": [], "within": None},
    }
    level = {
        "ties": [[a, b, [[rng.randrange(200), 2, 0]]] for a, b in sorted(pairs)],
        "layout": [[number, *point] for number, point in enumerate(placed)],
        "lost": {},
        "through": [],
    }
    return {
        **{"title": "Benchmark", "enough": 10, "total": 1, "articles": [], "kinds": {}},
        "view": {
            **{"level": "unit", "include": ["held"], "domain": "naval", "since": None},
            **{"until": None, "min_events": 1, "measure": "strength", "weight": "newman"},
        },
        "actors": [
            {"iri": f"urn:{n}", "name": n, "label": n, "kind": "Ship", "articles": 1, "claims": []}
            for n in names
        ],
        "affiliations": [],
        "events": [event | {"iri": f"urn:e{n}", "name": f"e{n}"} for n in range(200)],
        "levels": {"unit": level},
        "claims": [],
        "places": [],
    }


def browse(path: Path) -> None:
    """Open a page, and print how long it and its frames take."""
    from selenium import webdriver

    options = webdriver.ChromeOptions()
    options.binary_location = shutil.which("chromium") or ""
    for flag in _FLAGS:
        options.add_argument(f"--{flag}")
    service = webdriver.ChromeService(shutil.which("chromedriver"))
    browser = webdriver.Chrome(options=options, service=service)
    try:
        start = time.perf_counter()
        browser.get(path.as_uri())
        print(f"open        {time.perf_counter() - start:8.2f} s")
        time.sleep(2)
        for name, wheel in (("pan", False), ("zoom", True)):
            times = sorted(browser.execute_async_script(_PAN, 120, wheel))
            middle, late = times[len(times) // 2], times[int(len(times) * 0.95)]
            print(
                f"{name:11} {middle:8.1f} ms a frame; 95% under {late:.1f} ms, {times[-1]:.1f} most"
            )
            time.sleep(1)
    finally:
        browser.quit()


def main() -> None:
    """Measure."""
    parser = argparse.ArgumentParser(description="Measure the page of a large network.")
    parser.add_argument("--actors", type=int, default=5_000)
    parser.add_argument("--ties", type=int, default=20_000)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "page.html"
        path.write_text("".join(page.page(network(given.actors, given.ties))), encoding="utf-8")
        print(f"size        {path.stat().st_size / 1e6:8.2f} MB")
        browse(path)


if __name__ == "__main__":
    main()
