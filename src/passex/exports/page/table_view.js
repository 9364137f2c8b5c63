// The network as a table: everything that the picture shows, for readers who do not see it.

import { dated, el, link, say } from "./dom.js";

const MANY = 300;
const COLUMNS = ["Actor", "Actor", "Exercises", "Weight", "Plans", "Basis", "Dates", "Articles"];

/** The first and the last day on which something is possible, in words. */
export function span(occasions) {
  const first = occasions.map(({ event }) => event.earliest).filter((day) => day !== null).sort()[0];
  const last = occasions.map(({ event }) => event.latest).filter((day) => day !== null).sort().at(-1);
  if (!first && !last) return "no date";
  return first === last ? first : `${first ?? "…"} to ${last ?? "…"}`;
}

/** What makes a tie uncertain, in words. */
export function basis(tie) {
  return (tie.inferred ? "inferred" : "stated") + (tie.possible ? ", date possible" : "");
}

function row(tie, select) {
  const number = (text) => el("td", { class: "number" }, text);
  return el(
    "tr",
    {},
    el("th", { scope: "row" }, link(`${tie.a.label}`, () => select(tie.a.id))),
    el("td", {}, link(tie.b.label, () => select(tie.b.id))),
    number(String(tie.held.length)),
    number(tie.weight.toFixed(2)),
    number(String(tie.planned.length)),
    el("td", {}, basis(tie)),
    el("td", {}, dated(span(tie.held.length ? tie.held : tie.planned))),
    el("td", {}, link(say(tie.articles.size, "article"), () => select(tie.id), { "aria-label": `Evidence for ${tie.a.label} and ${tie.b.label}: ${say(tie.articles.size, "article")}` })),
  );
}

/** Show the ties; `more` is called to show all of them. */
export function showTable(host, net, words, select, all, more) {
  if (!net.ties.length) {
    host.replaceChildren(el("p", { class: "empty" }, "No tie is left by these filters."));
    return;
  }
  const shown = all ? net.ties : net.ties.slice(0, MANY);
  const head = COLUMNS.map((name, n) => el("th", { scope: "col", class: [2, 3, 4].includes(n) ? "number" : null }, name));
  host.replaceChildren(
    el(
      "div",
      { class: "scroll", tabindex: 0, role: "region", "aria-label": "Table of ties" },
      el(
        "table",
        {},
        el("caption", {}, `${say(net.ties.length, "tie")}: ${words}`),
        el("thead", {}, el("tr", {}, head)),
        el("tbody", {}, shown.map((tie) => row(tie, select))),
      ),
    ),
    shown.length < net.ties.length
      ? el("button", { type: "button", on: { click: more } }, `Show ${say(net.ties.length - shown.length, "more tie")}`)
      : "",
  );
}
