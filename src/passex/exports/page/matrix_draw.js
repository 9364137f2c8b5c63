// The drawing of a matrix: the names beside and above it, and its cells; on a canvas, or with a pen of SVG.

import { strands } from "./model.js";
import { fill, LINES, middle } from "./shapes.js";

// How wide the band of colour between a name and its cells is.
export const BAND = 5;

/** Write the names of actors, with the colours of their groups: to the left of the cells, or above them. */
export function drawNames(context, { net, actors, cell, colours, margin, readable, cursor, chosen }, above) {
  context.textBaseline = "middle";
  actors.forEach((actor, place) => {
    context.save();
    if (above) {
      context.translate(place * cell + cell / 2, margin);
      context.rotate(-Math.PI / 2);
    } else context.translate(margin, place * cell + cell / 2);
    context.fillStyle = fill(actor.kind, net.level.community.get(actor.number));
    context.fillRect(above ? 0 : -BAND, -cell / 2, BAND, cell);
    if (readable) {
      const here = cursor && cursor[above ? 1 : 0] === place;
      context.font = `${here || actor === chosen ? 700 : 400} ${Math.min(cell - 2, 13)}px ${colours.font}`;
      context.fillStyle = colours.ink;
      context.textAlign = above ? "left" : "right";
      context.fillText(shortened(context, actor.label, margin - BAND - 8), above ? BAND + 4 : -BAND - 4, 0);
    }
    context.restore();
  });
}

/** Draw the cells, and the lines between groups. */
export function drawCells(context, scene) {
  const { net, actors, cell, colours, ties, cursor } = scene;
  const side = cell * actors.length;
  context.fillStyle = colours.quiet;
  context.globalAlpha = 0.14;
  actors.forEach((_, place) => context.fillRect(place * cell, place * cell, cell, cell));
  const community = ({ number }) => net.level.community.get(number);
  actors.forEach((actor, place) => {
    if (place && community(actor) === community(actors[place - 1])) return;
    context.globalAlpha = 0.5;
    context.fillRect(0, place * cell, side, 0.5);
    context.fillRect(place * cell, 0, 0.5, side);
  });
  context.globalAlpha = 1;
  for (const [key, tie] of ties) {
    const [row, column] = key.split(",").map(Number);
    drawTie(context, scene, tie, column * cell, row * cell);
  }
  if (!actors.length || !cursor) return;
  const [row, column] = cursor;
  context.strokeStyle = colours.accent;
  context.lineWidth = 2;
  context.strokeRect(column * cell + 1, row * cell + 1, cell - 2, cell - 2);
}

function drawTie(context, { cell, colours, thick, chosen }, tie, x, y) {
  const rim = cell > 8 ? 1 : 0;
  const [lines, size] = [strands(tie), cell - 2 * rim];
  const held = lines.find(({ status }) => status !== "planned");
  const { colour } = LINES[lines[0].status];
  context.globalAlpha = 0.18 + 0.1 * thick(tie.weight + tie.plannedWeight);
  context.fillStyle = context.strokeStyle = colours[colour];
  if (held) context.fillRect(x + rim, y + rim, size, size);
  context.globalAlpha = 1;
  if (!held) {
    context.lineWidth = 1.5;
    context.strokeRect(x + rim + 0.75, y + rim + 0.75, size - 1.5, size - 1.5);
  } else if (lines.every(({ uncertain }) => uncertain) && cell > 8) {
    const inner = middle(size) * 0.6;
    context.fillStyle = colours.paper;
    context.fillRect(x + rim + (size - inner) / 2, y + rim + (size - inner) / 2, inner, inner);
  }
  if (tie !== chosen && tie.a !== chosen && tie.b !== chosen) return;
  context.strokeStyle = colours.accent;
  context.lineWidth = 1.5;
  context.strokeRect(x + 0.75, y + 0.75, cell - 1.5, cell - 1.5);
}

/** Shorten a name to a width, in its middle: names that begin alike often differ at the end. */
function shortened(context, label, width) {
  if (context.measureText(label).width <= width) return label;
  const letters = [...label];
  let [head, tail] = [60, 60];
  const cut = () => `${letters.slice(0, head).join("").trimEnd()}…${letters.slice(letters.length - tail).join("").trimStart()}`;
  if (letters.length < head + tail) [head, tail] = [Math.ceil(letters.length / 2), Math.floor(letters.length / 2)];
  while (head > 1 && context.measureText(cut()).width > width) {
    if (tail >= head && tail > 1) tail -= 1;
    else head -= 1;
  }
  return cut();
}
