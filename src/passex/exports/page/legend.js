// A legend of what is shown, and of nothing else.

import { el, say, words } from "./dom.js";
import { strands } from "./model.js";
import { fill, HOLLOW, LINES, look, middle, outline, PALETTE } from "./shapes.js";

function sample(draw, wide) {
  const canvas = el("canvas", { width: wide * 2, height: 32, "aria-hidden": "true" });
  canvas.style.width = `${wide}px`;
  canvas.style.height = "16px";
  const context = canvas.getContext("2d");
  context.scale(2, 2);
  draw(context);
  return canvas;
}

function line(status, hollow, colours) {
  const { dash, colour } = LINES[status];
  return sample((context) => {
    for (const [width, paint, pattern] of [[5, colours[colour], dash], [middle(5), colours.paper, []]]) {
      if (paint === colours.paper && !hollow) continue;
      context.beginPath();
      context.setLineDash(pattern);
      context.moveTo(1, 8);
      context.lineTo(43, 8);
      context.lineWidth = width;
      context.strokeStyle = paint;
      context.stroke();
    }
  }, 44);
}

/** Name groups by their strongest actors: [{ number, words }], the largest first; none where all are in one. */
export function namesOf(net) {
  const strength = new Map();
  for (const { a, b, weight, plannedWeight } of net.every ?? net.ties) {
    for (const end of [a, b]) strength.set(end, (strength.get(end) ?? 0) + weight + plannedWeight);
  }
  const groups = new Map();
  for (const actor of net.actors) {
    const number = net.level.community.get(actor.number);
    if (number === undefined) continue;
    if (!groups.has(number)) groups.set(number, []);
    groups.get(number).push(actor);
  }
  return [...groups].sort(([a], [b]) => a - b).map(([number, members]) => {
    const first = members.reduce((best, one) => ((strength.get(one) ?? 0) > (strength.get(best) ?? 0) ? one : best));
    return { number, size: members.length, words: first.label + (members.length > 1 ? ` and ${say(members.length - 1, "other")}` : "") };
  });
}

function mark(kind, colour, colours) {
  return sample((context) => {
    outline(context, kind, 9, 8, 5.5);
    context.fillStyle = colour;
    context.fill();
    context.strokeStyle = colours.ink;
    context.stroke();
  }, 18);
}

/** Say what shapes, colours, lines, widths and sizes mean in what is drawn; `size` is the measure, or null. */
export function showLegend(host, net, size, colours) {
  const kinds = [...new Set(net.actors.map(({ kind }) => kind))].sort();
  const found = net.ties.flatMap(strands);
  const groups = namesOf(net);
  const grouped = groups.length > 0;
  // Where colours say something else, kinds of one shape are one entry.
  const shapes = new Map();
  for (const kind of kinds) {
    const { sides, turn, colour } = look(kind);
    const key = `${sides} ${turn} ${grouped ? "" : colour}`;
    shapes.set(key, [...(shapes.get(key) ?? []), kind]);
  }
  const items = [...shapes.values()].map((same) => [mark(same[0], grouped ? colours.paper : fill(same[0]), colours), same.map(words).join(" or ")]);
  const coloured = groups.filter(({ number }) => number < PALETTE);
  for (const { number, words: text } of coloured) items.push([mark("State", fill("", number), colours), text]);
  if (grouped && net.actors.length > coloured.reduce((total, group) => total + group.size, 0)) {
    items.push([mark("State", fill("", Infinity), colours), "smaller groups"]);
  }
  for (const status of Object.keys(LINES)) {
    if (found.some((one) => one.status === status)) items.push([line(status, false, colours), LINES[status].words]);
  }
  const sure = found.find(({ uncertain }) => uncertain);
  const dates = net.ties.some(({ occasions }) => occasions.some(({ possible }) => possible));
  if (sure) items.push([line(sure.status, true, colours), dates ? `${HOLLOW}; or a date that may lie outside` : HOLLOW]);
  const said = [];
  if (net.ties.length > 1) said.push("width: weight of the tie, in four steps");
  if (net.actors.length) said.push(size ? `size: ${size}` : "size: all alike, since nobody is ranked");
  if (grouped) said.push("colour: groups that train more among themselves, by all exercises and plans at this level (Louvain)");
  host.replaceChildren(...items.map(([picture, text]) => el("li", {}, picture, el("span", { dir: "auto" }, text))), ...said.map((text) => el("li", {}, text)));
}

/** Say what the colours of a matrix mean: of its cells, and of the bands beside the names. */
export function showMatrixLegend(host, net, colours) {
  const square = (colour, size, empty = false) => sample((context) => {
    context.fillStyle = context.strokeStyle = colour;
    context.lineWidth = 1.5;
    if (empty) context.strokeRect(3, 3, 10, 10);
    else context.fillRect(2, 2, size, 12);
  }, 18);
  const first = new Set(net.ties.map((tie) => strands(tie)[0].status));
  const items = Object.keys(LINES).filter((status) => first.has(status)).map((status) => {
    const mixed = net.ties.some((tie) => strands(tie)[0].status === status && strands(tie).length > 1);
    const text = mixed ? `${LINES[status].words}, alone or with others` : `${LINES[status].words} only`;
    return [square(colours[LINES[status].colour], 12, status === "planned"), text];
  });
  const groups = namesOf(net);
  const bands = groups.filter(({ number }) => number < PALETTE).map(({ number, words: text }) => [fill("", number), text]);
  if (groups.some(({ number }) => number >= PALETTE)) bands.push([fill("", Infinity), "smaller groups"]);
  if (!groups.length) for (const kind of [...new Set(net.actors.map((actor) => actor.kind))].sort()) bands.push([fill(kind), words(kind)]);
  items.push(...bands.map(([colour, text]) => [square(colour, 5), text]));
  host.replaceChildren(...items.map(([picture, text]) => el("li", {}, picture, el("span", { dir: "auto" }, text))));
}
