// The editor: a textarea that the browser edits, over a copy of its text that has the colours.
//
// Undo, input methods, selection, spelling aids and screen readers are the browser's own. The copy
// determines the height of both, so that there is nothing to scroll in step.

import { el } from "./dom.js";
import { tokenize } from "./tokens.js";

const COLOURED = 200_000; // a longer text is shown without colours

/** Group tokens by line; a token that goes over several lines is cut. */
function linesOf(tokens) {
  const lines = [[]];
  for (const { kind, text } of tokens) {
    text.split("\n").forEach((part, number) => {
      if (number) lines.push([]);
      if (part) lines.at(-1).push([kind, part]);
    });
  }
  return lines;
}

export class Editor {
  /**
   * @param {HTMLTextAreaElement} area Where the text is edited.
   * @param {HTMLElement} shade Where its copy goes.
   * @param {(tokens: object[]) => void} changed Is told the tokens after each change.
   */
  constructor(area, shade, changed) {
    this.area = area;
    this.shade = shade;
    this.changed = changed;
    this.tokens = [];
    this.marked = null;
    this.keys = [];
    this.painted = false;
    area.addEventListener("input", () => {
      this.marked = null;
      this.paint();
    });
    const box = area.parentElement;
    area.addEventListener("compositionstart", () => box.classList.add("composing"));
    area.addEventListener("compositionend", () => box.classList.remove("composing"));
    area.addEventListener("keydown", (event) => this.#key(event));
    this.paint();
  }

  get text() {
    return this.area.value;
  }

  /** Put another text in its place; it can be undone. */
  set text(text) {
    this.area.focus({ preventScroll: true });
    this.area.setSelectionRange(0, this.area.value.length);
    this.type(text);
    this.area.setSelectionRange(0, 0);
    this.area.closest(".editor").scrollTop = 0;
  }

  /** Type a text in the place of the selection: the one way that the browser can undo. */
  type(text) {
    const before = this.area.value;
    const done = document.execCommand(text === "" ? "delete" : "insertText", false, text);
    if (!done && before === this.area.value) {
      const { selectionStart, selectionEnd } = this.area;
      this.area.setRangeText(text, selectionStart, selectionEnd, "end");
    }
    this.paint();
  }

  /** Mark a place, such as where an error is: a line and a column, both from 1. */
  mark(line, column) {
    this.marked = { line, column };
    this.paint();
  }

  /** Give the offset of a line and a column. */
  offset(line, column) {
    const lines = this.text.split("\n").slice(0, line - 1);
    return Math.min(lines.reduce((sum, one) => sum + one.length + 1, 0) + column - 1, this.text.length);
  }

  /** Colour the lines that are not as they were. */
  paint() {
    const text = this.text;
    this.tokens = text.length > COLOURED ? [{ kind: "word", text, start: 0 }] : tokenize(text);
    const lines = linesOf(this.tokens);
    const keys = lines.map((line, number) => {
      const column = this.marked?.line === number + 1 ? this.marked.column : 0;
      return `${column} ${line.map(([kind, text]) => `${kind} ${text}`).join("\n")}`;
    });
    const old = this.keys;
    let first = 0;
    while (first < keys.length && first < old.length && keys[first] === old[first]) first++;
    let same = 0;
    while (same < keys.length - first && same < old.length - first && keys.at(-1 - same) === old.at(-1 - same)) same++;
    const made = lines.slice(first, lines.length - same).map((line, number) => this.#line(line, first + number + 1));
    const gone = [...this.shade.children].slice(first, old.length - same);
    const next = this.shade.children[old.length - same] ?? null;
    gone.forEach((line) => line.remove());
    for (const line of made) this.shade.insertBefore(line, next);
    this.keys = keys;
    this.changed(this.tokens);
  }

  #line(parts, number) {
    const error = this.marked?.line === number ? this.marked.column - 1 : -1;
    let at = 0;
    const spans = parts.map(([kind, text]) => {
      const here = error >= at && error < at + text.length;
      at += text.length;
      return el("span", { class: here ? `${kind} wrong` : kind }, text);
    });
    const end = error >= at ? el("span", { class: "wrong end" }, "\u00a0") : "\n";
    return el("div", { class: "line" }, ...spans, end);
  }

  /** Give the place of a character on the screen. */
  place(offset) {
    const before = this.text.slice(0, offset);
    const number = before.split("\n").length - 1;
    let left = offset - (before.lastIndexOf("\n") + 1);
    const line = this.shade.children[number];
    const range = document.createRange();
    for (const span of line.children) {
      const size = span.textContent.length;
      if (left <= size && span.firstChild) {
        range.setStart(span.firstChild, Math.min(left, span.firstChild.length));
        range.collapse(true);
        return range.getBoundingClientRect();
      }
      left -= size;
    }
    const box = line.getBoundingClientRect();
    const start = parseFloat(getComputedStyle(line).paddingLeft);
    return new DOMRect(box.left + start, box.top, 0, box.height);
  }

  #key(event) {
    if (event.isComposing || event.defaultPrevented) return;
    if (event.key === "Enter" && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey) {
      // The next line begins where this one does, and further in after an opening brace.
      const before = this.text.slice(0, this.area.selectionStart);
      const line = before.slice(before.lastIndexOf("\n") + 1);
      const indent = /^[ \t]*/.exec(line)[0] + (/[{(]\s*$/.test(line) ? "  " : "");
      event.preventDefault();
      this.type(`\n${indent}`);
    } else if (event.key === "/" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      this.#toggleComments();
    }
  }

  #toggleComments() {
    const { selectionStart, selectionEnd } = this.area;
    const start = this.text.lastIndexOf("\n", selectionStart - 1) + 1;
    const next = this.text.indexOf("\n", selectionEnd);
    const end = next < 0 ? this.text.length : next;
    const lines = this.text.slice(start, end).split("\n");
    const all = lines.every((line) => line.startsWith("#") || !line.trim());
    const changed = lines.map((line) => (all ? line.replace(/^# ?/, "") : `# ${line}`)).join("\n");
    this.area.setSelectionRange(start, end);
    this.type(changed);
    this.area.setSelectionRange(start, start + changed.length);
  }
}
