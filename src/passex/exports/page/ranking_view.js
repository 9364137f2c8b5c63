// The ranking beside the network, with what has to be said before anyone relies on it.

import { el, link } from "./dom.js";
import { MEASURES } from "./measures.js";

const MANY = 50;

export function score(number, digits = digitsOf([number])) {
  return number.toFixed(digits);
}

/** How many digits after the point scores of one column have: as many as the greatest one needs. */
export function digitsOf(numbers) {
  if (numbers.every((number) => Math.abs(number - Math.round(number)) < 1e-9)) return 0;
  const greatest = numbers.reduce((most, number) => Math.max(most, Math.abs(number)), 0);
  return greatest >= 100 ? 1 : greatest < 0.1 ? 5 : 3;
}

function places({ best, worst }) {
  if (worst === null) return `${best} to none`;
  return best === worst ? String(best) : `${best}–${worst}`;
}

function row(found, greatest, digits, select, total, spans) {
  const { actor } = found;
  const bar = el("span", { class: "share", "aria-hidden": "true" });
  bar.style.width = `${greatest > 0 ? (Math.max(found.score, 0) / greatest) * 100 : 0}%`;
  return el(
    "tr",
    { "data-actor": actor.iri, "data-score": String(found.score) },
    el("td", { class: "number" }, String(found.place)),
    el("th", { scope: "row" }, link(actor.label, () => select(actor.id)), bar),
    el("td", { class: "number" }, link(score(found.score, digits), () => select(actor.scoreId), { "aria-label": `What makes the score of ${actor.label}: ${score(found.score, digits)}` })),
    spans ? el("td", { class: "number" }, places(found)) : null,
    el("td", { class: "number" }, total === null ? String(actor.articles.length) : `${actor.articles.length}/${total}`),
  );
}

/** Show a ranking. */
export function showRanking(host, ranking, state, data, select, all, more) {
  const warnings = ranking.warnings.map((text) => el("p", { class: "caveat" }, text));
  const about = el("p", { class: "hint" }, `${state.measure}: ${MEASURES[state.measure][1]}.`);
  if (!ranking.places.length) {
    host.replaceChildren(about, ...warnings);
    return;
  }
  const shown = all ? ranking.places : ranking.places.slice(0, MANY);
  // Of sources that are not articles alone there is no total.
  const total = data.total < 1000 && data.articles.every(({ article }) => article) ? data.total : null;
  const digits = digitsOf(ranking.places.map((found) => found.score));
  const greatest = ranking.places.reduce((most, { score: s }) => Math.max(most, s), 0);
  const { only } = ranking;
  const head = [["Place", true], ["Actor", false], ["Score", true], ...(only === null ? [["Span", true]] : []), ["Sources", true]];
  const span = only === null ? "Span: the best and the worst place when one source at a time is left out; none where it then has no tie." : `All ties rest on one source, ${only}: without it nobody has a place.`;
  host.replaceChildren(
    about,
    ...warnings,
    el(
      "table",
      { class: "ranking" },
      el("caption", { class: "hidden" }, `Actors by ${state.measure}`),
      el("thead", {}, el("tr", {}, head.map(([name, number]) => el("th", { scope: "col", class: number ? "number" : null }, name)))),
      el("tbody", {}, shown.map((found) => row(found, greatest, digits, select, total, only === null))),
    ),
    shown.length < ranking.places.length
      ? el("button", { type: "button", on: { click: more } }, `Show all ${ranking.places.length}`)
      : "",
    el("p", { class: "hint" }, `Weight: Newman’s, 1/(n−1) for an exercise of n parties, or a plain count. ${span} Sources: how many name the actor.`),
  );
}
