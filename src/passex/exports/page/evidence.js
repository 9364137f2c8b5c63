// Why the page says so: events, and the claims behind them with their places in the articles.

import { dated, el, link, say, words } from "./dom.js";
import { elsewhere } from "./elsewhere.js";
import { MEASURES } from "./measures.js";
import { counts } from "./overview.js";
import { proof } from "./quotes.js";
import { routesTo } from "./model.js";
import { named } from "./words.js";
import { score } from "./ranking_view.js";
import { basis, span } from "./table_view.js";

const FEW = 40;

function tag(text, look) {
  // A space, so that those who hear the page do not hear one word.
  return [" ", el("span", { class: `tag ${look ?? ""}` }, text)];
}

function fold(summary, open, ...content) {
  return el("details", { open }, el("summary", {}, summary), content);
}

/** The first of many things; the rest comes when it is asked for. */
function some(things, make, tagName = "div") {
  const host = el(tagName, { class: tagName === "ul" ? "plain" : "several" }, things.slice(0, FEW).map(make));
  if (things.length <= FEW) return host;
  const rest = el("button", { type: "button", on: { click: () => (rest.remove(), host.append(...things.slice(FEW).map(make))) } }, `Show ${(things.length - FEW).toLocaleString("en-GB")} more`);
  return [host, rest];
}

/** The status of an event; that it was held goes without saying. */
function statusTag(event) {
  if (event.status === "held") return null;
  return tag(event.standing ?? words(event.other), event.status ?? "other");
}

/** By which steps an actor is in an event: the same as passex why prints. */
function way({ actor, participant, links, inferred, claims: said }) {
  const navy = `inferred, as the navy of ${participant}, which is named`;
  const how = links.length ? `${inferred ? navy : `through ${participant}`} (${links.join("; ")})` : "named itself";
  return el("li", {}, el("bdi", {}, actor.label), `: ${how}${said.length ? "" : "; no claim"}`);
}

function occasion({ event, parties, inferred, doubtful, possible, weight }, tie, data, open) {
  const marks = [statusTag(event)];
  if (inferred) marks.push(tag("inferred", "inferred"));
  if (doubtful) marks.push(tag("who took part is not certain", "possible"));
  if (possible) marks.push(tag("possible: the date may lie outside the period", "possible"));
  const sum = el("span", {}, el("strong", { dir: "auto" }, event.label), marks);
  const routes = [...routesTo(event, tie.a, tie.b), ...routesTo(event, tie.b, tie.a)];
  return fold(
    sum,
    open,
    el("p", { class: "detail" }, dated(`${event.dates}. ${parties} parties: adds ${score(weight)} to the weight.`)),
    proof(routes.flatMap(({ claims: said }) => said), data),
    el("ul", { class: "ways detail" }, routes.map(way)),
  );
}

function eventParts(event, data) {
  const { articles } = event;
  const through = event.routes.filter(({ links }) => links.length);
  const where = event.places.length ? ` · ${event.places.map((one) => one.label).join(", ")}` : "";
  return [
    el("p", { class: "detail" }, event.dates ?? event.when, where, statusTag(event)),
    el("p", { class: "detail" }, `Evidence in ${articles.map((one) => data.articles[one].label).join("; ") || "no article"}`),
    proof(event.claims, data),
    through.length ? [el("h3", {}, "How actors come to be in it"), el("ul", { class: "ways detail" }, through.map(way))] : null,
  ];
}

function placeParts({ point, precision, claims: said }, data) {
  const where = point && `${Math.abs(point[0])}° ${point[0] < 0 ? "south" : "north"}, ${Math.abs(point[1])}° ${point[1] < 0 ? "west" : "east"}`;
  return [
    el("p", { class: "detail" }, point ? `${where}; precision: ${precision}` : "No coordinates in the graph."),
    proof(said, data),
  ];
}

/** What has to be said of a tie that is not simply stated. */
function unsure(tie) {
  const said = basis(tie);
  return said === "stated" ? "" : ` · ${said}`;
}

function tieButton(tie, actor, select) {
  const other = tie.a === actor ? tie.b : tie.a;
  return el("li", {}, link(other.label, () => select(tie.id)), el("span", { class: "detail" }, ` ${counts(tie)}${unsure(tie)}`));
}

