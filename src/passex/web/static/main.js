// The page with the SPARQL editor: from a query to its answer, and to an address that has both.

import "./names.js";
import { Completion } from "./completion.js";
import { byId, el, say } from "./dom.js";
import { Editor } from "./editor.js";
import { Kept } from "./kept.js";
import { layOut } from "./layout.js";
import { Results } from "./results.js";
import { KEPT, run } from "./running.js";
import { shortener } from "./terms.js";
import { warnings } from "./warnings.js";

const PAUSE = 200; // milliseconds without a key before the query is looked through for warnings

const [setup, vocabulary] = await Promise.all(["/editor.json", "/terms"].map(async (path) => (await fetch(path)).json()));
const shorten = shortener(vocabulary.prefixes);
let pausing = 0;
let typing = false;
let advised = "[]";
const editor = new Editor(byId("query"), byId("shade"), () => {
  clearTimeout(pausing);
  pausing = setTimeout(() => advise(editor.tokens), PAUSE);
});
new Completion(editor, byId("completions"), vocabulary);
let running = null;
const results = new Results(setup, shorten, complain);
const kept = new Kept(editor, tellOf);

/** Say what was done, where answers are spoken of. */
function tellOf(text) {
  byId("status").className = "status";
  byId("status").textContent = text;
}

/** Say what the query names that is not there; what comes near replaces it. */
function advise(tokens) {
  // Not of the word that is being typed.
  const caret = document.activeElement === editor.area && typing ? editor.area.selectionStart : -1;
  const done = warnings(tokens, vocabulary).filter(({ start, text }) => caret < start || caret > start + text.length);
  // What is there already stays there: a button must not vanish while it is pressed.
  const key = JSON.stringify(done.map(({ message }) => message));
  if (key === advised) return;
  advised = key;
  const items = done.map(({ message, nearest, text }) =>
    el(
      "li",
      null,
      message,
      nearest.length ? "; did you mean " : "",
      ...nearest.flatMap((name, place) => [place ? ", " : "", correction(text, name)]),
      nearest.length ? "?" : "",
    ),
  );
  byId("advice").replaceChildren(...(items.length ? [el("ul", { class: "notes warning" }, ...items)] : []));
}

function correction(wrong, right) {
  const replace = () => {
    const token = editor.tokens.find(({ text }) => text === wrong);
    if (!token) return;
    editor.area.focus();
    editor.area.setSelectionRange(token.start, token.start + wrong.length);
    editor.type(right);
  };
  return el("button", { type: "button", class: "link", on: { click: replace } }, right);
}

function seconds(milliseconds) {
  return milliseconds < 1000 ? `${Math.max(1, Math.round(milliseconds))} ms` : `${(milliseconds / 1000).toFixed(2)} s`;
}

/** Say what came: whole, cut, broken off, cancelled and nothing at all never look alike. */
function tell(found) {
  const thing = found.kind === "graph" ? "triple" : "row";
  const count = say(found.rows.length, thing);
  const time = seconds(found.time);
  const said = {
    whole:
      found.kind === "boolean"
        ? `Answered in ${time}.`
        : found.rows.length
          ? `${count} in ${time}.`
          : `No ${thing}s: the query was answered in full in ${time}, and nothing matches it.`,
    cut: `Cut: the first ${say(KEPT, thing)} are shown, and there are more. A download has all. (${time})`,
    broken: `Broken off after ${count} in ${time}: the server ended the query, or the connection was lost. There may be more.`,
    cancelled: `Cancelled after ${time}${found.rows.length ? `; the ${count} that had come are shown` : ""}.`,
    refused: { 400: "Not answered: the query is wrong.", 503: `Not answered after ${time}: a limit was reached.` }[found.status] ?? "Not answered.",
  };
  byId("status").textContent = said[found.end];
  byId("status").className = `status ${found.end}${found.end === "whole" && found.kind !== "boolean" && !found.rows.length ? " empty" : ""}`;
}

