// The Equal Earth projection (B. Šavrič, T. Patterson and B. Jenny, "The Equal Earth map projection",
// International Journal of Geographical Information Science 33(3), 2018) around any meridian.

const A = [1.340264, -0.081106, 0.000893, 0.003796];
const ROOT = Math.sqrt(3);
export const WIDE = 980;
export const HIGH = 478;
const SCALE = WIDE / 5.42;
// What is nearer to the seam than this is not kept there.
const MARGIN = 15;

/** Bring a longitude into the 360 degrees that end at 180 east of a meridian. */
function around(longitude, middle) {
  return ((((longitude - middle + 180) % 360) + 360) % 360) - 180;
}

/** The meridian for the middle of a map: Greenwich, unless that would cut through where things are. */
export function middleOf(longitudes) {
  const sorted = [...new Set(longitudes.map((longitude) => around(longitude, 0)))].sort((a, b) => a - b);
  if (!sorted.length) return 0;
  let widest = { from: sorted.at(-1), gap: sorted[0] + 360 - sorted.at(-1) };
  const free = (seam) => sorted.every((longitude) => Math.abs(around(longitude, seam)) >= Math.min(MARGIN, widest.gap / 2));
  sorted.slice(1).forEach((longitude, n) => {
    if (longitude - sorted[n] > widest.gap) widest = { from: sorted[n], gap: longitude - sorted[n] };
  });
  const here = (widest.from + widest.gap / 2) % 360;
  const greenwich = around(180, widest.from + widest.gap / 2);
  if (Math.abs(greenwich) < widest.gap / 2 && free(180)) return 0;
  const round = Math.round(around(here + 180, 0) / 10) * 10;
  return free(round + 180) ? round : around(here + 180, 0);
}

/** A projection around a meridian: from degrees to a drawing of WIDE by HIGH. */
export class EqualEarth {
  constructor(middle) {
    this.middle = middle;
  }

  /** Project what is given as degrees east of the middle. */
  static at(east, latitude) {
    const t = Math.asin((ROOT / 2) * Math.sin((latitude * Math.PI) / 180));
    const [t2, t6] = [t * t, t ** 6];
    const x =
      (2 * ROOT * ((east * Math.PI) / 180) * Math.cos(t)) /
      (3 * (9 * A[3] * t6 * t2 + 7 * A[2] * t6 + 3 * A[1] * t2 + A[0]));
    const y = A[3] * t * t6 * t2 + A[2] * t * t6 + A[1] * t * t2 + A[0] * t;
    return [WIDE / 2 + x * SCALE, HIGH / 2 - y * SCALE];
  }

  point([latitude, longitude]) {
    return EqualEarth.at(around(longitude, this.middle), latitude);
  }

  /** Project a ring of longitudes and latitudes by turns: as many rings as the seam cuts it into. */
  rings(flat) {
    const found = [];
    for (const turn of [-360, 0, 360]) {
      const ring = [];
      for (let n = 0; n < flat.length; n += 2) ring.push([flat[n] - this.middle + turn, flat[n + 1]]);
      const kept = below(below(ring, 180, 1), 180, -1);
      if (kept.length > 2) found.push(dense(kept).map(([east, latitude]) => EqualEarth.at(east, latitude)));
    }
    return found;
  }
}

/** What of a ring lies on one side of a meridian (I. Sutherland and G. Hodgman, 1974). */
function below(ring, limit, sign) {
  const found = [];
  ring.forEach((point, n) => {
    const before = ring.at(n - 1);
    const [inside, was] = [point[0] * sign <= limit, before[0] * sign <= limit];
    if (inside !== was) {
      const share = (limit * sign - before[0]) / (point[0] - before[0]);
      found.push([limit * sign, before[1] + share * (point[1] - before[1])]);
    }
    if (inside) found.push(point);
  });
  return found;
}

/** Long edges have points in between: what is straight in degrees is bent on the map. */
function dense(ring) {
  return ring.flatMap(([x, y], n) => {
    const [x0, y0] = ring.at(n - 1);
    const steps = Math.ceil(Math.max(Math.abs(x - x0), Math.abs(y - y0)) / 5) || 1;
    return Array.from({ length: steps }, (_, k) => [x0 + ((x - x0) * (k + 1)) / steps, y0 + ((y - y0) * (k + 1)) / steps]);
  });
}

/** A path of SVG through points, closed or open. */
export function path(points, end = "Z") {
  return `M${points.map(([x, y]) => `${x.toFixed(1)},${y.toFixed(1)}`).join("L")}${end}`;
}

export function outline() {
  const edge = [];
  for (let latitude = -90; latitude <= 90; latitude += 3) edge.push(EqualEarth.at(180, latitude));
  for (let latitude = 90; latitude >= -90; latitude -= 3) edge.push(EqualEarth.at(-180, latitude));
  return path(edge);
}

/** Meridians and parallels, each 30 degrees from the next. */
export function graticule({ middle }) {
  const steps = (from, to, by) => Array.from({ length: (to - from) / by + 1 }, (_, n) => from + n * by);
  const meridians = steps(-180, 150, 30).map((longitude) => around(longitude, middle)).filter((east) => Math.abs(east) < 180);
  return [
    ...meridians.map((east) => path(steps(-90, 90, 5).map((latitude) => EqualEarth.at(east, latitude)), "")),
    ...steps(-60, 60, 30).map((latitude) => path(steps(-180, 180, 10).map((east) => EqualEarth.at(east, latitude)), "")),
  ].join("");
}
