// Rows with coordinates on a map of the world: longitude to the right, latitude upwards (plate carrée).

import { el, say, svg } from "./dom.js";
import { addressOf, isNode, isNumber, textOf } from "./terms.js";

const MOST = 2000;
const ROOM = 8; // degrees around the places
const LEAST = 20; // degrees that are shown at least
const [WIDE, HIGH] = [120, 16]; // the room of a name, in pixels
const LONG = 34; // a longer name is cut
const NAMED = 30; // of more places, names are shown only where one points

/** Find the columns of latitude, longitude and what is there; null where there are none. */
export function placesOf({ columns, rows }) {
  const at = (pattern) => columns.findIndex((name, place) => pattern.test(name) && rows.some((row) => isNumber(row[place])));
  const [latitude, longitude] = [at(/^lat/i), at(/^(lon|lng)/i)];
  if (latitude < 0 || longitude < 0) return null;
  const others = columns.map((_, place) => place).filter((place) => place !== latitude && place !== longitude);
  const node = others.find((place) => rows.some((row) => isNode(row[place])));
  return { latitude, longitude, name: node ?? others[0] ?? -1 };
}

function spots(found, shorten, labels) {
  const { latitude, longitude, name } = placesOf(found);
  const placed = new Map();
  let left = 0;
  for (const row of found.rows) {
    const [y, x] = [latitude, longitude].map((place) => (isNumber(row[place]) ? Number(row[place].value) : NaN));
    if (!(Math.abs(y) <= 90 && Math.abs(x) <= 180)) {
      left += 1;
      continue;
    }
    const term = name < 0 ? null : row[name];
    const key = `${x} ${y}`;
    if (!placed.has(key)) placed.set(key, { x, y, terms: [] });
    const label = term ? labels.get(term.value) ?? textOf(term, shorten) : `${y}, ${x}`;
    if (!placed.get(key).terms.some((one) => one.label === label)) placed.get(key).terms.push({ term, label });
  }
  return { placed: [...placed.values()], left };
}

function frame(placed) {
  const [xs, ys] = [placed.map(({ x }) => x), placed.map(({ y }) => -y)];
  const side = (values, low, high) => {
    const [from, to] = [Math.min(...values) - ROOM, Math.max(...values) + ROOM];
    const more = Math.max(0, LEAST - (to - from)) / 2;
    return [Math.max(low, from - more), Math.min(high, to + more)];
  };
  const [[west, east], [north, south]] = [side(xs, -180, 180), side(ys, -90, 90)];
  return { west, north, width: east - west, height: south - north };
}

/** Draw the map; what has no coordinates that can be is counted below it. */
export async function map(found, shorten, labels) {
  const { placed, left } = spots(found, shorten, labels);
  if (!placed.length) return el("p", { class: "empty" }, "No row that is left has coordinates.");
  const world = await (await fetch("/static/world.json")).json();
  const shown = placed.slice(0, MOST);
  const { west, north, width, height } = frame(shown);
  const unit = Math.max(width / 900, height / 500); // degrees to the pixel
  const at = (x, y) => [(x - west) / unit, (-y - north) / unit];
  const ring = (points) => `M${points.map((n, place) => (place % 2 ? -n : n)).join(" ")}Z`;
  const picture = svg(
    "svg",
    { class: "network places", viewBox: `0 0 ${width / unit} ${height / unit}`, role: "group", "aria-label": "Result map" },
    svg("rect", { width: width / unit, height: height / unit, class: "sea" }),
    svg("path", { d: world.rings.map(ring).join(""), class: "land", transform: `scale(${1 / unit}) translate(${-west} ${-north})` }),
    ...marks(shown.map((one) => [...at(one.x, one.y), one.terms]), width / unit, shorten),
  );
  const rest = placed.length - shown.length + left;
  const said = `${say(shown.length, "place")}${rest ? `; ${rest.toLocaleString("en-GB")} more are not drawn` : ""}. Land: Natural Earth.`;
  return el("figure", { class: "drawing" }, picture, el("figcaption", null, said));
}

/** Marks with their names, where these have room. */
function marks(found, edge, shorten) {
  const taken = [];
  return found.map(([x, y, terms]) => {
    const near = taken.some((one) => Math.abs(one.x - x) < WIDE && Math.abs(one.y - y) < HIGH);
    const named = found.length <= NAMED && !near;
    if (named) taken.push({ x, y });
    return mark(x, y, terms, named, edge, shorten);
  });
}

function mark(x, y, terms, named, edge, shorten) {
  const [{ term, label }] = terms;
  const href = term?.type === "iri" ? addressOf(term.value, shorten) : null;
  // A name is to the left of a place that is far to the right.
  const side = x > edge * 0.7 ? { x: x - 9, "text-anchor": "end" } : { x: x + 9 };
  const said = terms.length > 1 ? `${label} and ${terms.length - 1} more` : label;
  const short = said.length > LONG ? `${said.slice(0, LONG - 1)}\u2026` : said;
  return svg(
    href ? "a" : "g",
    href ? { href } : null,
    svg("title", null, terms.map((one) => one.label).join("\n")),
    svg("circle", { cx: x, cy: y, r: 5, class: "node spot" }),
    named ? svg("text", { ...side, y: y + 4, "font-size": 13, class: "name" }, short) : null,
  );
}