function actorParts(actor, { net, ranking, state, data, select, change }) {
  const ties = net.ties.filter(({ a, b }) => a === actor || b === actor);
  const found = ranking.places.find((one) => one.actor === actor);
  const events = [...new Set(ties.flatMap(({ occasions }) => occasions.map(({ event }) => event)))];
  return [
    el("p", { class: "detail" }, `${words(actor.kind)} · named in ${named(actor, data)}`),
    found ? el("p", {}, "Place ", link(`${found.place}, score ${score(found.score)}`, () => select(actor.scoreId))) : null,
    ties.length && state.focus !== actor.name
      ? el("p", {}, el("button", { type: "button", on: { click: () => change({ focus: actor.name, view: "network" }) } }, "Only this actor and its partners"))
      : null,
    ties.length
      ? [el("h3", {}, say(ties.length, "tie")), some(ties, (tie) => tieButton(tie, actor, select), "ul")]
      : elsewhere(actor, { net, state, data, select, change }),
    events.length ? [el("h3", {}, say(events.length, "event")), some(events, (event) => el("li", {}, link(event.label, () => select(event.id)), statusTag(event)), "ul")] : null,
    el("h3", {}, `Claims about ${actor.label}`),
    proof(actor.claims, data),
  ];
}

/** The places that an actor has without one source or another. */
function without({ best, worst }, only) {
  if (only !== null) return `All ties rest on one source, ${only}: without it nobody has a place.`;
  const places = best === worst ? `always ${best}` : `from ${best} to ${worst ?? "none, since it then has no ties"}`;
  return `Its place when one source at a time is left out: ${places}.`;
}

function scoreParts(actor, net, ranking, state, data, select) {
  const found = ranking.places.find((one) => one.actor === actor);
  const ties = net.ties.filter(({ a, b }) => a === actor || b === actor);
  const strength = (tie) => (state.weight === "count" ? tie.occasions.length : tie.weight + tie.plannedWeight);
  return [
    el("p", {}, `${state.measure}: ${MEASURES[state.measure][1]}.`),
    found ? el("p", {}, `Place ${found.place}, score ${score(found.score)}. ${without(found, ranking.only)}`) : null,
    ranking.warnings.map((text) => el("p", { class: "caveat" }, text)),
    el("h3", {}, "What it rests on"),
    some(ties, (tie) => fold(`${(tie.a === actor ? tie.b : tie.a).label}: ${score(strength(tie))}`, false, some(tie.occasions, (one) => occasion(one, tie, data, false)))),
  ];
}

/** Find what an id of a selection stands for, as { title, parts, subject }; null for nothing. */
export function details(id, shown) {
  const { net, ranking, state, data, select } = shown;
  const kind = id.slice(0, id.indexOf(":"));
  const thing = data.byId.get(id);
  if (kind === "tie") {
    const tie = net.ties.find((one) => one.id === id);
    if (!tie) return null;
    const sums = [
      tie.held.length ? `${say(tie.held.length, "exercise")} (weight ${tie.weight.toFixed(2)})` : "",
      tie.planned.length ? `${say(tie.planned.length, "plan")} (weight ${tie.plannedWeight.toFixed(2)})` : "",
    ];
    const parts = [
      el("p", { class: "detail" }, `${sums.filter(Boolean).join(", ")}${unsure(tie)} · `, dated(span(tie.occasions))),
      some(tie.occasions, (one, n) => occasion(one, tie, data, n === 0)),
    ];
    return { title: `${tie.a.label} and ${tie.b.label}`, parts, subject: tie };
  }
  if (!thing) return null;
  if (kind === "actor") return { title: thing.label, parts: actorParts(thing, shown), subject: thing };
  if (kind === "score") {
    const parts = scoreParts(thing, net, ranking, state, data, select);
    return { title: `Score of ${thing.label}`, parts, subject: thing };
  }
  if (kind === "event") return { title: thing.label, parts: eventParts(thing, data), subject: null };
  const parts = some(thing.events, (one) =>
    fold(el("span", {}, el("strong", {}, one.label), statusTag(one)), false, eventParts(one, data)),
  );
  return { title: thing.label, parts: [...placeParts(thing, data), parts], subject: null };
}
