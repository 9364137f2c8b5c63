"""Derive the world outline of the page from Natural Earth.

    python docs/world.py land-110m.json

It takes land at 1:110 million as TopoJSON, as the npm package world-atlas 2 has it (Natural Earth
4.1, in the public domain: https://www.naturalearthdata.com/), rounds to tenths of a degree, and
writes `src/passex/page/world.json`.
"""

from __future__ import annotations

import json
import sys
from itertools import pairwise
from pathlib import Path
from typing import Any

OUTLINE = Path(__file__).resolve().parents[1] / "src/passex/page/world.json"
#: Islands narrower than so many degrees would be a dot.
SMALLEST = 0.4


def rings(topology: Any) -> list[list[tuple[float, float]]]:
    """Decode the outer rings of all polygons: longitude and latitude in degrees."""
    (sx, sy), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            points.append((round(x * sx + tx, 1), round(y * sy + ty, 1)))
        arcs.append(points)
    found = []
    for shape in topology["objects"]["land"]["geometries"]:
        for polygon in shape["arcs"]:
            for ring in polygon:
                points = []
                for number in ring:
                    arc = arcs[number] if number >= 0 else arcs[~number][::-1]
                    points += arc[1:] if points else arc
                found.append(points)
    return found


def halves(ring: list[tuple[float, float]]) -> list[list[tuple[float, float]]]:
    """Cut a ring where it jumps over the 180th meridian."""
    cuts = [n for n in range(len(ring)) if abs(ring[n][0] - ring[n - 1][0]) > 180]
    if not cuts:
        return [ring]
    turned = ring[cuts[0] :] + ring[: cuts[0]]
    ends = [*(cut - cuts[0] for cut in cuts), len(ring)]
    return [turned[start:end] for start, end in pairwise(ends)]


def main() -> None:
    """Write the outline, a ring a line."""
    found = []
    whole = rings(json.loads(Path(sys.argv[1]).read_text()))
    for part in (half for ring in whole for half in halves(ring[:-1])):
        points = [p for p, before in zip(part, [None, *part], strict=False) if p != before]
        wide = max(x for x, _ in points) - min(x for x, _ in points)
        if len(points) > 3 and wide >= SMALLEST:
            found.append([number for point in points for number in point])
    found.sort(key=lambda ring: (-len(ring), ring))
    lines = ",\n".join(json.dumps(ring, separators=(",", ":")).replace(".0", "") for ring in found)
    head = (
        '{\n"source": "Natural Earth 1:110m land (public domain), tenths of a degree",\n'
        '"rings": [\n'
    )
    OUTLINE.write_text(f"{head}{lines}\n]\n}}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
