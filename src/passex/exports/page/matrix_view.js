// The network as a matrix: a row and a column an actor, group by group, and a cell a tie. It stays
// readable where lines would cover each other.

import { el, say } from "./dom.js";
import { thickness } from "./graph_draw.js";
import { showMatrixLegend } from "./legend.js";
import { BAND, drawCells, drawNames } from "./matrix_draw.js";
import { counts } from "./overview.js";

// Those with most weight; more rows than this nobody compares.
const MOST = 150;
// A cell is at least so wide where names are to be read, and at most so wide, in pixels.
const NAMED = 15;
const WIDE = 30;
const READABLE = 11;
// A name may be so wide: where all cells are in sight beside it, where not, and where little is.
const LONGEST = [260, 170];
const SHARE = 0.34;

/** Order actors by group, the strongest first in each: [actors, how many are left out]. */
export function ordered(net) {
  const strength = new Map(net.actors.map((actor) => [actor, 0]));
  for (const { a, b, weight, plannedWeight } of net.ties) {
    for (const end of [a, b]) strength.set(end, strength.get(end) + weight + plannedWeight);
  }
  const group = (actor) => net.level.community.get(actor.number) ?? Infinity;
  const strongest = [...net.actors].sort((a, b) => strength.get(b) - strength.get(a)).slice(0, MOST);
  const place = new Map(strongest.map((actor, number) => [actor, number]));
  strongest.sort((a, b) => (group(a) === group(b) ? place.get(a) - place.get(b) : group(a) - group(b)));
  return [strongest, net.actors.length - strongest.length];
}

export class MatrixView {
  cursor = [0, 0];

  /** @param listen { select(id, byKey), hover(thing, aloud) } */
  constructor(host, listen) {
    Object.assign(this, { host, listen, whole: false });
    this.said = el("p", { class: "hint" });
    this.fit = el("input", { type: "checkbox", id: "matrix-whole", on: { change: () => this.turn() } });
    this.now = el("p", { class: "detail", "aria-hidden": "true" });
    this.top = el("canvas", { class: "above", "aria-hidden": "true" });
    this.left = el("canvas", { class: "beside", "aria-hidden": "true" });
    this.cells = el("canvas", {
      class: "cells",
      tabindex: 0,
      role: "application",
      "aria-roledescription": "matrix",
      "aria-label": "Matrix of who trains with whom. The same ties are under Table. Arrows go from cell to cell, Enter opens the evidence.",
    });
    // The cell that arrows start from is marked while the keys are here, or a pointer was.
    for (const [name, on] of [["focus", true], ["blur", false]]) {
      this.cells.addEventListener(name, () => this.mark(on));
    }
    this.legend = el("ul", { class: "legend plainly", "aria-label": "Legend" });
    this.scroll = el("div", { class: "matrix" }, el("div", { class: "grid" }, el("span", { class: "corner" }), this.top, this.left, this.cells));
    host.replaceChildren(this.said, el("label", { class: "check" }, this.fit, "Fit all into the width"), this.now, this.scroll, this.legend);
    this.cells.addEventListener("pointermove", (event) => this.point(this.at(event)));
    this.cells.addEventListener("click", (event) => this.open(this.at(event)));
    this.cells.addEventListener("keydown", (event) => this.key(event));
    this.left.addEventListener("click", (event) => this.open([this.at(event)[0], -1]));
    this.top.addEventListener("click", (event) => this.open([-1, this.at(event)[1]]));
    new ResizeObserver(() => this.net && this.wide !== host.clientWidth && this.draw()).observe(host);
  }

  mark(on) {
    this.marked = on;
    if (this.net) this.draw();
  }

  turn() {
    this.whole = this.fit.checked;
    this.draw();
  }

  /** Show a network in the colours of the theme; `chosen` is a tie, an actor or null. */
  show(net, colours, chosen) {
    if (this.net !== net) {
      const [actors, left] = ordered(net);
      this.cursor = [0, Math.min(1, actors.length - 1)];
      this.marked = document.activeElement === this.cells;
      const number = new Map(actors.map((actor, place) => [actor, place]));
      this.ties = new Map();
      for (const tie of net.ties) {
        const [a, b] = [number.get(tie.a), number.get(tie.b)];
        if (a !== undefined && b !== undefined) this.ties.set(`${a},${b}`, tie).set(`${b},${a}`, tie);
      }
      this.thick = thickness(net.ties.map(({ weight, plannedWeight }) => weight + plannedWeight));
      const grouped = actors.some((actor) => net.level.community.has(actor.number));
      this.said.textContent =
        (left ? `${say(actors.length, "actor")} of ${net.actors.length.toLocaleString("en-GB")}, those with most weight. ` : "") +
        `A cell is a tie: the fuller its colour, the stronger; an outline is planned only; an empty middle is inferred or not certain. ` +
        (grouped ? "Actors stand by group, the strongest first." : "The strongest actors stand first.");
      if (!actors.length) this.said.textContent = "No ties are left by these filters.";
      this.fit.parentNode.hidden = !actors.length;
      Object.assign(this, { net, actors });
      this.now.textContent = "";
    }
    Object.assign(this, { colours, chosen });
    showMatrixLegend(this.legend, net, colours);
    this.draw();
  }

