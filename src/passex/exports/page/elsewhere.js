// Where an actor has ties that has none in what is shown: at another level, or as one of its parts.

import { el, link, words } from "./dom.js";

/** The levels at which an actor has ties, whatever the filters. */
export function levelsOf(actor, data) {
  return Object.entries(data.levels).filter(([, { spot }]) => spot.has(actor.number)).map(([name]) => name);
}

/** All that an actor is part of, by however many steps. */
function above(actor, data) {
  const found = [...actor.within];
  for (const number of found) found.push(...data.actors[number].within.filter((one) => !found.includes(one)));
  return found.map((number) => data.actors[number]);
}

/** Offer what there is instead of ties. */
export function elsewhere(actor, { net, state, data, select, change }) {
  const levels = levelsOf(actor, data);
  const here = levels.includes(state.level);
  const parts = net.actors.filter((one) => above(one, data).includes(actor));
  const wholes = above(actor, data).filter((one) => net.actors.includes(one));
  const button = (text, fields) => el("p", {}, el("button", { type: "button", on: { click: () => change(fields) } }, text));
  const one = (words_, other) => el("li", {}, `${words_}: `, link(other.label, () => select(other.id)));
  return [
    el("p", { class: "hint" }, here ? "These filters leave no tie of it." : `It has no tie at ${state.level} level.`),
    parts.length || wholes.length
      ? el("ul", { class: "plain" }, parts.map((other) => one(`Its ${words(other.kind)}`, other)), wholes.map((other) => one("It is part of", other)))
      : null,
    here ? null : levels.map((level) => button(`Show at ${level} level`, { level })),
  ];
}
