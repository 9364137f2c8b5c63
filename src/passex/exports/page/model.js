// The network that the filters leave of the document: the same as Python's passex.network.projection gives.

import { mayHold, period, surelyHolds } from "./dates.js";

export const STATUSES = ["held", "under-way", "planned"];

function before(a, b) {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Order actors as Python does: by label, then by IRI. */
export function byLabel(a, b) {
  return before(a.label, b.label) || before(a.iri, b.iri);
}

/** Prepare the document: numbers become the things they stand for. */
export function prepare(data) {
  data.events.forEach((event, number) => {
    event.number = number;
    event.id = `event:${event.name}`;
    event.planned = event.status === "planned";
    event.claims = event.claims.map((claim) => data.claims[claim]);
    event.places = [];
  });
  data.actors.forEach((actor, number) => {
    actor.number = number;
    actor.id = `actor:${actor.name}`;
    actor.scoreId = `score:${actor.name}`;
    actor.claims = actor.claims.map((claim) => data.claims[claim]);
  });
  for (const place of data.places) {
    place.id = `place:${place.name}`;
    place.claims = place.claims.map((claim) => data.claims[claim]);
    place.events = place.events.map((number) => data.events[number]);
    for (const event of place.events) event.places.push(place);
  }
  for (const event of data.events) event.routes = event.routes.map((one) => route(one, data));
  for (const level of Object.values(data.levels)) {
    level.spot = new Map(level.layout.map(([actor, x, y]) => [actor, { x, y }]));
    level.community = new Map(level.groups.flatMap((group, number) => group.map((actor) => [actor, number])));
  }
  data.byId = new Map([...data.events, ...data.actors, ...data.places].map((thing) => [thing.id, thing]));
  for (const actor of data.actors) data.byId.set(actor.scoreId, actor);
  data.exercises = data.events.filter((event) => event.status);
  data.others = data.events.filter((event) => !event.status);
  return data;
}

function route([actor, participant, links, inferred, on, against], data) {
  const claims = on.map((claim) => data.claims[claim]);
  const named = claims.filter(({ properties }) => properties.includes("nr:hasParticipant"));
  return {
    actor: data.actors[actor],
    against: against?.map((other) => data.actors[other]),
    participant,
    links: links.map((link) => data.affiliations[link].label),
    inferred: inferred === 1,
    claims,
    doubtful: named.length > 0 && named.every(({ certainty }) => certainty !== "certain"),
  };
}

/** The routes by which an exercise or plan ties an actor to another. */
export function routesTo(event, end, other) {
  return event.routes.filter(({ actor, against }) => actor === end && (against === undefined || against.includes(other)));
}

/** Whether an exercise or plan counts; `surely` says whether its dates leave no doubt. */
export function admits(state, event) {
  return (
    state.include.includes(event.status) &&
    (state.domain === "all" || event.domains.includes(state.domain)) &&
    (state.kind === "" || event.kinds.includes(state.kind)) &&
    (state.article === null || event.articles.includes(state.article)) &&
    mayHold(period(state.since, state.until), event)
  );
}

function toComeLast(data) {
  const toCome = ([number]) => Number(data.events[number].within !== null);
  return (one, other) => toCome(one) - toCome(other);
}

/** The ties that the state asks for, with all that the views need of them. */
export function project(data, state) {
  const level = data.levels[state.level];
  const days = period(state.since, state.until);
  const counted = data.exercises.filter((event) => admits(state, event));
  const counts = new Set(counted);
  const ties = [];
  const paired = new Set();
  const weighed = new Set();
  let weak = 0;
  let unstated = 0;
  let fewer = 0;
  for (const [a, b, on] of level.ties) {
    const occasions = [];
    let dropped = false;
    for (const [number, parties, inferred, behind, quote] of on.filter(([number]) => counts.has(data.events[number])).sort(toComeLast(data))) {
      const event = data.events[number];
      paired.add(event);
      if (state.basis === "stated" && inferred === 1) {
        dropped = true;
        continue;
      }
      weighed.add(event);
      // What is to come in an exercise adds nothing to those who train there already.
      if (event.within && occasions.some((one) => [one.event.iri, one.event.within].includes(event.within))) continue;
      const possible = !surelyHolds(days, event);
      const [one, other] = [data.actors[a], data.actors[b]];
      const doubtful = [...routesTo(event, one, other), ...routesTo(event, other, one)].some((way) => way.doubtful);
      const [articles, needed] = data.behind[behind];
      occasions.push({ event, parties, inferred: inferred === 1, doubtful, possible, articles, needed, quote, weight: 1 / (parties - 1) });
    }
    if (dropped && occasions.length === 0) unstated += 1;
    else if (dropped) fewer += 1;
    if (occasions.length === 0) continue;
    if (occasions.length < state.minEvents) weak += 1;
    else ties.push(tie(data.actors[a], data.actors[b], occasions));
  }
  const actors = [...new Set(ties.flatMap(({ a, b }) => [a, b]))].sort(byLabel);
  const rested = new Set(ties.flatMap(({ occasions }) => occasions.map(({ event }) => event)));
  return { level, actors, ties: ties.sort(byCount), counted, paired, weighed, rested, weak, unstated, fewer };
}

function tie(a, b, occasions) {
  const sum = (part) => part.reduce((total, occasion) => total + occasion.weight, 0);
  const planned = occasions.filter(({ event }) => event.planned);
  const held = occasions.filter(({ event }) => !event.planned);
  return {
    id: `tie:${a.name}|${b.name}`,
    a,
    b,
    occasions,
    held,
    planned,
    weight: sum(held),
    plannedWeight: sum(planned),
    inferred: occasions.every((occasion) => occasion.inferred),
    possible: occasions.every((occasion) => occasion.possible),
    articles: new Set(occasions.flatMap(({ articles }) => articles)),
  };
}

function byCount(one, other) {
  return (
    other.held.length - one.held.length ||
    other.planned.length - one.planned.length ||
    byLabel(one.a, other.a) ||
    byLabel(one.b, other.b)
  );
}

/** The strands of a tie, one a status: what is held and what is planned are never one line. */
export function strands(tie) {
  return STATUSES.map((status) => {
    const on = tie.occasions.filter(({ event }) => event.status === status);
    const uncertain = on.every((one) => one.inferred || one.possible || one.doubtful);
    const weight = on.reduce((total, one) => total + one.weight, 0);
    return { status, count: on.length, weight, uncertain };
  }).filter(({ count }) => count > 0);
}
