// The network as a table: everything that the picture shows, for readers who do not see it. It is
// sorted by any column, narrowed to names, and shown in pages.

import { spanWords } from "./dates.js";
import { dated, el, keepFocus, link, say } from "./dom.js";
import { foldName } from "./search.js";

const PAGE = 50;
// So many rows are printed.
const PRINTED = 300;

/** The first and the last day on which something is possible, in words. */
export function span(occasions) {
  return spanWords(occasions.map(({ event }) => event));
}

/** What makes a tie uncertain, in words. */
export function basis(tie) {
  return (tie.inferred ? "inferred" : "stated") + (tie.possible ? ", date possible" : "");
}

function dates(tie) {
  return tie.held.length ? tie.held : tie.planned;
}

function first(tie) {
  return dates(tie).map(({ event }) => event.earliest ?? event.latest ?? "9").sort()[0];
}

/** Columns: what a cell says, and by what it is sorted; those with a number align on its point. */
const COLUMNS = [
  { key: "a", name: "Actor", value: ({ a }) => a.label },
  { key: "b", name: "Other actor", value: ({ b }) => b.label },
  { key: "exercises", name: "Exercises", number: true, value: ({ held }) => held.length },
  { key: "weight", name: "Weight", number: true, digits: 2, value: ({ weight }) => weight },
  { key: "plans", name: "Plans", number: true, value: ({ planned }) => planned.length },
  { key: "planned", name: "Weight of plans", number: true, digits: 2, value: ({ plannedWeight }) => plannedWeight },
  { key: "basis", name: "Basis", value: basis },
  { key: "dates", name: "Dates", value: first, text: (tie) => span(dates(tie)) },
  { key: "articles", name: "Sources", number: true, value: ({ articles }) => articles.size },
];

/** What a sort can be in an address: a column, falling with a minus before it. */
export function sorts(text) {
  return COLUMNS.some(({ key }) => key === text.replace(/^-/, ""));
}

/** Order and narrow ties as a state asks for; without that they stand as they are, the strongest first. */
export function arranged(ties, { sort, rows }) {
  const wanted = foldName(rows).split(" ").filter(Boolean);
  const fits = ({ a, b }) => {
    const names = foldName(`${a.label} ${b.label}`);
    return wanted.every((word) => names.includes(word));
  };
  const found = wanted.length ? ties.filter(fits) : [...ties];
  const column = COLUMNS.find(({ key }) => key === sort.replace(/^-/, ""));
  if (!column) return found;
  const turn = sort.startsWith("-") ? -1 : 1;
  const compare = (one, other) => (one < other ? -1 : one > other ? 1 : 0);
  return found.sort((one, other) => turn * compare(column.value(one), column.value(other)));
}

/** The columns that say something of some ties: none is of zeros alone. */
export function columnsOf(ties) {
  return COLUMNS.filter(({ number, value }) => !number || ties.some((tie) => value(tie) !== 0));
}

/** What a cell of a column says. */
export function cellText({ number, digits, text, value }, tie) {
  if (text) return text(tie);
  return number ? value(tie).toFixed(digits ?? 0) : value(tie);
}

export class TableView {
  /** @param listen { select(id), refine({ sort, rows }) } */
  constructor(host, listen) {
    Object.assign(this, { host, listen, page: 0, printing: false });
    this.field = el("input", { id: "rows", type: "search", autocomplete: "off", placeholder: "any", on: { input: ({ target }) => listen.refine({ rows: target.value }) } });
    this.body = el("div", {});
    host.replaceChildren(el("label", { class: "inline" }, "Rows with a name ", this.field), this.body);
    for (const [event, on] of [["beforeprint", true], ["afterprint", false]]) {
      addEventListener(event, () => {
        this.printing = on;
        this.again?.();
      });
    }
  }

  /** Show the ties of a network; `words` say what counts. */
  show(net, words, state) {
    this.again = () => this.show(net, words, state);
    if (this.field !== document.activeElement) this.field.value = state.rows;
    const ties = arranged(net.ties, state);
    if (this.shown !== net || this.asked !== state.sort + state.rows) this.page = 0;
    Object.assign(this, { shown: net, asked: state.sort + state.rows });
    const size = this.printing ? PRINTED : PAGE;
    const from = this.printing ? 0 : this.page * PAGE;
    const columns = columnsOf(net.ties);
    const count = ties.length === net.ties.length ? say(ties.length, "tie") : `${ties.length.toLocaleString("en-GB")} of ${say(net.ties.length, "tie")}`;
    keepFocus(this.body, () => this.body.replaceChildren(
      ...(ties.length
        ? [
            el("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": "Table of ties", "data-key": "table" },
              el("table", {},
                el("caption", {}, `${count}: ${words}`),
                el("thead", {}, el("tr", {}, columns.map((column) => this.heading(column, state.sort)))),
                el("tbody", {}, ties.slice(from, from + size).map((tie) => this.row(tie, columns))))),
            this.pages(ties.length, from, size),
          ]
        : [el("p", { class: "empty" }, net.ties.length ? "No tie has these names." : "No tie is left by these filters.")]),
    ));
  }

  heading({ key, name, number }, sort) {
    const now = sort === key ? "ascending" : sort === `-${key}` ? "descending" : null;
    const next = now === null ? (number ? `-${key}` : key) : now === "ascending" ? `-${key}` : key;
    const arrow = { ascending: " ▲", descending: " ▼" }[now];
    return el("th", { scope: "col", class: number ? "number" : null, "aria-sort": now, "data-column": key },
      el("button", { type: "button", class: "sort", "data-key": `sort ${key}`, on: { click: () => this.listen.refine({ sort: next }) } },
        name, el("span", { "aria-hidden": "true" }, arrow ?? "")));
  }

  row(tie, columns) {
    const { select } = this.listen;
    return el("tr", {}, columns.map((column) => {
      const text = cellText(column, tie);
      const shown = { class: column.number ? "number" : null, "data-column": column.key };
      if (column.key === "a") return el("th", { ...shown, scope: "row", dir: "auto" }, link(text, () => select(tie.a.id)));
      if (column.key === "b") return el("td", { ...shown, dir: "auto" }, link(text, () => select(tie.b.id)));
      if (column.key === "dates") return el("td", shown, dated(text));
      if (column.key !== "articles") return el("td", shown, text);
      const label = `Evidence for ${tie.a.label} and ${tie.b.label}: ${say(tie.articles.size, "source")}`;
      return el("td", shown, link(text, () => select(tie.id), { "aria-label": label }));
    }));
  }

  pages(count, from, size) {
    if (count <= size) return "";
    const last = Math.min(from + size, count);
    const said = `${(from + 1).toLocaleString("en-GB")}–${last.toLocaleString("en-GB")} of ${count.toLocaleString("en-GB")}`;
    const turn = (name, step, off) => el("button", { type: "button", "data-key": name, "aria-disabled": off ? "true" : null, on: { click: () => {
      if (off) return;
      this.page += step;
      this.again();
      this.body.firstElementChild.scrollTop = 0;
    } } }, name);
    return el("nav", { class: "pages", "aria-label": "Pages of the table" },
      turn("Previous", -1, from === 0), el("span", { role: "status" }, said), turn("Next", 1, last === count));
  }
}
