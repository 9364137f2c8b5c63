// Queries that this browser keeps: those that were run, and those that were saved. Where it keeps nothing, there are none.

import { byId, el } from "./dom.js";

const RAN = 30;
const KEY = "passex.queries";
const LONG = 60; // letters of a query in the list

function read() {
  try {
    const { ran = [], saved = [] } = JSON.parse(localStorage.getItem(KEY)) ?? {};
    const texts = (list) => (Array.isArray(list) ? list.filter((one) => typeof one === "string") : []);
    return { ran: texts(ran), saved: texts(saved) };
  } catch {
    return { ran: [], saved: [] };
  }
}

function write(kept) {
  try {
    localStorage.setItem(KEY, JSON.stringify(kept));
    return true;
  } catch {
    return false;
  }
}

/** Call a query by its first line that says something. */
function title(query) {
  const line = query.split("\n").map((one) => one.replace(/^[#\s]+/, "").trim()).find(Boolean) ?? query;
  return line.length > LONG ? `${line.slice(0, LONG - 1)}\u2026` : line;
}

/** Offers the queries that are kept; `choose` is given one that is chosen. */
export class Kept {
  constructor(editor, tell) {
    const list = byId("kept");
    list.addEventListener("change", () => {
      if (list.value === "forget") {
        this.#change(() => ({ ran: [], saved: [] }), "Nothing is kept any more.");
      } else if (list.value) {
        editor.text = list.value.slice(1);
        list.focus();
        tell("The query is in the editor; Ctrl+Enter runs it.");
      }
      list.value = "";
    });
    byId("save").addEventListener("click", () => {
      const query = editor.text.trim();
      const { saved } = read();
      if (!query) tell("There is no query to be saved.");
      else if (saved.includes(query)) this.#change((kept) => ({ ...kept, saved: kept.saved.filter((one) => one !== query) }), "It was saved; now it is not.");
      else this.#change((kept) => ({ ...kept, saved: [query, ...kept.saved] }), `Saved in this browser: ${title(query)}`);
    });
    this.tell = tell;
    this.#show();
  }

  /** Keep a query that is run. */
  ran(query) {
    const own = query.trim();
    if (own) this.#change((kept) => ({ ...kept, ran: [own, ...kept.ran.filter((one) => one !== own)].slice(0, RAN) }));
  }

  #change(change, said) {
    const done = write(change(read()));
    if (said) this.tell(done ? said : "This browser keeps nothing for this page.");
    this.#show();
  }

  #show() {
    const { ran, saved } = read();
    const group = (label, queries) =>
      queries.length ? el("optgroup", { label }, ...queries.map((one) => el("option", { value: `=${one}` }, title(one)))) : null;
    byId("kept").replaceChildren(
      ...[
        el("option", { value: "" }, ran.length || saved.length ? "Choose a query \u2026" : "None yet"),
        group("Saved", saved),
        group("Run before", ran),
        ran.length || saved.length ? el("option", { value: "forget" }, "Forget all of these") : null,
      ].filter(Boolean),
    );
  }
}
