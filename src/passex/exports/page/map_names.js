// The names of places beside their marks, where there is room for them.

import { reach } from "./clusters.js";

const LONGEST = 32;
const HALF = 9;
const MOST = 60;
// The buttons stand there.
const CORNER = { wide: 60, high: 132 };

let pen = null;

function width(text) {
  pen ??= document.createElement("canvas").getContext("2d");
  pen.font = `12.5px ${getComputedStyle(document.body).fontFamily}`;
  return pen.measureText(text).width;
}

function short(label) {
  const letters = [...label];
  return letters.length > LONGEST ? `${letters.slice(0, LONGEST - 1).join("")}…` : label;
}

/** How far circles side by side reach to the right of their first one's middle. */
function right(counts) {
  return counts.reduce((sum, [, count], n) => sum + (n ? 2 * reach(count) + 2 : reach(count)), 0);
}

/** Place names of clusters on a map of a size: [{ text, x, y, anchor }], in pixels. */
export function names(clusters, { wide, high }) {
  const taken = clusters.map(({ x, y, r, counts }) => ({ left: x - r, right: x + right(counts), top: y - r, bottom: y + r }));
  taken.push({ left: wide - CORNER.wide, right: wide, top: high - CORNER.high, bottom: high });
  const found = [];
  for (const one of clusters) {
    if (one.x < 0 || one.y < 0 || one.x > wide || one.y > high || found.length === MOST) continue;
    const [{ place }] = one.spots;
    const text = short(place.label) + (one.spots.length > 1 ? ` +${one.spots.length - 1}` : "");
    const long = width(text);
    const far = right(one.counts) + 5;
    for (const [anchor, x, y] of [
      ["start", one.x + far, one.y],
      ["end", one.x - one.r - 5, one.y],
      ["middle", one.x, one.y + one.r + HALF + 3],
      ["middle", one.x, one.y - one.r - HALF - 3],
    ]) {
      const left = x - { start: 0, middle: long / 2, end: long }[anchor];
      const box = { left: left - 2, right: left + long + 2, top: y - HALF, bottom: y + HALF };
      if (box.left < 2 || box.right > wide - 2 || box.top < 2 || box.bottom > high - 2) continue;
      if (taken.some((other) => box.left < other.right && other.left < box.right && box.top < other.bottom && other.top < box.bottom)) continue;
      taken.push(box);
      found.push({ text, anchor, x, y: y + 4.5 });
      break;
    }
  }
  return found;
}