  draw() {
    const { actors, host } = this;
    if (!host.clientWidth || !actors) return;
    this.wide = host.clientWidth;
    this.scroll.hidden = !actors.length;
    const longest = LONGEST[host.clientWidth - 60 < actors.length * NAMED + LONGEST[0] ? 1 : 0];
    const names = this.longest(Math.min(longest, Math.max(host.clientWidth * SHARE, 110)));
    const fitting = (margin) => Math.floor((host.clientWidth - margin - 60) / Math.max(actors.length, 1));
    this.cell = Math.min(Math.max(fitting(names), this.whole ? 3 : NAMED), WIDE);
    const readable = this.cell >= READABLE;
    // Names that cannot be read take no room either.
    if (!readable) this.cell = Math.min(Math.max(fitting(0), 3), READABLE - 1);
    const side = this.cell * actors.length;
    const margin = readable ? beside(names) : BAND + 2;
    Object.assign(this, { margin, readable });
    this.scroll.firstChild.style.gridTemplateColumns = `${margin}px ${side}px`;
    const scene = this.scene();
    drawNames(this.sheet(this.left, margin, side), scene, false);
    drawNames(this.sheet(this.top, side, margin), scene, true);
    drawCells(this.sheet(this.cells, side, side), scene);
  }

  /** How wide the longest name is, up to a limit. */
  longest(limit) {
    const context = this.left.getContext("2d");
    context.font = `700 13px ${this.colours.font}`;
    return Math.min(this.actors.reduce((most, { label }) => Math.max(most, context.measureText(label).width), 40), limit);
  }

  sheet(canvas, width, height) {
    const density = Math.min(window.devicePixelRatio || 1, 8000 / Math.max(width, height));
    Object.assign(canvas, { width: Math.round(width * density), height: Math.round(height * density) });
    Object.assign(canvas.style, { width: `${width}px`, height: `${height}px` });
    const context = canvas.getContext("2d");
    context.setTransform(density, 0, 0, density, 0, 0);
    context.fillStyle = this.colours.paper;
    context.fillRect(0, 0, width, height);
    return context;
  }

  /** What is drawn, as it stands on the screen. */
  scene() {
    const { net, actors, ties, thick, colours, chosen, cell, margin, readable, cursor, marked } = this;
    return { net, actors, ties, thick, colours, chosen, cell, margin, readable, cursor: marked ? cursor : null };
  }

  /** What is drawn where there is room for all names, as in a file. */
  named() {
    const scene = { ...this.scene(), cursor: null };
    return this.readable ? scene : { ...scene, cell: NAMED, margin: beside(this.longest(LONGEST[0])), readable: true };
  }

  at({ offsetX, offsetY }) {
    const last = this.actors.length - 1;
    return [offsetY, offsetX].map((place) => Math.min(Math.max(Math.floor(place / this.cell), 0), last));
  }

  point([row, column], aloud = false) {
    if (this.marked && row === this.cursor[0] && column === this.cursor[1] && !aloud) return;
    Object.assign(this, { cursor: [row, column], marked: true });
    const tie = this.ties.get(`${row},${column}`);
    const [one, other] = [this.actors[row], this.actors[column]];
    const words = tie
      ? `${one.label} and ${other.label}: ${counts(tie)}`
      : row === column ? one.label : `${one.label} and ${other.label}: no tie`;
    this.now.textContent = words;
    this.draw();
    if (aloud) this.listen.say(`${words}. ${tie ? "Enter shows its evidence." : ""}`);
  }

  open([row, column], byKey = false) {
    if (row < 0 || column < 0 || row === column) this.listen.select(this.actors[Math.max(row, column)]?.id ?? "", byKey);
    else this.listen.select(this.ties.get(`${row},${column}`)?.id ?? "", byKey);
  }

  key(event) {
    const step = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] }[event.key];
    if (event.ctrlKey || event.metaKey || event.altKey || !this.actors.length) return;
    if (step) {
      const next = step.map((by, axis) => Math.min(Math.max(this.cursor[axis] + by, 0), this.actors.length - 1));
      this.point(next, true);
      this.reveal(next);
    } else if (event.key === "Enter" || event.key === " ") this.open(this.cursor, true);
    else return;
    event.preventDefault();
  }

  reveal([row, column]) {
    const { scroll, cell, margin } = this;
    const [x, y] = [column * cell, row * cell];
    if (x < scroll.scrollLeft) scroll.scrollLeft = x;
    if (y < scroll.scrollTop) scroll.scrollTop = y;
    scroll.scrollLeft = Math.max(scroll.scrollLeft, x + cell + margin - scroll.clientWidth);
    scroll.scrollTop = Math.max(scroll.scrollTop, y + cell + margin - scroll.clientHeight);
  }
}

/** How much room names take with their band. */
function beside(names) {
  return BAND + Math.round(names) + 14;
}
