// A legend of what is shown, and of nothing else.

import { el, words } from "./dom.js";
import { strands } from "./model.js";
import { fill, HOLLOW, LINES, middle, outline } from "./shapes.js";

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

/** Show the kinds of actors and the sorts of ties that a network has. */
export function showLegend(host, net, state, colours) {
  const kinds = [...new Set(net.actors.map(({ kind }) => kind))].sort();
  const found = net.ties.flatMap(strands);
  const items = kinds.map((kind) => [
    sample((context) => {
      outline(context, kind, 9, 8, 5.5);
      context.fillStyle = fill(kind);
      context.fill();
      context.strokeStyle = colours.ink;
      context.stroke();
    }, 18),
    words(kind),
  ]);
  for (const status of Object.keys(LINES)) {
    if (found.some((one) => one.status === status)) items.push([line(status, false, colours), LINES[status].words]);
  }
  const sure = found.find(({ uncertain }) => uncertain);
  if (sure) items.push([line(sure.status, true, colours), `${HOLLOW}; or a date that may lie outside`]);
  host.replaceChildren(
    ...items.map(([picture, text]) => el("li", {}, picture, text)),
    ...(items.length ? [el("li", {}, `size: ${state.measure}; width: number of events`)] : []),
  );
}
