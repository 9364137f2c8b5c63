// Why the page says so: events, and the claims behind them with their places in the articles.

import { el, link, say, words } from "./dom.js";
import { MEASURES } from "./measures.js";
import { score } from "./ranking_view.js";
import { basis, span } from "./table_view.js";

const FEW = 40;

function tag(text, look) {
  // A space, so that those who hear the page do not hear one word.
  return [" ", el("span", { class: `tag ${look ?? ""}` }, text)];
}

function place([article, zone, start, end, exact], data) {
  const where = [data.articles[article].label, zone, zone === "row" ? start : start >= 0 ? `characters ${start}–${end}` : null];
  return el(
    "figure",
    { class: "place" },
    el("blockquote", {}, el("q", { dir: "auto" }, exact)),
    el("figcaption", {}, where.filter(Boolean).join(" · ")),
  );
}

/** A claim: what it says, who says so, how certain, on what basis, and where it stands. */
export function claimCard(claim, data) {
  const said = [
    claim.by.length ? `Said by ${claim.by.join(", ")}` : null,
    claim.via.length ? `via ${claim.via.join(", ")}` : null,
  ].filter(Boolean);
  // A label that the rules wrote ends with the values.
  const value = claim.value && !claim.label.endsWith(claim.value) ? `value: ${claim.value}` : null;
  return el(
    "li",
    { class: `claim ${claim.basis}` },
    el("p", { class: "says", dir: "auto" }, claim.label),
    value ? el("p", { class: "detail" }, value) : null,
    claim.evidence.map((one) => place(one, data)),
    claim.source ? el("p", { class: "detail" }, `Source: ${claim.source}`) : null,
    el("p", { class: "by" }, said.join(", "), tag(claim.certainty || "certainty not stated", claim.certainty), tag(claim.basis || "basis not stated", claim.basis)),
  );
}

function claims(found, data) {
  if (!found.length) return el("p", { class: "hint" }, "No claim in this graph is about it.");
  return el("ul", { class: "claims" }, found.map((claim) => claimCard(claim, data)));
}

function fold(summary, open, ...content) {
  return el("details", { open }, el("summary", {}, summary), content);
}

function statusTag(event) {
  return tag(words(event.status ?? event.other), event.status ?? "other");
}

/** By which steps an actor is in an event: the same as passex why prints. */
function way({ actor, participant, links, inferred, claims: said }, open, data) {
  const navy = `inferred, as the navy of ${participant}, which is named`;
  const how = links.length ? `${inferred ? navy : `through ${participant}`} (${links.join("; ")})` : "named itself";
  const sum = el("span", {}, el("bdi", {}, actor.label), `: ${how}${said.length ? "" : "; no claim"}`);
  return fold(sum, open, said.length ? claims(said, data) : null);
}

function occasion({ event, parties, inferred, doubtful, possible, weight }, tie, data, open) {
  const marks = [statusTag(event)];
  if (inferred) marks.push(tag("inferred", "inferred"));
  if (doubtful) marks.push(tag("who took part is not certain", "possible"));
  if (possible) marks.push(tag("possible: the date may lie outside the period", "possible"));
  const sum = el("span", {}, el("strong", { dir: "auto" }, event.label), marks);
  return fold(
    sum,
    open,
    el("p", { class: "detail" }, `${event.dates}. ${parties} parties: adds ${score(weight)}.`),
    [tie.a, tie.b].flatMap((end) => event.routes.filter(({ actor }) => actor === end)).map((one) => way(one, true, data)),
  );
}

function eventParts(event, data) {
  const { articles } = event;
  const through = event.routes.filter(({ links }) => links.length);
  return [
    el("p", { class: "detail" }, statusTag(event), " ", event.dates ?? event.when, event.places.length ? ` · ${event.places.map((one) => one.label).join(", ")}` : ""),
    el("p", { class: "detail" }, `Evidence in ${say(articles.length, "article")}: ${articles.map((one) => data.articles[one].label).join("; ") || "none"}`),
    el("h3", {}, say(event.claims.length, "claim")),
    claims(event.claims, data),
    through.length ? [el("h3", {}, "How actors come to be in it"), through.map((one) => way(one, false, data))] : null,
  ];
}

function placeParts({ point, precision, claims: said }, data) {
  const where = point && `${Math.abs(point[0])}° ${point[0] < 0 ? "south" : "north"}, ${Math.abs(point[1])}° ${point[1] < 0 ? "west" : "east"}`;
  return [
    el("p", { class: "detail" }, point ? `${where}; precision: ${precision}` : "No coordinates in the graph."),
    claims(said, data),
  ];
}

