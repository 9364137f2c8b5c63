// One frame of the network on a canvas. Much is shown as plain lines, little in full: what lies
// outside the frame is left out, and labels and strands come where there is room.

import { fill, LINES, middle, outline } from "./shapes.js";
import { LINE_HEIGHT, place } from "./labels.js";
import { strands } from "./model.js";

// More ties than this in the frame are plain lines, without parallel strands.
const DETAILED = 1500;
const LABELS = 160;
// So many of the largest are named even over others.
const LOUD = 12;
// More ties than this in the frame are drawn thinner.
const FEW = 40;
// Up to so many ties, labels keep clear of them.
const CLEAR = 400;

/** How large an actor is drawn, from 0 to 1 of the greatest score. */
export function radius(share, crowd, zoom, width) {
  const base = Math.min(Math.max(60 / Math.sqrt(crowd), crowd > 1000 ? 1.7 : 2.6), width < 500 ? 6 : 8);
  return (base + base * 1.3 * Math.sqrt(Math.max(share, 0))) * Math.min(Math.max(zoom, 0.7), 2.2);
}

/** Draw a frame: `scene` is { spots, ties, focus, chosen, cursor, crowd, colours, width, height }. */
export function draw(context, scene) {
  const { width, height, colours } = scene;
  context.fillStyle = colours.paper;
  context.fillRect(0, 0, width, height);
  const inside = (spot) => spot.x > -60 && spot.x < width + 60 && spot.y > -60 && spot.y < height + 60;
  const seen = scene.ties.filter(({ from, to }) => crosses(from, to, width, height));
  if (seen.length > DETAILED) plain(context, seen, scene);
  else for (const one of seen) detailed(context, one, { ...scene, slim: slimness(seen.length) });
  const nodes = scene.spots.filter(inside);
  for (const spot of nodes) node(context, spot, scene);
  labels(context, nodes, seen.length <= CLEAR ? seen : [], scene);
}

/** Many ties are drawn thin, so that they do not cover each other and the actors. */
function slimness(count) {
  return Math.min(Math.max(Math.sqrt(FEW / count), 0.35), 1);
}

function crosses(a, b, width, height) {
  return !(
    (a.x < 0 && b.x < 0) || (a.y < 0 && b.y < 0) ||
    (a.x > width && b.x > width) || (a.y > height && b.y > height)
  );
}

function plain(context, seen, { colours, focus }) {
  context.lineWidth = seen.length > 8000 ? 0.5 : 0.8;
  for (const [status, { dash, colour }] of Object.entries(LINES)) {
    context.beginPath();
    for (const { from, to, main, lit } of seen) {
      if (main !== status || (focus && lit)) continue;
      context.moveTo(from.x, from.y);
      context.lineTo(to.x, to.y);
    }
    context.globalAlpha = focus ? 0.12 : seen.length > 8000 ? 0.3 : 0.45;
    context.setLineDash(seen.length > 4000 ? [] : dash);
    context.strokeStyle = colours[colour];
    context.stroke();
  }
  context.globalAlpha = 1;
  context.setLineDash([]);
  if (!focus) return;
  for (const one of seen) if (one.lit) detailed(context, one, { colours, focus, slim: 1 });
}

function detailed(context, { tie, from, to, lit }, { colours, focus, slim }) {
  const lines = strands(tie);
  const dx = to.x - from.x;
  const dy = to.y - from.y;
  const length = Math.hypot(dx, dy) || 1;
  const widths = lines.map(({ count }) => Math.min(2 + 1.6 * Math.sqrt(count), 9) * slim);
  const gap = 3;
  let offset = -(widths.reduce((a, b) => a + b, 0) + gap * (lines.length - 1)) / 2;
  lines.forEach(({ status, uncertain }, number) => {
    const shift = offset + widths[number] / 2;
    offset += widths[number] + gap;
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
    context.globalAlpha = focus && !lit ? 0.14 : slim < 1 && !lit ? 0.8 : 1;
    stroke(widths[number], colours[colour], dash);
    // Hollow: what is uncertain has an empty middle.
    if (uncertain) stroke(middle(widths[number]), colours.paper, []);
  });
  context.globalAlpha = 1;
  context.setLineDash([]);
}

function node(context, spot, { colours, focus, chosen, cursor }) {
  context.globalAlpha = focus && !spot.lit ? 0.25 : 1;
  context.beginPath();
  outline(context, spot.actor.kind, spot.x, spot.y, spot.r);
  context.fillStyle = fill(spot.actor.kind, spot.actor.community);
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
    .filter((spot) => !focus || spot.lit)
    .sort((a, b) => must(b) - must(a) || b.r - a.r)
    .slice(0, LABELS)
    .map((spot, n) => ({ ...spot, loud: n < LOUD, id: spot.actor.id, label: spot.actor.label, must: must(spot) }));
  const placed = place(first, ties, width, height, (line) => context.measureText(line).width);
  context.textBaseline = "middle";
  context.lineJoin = "round";
  for (const { lines, x, y, align } of placed) {
    context.textAlign = align;
    lines.forEach((line, number) => {
      context.lineWidth = 4;
      context.strokeStyle = colours.paper;
      context.strokeText(line, x, y + number * LINE_HEIGHT);
      context.fillStyle = colours.ink;
      context.fillText(line, x, y + number * LINE_HEIGHT);
    });
  }
}
