// The filters: controls that follow the state, and change it.

import { Brush, months } from "./brush.js";
import { readDate } from "./dates.js";
import { byId, el } from "./dom.js";
import { admits, STATUSES } from "./model.js";
import { MEASURES } from "./measures.js";
import { domains } from "./state.js";

function options(select, pairs) {
  select.replaceChildren(...pairs.map(([value, words]) => el("option", { value }, words)));
}

function capital(text) {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

let brush = null;
let counted = { key: null, events: [] };

/** The exercises and plans that a brush counts: those that all filters but the period leave. */
export function brushed(state, data) {
  const timeless = { ...state, since: "", until: "" };
  const key = JSON.stringify(["include", "domain", "kind", "article"].map((name) => timeless[name]));
  if (counted.key !== key) counted = { key, events: data.exercises.filter((event) => admits(timeless, event)) };
  return counted.events;
}

/** Make the controls change the state by `change({ field: value })`. */
export function listenToFilters(data, change) {
  options(byId("level"), Object.keys(data.levels).map((level) => [level, capital(level)]));
  options(byId("domain"), [["all", "Every domain"], ...domains(data).map((name) => [name, capital(name)])]);
  options(byId("kind"), [["", "Every kind"], ...Object.entries(data.kinds).filter(([kind]) => data.exercises.some((event) => event.kinds.includes(kind))).map(([kind, label]) => [kind, capital(label)])]);
  options(byId("article"), [["", data.articles.every(({ article }) => article) ? "Every article" : "Every source"], ...data.articles.map(({ label }, n) => [String(n), label]).filter(([n]) => data.exercises.some((event) => event.articles.includes(Number(n))))]);
  options(byId("measure"), Object.keys(MEASURES).map((name) => [name, capital(name)]));
  options(byId("weight"), [["newman", "By size of the exercise (Newman)"], ["count", "Count of exercises"]]);
  options(byId("basis"), [["any", "Stated or inferred"], ["stated", "Stated only"]]);
  for (const name of ["level", "domain", "kind", "basis", "measure", "weight"]) {
    byId(name).addEventListener("change", (event) => change({ [name]: event.target.value }));
  }
  byId("article").addEventListener("change", ({ target }) => change({ article: target.value === "" ? null : Number(target.value) }));
  byId("minEvents").addEventListener("change", ({ target }) => change({ minEvents: Math.max(1, Math.floor(Number(target.value)) || 1) }));
  for (const status of STATUSES) {
    byId(status).addEventListener("change", () => change({ include: STATUSES.filter((one) => byId(one).checked) }));
  }
  for (const side of ["since", "until"]) {
    byId(side).addEventListener("change", ({ target }) => {
      const text = target.value.trim();
      const wrong = text !== "" && readDate(text) === null;
      target.setAttribute("aria-invalid", String(wrong));
      byId("date-error").textContent = wrong ? `“${text}” is no year, month or day: write 2017, 2017-05 or 2017-05-01.` : "";
      if (!wrong) change({ [side]: text });
    });
  }
  const span = months(data);
  if (span) brush = new Brush(byId("brush"), span, change);
}

/** Forget what was written wrongly. */
export function forget() {
  byId("date-error").textContent = "";
  for (const side of ["since", "until"]) byId(side).removeAttribute("aria-invalid");
}

/** Let the controls say what the state is. */
export function syncFilters(state, data) {
  for (const name of ["level", "domain", "kind", "basis", "measure", "weight", "minEvents", "since", "until"]) {
    if (byId(name) !== document.activeElement || byId(name).tagName === "SELECT") byId(name).value = String(state[name]);
  }
  byId("article").value = state.article === null ? "" : String(state.article);
  for (const status of STATUSES) byId(status).checked = state.include.includes(status);
  brush?.show(brushed(state, data), state);
  const period = state.since || state.until;
  byId("period-note").textContent = period
    ? "What may lie in the period counts; where its date may lie outside, the page says “possible”. What has no date does not count."
    : brush ? "Drag to choose a period. Dark: surely then. Pale: possibly. Plans hang below the line." : "";
}
