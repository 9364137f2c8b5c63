// Places that would lie on one another are one mark, until there is room for each.

import { say } from "./dom.js";

// What counts at a place: exercises, plans and other events are never added up.
export const SORTS = {
  exercises: ["exercise", ({ status }) => status && status !== "planned"],
  plans: ["plan", ({ status }) => status === "planned"],
  others: ["other event", ({ status }) => !status],
};

/** How many events of each sort, without those that there are none of: [["exercises", 3], …]. */
export function sorted(events) {
  return Object.entries(SORTS)
    .map(([name, [, fits]]) => [name, events.filter(fits).length])
    .filter(([, count]) => count);
}

/** Say how many events of each sort: "3 exercises, 1 plan". */
export function counted(events) {
  return sorted(events).map(([sort, count]) => say(count, SORTS[sort][0])).join(", ");
}

/** The radius of a circle for a number of events, on the screen. */
export function reach(count) {
  return Math.min(4.2 + 1.6 * Math.sqrt(count), 26);
}

/** Join spots, { place, events, x, y } on the screen, whose circles would lie on one another. */
export function cluster(spots) {
  const found = [];
  const weight = ({ events }) => events.reduce((sum, { status }) => sum + (status ? 1000 : 1), 0);
  const near = (one, other) => Math.hypot(one.x - other.x, one.y - other.y) < Math.max((one.r + other.r) * 0.8, 18);
  const join = (spot) => {
    const home = found.find((one) => near(one, spot));
    if (!home) return found.push(spot);
    for (const event of spot.events) home.events.add(event);
    home.spots.push(...spot.spots);
    home.r = reach(home.events.size);
  };
  for (const spot of [...spots].sort((a, b) => weight(b) - weight(a))) {
    join({ x: spot.x, y: spot.y, r: reach(spot.events.length), spots: [spot], events: new Set(spot.events) });
  }
  // Circles have grown: once more, the largest first.
  for (const one of found.splice(0).sort((a, b) => b.r - a.r)) join(one);
  return found.map((one) => ({ ...one, events: [...one.events], counts: sorted([...one.events]) }));
}
