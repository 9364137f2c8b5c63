// A map of the world: where events were. Only places with coordinates are on it; the others are named.

import { cluster, counted, reach } from "./clusters.js";
import { el, say, svg } from "./dom.js";
import { EqualEarth, graticule, HIGH, middleOf, outline, path, WIDE } from "./equal_earth.js";
import { Hint, listenToGestures } from "./gestures.js";
import { besideMap, onMap, sizeKey, tally } from "./map_words.js";
import { names } from "./map_names.js";
import { rove } from "./roving.js";

// The map can be moved past the border of the world by so much of what is seen.
const ROOM = 0.15;
// The closest look: so many of the 980 units of the world's width.
const CLOSEST = 12;
const REST = 120;

function clamp(number, low, high) {
  return Math.min(Math.max(number, low), Math.max(low, high));
}

export class MapView {
  constructor(host, world, select) {
    Object.assign(this, { host, world, select, box: null, there: [] });
    new ResizeObserver(() => this.map && this.aspect() !== this.shape && this.turn()).observe(host);
  }

  /** Show the places of events: at first the part of the world in which they are. */
  show(places, events) {
    this.earth ??= this.prepared(places);
    const found = onMap(places, events);
    this.there = found.there.map((spot) => ({ ...spot, ...this.lay(spot.place) }));
    if (!this.map) this.build();
    const [first, , last] = this.saying;
    first.replaceChildren(tally(found, events));
    last.replaceChildren(...besideMap(found, this.world.source, this.select));
    this.areas.replaceChildren(...this.there.filter(({ shape }) => shape).map((spot) => this.area(spot)));
    if (!this.box) this.fit();
    else this.mark();
  }

  /** The projection, whose seam is where no place is, and the outline of land in it. */
  prepared(places) {
    const flat = places.flatMap(({ point, area }) => [...(point ? [point[1]] : []), ...area.flatMap((ring) => ring.filter((_, n) => n % 2 === 0))]);
    const earth = new EqualEarth(middleOf(flat));
    this.land = this.world.rings.flatMap((ring) => earth.rings(ring)).map((ring) => path(ring)).join("");
    return earth;
  }

  /** Where a place lies on the drawing: its mark, and the shape of its area. */
  lay({ point, area }) {
    const rings = area.flatMap((ring) => this.earth.rings(ring));
    const shape = rings.length ? rings.map((ring) => path(ring)).join("") : null;
    const edge = rings.flat();
    return { at: point ? this.earth.point(point) : centre(rings), shape, edge };
  }

  build() {
    this.marks = svg("g", { class: "marks" });
    this.areas = svg("g", { class: "areas" });
    this.names = svg("g", { class: "names", "aria-hidden": "true" });
    this.hatch = svg("pattern", { id: "hatch", patternUnits: "userSpaceOnUse" }, svg("path", { class: "hatching" }));
    this.map = svg(
      "svg",
      { class: "world", role: "group", "aria-label": "World map. Arrows go from mark to mark, Enter opens, plus and minus zoom." },
      svg("defs", {}, this.hatch),
      svg("path", { d: outline(), class: "sea" }),
      svg("path", { d: graticule(this.earth), class: "graticule" }),
      svg("path", { d: this.land, class: "land" }),
      this.areas,
      this.marks,
      this.names,
    );
    const stage = el("div", { class: "map" }, this.map, this.buttons());
    this.stage = stage;
    listenToGestures(this.map, new Hint(stage), {
      pan: (dx, dy) => this.look(this.box[0] - dx * this.grain(), this.box[1] - dy * this.grain(), this.box[2], true),
      zoom: (factor, x, y) => this.zoom(1 / factor, x, y, true),
    });
    this.roving = rove(this.map, ".mark", ({ dataset }) => this.reveal(dataset));
    this.map.addEventListener("keydown", (event) => this.key(event));
    stage.addEventListener("keydown", ({ key }) => key === "Escape" && this.shut());
    this.saying = [el("div", {}), el("div", {}), el("div", {})];
    const [first, key, last] = this.saying;
    this.host.replaceChildren(first, key, stage, last);
  }

  buttons() {
    const button = (text, label, action) =>
      el("button", { type: "button", "aria-label": label, title: label, on: { click: action } }, text);
    return el(
      "div",
      { class: "zoom" },
      button("+", "Zoom in on the map", () => this.zoom(0.7)),
      button("−", "Zoom out of the map", () => this.zoom(1 / 0.7)),
      button("⤢", "Show all marks", () => this.fit()),
    );
  }

