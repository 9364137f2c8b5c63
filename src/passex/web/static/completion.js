// The list of what a word may become: prefixes, terms, variables, keywords and names of nodes.

import { el } from "./dom.js";
import { declared, FUNCTIONS, KEYWORDS, splitName } from "./tokens.js";

const SHOWN = 60;
const WAIT = 120; // milliseconds without a key before the server is asked for names
const WORD = /[?$]?[\p{L}\p{N}_:.-]*$/u;

/** How well a text fits what was typed: 0 is best, -1 is not at all. */
function fit(typed, text) {
  const [a, b] = [typed.toLowerCase(), text.toLowerCase()];
  if (b.startsWith(a)) return 0;
  const at = b.indexOf(a);
  return at < 0 ? -1 : 1 + at;
}

/** Which kinds of terms a place asks for first. */
function wanted(before) {
  const words = before.filter(({ kind }) => kind !== "space" && kind !== "comment");
  const last = words.at(-1);
  const previous = words.at(-2);
  if (last && (last.text === "a" || last.text === "rdf:type")) return "class";
  const subject = last && ["variable", "name", "iri"].includes(last.kind);
  const begins = !previous || ["{", "}", ".", ";", "sign"].includes(previous.text);
  return last?.text === ";" || (subject && begins) || last?.text === "/" ? "property" : "";
}

/**
 * Find what the word before a place may become.
 *
 * @returns {{start: number, typed: string, items: object[]}} Where the word begins, and the items: each
 *   with `text` (what is typed instead), `kind`, `label` and `definition`.
 */
export function candidates(text, offset, tokens, vocabulary) {
  const typed = WORD.exec(text.slice(0, offset))[0];
  const start = offset - typed.length;
  const before = tokens.filter((token) => token.start + token.text.length <= start);
  const items = [];
  const add = (text, kind, rank, label = "", definition = "") =>
    items.push({ text, kind, rank, label, definition });
  if (/^[?$]/.test(typed)) {
    const names = tokens.filter((t) => t.kind === "variable" && t.start !== start).map((t) => `?${t.text.slice(1)}`);
    for (const name of new Set(names)) {
      if (name.length > 1 && name !== typed && name.startsWith(`?${typed.slice(1)}`)) add(name, "variable", 0);
    }
    return { start, typed, items };
  }
  const prefixes = { ...vocabulary.prefixes, ...Object.fromEntries(declared(tokens)) };
  const kind = wanted(before);
  const split = splitName(typed);
  for (const term of vocabulary.terms) {
    const within = split ? (term.name.startsWith(`${split[0]}:`) ? split[1] : null) : typed;
    if (within === null) continue;
    const name = fit(within, splitName(term.name)[1]);
    const label = within ? fit(within, term.label) : -1;
    const best = Math.min(...[name, label].filter((rank) => rank >= 0));
    if (best !== Infinity) add(term.name, term.kind, best + (term.kind === kind ? 0 : 4), term.label, term.definition);
  }
  if (!split) {
    for (const [prefix, iri] of Object.entries(prefixes)) {
      if (prefix.startsWith(typed)) add(`${prefix}:`, "prefix", 3, "", iri);
    }
    if (typed) {
      const upper = typed.toUpperCase();
      for (const word of KEYWORDS) if (word.startsWith(upper)) add(word, "keyword", 2);
      for (const word of FUNCTIONS) if (word.startsWith(upper)) add(`${word}(`, "function", 5);
    }
  }
  items.sort((a, b) => a.rank - b.rank || (a.text < b.text ? -1 : 1));
  return { start, typed, items: items.filter((item) => item.text !== typed).slice(0, SHOWN) };
}

