// An answer in its views: a table, a graph, bars, a map; with labels or ids, filtered, and saved as a file.

import { byId, el, say } from "./dom.js";
import { barsOf, chart } from "./chart.js";
import { draw, graphOf } from "./graph.js";
import { kindsOf, labelsOf } from "./labels.js";
import { map, placesOf } from "./places.js";
import { download } from "./running.js";
import { table } from "./table.js";
import { textOf } from "./terms.js";

const LABELLED = 2000; // the rows whose nodes are looked up
const PAUSE = 150; // milliseconds without a key before rows are filtered

export class Results {
  /**
   * @param {object} setup What the server offers.
   * @param {(iri: string) => string} shorten Shortens IRIs.
   * @param {(message: string) => void} complain Shows an error.
   */
  constructor(setup, shorten, complain) {
    Object.assign(this, { setup, shorten, complain, view: "table", labelled: true, shown: 0 });
  }

  clear() {
    this.shown += 1; // what comes late is not put on the page
    byId("output").replaceChildren();
    byId("views").hidden = true;
  }

  /** Offer no more than downloads, where there is nothing to be shown. */
  plain(found, query) {
    byId("views").replaceChildren(...this.#downloads(found, query));
    byId("views").hidden = false;
  }

  /** Show rows, unless another query runs by then. */
  async offer(found, query, current) {
    const labels = await labelsOf(found.rows.slice(0, LABELLED));
    if (!current()) return;
    this.found = this.all = found;
    this.labels = labels;
    this.views = {
      table: [true, () => table(this.found, this.shorten, this.#names())],
      graph: [graphOf(found, this.shorten, new Map()), () => this.#graph()],
      chart: [placesOf(found) ? null : barsOf(found), () => chart(this.found, this.shorten, this.#names())],
      map: [placesOf(found), () => map(this.found, this.shorten, labels)],
    };
    if (!this.views[this.view][0]) this.view = "table";
    this.#controls(query);
    await this.#show();
  }

  #names() {
    return this.labelled ? this.labels : new Map();
  }

  async #graph() {
    const picture = graphOf(this.found, this.shorten, this.labels);
    if (!picture) return el("p", { class: "empty" }, "No row that is left has two nodes.");
    return draw(picture, this.shorten, await kindsOf(picture.nodes.filter(({ iri }) => iri).map(({ id }) => id)));
  }

  async #show() {
    const turn = (this.shown += 1);
    const drawn = this.found.rows.length ? await this.views[this.view][1]() : el("p", { class: "empty" }, "No row has that in it.");
    if (turn !== this.shown) return; // another view, or another answer, was asked for meanwhile
    byId("output").replaceChildren(drawn);
    for (const button of byId("views").querySelectorAll("[data-view]")) {
      button.setAttribute("aria-pressed", String(button.dataset.view === this.view));
    }
    byId("labels").hidden = this.view === "graph" || this.view === "map";
    byId("labels").setAttribute("aria-pressed", String(this.labelled));
  }

  #controls(query) {
    const choose = (view) => () => {
      this.view = view;
      this.#show();
    };
    const choices = Object.keys(this.views).filter((name) => this.views[name][0]);
    const buttons = choices.map((name) =>
      el("button", { type: "button", "data-view": name, on: { click: choose(name) } }, name[0].toUpperCase() + name.slice(1)),
    );
    const toggle = () => {
      this.labelled = !this.labelled;
      this.#show();
    };
    byId("views").replaceChildren(
      ...buttons,
      el("button", { type: "button", id: "labels", on: { click: toggle } }, "Labels"),
      ...this.#filter(),
      ...this.#downloads(this.all, query),
    );
    byId("views").hidden = false;
  }

  /** A field that leaves the rows which have some words in them, in labels or ids. */
  #filter() {
    const count = el("span", { class: "count", role: "status", id: "filtered" });
    let waiting = 0;
    const filter = (event) => {
      const words = event.target.value.toLowerCase().split(/\s+/).filter(Boolean);
      clearTimeout(waiting);
      waiting = setTimeout(() => {
        const rows = words.length ? this.all.rows.filter((row) => this.#has(row, words)) : this.all.rows;
        this.found = { ...this.all, rows };
        count.textContent = words.length ? `${rows.length.toLocaleString("en-GB")} of ${say(this.all.rows.length, "row")}` : "";
        this.#show();
      }, PAUSE);
    };
    const field = el("input", { type: "search", id: "filter", "aria-label": "Filter the rows", placeholder: "Filter the rows", on: { input: filter } });
    return [field, count];
  }

  #has(row, words) {
    const cells = row.filter(Boolean).map((term) => `${this.labels.get(term.value) ?? ""} ${textOf(term, this.shorten)}`);
    const text = cells.join(" ").toLowerCase();
    return words.every((word) => text.includes(word));
  }

  #downloads(found, query) {
    const forms = this.setup.formats[found.kind === "graph" ? "graphs" : "solutions"];
    const save = async (form) => {
      try {
        await download(query, form);
      } catch (error) {
        this.complain(`the download failed: ${error.message}`);
      }
    };
    return [
      el("span", { class: "downloads" }, "Download"),
      ...forms.map((form) =>
        el("button", { type: "button", class: "quiet", title: form.type, on: { click: () => save(form) } }, form.name),
      ),
    ];
  }
}