  key(event) {
    const does = { "+": () => this.zoom(0.7), "=": () => this.zoom(0.7), "-": () => this.zoom(1 / 0.7), 0: () => this.fit() }[event.key];
    if (!does || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    does();
  }

  /** How many units of the drawing a pixel is. */
  grain() {
    return this.box[2] / (this.map.clientWidth || WIDE);
  }

  aspect() {
    return (this.map.clientHeight || HIGH) / (this.map.clientWidth || WIDE);
  }

  turn() {
    const [x, y, wide, high] = this.box;
    this.look(x, y + (high - wide * this.aspect()) / 2, wide);
  }

  /** Look at all marks and areas. */
  fit() {
    const points = this.there.flatMap(({ at, edge }) => [at, ...edge]);
    const extent = (numbers) => [numbers.reduce((a, b) => Math.min(a, b), Infinity), numbers.reduce((a, b) => Math.max(a, b), -Infinity)];
    if (!points.length) points.push([0, 0], [WIDE, HIGH]);
    const [left, right] = extent(points.map(([x]) => x));
    const [top, bottom] = extent(points.map(([, y]) => y));
    this.toward(left, right, top, bottom, WIDE * 0.42);
  }

  /** Look at a part of the world with room around it, but not closer than `least`. */
  toward(left, right, top, bottom, least) {
    const wide = clamp(Math.max((right - left) * 1.5, ((bottom - top) * 1.5) / this.aspect(), least), CLOSEST, this.widest());
    this.look((left + right - wide) / 2, (top + bottom - wide * this.aspect()) / 2, wide);
  }

  /** The whole world is seen in this width, also where the map is lower or higher than the world is. */
  widest() {
    return Math.max(WIDE, HIGH / this.aspect());
  }

  /** Look at a part of the world; what moves is marked anew when it rests. */
  look(x, y, wide, moving = false) {
    this.shape = this.aspect();
    const width = clamp(wide, CLOSEST, this.widest());
    const high = width * this.shape;
    // Where all of the world is seen it stands in the middle.
    const within = (start, seen, whole) => {
      const room = seen >= whole ? 0 : Math.min(ROOM * seen, whole - seen);
      return seen >= whole ? (whole - seen) / 2 : clamp(start, -room, whole - seen + room);
    };
    this.box = [within(x, width, WIDE), within(y, high, HIGH), width, high];
    this.map.setAttribute("viewBox", this.box.map((number) => number.toFixed(2)).join(" "));
    clearTimeout(this.resting);
    if (moving) this.resting = setTimeout(() => this.mark(), REST);
    else this.mark();
  }

  zoom(factor, x, y, moving) {
    const [left, top, wide, high] = this.box;
    const grain = this.grain();
    const width = clamp(wide * factor, CLOSEST, this.widest());
    const [fx, fy] = x === undefined ? [0.5, 0.5] : [(x * grain) / wide, (y * grain) / high];
    this.look(left + (wide - width) * fx, top + (high - width * this.aspect()) * fy, width, moving);
  }

  /** Bring a mark that has the focus into sight. */
  reveal({ x, y }) {
    const [left, top, wide, high] = this.box;
    const [dx, dy] = [Number(x) - left, Number(y) - top];
    if (dx > 0 && dy > 0 && dx < wide && dy < high) return;
    this.look(Number(x) - wide / 2, Number(y) - high / 2, wide);
  }

  area({ place, shape }) {
    return svg("path", { d: shape, class: "area", fill: "url(#hatch)", on: { click: () => this.select(place.id) } }, svg("title", {}, place.label));
  }

  /** Draw the marks: as large on the screen at every scale. */
  mark() {
    if (!this.map.clientWidth) return;
    this.shut();
    const grain = this.grain();
    const [left, top] = this.box;
    const spots = this.there.map((spot) => ({ ...spot, x: (spot.at[0] - left) / grain, y: (spot.at[1] - top) / grain }));
    this.clusters = cluster(spots);
    this.saying[1].replaceChildren(sizeKey(this.clusters, this.there.some(({ shape }) => shape)));
    const held = this.marks.contains(document.activeElement) ? document.activeElement.dataset.places.split(" ") : [];
    this.marks.replaceChildren(...this.clusters.map((one) => this.symbol(one, grain)));
    const size = { wide: this.map.clientWidth, high: this.map.clientHeight };
    this.names.replaceChildren(...names(this.clusters, size).map(({ text, x, y, anchor }) =>
      svg("text", { x: left + x * grain, y: top + y * grain, "text-anchor": anchor, "font-size": 12.5 * grain, "stroke-width": 3 * grain }, text)));
    this.hatch.setAttribute("width", 7 * grain);
    this.hatch.setAttribute("height", 7 * grain);
    this.hatch.firstChild.setAttribute("d", `M${[0, 7, 7, 0].map((n) => n * grain).join(" ")}`);
    this.hatch.firstChild.setAttribute("stroke-width", 1.2 * grain);
    this.roving.enter();
    const again = held.length && [...this.marks.children].find(({ dataset }) => dataset.places.split(" ").some((id) => held.includes(id)));
    if (again) {
      for (const one of this.marks.children) one.setAttribute("tabindex", one === again ? "0" : "-1");
      again.focus({ preventScroll: true });
    }
  }

  /** A mark: a circle for exercises, one for plans and one for other events, side by side. */
  symbol(one, grain) {
    const { spots, counts, events } = one;
    const [cx, cy] = [this.box[0] + one.x * grain, this.box[1] + one.y * grain];
    const said = counted(events);
    const label = spots.length === 1
      ? `${spots[0].place.label}: ${said}; precision: ${spots[0].place.precision}`
      : `${say(spots.length, "place")}, ${spots[0].place.label} and others: ${said}`;
    const open = () => this.open(one);
    const keys = (event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      open();
    };
    let shift = 0;
    const circles = counts.flatMap(([sort, count], n) => {
      const r = reach(count);
      if (n) shift += r + 1;
      const x = cx + shift * grain;
      shift += r + 1;
      const figure = count > 1 && r > 7 ? svg("text", { x, y: cy + 4 * grain, "text-anchor": "middle", "font-size": 11 * grain }, String(count)) : null;
      return [svg("circle", { class: sort, cx: x, cy, r: r * grain, "stroke-width": 1.6 * grain }), figure];
    });
    return svg(
      "g",
      { class: spots.length > 1 ? "mark many" : "mark", tabindex: -1, role: "button", "aria-label": label, "data-x": cx, "data-y": cy, "data-places": spots.map(({ place }) => place.name).join(" "), "data-events": events.length, on: { click: open, keydown: keys } },
      svg("title", {}, label),
      svg("circle", { class: "halo", cx, cy, r: Math.max(13, one.r + 4) * grain, "stroke-width": 2 * grain }),
      circles,
    );
  }

  /** Open a place; of several, come closer, or list them where there is no telling them apart. */
  open({ spots, x, y }) {
    if (spots.length === 1) return this.select(spots[0].place.id);
    const [xs, ys] = [0, 1].map((n) => spots.map(({ at }) => at[n]));
    const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
    const apart = Math.hypot(right - left, bottom - top);
    if (apart / CLOSEST > 0.05 && this.box[2] > CLOSEST * 1.01) return this.toward(left, right, top, bottom, Math.min(this.box[2] * 0.7, apart * 3));
    const list = el(
      "ul",
      { class: "popover", "aria-label": "Places here" },
      spots.map(({ place }) => el("li", {}, el("button", { type: "button", class: "link", on: { click: () => this.select(place.id) } }, place.label))),
    );
    list.style.left = `${clamp(x - 110, 4, this.map.clientWidth - 228)}px`;
    list.style.top = `${Math.min(y + 12, this.map.clientHeight - 60)}px`;
    this.shut();
    this.pop = list;
    this.stage.append(list);
    list.querySelector("button").focus();
  }

  shut() {
    const held = this.pop?.contains(document.activeElement);
    this.pop?.remove();
    this.pop = null;
    if (held) this.map.querySelector('.mark[tabindex="0"]')?.focus();
  }
}

/** The middle of the largest of some rings, by their areas. */
function centre(rings) {
  let found = { twice: 0, at: rings[0]?.[0] ?? [WIDE / 2, HIGH / 2] };
  for (const ring of rings) {
    let [twice, sx, sy] = [0, 0, 0];
    ring.forEach(([x, y], n) => {
      const [px, py] = ring.at(n - 1);
      const cross = px * y - x * py;
      [twice, sx, sy] = [twice + cross, sx + (px + x) * cross, sy + (py + y) * cross];
    });
    if (Math.abs(twice) > Math.abs(found.twice)) found = { twice, at: [sx / (3 * twice), sy / (3 * twice)] };
  }
  return found.at;
}
