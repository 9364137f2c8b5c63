// A map of the world in the Equal Earth projection (B. Šavrič, T. Patterson and B. Jenny, "The Equal
// Earth map projection", International Journal of Geographical Information Science 33(3), 2018).
// Only places with coordinates are on it; the others are listed.

import { el, link, say, svg } from "./dom.js";

const A = [1.340264, -0.081106, 0.000893, 0.003796];
const ROOT = Math.sqrt(3);
const WIDE = 980;
const HIGH = 478;
const SCALE = WIDE / 5.42;
// The map can be moved past the border of the world by so much of what is seen.
const ROOM = 0.15;

function clamp(number, low, high) {
  return Math.min(Math.max(number, low), high);
}

function project(longitude, latitude) {
  const t = Math.asin((ROOT / 2) * Math.sin((latitude * Math.PI) / 180));
  const [t2, t6] = [t * t, t ** 6];
  const x =
    (2 * ROOT * ((longitude * Math.PI) / 180) * Math.cos(t)) /
    (3 * (9 * A[3] * t6 * t2 + 7 * A[2] * t6 + 3 * A[1] * t2 + A[0]));
  const y = A[3] * t * t6 * t2 + A[2] * t * t6 + A[1] * t * t2 + A[0] * t;
  return [WIDE / 2 + x * SCALE, HIGH / 2 - y * SCALE];
}

function path(points) {
  return `M${points.map(([x, y]) => `${x.toFixed(1)},${y.toFixed(1)}`).join("L")}Z`;
}

function outline() {
  const edge = [];
  for (let latitude = -90; latitude <= 90; latitude += 3) edge.push(project(180, latitude));
  for (let latitude = 90; latitude >= -90; latitude -= 3) edge.push(project(-180, latitude));
  return path(edge);
}

function graticule() {
  const lines = [];
  const line = (points) => `M${points.map((p) => p.map((n) => n.toFixed(1)).join(",")).join("L")}`;
  const steps = (from, to, by) => Array.from({ length: (to - from) / by + 1 }, (_, n) => from + n * by);
  for (const longitude of steps(-150, 150, 30)) lines.push(line(steps(-90, 90, 5).map((l) => project(longitude, l))));
  for (const latitude of steps(-60, 60, 30)) lines.push(line(steps(-180, 180, 10).map((l) => project(l, latitude))));
  return lines.join("");
}

/** Names beside their marks, on the side that is free; none where neither is. */
function named(names, spots, size, edge) {
  const taken = spots.map((spot) => ({ ...spot }));
  const found = [];
  for (const { place, y, ...sides } of names) {
    for (const side of ["right", "left"]) {
      const [left, right] = sides[side];
      if (right > edge && side === "right") continue;
      if (taken.some((one) => left < one.right && one.left < right && Math.abs(one.y - y) < 16 * size)) continue;
      taken.push({ left, right, y });
      const x = side === "right" ? left + 5 * size : right - 5 * size;
      const anchor = side === "right" ? "start" : "end";
      found.push(svg("text", { x, y: y + 4 * size, "text-anchor": anchor, "font-size": 15 * size, "stroke-width": 3.5 * size, "aria-hidden": "true" }, place.label));
      break;
    }
  }
  return found;
}

/** Where the coordinates come from: who gives them away asks to be named. */
function sources(there) {
  const found = there.flatMap(({ place }) => place.claims.filter(({ source }) => source).map(({ source }) => `${place.label}: ${source}`));
  return found.length ? `Coordinates: ${[...new Set(found)].join("; ")}.` : "";
}

export class MapView {
  constructor(host, world, select) {
    Object.assign(this, { host, world, select, box: [0, 0, WIDE, HIGH] });
  }

  /** Show the places of events: at first the part of the world in which they are. */
  show(places, events) {
    const wanted = new Set(events);
    const found = places
      .map((place) => ({ place, events: place.events.filter((event) => wanted.has(event)) }))
      .filter((spot) => spot.events.length);
    const there = found.filter(({ place }) => place.point);
    const nowhere = found.filter(({ place }) => !place.point);
    const unplaced = events.filter((event) => !event.places.length);
    const land = this.world.rings.map((ring) => {
      const points = [];
      for (let n = 0; n < ring.length; n += 2) points.push(project(ring[n], ring[n + 1]));
      return path(points);
    });
    this.marks = svg("g", {});
    this.map = svg(
      "svg",
      { viewBox: this.box.join(" "), class: "world", role: "group", "aria-label": "World map" },
      svg("path", { d: outline(), class: "sea" }),
      svg("path", { d: graticule(), class: "graticule" }),
      svg("path", { d: land.join(""), class: "land" }),
      this.marks,
    );
    this.there = there;
    if (!this.looked) this.fit();
    else this.mark();
    this.drag();
    this.host.replaceChildren(
      el("div", { class: "map" }, this.map, this.buttons()),
      el("p", { class: "source" }, `Outline: ${this.world.source}. Equal Earth projection.`),
      el("p", { class: "source" }, sources(there)),
      this.missing(there, nowhere, unplaced),
    );
  }

