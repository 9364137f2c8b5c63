// The policy and the notes in words: the same sentences as Python's passex.network and passex.network.projection.

import { say } from "./dom.js";
import { admits } from "./model.js";
import { mayHold, period, surelyHolds } from "./dates.js";

const NAMED = 6;

function list(names, separator = "; ") {
  const ordered = [...names].sort();
  const more = ordered.length - NAMED;
  return ordered.slice(0, NAMED).join(separator) + (more > 0 ? `${separator}and ${more} more` : "");
}

/** What counts: exercises, plans, or both. */
export function things(state, one = false) {
  const found = state.include.some((status) => status !== "planned") ? ["exercises"] : [];
  if (state.include.includes("planned")) found.push("plans");
  return found.map((word) => (one ? word.slice(0, -1) : word)).join(" or ");
}

/** Say what counts. */
export function policyWords(state, data) {
  const done = ["held", "under-way"].filter((status) => state.include.includes(status));
  const counted = done.length ? [`exercises ${done.join(" and ").replace("-", " ")}`] : [];
  if (state.include.includes("planned")) counted.push("plans not yet realised");
  const parts = [
    `${state.level} level`,
    counted.join(", and ") || "nothing",
    state.domain === "all" ? "every domain" : `${state.domain} domain`,
  ];
  if (state.since && state.until) parts.push(`${state.since} to ${state.until}`);
  else if (state.since) parts.push(`since ${state.since}`);
  else if (state.until) parts.push(`until ${state.until}`);
  if (state.minEvents > 1) parts.push(`ties of at least ${state.minEvents} ${things(state)}`);
  if (state.basis === "stated") parts.push("what is stated only");
  if (state.kind) parts.push(`kind: ${data.kinds[state.kind]}`);
  if (state.article !== null) parts.push(`source: ${data.articles[state.article].label}`);
  return parts.join("; ");
}

/** Say from how many of the articles the exercises of a network are: " from 1 of 3 articles". */
export function sources(net, data) {
  const told = new Set(net.ties.flatMap(({ articles }) => [...articles]));
  if (!told.size) return "";
  // Tables of exercises are sources too, and no articles.
  const articles = [...told].every((number) => data.articles[number].article);
  return articles ? ` from ${told.size} of ${say(data.total, "article")}` : ` from ${say(told.size, "source")}`;
}

/** Say how many articles name an actor. */
export function named(actor, data) {
  const articles = actor.articles.every((number) => data.articles[number].article);
  return articles ? `${actor.articles.length} of ${say(data.total, "article")}` : say(actor.articles.length, "source");
}

/** Say why there is nothing to show for an id of a selection. */
export function missing(id, data) {
  const ends = id.startsWith("tie:") ? id.slice(4).split("|").map((name) => data.byId.get(`actor:${name}`)) : [];
  return ends.length === 2 && ends.every(Boolean)
    ? `${ends[0].label} and ${ends[1].label} have no tie that these filters leave.`
    : `“${id}” is not in this file.`;
}

function bare(state, net, lost, planned, label) {
  // What is to come in an exercise is no plan that could be missed.
  const of = net.counted.filter((event) => event.planned === planned && event.within === null);
  const word = planned ? "plan" : "exercise";
  const found = [];
  const alone = of.filter((event) => !net.paired.has(event));
  if (alone.length) {
    const verb = alone.length === 1 ? "has" : "have";
    found.push(
      `${alone.length} of ${say(of.length, word)} ${verb} no pair at ${state.level} level: ` +
        `${list(alone.map(label))}.`,
    );
  }
  const part = of.filter((event) => net.paired.has(event) && lost(event).length);
  if (part.length) {
    found.push(
      `${say(part.length, word)} with pairs ${part.length === 1 ? "has" : "have"} participants ` +
        `that do not appear at ${state.level} level: ${list(part.map(label))}.`,
    );
  }
  return [...found, ...doubtful(of), ...uncertain(state, net, of, word)];
}

/** Which plans nobody tells of without a hedge. */
function doubtful(of) {
  const hedged = of.filter((event) => event.doubt);
  if (!hedged.length) return [];
  const [are, counts] = hedged.length === 1 ? ["is", "counts"] : ["are", "count"];
  return [
    `${hedged.length} of ${say(of.length, "plan")} ${are} only possible or probable, ` +
      `and ${counts} as others do: ${list(hedged.map((event) => event.label))}.`,
  ];
}

