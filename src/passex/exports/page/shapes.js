// How actors and ties are drawn, with the values of passex.exports.drawing.marks: what they mean is said
// there, for every drawing.

import { MARKS } from "./marks.js";

/** The strands of a tie by status: { words, dash, colour }. */
export const LINES = MARKS.strokes;
/** What the key says of a line with an empty middle. */
export const HOLLOW = MARKS.hollow;

/** How many communities have a colour of their own. */
export const PALETTE = MARKS.palette.length;

/** The look of a kind of nodes: { sides, turn (degrees), colour, planned }. */
export function look(kind) {
  return known(kind) ? MARKS.looks[kind] : MARKS.other;
}

/** Whether a kind has a look of its own. */
export function known(kind) {
  return Object.hasOwn(MARKS.looks, kind);
}

/** The colour of an actor: that of its community, 0 for the largest, or else of its kind. */
export function fill(kind, community) {
  return community === undefined || community === null ? look(kind).colour : MARKS.palette[community] ?? MARKS.rest;
}

/** The corners of a node: none for a circle. Every shape has as much area as a circle of the radius. */
export function corners(kind, x, y, radius) {
  const { sides, turn } = look(kind);
  const step = (2 * Math.PI) / sides;
  const reach = sides && radius * Math.sqrt((2 * Math.PI) / (sides * Math.sin(step)));
  return Array.from({ length: sides }, (_, corner) => {
    const angle = (turn * Math.PI) / 180 + step * corner;
    return [x + reach * Math.cos(angle), y + reach * Math.sin(angle)];
  });
}

/** Add the outline of a node to the current path. */
export function outline(context, kind, x, y, radius) {
  const points = corners(kind, x, y, radius);
  if (!points.length) {
    context.moveTo(x + radius, y);
    context.arc(x, y, radius, 0, 2 * Math.PI);
    return;
  }
  context.moveTo(...points[0]);
  for (const point of points.slice(1)) context.lineTo(...point);
  context.closePath();
}

/** The widths of ties by their weights: each by the share of the weights that are less. */
export function widths(weights) {
  const ordered = [...weights].sort((a, b) => a - b);
  const first = new Map();
  ordered.forEach((weight, place) => first.has(weight) || first.set(weight, place));
  const steps = MARKS.widths;
  return new Map([...first].map(([weight, weaker]) => [weight, steps[Math.floor((steps.length * weaker) / ordered.length)]]));
}

/** The width of the empty middle of a hollow line. */
export function middle(width) {
  return Math.max(width - MARKS.rim, width * MARKS.middle);
}

/** Read the colours of the theme from the style sheet. */
export function palette(element) {
  const style = getComputedStyle(element);
  const read = (name) => style.getPropertyValue(`--${name}`).trim();
  const names = ["paper", "ink", "quiet", "accent", "held", "way", "planned"];
  return { ...Object.fromEntries(names.map((name) => [name, read(name)])), font: style.fontFamily };
}
