// Where everything of the network stands on the screen, and what is there.

import { radius } from "./graph_draw.js";
import { strands } from "./model.js";

const CELL = 60;

/** Put a view's network on a screen: spots, ties between them, and who is lit. */
export function layScene({ net, camera, share, main, thick, chosen, over, cursor }, { width, height }) {
  const crowd = net.actors.length;
  const zoom = camera.scale / camera.fitted;
  const focus = chosen ?? (crowd < 400 ? over : null);
  const lit = new Set();
  if (focus?.occasions) for (const actor of [focus.a, focus.b]) lit.add(actor);
  else if (focus) {
    lit.add(focus);
    for (const { a, b } of net.every) if (a === focus || b === focus) lit.add(a).add(b);
  }
  const at = new Map();
  const spots = net.actors.map((actor) => {
    const point = camera.toScreen(net.spot.get(actor.number), width, height);
    const community = net.level.community.get(actor.number);
    const spot = { ...point, actor, community, r: radius(share?.get(actor), crowd, zoom, width), lit: lit.has(actor) };
    at.set(actor, spot);
    return spot;
  });
  // Whoever is looked at shows all of its ties, and a chosen tie is drawn, whatever the picture leaves out.
  const isLit = (tie) => focus === tie || focus === tie.a || focus === tie.b;
  const extra = focus && net.every.length > net.ties.length
    ? net.every.filter((tie) => isLit(tie) && !main.has(tie) && at.has(tie.a) && at.has(tie.b))
    : [];
  const ties = [...net.ties, ...extra].map((tie) => ({
    tie,
    from: at.get(tie.a),
    to: at.get(tie.b),
    main: main.get(tie) ?? strands(tie)[0].status,
    lit: isLit(tie),
  }));
  if (crowd <= 200) for (const { from, to } of ties) toward(from, to), toward(to, from);
  for (const spot of spots) if (spot.sum) spot.toward = { x: spot.sum.x / spot.sum.n, y: spot.sum.y / spot.sum.n };
  const cells = new Map();
  for (const spot of spots) {
    const key = `${Math.floor(spot.x / CELL)},${Math.floor(spot.y / CELL)}`;
    if (!cells.has(key)) cells.set(key, []);
    cells.get(key).push(spot);
  }
  const ringed = chosen?.occasions ? null : chosen;
  return { spots, ties, cells, focus, thick, chosen: ringed, cursor, crowd, width, height };
}

/** Find what is at a point: an actor, or else a tie. */
export function pick(scene, x, y) {
  const [column, row] = [Math.floor(x / CELL), Math.floor(y / CELL)];
  let best = null;
  let least = Infinity;
  for (const c of [column - 1, column, column + 1]) {
    for (const r of [row - 1, row, row + 1]) {
      for (const spot of scene.cells.get(`${c},${r}`) ?? []) {
        const far = Math.hypot(spot.x - x, spot.y - y) - spot.r;
        if (far < 8 && far < least) [best, least] = [spot.actor, far];
      }
    }
  }
  if (best) return best;
  least = 9;
  for (const { tie, from, to } of scene.ties) {
    const far = distance(x, y, from, to, least);
    if (far < least) [best, least] = [tie, far];
  }
  return best;
}

function toward(spot, other) {
  spot.sum ??= { x: 0, y: 0, n: 0 };
  spot.sum.x += other.x;
  spot.sum.y += other.y;
  spot.sum.n += 1;
}

function distance(x, y, a, b, least) {
  if (x < Math.min(a.x, b.x) - least || x > Math.max(a.x, b.x) + least) return Infinity;
  if (y < Math.min(a.y, b.y) - least || y > Math.max(a.y, b.y) + least) return Infinity;
  const [dx, dy] = [b.x - a.x, b.y - a.y];
  const share = Math.min(Math.max(((x - a.x) * dx + (y - a.y) * dy) / (dx * dx + dy * dy || 1), 0), 1);
  return Math.hypot(x - a.x - share * dx, y - a.y - share * dy);
}
