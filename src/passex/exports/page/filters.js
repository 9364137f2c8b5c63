// The filters: controls that follow the state, and change it.

import { monthOf, monthText, monthWords, readDate } from "./dates.js";
import { byId, el } from "./dom.js";
import { STATUSES } from "./model.js";
import { MEASURES } from "./measures.js";
import { domains } from "./state.js";

function options(select, pairs) {
  select.replaceChildren(...pairs.map(([value, words]) => el("option", { value }, words)));
}

function capital(text) {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** The months that the sliders span: those of all dated exercises and plans. */
export function months(data) {
  const days = data.exercises.flatMap(({ earliest, latest }) => [earliest, latest]).filter(Boolean).sort();
  if (!days.length) return null;
  const first = monthOf(`${days[0].slice(0, 4)}-01-01`);
  return [first, Math.max(monthOf(`${days.at(-1).slice(0, 4)}-12-01`), first + 11)];
}

/** Make the controls change the state by `change({ field: value })`. */
export function listenToFilters(data, change) {
  options(byId("level"), Object.keys(data.levels).map((level) => [level, capital(level)]));
  options(byId("domain"), [["all", "Every domain"], ...domains(data).map((name) => [name, capital(name)])]);
  options(byId("kind"), [["", "Every kind"], ...Object.entries(data.kinds).filter(([kind]) => data.exercises.some((event) => event.kinds.includes(kind))).map(([kind, label]) => [kind, capital(label)])]);
  options(byId("article"), [["", "Every article"], ...data.articles.map(({ label }, n) => [String(n), label]).filter(([n]) => data.exercises.some((event) => event.articles.includes(Number(n))))]);
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
  if (!span) {
    byId("sliders").hidden = true;
    return;
  }
  for (const [side, end, other] of [["since", 0, "until"], ["until", 1, "since"]]) {
    const slider = byId(`${side}-slider`);
    Object.assign(slider, { min: span[0], max: span[1], step: 1 });
    slider.addEventListener("input", () => {
      const bound = byId(`${other}-slider`);
      const month = end === 0 ? Math.min(Number(slider.value), Number(bound.value)) : Math.max(Number(slider.value), Number(bound.value));
      change({ [side]: month === span[end] ? "" : monthText(month) });
    });
  }
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
  const span = months(data);
  if (!span) return;
  for (const [side, end, place] of [["since", span[0], 0], ["until", span[1], 1]]) {
    const slider = byId(`${side}-slider`);
    const month = state[side] ? monthOf(readDate(state[side])[place]) : end;
    slider.value = String(Math.min(Math.max(month, span[0]), span[1]));
    slider.setAttribute("aria-valuetext", state[side] ? `${side} ${state[side]}` : `${side === "since" ? "from the first" : "to the last"}: ${monthWords(end)}`);
  }
  histogram(data, span, state);
}

/** Bars for the years of the sliders: dark where a date is surely in the year, pale where it may be. */
function histogram(data, span, state) {
  const years = [];
  for (let year = Math.floor(span[0] / 12); year <= Math.floor(span[1] / 12); year += 1) {
    const [first, last] = [`${year}-01-01`, `${year}-12-31`];
    const may = data.exercises.filter(({ earliest, latest }) => (earliest ?? latest) !== null && (earliest ?? first) <= last && (latest ?? last) >= first);
    const sure = may.filter(({ earliest, latest }) => earliest !== null && latest !== null && earliest >= first && latest <= last);
    const out = (state.since && readDate(state.since)[0] > last) || (state.until && readDate(state.until)[1] < first);
    years.push({ year, may: may.length, sure: sure.length, out });
  }
  const most = years.reduce((top, { may }) => Math.max(top, may), 1);
  byId("histogram").replaceChildren(
    ...years.map(({ year, may, sure, out }) => {
      const pale = el("span", { class: "may" });
      const dark = el("span", { class: "sure" });
      pale.style.height = `${((may - sure) / most) * 100}%`;
      dark.style.height = `${(sure / most) * 100}%`;
      return el("span", { class: out ? "year out" : "year", title: `${year}: ${sure} surely, ${may - sure} possibly` }, pale, dark);
    }),
  );
  const [from, to] = [Math.floor(span[0] / 12), Math.floor(span[1] / 12)];
  byId("years").replaceChildren(el("span", {}, String(from)), el("span", {}, from === to ? "" : String(to)));
  const period = state.since || state.until;
  byId("period-note").textContent = period
    ? "What may lie in the period counts; where its date may lie outside, the page says “possible”. What has no date does not count."
    : "Dark: surely in that year. Pale: possibly.";
}