/** Show an error where it is: its line with a caret below. */
function complain(message) {
  const place = /\b(\d+):(\d+)\b/.exec(message) ?? /line (\d+)\D+column (\d+)/i.exec(message);
  const parts = [el("p", null, message)];
  if (place) {
    const [line, column] = [Number(place[1]), Number(place[2])];
    const text = editor.text.split("\n")[line - 1];
    if (text !== undefined) {
      const before = [...text].slice(0, column - 1); // the server counts code points
      const at = before.join("").length + 1;
      editor.mark(line, at);
      const indent = before.map((one) => (one === "\t" ? "\t" : " ")).join("");
      parts.push(el("pre", null, `${line} | ${text}\n${" ".repeat(String(line).length)} | ${indent}^`));
      const go = () => {
        const offset = editor.offset(line, at);
        editor.area.focus();
        editor.area.setSelectionRange(offset, offset);
      };
      parts.push(el("button", { type: "button", on: { click: go } }, "Go there"));
    }
  }
  byId("problem").replaceChildren(el("div", { class: "wrong" }, ...parts));
}

/** Show an answer, unless another query runs by then. */
async function present(found, query, own) {
  tell(found);
  if (found.end === "refused") {
    complain(found.error);
    return;
  }
  if (found.kind === "boolean") {
    byId("output").replaceChildren(el("p", { class: `truth ${found.value ? "yes" : "no"}` }, found.value ? "Yes" : "No"));
  } else if (found.rows.length) {
    await results.offer(found, query, () => running === own);
    return;
  }
  results.plain(found, query);
}

async function start() {
  running?.abort();
  typing = false;
  advise(editor.tokens);
  const own = new AbortController();
  running = own;
  const query = editor.text;
  remember(query);
  kept.ran(query);
  byId("problem").replaceChildren();
  results.clear();
  byId("status").className = "status running";
  byId("status").textContent = "Running \u2026";
  byId("results").setAttribute("aria-busy", "true");
  byId("cancel").hidden = false;
  const found = await run(query, own.signal, ({ rows }) => {
    if (rows.length && running === own) byId("status").textContent = `Running \u2026 ${say(rows.length, "row")} so far`;
  });
  if (running !== own) return; // another one runs
  byId("cancel").hidden = true;
  await present(found, query, own);
  if (running !== own) return;
  running = null;
  byId("results").removeAttribute("aria-busy"); // what was found is there, with its labels
}

function remember(query) {
  const hash = `#query=${encodeURIComponent(query)}`;
  if (hash !== location.hash) history.pushState(null, "", hash);
}

function recall() {
  const query = new URLSearchParams(location.hash.slice(1).replaceAll("+", "%2B")).get("query");
  if (query === null || query === editor.text) return query !== null;
  editor.area.value = query;
  editor.paint();
  return true;
}

editor.area.addEventListener("input", () => {
  typing = true;
});
editor.area.addEventListener("blur", () => {
  typing = false;
  advise(editor.tokens);
});
for (const { name, summary } of setup.examples) byId("examples").append(el("option", { value: name }, summary));
byId("examples").addEventListener("change", ({ target }) => {
  const example = setup.examples.find(({ name }) => name === target.value);
  if (!example) return;
  editor.text = example.query.replace(/^#\+.*\n/gm, "").replace(/^\s+/, `# ${example.summary}\n`).trimEnd();
  target.focus(); // whoever goes through the list with the arrows goes on there
  tellOf("The example is in the editor; Ctrl+Enter runs it.");
});
byId("form").addEventListener("submit", (event) => {
  event.preventDefault();
  start();
});
byId("cancel").addEventListener("click", () => running?.abort());
byId("share").addEventListener("click", async () => {
  remember(editor.text);
  try {
    await navigator.clipboard.writeText(location.href);
    tellOf("The address is copied; it has the query in it.");
  } catch {
    tellOf("The address of this page has the query in it: copy it from there.");
  }
});
byId("format").addEventListener("click", format);

function format() {
  const laid = layOut(editor.text);
  if (laid !== editor.text) editor.text = laid;
  editor.area.focus();
}

document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    start();
  } else if (event.key === "Escape" && !event.defaultPrevented) {
    running?.abort();
  } else if (event.code === "KeyF" && event.altKey && event.shiftKey) {
    event.preventDefault();
    format();
  } else if (event.key === "?" && !event.target.closest("input, textarea, select")) {
    byId("keys").open = !byId("keys").open;
  }
});
window.addEventListener("popstate", () => recall() && start());
document.documentElement.dataset.ready = "true";
if (recall()) {
  byId("sparql").scrollIntoView();
  start();
}
