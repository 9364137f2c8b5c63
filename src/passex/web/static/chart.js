// Rows of something and a number as bars, in the order of the rows.

import { el, say } from "./dom.js";
import { isNumber, show } from "./terms.js";

const BARS = 50;

/** Find what is named and what is counted: the places of two columns; null where it is no chart. */
export function barsOf({ columns, kind, rows }) {
  if (kind === "graph") return null;
  const cells = columns.map((_, place) => rows.map((row) => row[place]).filter(Boolean));
  const counted = cells.map((own) => own.length > 0 && own.every((term) => isNumber(term) && Number(term.value) >= 0));
  const number = counted.indexOf(true);
  const name = cells.findIndex((own, place) => !counted[place] && own.length > 0);
  return number < 0 || name < 0 ? null : { name, number };
}

/** Draw bars: a list in which each has its name and its number. */
export function chart(found, shorten, labels) {
  const { name, number } = barsOf(found);
  const rows = found.rows.filter((row) => row[number]);
  const shown = rows.slice(0, BARS);
  const most = Math.max(...shown.map((row) => Number(row[number].value)), Number.MIN_VALUE);
  const items = shown.map((row) => {
    const bar = el("span", { class: "bar-of" });
    bar.style.width = `${(100 * Number(row[number].value)) / most}%`;
    return el(
      "li",
      null,
      el("span", { class: "named" }, row[name] ? show(row[name], shorten, labels) : "\u2013"),
      el("span", { class: "track", "aria-hidden": "true" }, bar),
      el("span", { class: "number" }, row[number].value),
    );
  });
  const left = rows.length > BARS ? `; the first ${BARS} of ${say(rows.length, "row")}` : "";
  return el(
    "figure",
    { class: "drawing" },
    el("figcaption", null, `${found.columns[number]} by ${found.columns[name]}${left}`),
    el("ol", { class: "chart" }, ...items),
  );
}
