// One frame of the network on a canvas. Much is shown as plain lines, little in full: what lies
// outside the frame is left out, and labels and strands come where there is room.

import { fill, LINES, middle, outline, widths } from "./shapes.js";
import { LINE_HEIGHT, place } from "./labels.js";
import { strands } from "./model.js";

// More ties than this in the frame are plain lines, without parallel strands.
const DETAILED = 1500;
const LABELS = 200;
// So many where thousands of actors are drawn.
const LABELS_IN_CROWD = 60;
// So many of the largest are named even over others.
const LOUD = 12;
// More ties than this in the frame are drawn thinner.
const FEW = 40;
// Up to so many ties, labels keep clear of them.
const CLEAR = 400;

/**
 * How large an actor is drawn, from 0 to 1 of the greatest score: areas grow as scores do. Without a score
 * all are alike.
 */
export function radius(share, crowd, zoom, width) {
  const least = Math.min(Math.max(34 / Math.sqrt(crowd), crowd > 1000 ? 1.5 : 2.4), 7);
  const most = least + (crowd > 1000 ? 9 : 13);
  const usual = Math.min(Math.max(62 / Math.sqrt(crowd), crowd > 1000 ? 1.8 : 3.2), 11);
  const r = share === undefined ? usual : least + (most - least) * Math.sqrt(Math.max(share, 0));
  return r * (width < 500 ? 0.75 : 1) * Math.min(Math.max(zoom, 0.7), 2.2);
}

/** Give the width of a line by its weight: by the share of the weights that are less. */
export function thickness(weights) {
  const of = widths(weights);
  const known = [...of.keys()].sort((a, b) => a - b);
  return (weight) => of.get(weight) ?? of.get(known.findLast((one) => one <= weight)) ?? 2;
}

/** Draw a frame: `scene` is { spots, ties, focus, chosen, cursor, crowd, colours, width, height }. */
export function draw(context, scene) {
  const { width, height, colours } = scene;
  context.fillStyle = colours.paper;
  context.fillRect(0, 0, width, height);
  const inside = (spot) => spot.x > -60 && spot.x < width + 60 && spot.y > -60 && spot.y < height + 60;
  const seen = scene.ties.filter(({ from, to }) => crosses(from, to, width, height));
  if (seen.length > DETAILED) plain(context, seen, scene);
  else {
    // The strongest last, over the others.
    for (const one of seen.toReversed()) detailed(context, one, { ...scene, slim: slimness(seen.length) });
  }
  const nodes = scene.spots.filter(inside);
  for (const spot of nodes) node(context, spot, scene);
  labels(context, nodes, seen.length <= CLEAR ? seen : [], scene);
}

/** Many ties are drawn thin, so that they do not cover each other and the actors. */
function slimness(count) {
  return Math.min(Math.max(Math.sqrt(FEW / count), 0.35), 1.3);
}

function crosses(a, b, width, height) {
  return !(
    (a.x < 0 && b.x < 0) || (a.y < 0 && b.y < 0) ||
    (a.x > width && b.x > width) || (a.y > height && b.y > height)
  );
}

/** Lines of one status and width at a time, the thin ones first: thousands are drawn at once. */
function plain(context, seen, { colours, focus, thick }) {
  const sorts = new Map();
  for (const one of seen) {
    if (focus && one.lit) continue;
    const width = thick(one.tie.weight + one.tie.plannedWeight);
    const key = `${width} ${one.main}`;
    if (!sorts.has(key)) sorts.set(key, { width, status: one.main, lines: [] });
    sorts.get(key).lines.push(one);
  }
  const slim = slimness(seen.length);
  for (const { width, status, lines } of [...sorts.values()].sort((a, b) => a.width - b.width)) {
    const { dash, colour } = LINES[status];
    context.beginPath();
    for (const { from, to } of lines) {
      context.moveTo(from.x, from.y);
      context.lineTo(to.x, to.y);
    }
    context.lineWidth = Math.max(width * slim, 0.35);
    // One path is one coat of paint, so that crossings of thousands do not turn black.
    context.globalAlpha = focus ? 0.08 : Math.min(0.12 + width * 0.05, 0.6) * (seen.length > 8000 ? 0.75 : 1);
    context.setLineDash(seen.length > 4000 ? [] : dash);
    context.strokeStyle = colours[colour];
    context.stroke();
  }
  context.globalAlpha = 1;
  context.setLineDash([]);
  if (!focus) return;
  for (const one of seen) if (one.lit) detailed(context, one, { colours, focus, slim: 0.5, thick });
}

