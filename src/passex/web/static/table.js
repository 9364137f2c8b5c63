// Rows as a table: sorted by any column; of many rows, those that are in sight are in the page.

import { el } from "./dom.js";
import { isNumber, show, textOf } from "./terms.js";

const WHOLE = 300; // more rows than this are windowed
const SPARE = 12; // rows beyond the edge of the window

function compare(a, b, shorten) {
  if (!a || !b) return a ? -1 : b ? 1 : 0; // what is unbound comes last
  if (isNumber(a) && isNumber(b)) return Number(a.value) - Number(b.value);
  const [one, other] = [textOf(a, shorten), textOf(b, shorten)];
  return one < other ? -1 : one > other ? 1 : 0;
}

/** Make a table of a result; nodes are called by their labels where there are any. */
export function table(found, shorten, labels) {
  const { columns } = found;
  let rows = found.rows;
  let sorted = { column: -1, down: false };
  const numeric = columns.map((_, place) => {
    const cells = found.rows.slice(0, 500).map((row) => row[place]).filter(Boolean);
    return cells.length > 0 && cells.every(isNumber);
  });
  const windowed = rows.length > WHOLE;
  const body = el("tbody");
  const headers = columns.map((name, place) =>
    el(
      "th",
      { scope: "col", "aria-sort": "none", class: numeric[place] ? "number" : null },
      el("button", { type: "button", on: { click: () => sort(place) } }, name),
    ),
  );
  const grid = el(
    "table",
    { "aria-rowcount": rows.length + 1 },
    el("caption", { class: "hidden" }, "Results"),
    el("thead", null, el("tr", { "aria-rowindex": 1 }, el("th", { scope: "col", class: "number count" }, "#"), ...headers)),
    body,
  );
  const box = el(
    "div",
    { class: windowed ? "scroll windowed" : "scroll", tabindex: 0, role: "region", "aria-label": "Result table" },
    grid,
  );
  let drawn = "";

  function line(row, number) {
    const cells = row.map((term, place) => el("td", { class: numeric[place] ? "number" : null }, show(term, shorten, labels)));
    return el("tr", { "aria-rowindex": number + 2 }, el("td", { class: "number count" }, number + 1), ...cells);
  }

  function gap(height) {
    const row = el("tr", { class: "gap", "aria-hidden": "true" }, el("td", { colspan: columns.length + 1 }));
    row.style.height = `${height}px`;
    return row;
  }

  function draw() {
    if (!windowed) {
      body.replaceChildren(...rows.map(line));
      return;
    }
    const height = parseFloat(getComputedStyle(box).getPropertyValue("--row")) || 32;
    const first = Math.max(0, Math.floor(box.scrollTop / height) - SPARE);
    const last = Math.min(rows.length, Math.ceil((box.scrollTop + (box.clientHeight || 600)) / height) + SPARE);
    if (drawn === `${first}-${last}`) return;
    drawn = `${first}-${last}`;
    const lines = rows.slice(first, last).map((row, place) => line(row, first + place));
    body.replaceChildren(gap(first * height), ...lines, gap((rows.length - last) * height));
  }

  function sort(column) {
    const down = sorted.column === column && !sorted.down;
    const before = sorted.column === column && sorted.down;
    sorted = before ? { column: -1, down: false } : { column, down };
    const sign = sorted.down ? -1 : 1;
    const keyed = (a, b) => (a[column] && b[column] ? sign : 1) * compare(a[column], b[column], shorten);
    rows = before ? found.rows : [...found.rows].sort(keyed);
    headers.forEach((header, place) => {
      const order = place !== sorted.column ? "none" : sorted.down ? "descending" : "ascending";
      header.setAttribute("aria-sort", order);
    });
    drawn = "";
    draw();
  }

  if (windowed) {
    box.addEventListener("scroll", () => requestAnimationFrame(draw), { passive: true });
    new ResizeObserver(draw).observe(box);
  }
  draw();
  return box;
}
