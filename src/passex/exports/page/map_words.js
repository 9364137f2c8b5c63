// What a map says in words: first what is not on it, then what its marks mean, and by name why.

import { counted, reach, SORTS } from "./clusters.js";
import { el, link, say, svg } from "./dom.js";

const LISTED = 100;

/** Tell the places of events on the map from the others: { there, gaps, bare }. */
export function onMap(places, events) {
  const wanted = new Set(events);
  const found = places
    .map((place) => ({ place, events: place.events.filter((event) => wanted.has(event)) }))
    .filter((spot) => spot.events.length);
  return {
    there: found.filter(({ place }) => !place.why),
    gaps: found.filter(({ place }) => place.why),
    bare: events.filter((event) => !event.places.length),
  };
}

/** Say how many of some are on the map. */
export function share(shown, all, thing) {
  if (all === 1) return shown ? `the one ${thing}` : `not the one ${thing}`;
  if (!shown) return `none of the ${say(all, thing)}`;
  return shown === all ? `all ${say(all, thing)}` : `${shown.toLocaleString("en-GB")} of ${say(all, thing)}`;
}

/** One sentence on what is on the map. */
export function tally({ there }, events) {
  const mapped = new Set(there.flatMap((spot) => spot.events));
  const parts = Object.values(SORTS)
    .map(([thing, fits]) => [events.filter(fits), thing])
    .filter(([all]) => all.length)
    .map(([all, thing]) => share(all.filter((event) => mapped.has(event)).length, all.length, thing));
  return el("p", { class: "tally" }, parts.length ? `On the map: ${parts.join(", ")}.` : "No event is left by these filters.");
}

function circle(sort, count) {
  const r = reach(count);
  const side = 2 * r + 4;
  return svg("svg", { width: side, height: side, viewBox: `0 0 ${side} ${side}`, class: "world key", "aria-hidden": "true" },
    svg("circle", { class: sort, cx: side / 2, cy: side / 2, r, "stroke-width": 1.6 }));
}

/** What circles mean: their looks, and their sizes from the smallest to the largest. */
export function sizeKey(clusters, areas) {
  const counts = new Map();
  for (const [sort, count] of clusters.flatMap((one) => one.counts)) counts.set(sort, Math.max(counts.get(sort) ?? 0, count));
  const items = [...counts.keys()].map((sort) => el("li", {}, circle(sort, 1), `${SORTS[sort][0]}s`));
  const [first] = counts.keys();
  const most = Math.max(0, ...counts.values());
  const sizes = [...new Set([1, Math.round(Math.sqrt(most)), most])];
  if (most > 1) items.push(el("li", {}, "how many: ", sizes.map((n) => [circle(first, n), n.toLocaleString("en-GB")])));
  if (areas) items.push(el("li", {}, el("span", { class: "swatch", "aria-hidden": "true" }), "area"));
  return items.length ? el("ul", { class: "legend plainly", "aria-label": "Marks" }, items) : "";
}

function fold(summary, content) {
  return el("details", { class: "fold" }, el("summary", {}, summary), content);
}

/** Where the coordinates come from: who gives them away asks to be named. */
function sources(there) {
  const found = there.flatMap(({ place }) => place.claims.filter(({ source }) => source).map(({ source }) => `${place.label}: ${source}`));
  return found.length ? `Coordinates: ${[...new Set(found)].join("; ")}.` : "";
}

/** What stands below a map: what is not on it and why, its places by name, and whose the data are. */
export function besideMap({ there, gaps, bare }, outline, select) {
  const mapped = new Set(there.flatMap(({ events }) => events));
  const item = (event) => el("li", {}, link(event.label, () => select(event.id)), mapped.has(event) ? " (on the map elsewhere)" : "");
  const list = (events) => [
    el("ul", { class: "columns" }, events.slice(0, LISTED).map(item)),
    events.length > LISTED ? el("p", {}, `And ${say(events.length - LISTED, "more event")}.`) : null,
  ];
  const off = new Set([...gaps.flatMap(({ events }) => events), ...bare]);
  for (const event of mapped) off.delete(event);
  const partly = gaps.flatMap(({ events }) => events).some((event) => mapped.has(event));
  const summary = [off.size ? `${say(off.size, "event")} not on the map` : null, partly ? "places that are not" : null].filter(Boolean).join(", and ");
  return [
    summary
      ? fold(summary, el("div", { class: "missing" },
          gaps.map(({ place, events }) => [el("h2", {}, `${place.label}: ${place.why}`), list(events)]),
          bare.length ? [el("h2", {}, "No place stated"), list(bare)] : null))
      : "",
    there.length
      ? fold(`${say(there.length, "place")} on the map`, el("ul", { class: "columns" }, there.map(({ place, events }) =>
          el("li", {}, link(place.label, () => select(place.id)), ` ${counted(events)}; precision: ${place.precision}`))))
      : "",
    el("p", { class: "source" }, `Outline: ${outline}. Equal Earth projection.`),
    el("p", { class: "source" }, sources(there)),
  ];
}
