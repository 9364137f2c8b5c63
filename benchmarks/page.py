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

import networkx as nx

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
const turn = (n) => canvas.dispatchEvent(new WheelEvent("wheel", { ctrlKey: true,
    deltaY: n % 20 < 10 ? -40 : 40, clientX: box.left + 300, clientY: box.top + 300,
    cancelable: true }));
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


def pairs_of(actors: int, ties: int, rng: Random) -> dict[tuple[int, int], int]:
    """Draw ties: most within fleets of very different sizes, and there with few ships most."""
    fleets: list[range] = []
    while not fleets or fleets[-1].stop < actors:
        first = fleets[-1].stop if fleets else 0
        fleets.append(range(first, min(first + max(20, 600 // (len(fleets) + 1)), actors)))
    fleet_of = [fleet for fleet in fleets for _ in fleet]
    pairs: dict[tuple[int, int], int] = {}
    while len(pairs) < ties:
        ship = rng.randrange(actors)
        own = fleet_of[ship]
        within = rng.random() < 0.85
        other = (
            own[int(len(own) * rng.random() ** 2.5)] if within else int(actors * rng.random() ** 3)
        )
        if ship != other:
            pair = min(ship, other), max(ship, other)
            pairs[pair] = pairs.get(pair, 0) + 1
    return dict(sorted(pairs.items()))


def network(actors: int, ties: int) -> dict[str, Any]:
    """Make the document of a network of fleets."""
    rng = Random(_SEED)
    pairs = pairs_of(actors, ties, rng)
    start = time.process_time()
    graph = nx.Graph()
    graph.add_nodes_from(range(actors))
    graph.add_weighted_edges_from((a, b, weight) for (a, b), weight in pairs.items())
    found = nx.community.louvain_communities(graph, seed=1)
    groups = sorted((sorted(group) for group in found), key=lambda group: (-len(group), group))
    print(f"groups      {time.process_time() - start:8.2f} s")
    group_of = {actor: number for number, group in enumerate(groups) for actor in group}
    start = time.process_time()
    placed = layout.layout(
        actors,
        [(a, b, float(weight)) for (a, b), weight in pairs.items()],
        [group_of[actor] for actor in range(actors)],
    )
    print(f"layout      {time.process_time() - start:8.2f} s")
    names = [f"Ship {number}" for number in range(actors)]
    event = {
        **{
            "iri": "urn:e",
            "name": "e",
            "label": "Exercise",
            "status": "held",
            "domains": ["naval"],
        },
        **{"kinds": [], "when": "2017", "dates": "2017", "standing": "held", "open": False},
        **{"earliest": "2017-01-01", "latest": "2017-12-31", "articles": [], "claims": []},
        **{"routes": [], "within": None, "bare": False},
    }
    level = {
        "ties": [
            [a, b, [[rng.randrange(200), 2, 0, 0] for _ in range(weight)]]
            for (a, b), weight in pairs.items()
        ],
        "layout": [[number, *point] for number, point in enumerate(placed)],
        "groups": groups,
        "finding": [],
        "lost": {},
        "through": [],
    }
    return {
        **{"title": "Benchmark", "enough": 10, "total": 1, "articles": [], "kinds": {}},
        "view": {
            **{"level": "unit", "include": ["held"], "domain": "naval", "since": None},
            **{"until": None, "min_events": 1, "measure": "strength", "weight": "newman"},
            "basis": "any",
        },
        "actors": [
            {
                **{"iri": f"urn:{n}", "name": n, "label": n, "kind": "Ship"},
                **{"articles": [], "claims": [], "names": [], "within": []},
            }
            for n in names
        ],
        "affiliations": [],
        "events": [event | {"iri": f"urn:e{n}", "name": f"e{n}"} for n in range(200)],
        "levels": {"unit": level},
        "behind": [[[], []]],
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
        for name, wheel in (("pan", False), ("zoom", True), ("pan, all", False)):
            if name == "pan, all":
                browser.find_element("css selector", "#drawn button").click()
                time.sleep(2)
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
    parser.add_argument("--keep", type=Path, help="Where to keep the page, to look at it.")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "page.html"
        path.write_text("".join(page.page(network(given.actors, given.ties))), encoding="utf-8")
        if given.keep:
            shutil.copy(path, given.keep)
        print(f"size        {path.stat().st_size / 1e6:8.2f} MB")
        browse(path)


if __name__ == "__main__":
    main()