/** The list below the caret. The textarea keeps the focus; the arrows move in the list. */
export class Completion {
  constructor(editor, box, vocabulary) {
    this.editor = editor;
    this.vocabulary = vocabulary;
    this.list = el("ul", { role: "listbox", id: "completion-list", "aria-label": "Completions" });
    this.about = el("div", { class: "about" });
    this.box = box;
    box.append(this.list, this.about);
    this.items = [];
    this.active = 0;
    this.turn = 0;
    const area = editor.area;
    area.setAttribute("aria-autocomplete", "list");
    area.setAttribute("aria-haspopup", "listbox");
    area.setAttribute("aria-controls", "completion-list");
    area.addEventListener("input", (event) => this.#typed(event));
    area.addEventListener("keydown", (event) => this.#key(event), true);
    area.addEventListener("blur", () => this.close());
    area.addEventListener("pointerdown", () => this.close());
    document.addEventListener("scroll", () => this.open_ && this.#settle(), true);
  }

  get open_() {
    return !this.box.hidden;
  }

  #typed(event) {
    if (event.isComposing || this.typing) return;
    const { typed } = this.#found();
    const asks = /^[?$]/.test(typed) || typed.includes(":") || typed.length > 1;
    if (event.inputType?.startsWith("insert") ? asks : this.open_ && asks) this.open();
    else this.close();
  }

  #found() {
    const { area, text, tokens } = this.editor;
    return candidates(text, area.selectionStart, tokens, this.vocabulary);
  }

  /** Open the list, or bring it up to date. */
  open() {
    const inside = this.editor.tokens.find(
      ({ start, text }) => start < this.editor.area.selectionStart && this.editor.area.selectionStart <= start + text.length,
    );
    if (inside && ["comment", "string"].includes(inside.kind)) return this.close();
    const found = this.#found();
    this.start = found.start;
    this.#show(found.items);
    this.#names(found.typed, found.items);
  }

  /** Ask the server for nodes of the graph that are called so. */
  #names(typed, items) {
    const split = splitName(typed);
    const turn = ++this.turn;
    if (/^[?$]/.test(typed) || typed.length < 2 || (split && split[0] !== "id")) return;
    clearTimeout(this.timer);
    this.timer = setTimeout(async () => {
      const response = await fetch(`/complete?${new URLSearchParams({ q: typed })}`);
      if (!response.ok || turn !== this.turn) return;
      const found = (await response.json()).map(({ short, label, kind }) => ({ text: short, kind, label }));
      const fresh = [...new Map(found.map((item) => [item.text, item])).values()].filter(({ text }) => text !== typed);
      if (turn === this.turn && fresh.length) this.#show([...items, ...fresh]);
    }, WAIT);
  }

  #show(items) {
    const chosen = this.open_ ? this.items[this.active]?.text : null;
    this.items = items;
    if (!items.length) return this.close(false);
    this.list.replaceChildren(
      ...items.map((item, number) =>
        el(
          "li",
          {
            role: "option",
            id: `completion-${number}`,
            on: {
              mousedown: (event) => {
                event.preventDefault();
                this.accept(number);
              },
            },
          },
          el("span", { class: `word ${item.kind}` }, item.text),
          el("span", { class: "label" }, item.label ?? ""),
          el("span", { class: "kind" }, item.kind),
        ),
      ),
    );
    this.box.hidden = false;
    this.#move(this.moved ? Math.max(0, items.findIndex(({ text }) => text === chosen)) : 0);
    this.#settle();
  }

  #settle() {
    const caret = this.editor.place(this.start);
    const frame = this.box.parentElement.getBoundingClientRect();
    const room = document.documentElement.clientWidth - 12;
    const left = Math.max(8, Math.min(caret.left, room - this.box.offsetWidth));
    this.box.style.left = `${left - frame.left}px`;
    const below = caret.bottom + 4;
    const above = caret.top - 4 - this.box.offsetHeight;
    const fits = below + this.box.offsetHeight <= document.documentElement.clientHeight || above < 0;
    this.box.style.top = `${(fits ? below : above) - frame.top}px`;
  }

  #move(to) {
    this.list.children[this.active]?.removeAttribute("aria-selected");
    this.active = (to + this.items.length) % this.items.length;
    const option = this.list.children[this.active];
    option.setAttribute("aria-selected", "true");
    const [top, bottom] = [option.offsetTop, option.offsetTop + option.offsetHeight];
    if (top < this.list.scrollTop) this.list.scrollTop = top;
    if (bottom > this.list.scrollTop + this.list.clientHeight) this.list.scrollTop = bottom - this.list.clientHeight;
    this.editor.area.setAttribute("aria-activedescendant", option.id);
    this.about.textContent = this.items[this.active].definition ?? "";
    this.about.hidden = !this.about.textContent;
  }

  #key(event) {
    if (event.isComposing) return;
    if (event.key === " " && event.ctrlKey) {
      event.preventDefault();
      this.open();
      return;
    }
    if (!this.open_) return;
    const steps = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 };
    if (event.key in steps) {
      event.preventDefault();
      this.moved = true;
      const to = this.active + steps[event.key];
      this.#move(event.key.startsWith("Page") ? Math.max(0, Math.min(to, this.items.length - 1)) : to);
    } else if ((event.key === "Enter" || event.key === "Tab") && !event.ctrlKey && !event.shiftKey) {
      event.preventDefault();
      event.stopImmediatePropagation();
      this.accept(this.active);
    } else if (event.key === "Escape") {
      event.preventDefault();
      event.stopImmediatePropagation();
      this.close();
    } else if (["ArrowLeft", "ArrowRight", "Home", "End"].includes(event.key)) {
      this.close();
    }
  }

  /** Type an item of the list in the place of the word. */
  accept(number) {
    const { area } = this.editor;
    const item = this.items[number];
    area.setSelectionRange(this.start, area.selectionStart);
    this.typing = true;
    this.editor.type(item.text);
    this.typing = false;
    this.close();
    if (item.kind === "prefix") this.open();
  }

  close(forget = true) {
    if (forget) this.turn++;
    this.moved = false;
    this.box.hidden = true;
    this.editor.area.removeAttribute("aria-activedescendant");
  }
}
