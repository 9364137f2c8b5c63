// What is shown, as one value, and its address: #level=state&since=2017&select=id:japan

import { readDate } from "./dates.js";
import { STATUSES } from "./model.js";
import { MEASURES } from "./measures.js";
import { sorts } from "./table_view.js";

export const VIEWS = ["network", "matrix", "map", "timeline", "table"];
const WEIGHTS = ["newman", "count"];
const TIES = ["strongest", "all"];
const BASES = ["any", "stated"];
const LANES = ["event", "actor", "kind"];

/** What is shown at first: what the document says. */
export function initial(data) {
  const { view } = data;
  return {
    level: view.level,
    include: STATUSES.filter((status) => view.include.includes(status)),
    domain: view.domain,
    since: String(view.since ?? ""),
    until: String(view.until ?? ""),
    minEvents: view.min_events,
    basis: view.basis,
    kind: "",
    article: null,
    measure: view.measure,
    weight: view.weight,
    view: "network",
    others: "",
    lanes: "",
    sort: "",
    rows: "",
    select: "",
    ties: "strongest",
    focus: "",
    camera: "",
  };
}

/** Domains that some exercise or plan has. */
export function domains(data) {
  return [...new Set(data.exercises.flatMap((event) => event.domains))].sort();
}

/** Write what differs from the first view; names, not numbers, so that it survives a new export. */
export function toAddress(state, data) {
  const first = initial(data);
  const parts = new URLSearchParams();
  for (const [key, value] of Object.entries(state)) {
    if (String(value) === String(first[key])) continue;
    if (key === "article") parts.set(key, data.articles[value].name);
    else if (key === "include") parts.set(key, value.join(","));
    else parts.set(key, value);
  }
  return parts.toString().replaceAll("%3A", ":").replaceAll("%2C", ",").replaceAll("%7C", "|");
}

/** Read an address; what it does not say, or says wrongly, is as at first. */
export function fromAddress(text, data) {
  const state = initial(data);
  const parts = new URLSearchParams(text.replace(/^#/, ""));
  const take = (key, fits, value = (given) => given) => {
    const given = parts.get(key);
    if (given !== null && fits(given)) state[key] = value(given);
  };
  take("level", (given) => Object.hasOwn(data.levels, given));
  take("include", () => true, (given) => STATUSES.filter((s) => given.split(",").includes(s)));
  take("domain", (given) => given === "all" || domains(data).includes(given));
  take("since", (given) => given === "" || readDate(given) !== null);
  take("until", (given) => given === "" || readDate(given) !== null);
  take("minEvents", (given) => /^[1-9]\d{0,5}$/.test(given), Number);
  take("basis", (given) => BASES.includes(given));
  take("kind", (given) => Object.hasOwn(data.kinds, given));
  const article = data.articles.findIndex(({ name }) => name === parts.get("article"));
  if (article >= 0) state.article = article;
  take("measure", (given) => Object.hasOwn(MEASURES, given));
  take("weight", (given) => WEIGHTS.includes(given));
  take("view", (given) => VIEWS.includes(given));
  take("others", (given) => ["yes", "no"].includes(given));
  take("lanes", (given) => LANES.includes(given));
  take("sort", sorts);
  take("rows", () => true);
  take("select", () => true);
  take("ties", (given) => TIES.includes(given));
  take("focus", (given) => data.byId.has(`actor:${given}`));
  take("camera", (given) => /^-?\d+(\.\d+)?,-?\d+(\.\d+)?,\d+(\.\d+)?$/.test(given));
  return state;
}