  buttons() {
    const button = (text, label, action) =>
      el("button", { type: "button", "aria-label": label, title: label, on: { click: action } }, text);
    return el(
      "div",
      { class: "zoom" },
      button("+", "Zoom in on the map", () => this.zoom(0.7)),
      button("−", "Zoom out of the map", () => this.zoom(1 / 0.7)),
      button("⤢", "Show the whole map", () => this.look(0, 0, WIDE)),
    );
  }

  mark() {
    const size = this.box[2] / WIDE;
    const [spots, names] = [[], []];
    const placed = this.there.map(({ place, events }) => {
      const [x, y] = project(place.point[1], place.point[0]);
      const words = `${place.label}: ${say(events.length, "event")}; precision: ${place.precision}`;
      const open = () => this.select(place.id);
      const keys = (event) => {
        if (event.key !== "Enter" && event.key !== " ") return;
        event.preventDefault();
        open();
      };
      const planned = events.every((event) => event.planned);
      const r = (5 + 2 * Math.sqrt(events.length)) * size;
      spots.push({ left: x - r, right: x + r, y });
      const wide = (10 + 8.5 * place.label.length) * size;
      names.push({ place, y, right: [x + r, x + r + wide], left: [x - r - wide, x - r] });
      return svg(
        "g",
        { class: planned ? "mark planned" : "mark", role: "button", tabindex: 0, "aria-label": words, on: { click: open, keydown: keys } },
        svg("circle", { cx: x, cy: y, r: 1.8 * r, class: "halo", "stroke-width": 2.5 * size }),
        svg("circle", { cx: x, cy: y, r, "stroke-width": 1.5 * size, "stroke-dasharray": planned ? `${3 * size} ${2 * size}` : null }),
        svg("title", {}, words),
      );
    });
    this.marks.replaceChildren(...placed, ...named(names, spots, size, this.box[0] + this.box[2]));
  }

  fit() {
    const points = this.there.map(({ place }) => project(place.point[1], place.point[0]));
    if (!points.length) return this.look(0, 0, WIDE);
    const [xs, ys] = [points.map(([x]) => x), points.map(([, y]) => y)];
    const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
    // With room for what stands at the border, and for the buttons.
    const wide = Math.max((right - left) * 1.6, (bottom - top) * 1.6 * (WIDE / HIGH), WIDE * 0.42);
    this.look((left + right - wide) / 2, (top + bottom - (wide * HIGH) / WIDE) / 2, wide);
    this.looked = false;
  }

  look(x, y, wide) {
    this.looked = true;
    const width = Math.min(Math.max(wide, 40), WIDE);
    const high = (width * HIGH) / WIDE;
    const [across, down] = [width * ROOM, high * ROOM];
    this.box = [clamp(x, -across, WIDE - width + across), clamp(y, -down, HIGH - high + down), width, high];
    this.map.setAttribute("viewBox", this.box.join(" "));
    this.mark();
  }

  zoom(factor) {
    const [x, y, wide, high] = this.box;
    this.look(x + (wide * (1 - factor)) / 2, y + (high * (1 - factor)) / 2, wide * factor);
  }

  drag() {
    let from = null;
    this.map.addEventListener("pointerdown", (event) => (from = [event.clientX, event.clientY, ...this.box]));
    this.map.addEventListener("pointermove", (event) => {
      if (!from || !event.buttons) return;
      const grain = this.box[2] / this.map.clientWidth;
      const [dx, dy] = [event.clientX - from[0], event.clientY - from[1]];
      if (Math.hypot(dx, dy) > 3) this.look(from[2] - dx * grain, from[3] - dy * grain, this.box[2]);
    });
    this.map.addEventListener("pointerup", () => (from = null));
  }

  missing(there, nowhere, unplaced) {
    const shown = new Set(there.flatMap(({ events }) => events)).size;
    const hidden = new Set(nowhere.flatMap(({ events }) => events));
    for (const { events } of there) for (const event of events) hidden.delete(event);
    const count = hidden.size + unplaced.length;
    const event = (one) => el("li", {}, link(one.label, () => this.select(one.id)));
    return el(
      "section",
      { class: "missing" },
      el("h2", {}, `${say(shown, "event")} on the map, ${count.toLocaleString("en-GB")} not`),
      el("p", {}, "What has no place in the articles, or a place without coordinates, is listed here and not put anywhere."),
      there.map(({ place, events }) => [el("h3", {}, `${place.label} (precision: ${place.precision})`), el("ul", {}, events.slice(0, 100).map(event))]),
      nowhere.map(({ place, events }) => [el("h3", {}, `${place.label}: no coordinates`), el("ul", {}, events.slice(0, 100).map(event))]),
      unplaced.length ? [el("h3", {}, "No place stated"), el("ul", {}, unplaced.slice(0, 100).map(event))] : null,
      unplaced.length > 100 ? el("p", {}, `And ${unplaced.length - 100} more.`) : null,
    );
  }
}
