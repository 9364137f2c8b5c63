// A ranking, and how much it can bear: the same as Python's passex.network.ranking.

import { say } from "./dom.js";
import { measure, steps } from "./measures.js";
import { things } from "./words.js";

// Articles are left out one at a time until so many steps of a measure are done, if need be.
const STEPS = 2e6;
// More than this would keep a reader waiting.
const TOO_LONG = 3e7;
// So many are named before the rest is only counted.
const FEW = 3;

function graphOf(actors, ties, strengths) {
  const number = new Map(actors.map((actor, place) => [actor, place]));
  const links = actors.map(() => new Map());
  ties.forEach(({ a, b }, place) => {
    links[number.get(a)].set(number.get(b), strengths[place]);
    links[number.get(b)].set(number.get(a), strengths[place]);
  });
  return { size: actors.length, links };
}

/** How strong a tie is: by Newman's weights, or by the number of its exercises and plans. */
export function strengthOf(occasions, weight) {
  if (weight === "count") return occasions.length;
  const sum = (planned) =>
    occasions.reduce((total, o) => total + (o.event.planned === planned ? o.weight : 0), 0);
  return sum(false) + sum(true);
}

// Scores that differ by rounding alone are the same score.
function placesOf(actors, scores, name) {
  const sign = name === "constraint" ? 1 : -1;
  const keys = scores.map((score) => Math.round(sign * score * 1e9));
  const first = new Map();
  [...keys].sort((a, b) => a - b).forEach((key, place) => first.has(key) || first.set(key, place + 1));
  return new Map(actors.map((actor, place) => [actor, first.get(keys[place])]));
}

function without(net, article, state) {
  const ties = [];
  const strengths = [];
  for (const tie of net.ties) {
    const kept = tie.occasions.filter(({ needed }) => !needed.includes(article));
    if (kept.length && kept.length >= state.minEvents) {
      ties.push(tie);
      strengths.push(strengthOf(kept, state.weight));
    }
  }
  const left = new Set(ties.flatMap(({ a, b }) => [a, b]));
  const actors = net.actors.filter((actor) => left.has(actor));
  return placesOf(actors, measure(graphOf(actors, ties, strengths), state.measure), state.measure);
}

// Through whom an actor is counted in events of which articles tell that do not name it.
function through(actor, events, state, net) {
  const by = net.level.through.filter(([one, event]) => one === actor.number && events.has(event)).map(([, , names]) => names);
  const names = [...new Set(by.flat())].sort();
  if (by.some((one) => !one.length)) names.push(`its own ${things(state)}`);
  if (names.length > FEW) names.splice(FEW, names.length, `${names.length - FEW} more`);
  return names.length > 1 ? `${names.slice(0, -1).join(", ")} and ${names.at(-1)}` : names[0];
}

function madeByTheSample(net, state, { total, articles }) {
  // Where tables of exercises tell of ties, too, it is not the choice of articles alone.
  if (net.ties.some((tie) => [...tie.articles].some((number) => !articles[number].article))) return [];
  const counted = new Map(net.actors.map((actor) => [actor, new Set()]));
  const told = new Map(net.actors.map((actor) => [actor, []]));
  for (const { a, b, occasions } of net.ties) {
    for (const { event, articles } of occasions) {
      for (const end of [a, b]) {
        counted.get(end).add(event);
        told.get(end).push(...articles);
      }
    }
  }
  const behind = (actor) => new Set([...actor.articles, ...told.get(actor)]);
  const everywhere = net.actors.filter((actor) => total > 1 && behind(actor).size === total);
  if (!everywhere.length || everywhere.length === net.actors.length) return [];
  const named = everywhere.filter((actor) => actor.articles.length === total).map(({ label }) => label);
  const said = [];
  if (named.length) {
    const [verb, it] = named.length === 1 ? ["is", "it"] : ["are", "them"];
    said.push(
      `${named.join(" and ")} ${verb} named in ${total} of ${say(total, "article")}: ` +
        `the choice of articles alone puts ${it} in the middle.`,
    );
  }
  for (const actor of everywhere) {
    const own = actor.articles;
    if (own.length === total) continue;
    const events = new Set([...counted.get(actor)].map(({ number }) => number));
    const others = total - own.length;
    said.push(
      `${actor.label} is named in ${own.length} of ${say(total, "article")}, and counted through ` +
        `${through(actor, events, state, net)} in the other${others > 1 ? ` ${others}` : ""}: ` +
        "the choice of articles alone puts it in the middle.",
    );
  }
  return said;
}

/**
 * Rank the actors of a network: places, sentences that have to be said with them, and the only source of all ties, if
 * there is one.
 */
export function rank(net, state, data) {
  const sample = madeByTheSample(net, state, data);
  const { size } = net.rested;
  if (size < data.enough) {
    const plans = state.include.includes("planned");
    const things = !plans ? "exercises" : state.include.length > 1 ? "exercises or plans" : "plans";
    const few =
      `No ranking: ${size} of the ${data.enough} ${things} that it would take to rank ` +
      `${net.actors.length} actors.`;
    return { places: [], warnings: [few, ...sample] };
  }
  const graph = graphOf(net.actors, net.ties, net.ties.map((t) => strengthOf(t.occasions, state.weight)));
  const cost = steps(graph, net.ties.length, state.measure);
  if (cost > TOO_LONG) {
    const slow =
      `No ranking here: ${state.measure} of ${say(net.actors.length, "actor")} and ` +
      `${say(net.ties.length, "tie")} takes a browser minutes. Filter first, or ask passex network.`;
    return { places: [], warnings: [slow, ...sample] };
  }
  const scores = measure(graph, state.measure);
  const places = placesOf(net.actors, scores, state.measure);
  const behind = new Map();
  for (const tie of net.ties) {
    const alone = new Set(tie.occasions.flatMap(({ needed }) => needed));
    for (const article of tie.articles) {
      behind.set(article, (behind.get(article) ?? 0) + (alone.has(article) ? 1 : 0));
    }
  }
  const label = (article) => data.articles[article].label;
  const articles = [...behind.keys()].sort(
    (a, b) => behind.get(b) - behind.get(a) || (label(a) < label(b) ? -1 : 1),
  );
  const tried = articles.slice(0, Math.max(1, Math.floor(STEPS / Math.max(cost, 1))));
  const warnings = [...sample];
  if (tried.length < articles.length) {
    const word = articles.every((number) => data.articles[number].article) ? "articles" : "sources";
    warnings.push(
      `Of ${articles.length} ${word} only the ${tried.length} that most ties rest on were left ` +
        "out, one at a time.",
    );
  }
  const leftOut = tried.map((article) => without(net, article, state));
  const found = net.actors.map((actor, number) => {
    const others = leftOut.map((map) => map.get(actor));
    const seen = others.filter((place) => place !== undefined);
    const all = seen.length ? seen : [places.get(actor)];
    return {
      actor,
      place: places.get(actor),
      score: scores[number],
      best: all.reduce((a, b) => Math.min(a, b)),
      worst: seen.length < others.length ? null : all.reduce((a, b) => Math.max(a, b)),
    };
  });
  found.sort((a, b) => a.place - b.place);
  // Without the only source nobody is left to have a place.
  const only = articles.length === 1 && found.every(({ worst }) => worst === null) ? label(articles[0]) : null;
  return { places: found, warnings, only };
}