function tieButton(tie, actor, select) {
  const other = tie.a === actor ? tie.b : tie.a;
  const counts = [];
  if (tie.held.length) counts.push(`${say(tie.held.length, "exercise")}, weight ${tie.weight.toFixed(2)}`);
  if (tie.planned.length) counts.push(`${say(tie.planned.length, "plan")}`);
  return el("li", {}, link(other.label, () => select(tie.id)), el("span", { class: "detail" }, ` ${counts.join("; ")}; ${basis(tie)}`));
}

function actorParts(actor, net, ranking, data, select) {
  const ties = net.ties.filter(({ a, b }) => a === actor || b === actor);
  const found = ranking.places.find((one) => one.actor === actor);
  const events = [...new Set(ties.flatMap(({ occasions }) => occasions.map(({ event }) => event)))];
  return [
    el("p", { class: "detail" }, `${words(actor.kind)} · named in ${actor.articles.length} of ${say(data.total, "article")}`),
    found ? el("p", {}, "Place ", link(`${found.place}, score ${score(found.score)}`, () => select(actor.scoreId))) : null,
    el("h3", {}, say(ties.length, "tie")),
    ties.length ? el("ul", { class: "plain" }, ties.slice(0, FEW).map((tie) => tieButton(tie, actor, select))) : el("p", { class: "hint" }, "None that these filters leave."),
    ties.length > FEW ? el("p", { class: "hint" }, `And ${ties.length - FEW} more, in the table.`) : null,
    events.length ? [el("h3", {}, say(events.length, "event")), el("ul", { class: "plain" }, events.slice(0, FEW).map((event) => el("li", {}, link(event.label, () => select(event.id)), " ", statusTag(event))))] : null,
    el("h3", {}, `Claims about ${actor.label}`),
    claims(actor.claims, data),
  ];
}

function scoreParts(actor, net, ranking, state, data, select) {
  const found = ranking.places.find((one) => one.actor === actor);
  const ties = net.ties.filter(({ a, b }) => a === actor || b === actor);
  const strength = (tie) => (state.weight === "count" ? tie.occasions.length : tie.weight + tie.plannedWeight);
  return [
    el("p", {}, `${state.measure}: ${MEASURES[state.measure][1]}.`),
    found ? el("p", {}, `Place ${found.place}, score ${score(found.score)}. Leaving one article out at a time: ${found.best === found.worst ? `always ${found.best}` : `from ${found.best} to ${found.worst ?? "no ties at all"}`}.`) : null,
    ranking.warnings.map((text) => el("p", { class: "caveat" }, text)),
    el("h3", {}, "What it rests on"),
    ties.slice(0, FEW).map((tie) => fold(`${(tie.a === actor ? tie.b : tie.a).label}: ${score(strength(tie))}`, false, tie.occasions.map((one) => occasion(one, tie, data, false)))),
  ];
}

/** Find what an id of a selection stands for, as { title, parts, subject }; null for nothing. */
export function details(id, { net, ranking, state, data, select }) {
  const kind = id.slice(0, id.indexOf(":"));
  const thing = data.byId.get(id);
  if (kind === "tie") {
    const tie = net.ties.find((one) => one.id === id);
    if (!tie) return null;
    const parts = [
      el("p", { class: "detail" }, `${say(tie.held.length, "exercise")} (weight ${tie.weight.toFixed(2)}), ${say(tie.planned.length, "plan")} (weight ${tie.plannedWeight.toFixed(2)}) · ${basis(tie)} · ${span(tie.occasions)}`),
      tie.occasions.slice(0, FEW).map((one, n) => occasion(one, tie, data, n === 0)),
      tie.occasions.length > FEW ? el("p", { class: "hint" }, `And ${tie.occasions.length - FEW} more.`) : null,
    ];
    return { title: `${tie.a.label} and ${tie.b.label}`, parts, subject: tie };
  }
  if (!thing) return null;
  if (kind === "actor") {
    return { title: thing.label, parts: actorParts(thing, net, ranking, data, select), subject: thing };
  }
  if (kind === "score") {
    const parts = scoreParts(thing, net, ranking, state, data, select);
    return { title: `Score of ${thing.label}`, parts, subject: thing };
  }
  if (kind === "event") return { title: thing.label, parts: eventParts(thing, data), subject: null };
  const parts = thing.events.map((one) =>
    fold(el("span", {}, el("strong", {}, one.label), " ", statusTag(one)), false, eventParts(one, data)),
  );
  return { title: thing.label, parts: [...placeParts(thing, data), ...parts], subject: null };
}