function detailed(context, { tie, from, to, lit }, { colours, focus, slim, thick }) {
  const lines = strands(tie);
  const dx = to.x - from.x;
  const dy = to.y - from.y;
  const length = Math.hypot(dx, dy) || 1;
  const wide = lines.map(({ weight }) => Math.max(thick(weight) * slim, 0.6));
  const gap = 3;
  let offset = -(wide.reduce((a, b) => a + b, 0) + gap * (lines.length - 1)) / 2;
  lines.forEach(({ status, weight, uncertain }, number) => {
    const shift = offset + wide[number] / 2;
    offset += wide[number] + gap;
    const [sx, sy] = [(-dy / length) * shift, (dx / length) * shift];
    const stroke = (width, colour, dash) => {
      context.beginPath();
      context.moveTo(from.x + sx, from.y + sy);
      context.lineTo(to.x + sx, to.y + sy);
      context.lineWidth = width;
      context.strokeStyle = colour;
      context.setLineDash(dash);
      context.stroke();
    };
    const { dash, colour } = LINES[status];
    // Where there are many, what lies beneath shines through.
    context.globalAlpha = focus && !lit ? 0.14 : slim < 1 && !lit ? 0.25 + 0.07 * thick(weight) : 1;
    const dim = focus && !lit;
    stroke(dim && uncertain ? Math.min(wide[number], 1.5) : wide[number], colours[colour], dash);
    // Hollow: what is uncertain has an empty middle.
    if (uncertain && !dim && wide[number] > 1.2) stroke(middle(wide[number]), colours.paper, []);
  });
  context.globalAlpha = 1;
  context.setLineDash([]);
}

function node(context, spot, { colours, focus, chosen, cursor }) {
  context.globalAlpha = focus && !spot.lit ? 0.25 : 1;
  context.beginPath();
  outline(context, spot.actor.kind, spot.x, spot.y, spot.r);
  context.fillStyle = fill(spot.actor.kind, spot.community);
  context.fill();
  context.lineWidth = spot.r > 6 ? 1.5 : spot.r > 3 ? 0.75 : 0.4;
  context.strokeStyle = colours.ink;
  context.stroke();
  context.globalAlpha = 1;
  if (spot.actor === chosen || spot.actor === cursor) {
    context.beginPath();
    context.arc(spot.x, spot.y, spot.r * 1.25 + 5, 0, 2 * Math.PI);
    context.lineWidth = 3;
    context.strokeStyle = colours.accent;
    context.setLineDash(spot.actor === cursor && spot.actor !== chosen ? [4, 3] : []);
    context.stroke();
    context.setLineDash([]);
  }
}

function labels(context, nodes, ties, { colours, width, height, focus, chosen, cursor, crowd }) {
  const size = crowd > 200 ? 12 : 13;
  context.font = `500 ${size}px ${colours.font}`;
  const must = (spot) => spot.actor === chosen || spot.actor === cursor;
  const first = [...nodes]
    .sort((a, b) => must(b) - must(a) || b.lit - a.lit || b.r - a.r)
    .slice(0, nodes.length > 1000 ? LABELS_IN_CROWD : LABELS)
    .map((spot, n) => ({ ...spot, loud: n < LOUD, id: spot.actor.id, label: spot.actor.label, must: must(spot) }));
  const placed = place(first, ties, width, height, (line) => context.measureText(line).width);
  context.textBaseline = "middle";
  context.lineJoin = "round";
  const lit = new Set(focus ? nodes.filter((spot) => spot.lit).map(({ actor }) => actor.id) : []);
  for (const { id, lines, x, y, align } of placed) {
    context.textAlign = align;
    context.globalAlpha = focus && !lit.has(id) ? 0.4 : 1;
    lines.forEach((line, number) => {
      context.lineWidth = 4;
      context.strokeStyle = colours.paper;
      context.strokeText(line, x, y + number * LINE_HEIGHT);
      context.fillStyle = colours.ink;
      context.fillText(line, x, y + number * LINE_HEIGHT);
    });
  }
  context.globalAlpha = 1;
}
