// Where labels stand: beside their nodes, never over each other or over another node.

const LINE = 15;
const LONGEST = 22;

/** Break a label into at most three lines at its spaces; what is longer ends in an ellipsis. */
export function wrap(label) {
  const lines = [""];
  for (const word of label.split(/\s+/)) {
    const line = lines.at(-1);
    const wider = line ? `${line} ${word}` : word;
    if (line && wider.length > LONGEST) lines.push(word);
    else lines[lines.length - 1] = wider;
  }
  const shown = lines.slice(0, 3).map((line) => {
    const letters = [...line];
    return letters.length > LONGEST + 6 ? `${letters.slice(0, LONGEST).join("")}…` : line;
  });
  if (lines.length > 3) shown[2] = `${shown[2].replace(/…$/, "")}…`;
  return shown;
}

/** Rectangles in a grid, to find in no time which overlap. */
class Taken {
  cells = new Map();

  each(box, visit) {
    for (let column = Math.floor(box.x / 64); column <= (box.x + box.w) / 64; column += 1) {
      for (let row = Math.floor(box.y / 64); row <= (box.y + box.h) / 64; row += 1) {
        if (visit(`${column},${row}`)) return true;
      }
    }
    return false;
  }

  add(box) {
    this.each(box, (key) => {
      if (!this.cells.has(key)) this.cells.set(key, []);
      this.cells.get(key).push(box);
      return false;
    });
  }

  meets(box) {
    return this.each(box, (key) => (this.cells.get(key) ?? []).some((other) => overlap(box, other)));
  }
}

function overlap(a, b) {
  if (a.owner !== undefined && a.owner === b.owner) return false;
  return a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;
}

/**
 * Place the labels of nodes on the screen, the most important first.
 * @param spots [{ id, label, x, y, r, must, toward }] in that order; `must` has its label anyway,
 *   `toward` is where its partners are: the other side is tried first.
 *   `loud` has its label even over other nodes.
 * @param ties [{ from, to }] that labels rather not cover.
 * @returns [{ id, lines, x, y, align }], x and y of the first line's middle.
 */
export function place(spots, ties, width, height, measureText) {
  const [taken, written] = [new Taken(), new Taken()];
  for (const { id, x, y, r } of spots) taken.add({ owner: id, x: x - r, y: y - r, w: 2 * r, h: 2 * r });
  const placed = [];
  for (const spot of spots) {
    const lines = wrap(spot.label);
    const w = Math.max(...lines.map(measureText)) + 4;
    const h = lines.length * LINE;
    const choices = sides(spot, w, h).map(([align, x, y]) => {
      const left = align === "center" ? x - w / 2 : align === "left" ? x : x - w;
      return { align, x, y, box: { owner: spot.id, x: left, y, w, h } };
    });
    const inside = choices.filter(
      ({ box }) => box.x >= 2 && box.y >= 2 && box.x + w <= width - 2 && box.y + h <= height - 2,
    );
    let free = inside.filter(({ box }) => !taken.meets(box));
    if (!free.length && spot.loud) free = inside.filter(({ box }) => !written.meets(box));
    const crossed = free.map(({ box }) => ties.filter((tie) => crosses(tie, box)).length);
    const best = free[crossed.indexOf(Math.min(...crossed))];
    const found = best ?? (spot.must ? choices[0] : null);
    if (found === null) continue;
    taken.add(found.box);
    written.add(found.box);
    placed.push({ id: spot.id, lines, x: found.x, y: found.y + LINE / 2, align: found.align });
  }
  return placed;
}

/** Whether a tie runs through a box: its ends lie on different sides, and it enters. */
function crosses({ from, to }, { x, y, w, h }) {
  let [enter, leave] = [0, 1];
  for (const [start, end, low, high] of [[from.x, to.x, x, x + w], [from.y, to.y, y, y + h]]) {
    const step = end - start;
    if (step === 0) {
      if (start < low || start > high) return false;
      continue;
    }
    const [one, other] = [(low - start) / step, (high - start) / step];
    enter = Math.max(enter, Math.min(one, other));
    leave = Math.min(leave, Math.max(one, other));
  }
  return enter < leave;
}

function sides({ x, y, r, toward }, w, h) {
  const gap = r + 5;
  const all = {
    below: ["center", x, y + gap],
    above: ["center", x, y - gap - h],
    right: ["left", x + gap, y - h / 2],
    left: ["right", x - gap, y - h / 2],
    southEast: ["left", x + gap * 0.8, y + gap * 0.5],
    northEast: ["left", x + gap * 0.8, y - gap * 0.5 - h],
    southWest: ["right", x - gap * 0.8, y + gap * 0.5],
    northWest: ["right", x - gap * 0.8, y - gap * 0.5 - h],
  };
  const dx = toward ? x - toward.x : 0;
  const dy = toward ? y - toward.y : 1;
  const vertical = dy >= 0 ? ["below", "above"] : ["above", "below"];
  const horizontal = dx >= 0 ? ["right", "left"] : ["left", "right"];
  const steep = Math.abs(dy) * 1.5 >= Math.abs(dx);
  const order = steep ? [...vertical, ...horizontal] : [horizontal[0], ...vertical, horizontal[1]];
  return [...order, "southEast", "northEast", "southWest", "northWest"].map((side) => all[side]);
}

export const LINE_HEIGHT = LINE;