/** Which may lie outside the period, and which may have had more parties than are known. */
function uncertain(state, net, of, word) {
  const found = [];
  const days = period(state.since, state.until);
  const names = (events) => list(events.map((event) => event.label));
  const vague = of.filter((event) => !surelyHolds(days, event));
  if (vague.length) {
    const may = word === "plan" ? "may take" : "may have taken";
    found.push(`${vague.length} of ${say(of.length, word)} only ${may} place then: ${names(vague)}.`);
  }
  const tied = of.filter((event) => net.weighed.has(event));
  const unlisted = tied.filter((event) => event.open);
  const pairs = state.basis === "stated" ? "stated pairs" : "pairs";
  if (unlisted.length) {
    const [leave, bound] =
      unlisted.length === 1
        ? ["leaves its list", "its weight is an upper bound"]
        : ["leave their lists", "their weights are upper bounds"];
    found.push(
      `${unlisted.length} of ${say(tied.length, word)} with ${pairs} ${leave} of parties open, ` +
        `so that ${bound}: ${names(unlisted)}.`,
    );
  }
  return found;
}

/** The other levels at which some of the exercises have pairs. */
function elsewhere(data, state, counted) {
  const numbers = new Set(counted.map(({ number }) => number));
  return Object.entries(data.levels)
    .filter(([name, { ties }]) => {
      const paired = ties.some(([, , on]) => on.some(([number]) => numbers.has(number)));
      return name !== state.level && paired;
    })
    .map(([name]) => name);
}

/** How many ties a network of what is stated only has not, or not in full. */
function unstated(state, net) {
  const said = [];
  if (net.unstated) {
    const are = net.unstated === 1 ? "tie is left out, since it is" : "ties are left out, since they are";
    said.push(`${net.unstated} ${are} inferred`);
  }
  if (net.fewer) {
    const count = net.fewer === 1 ? "tie counts" : "ties count";
    said.push(`${net.fewer} ${count} fewer ${things(state)} than with those that are inferred`);
  }
  return said.length ? [`${said.join("; ")}.`] : [];
}

/** Say what was counted and yet shows in no tie, and what was not counted. */
export function notes(state, net, data) {
  const said = unstated(state, net);
  if (net.weak) {
    const are = net.weak === 1 ? "tie is" : "ties are";
    said.push(`${net.weak} ${are} left out, of fewer than ${state.minEvents} ${things(state)}.`);
  }
  const others = net.paired.size ? [] : elsewhere(data, state, net.counted);
  if (others.length) said.push(`There are pairs at other levels: ${others.join(", ")}.`);
  const lost = (event) => net.level.lost[event.number] ?? [];
  const label = (event) =>
    event.label + (lost(event).length ? ` (without ${list(lost(event), ", ")})` : "");
  for (const planned of [false, true]) said.push(...bare(state, net, lost, planned, label));
  const counted = new Set(net.counted);
  const every = data.exercises.filter(({ within }) => within === null);
  const rest = every.filter((event) => !counted.has(event));
  const dated = (event) => event.earliest !== null || event.latest !== null;
  const timeless = { ...state, since: "", until: "" };
  const undated = rest.filter((event) => !dated(event) && admits(timeless, event));
  if (undated.length) {
    said.push(
      `${undated.length} without dates ${undated.length === 1 ? "is" : "are"} not counted: ` +
        `${list(undated.map((event) => event.label))}.`,
    );
  }
  // Of a plan of nobody, that it is a plan says enough, unless plans count.
  const alone = (event) => event.bare && !state.include.includes("planned");
  const plans = rest.filter((event) =>
    admits({ ...state, include: ["planned"], domain: alone(event) ? "all" : state.domain }, event));
  if (plans.length) {
    said.push(
      `${say(plans.length, "plan")} ${plans.length === 1 ? "is" : "are"} not counted, ` +
        "since planned is not included.",
    );
  }
  const days = period(state.since, state.until);
  const vague = every.filter(
    (event) =>
      !event.domains.length && !alone(event) && (!dated(event) || mayHold(days, event)),
  );
  if (state.domain !== "all" && vague.length) {
    said.push(
      `${vague.length} without a domain ${vague.length === 1 ? "is" : "are"} not counted: ` +
        `${list(vague.map((event) => event.label))}.`,
    );
  }
  return said;
}
