// One tab stop for many marks, as in the ARIA pattern of a roving tabindex: arrows go from mark to mark.

const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

function middle(node) {
  const { left, right, top, bottom } = node.getBoundingClientRect();
  return [(left + right) / 2, (top + bottom) / 2];
}

/** Give, of some nodes, the one that is nearest in a direction; null where there is none. */
function nearest(nodes, from, [sx, sy]) {
  const [x, y] = middle(from);
  let [best, least] = [null, Infinity];
  for (const node of nodes) {
    if (node === from) continue;
    const [nx, ny] = middle(node);
    const along = (nx - x) * sx + (ny - y) * sy;
    const aside = Math.abs((nx - x) * sy) + Math.abs((ny - y) * sx);
    const cost = along > 0.5 ? along + 2 * aside : Infinity;
    if (cost < least) [best, least] = [node, cost];
  }
  return best;
}

/** Make what `selector` finds in a host one tab stop. Call `enter` when what is there has changed. */
export function rove(host, selector, reached = () => {}) {
  const all = () => [...host.querySelectorAll(selector)];
  const step = (node) => {
    if (!node) return;
    for (const one of all()) one.setAttribute("tabindex", one === node ? "0" : "-1");
    node.focus({ preventScroll: true });
    reached(node);
  };
  host.addEventListener("keydown", (event) => {
    const from = event.target.closest(selector);
    if (!from || event.ctrlKey || event.metaKey || event.altKey) return;
    const nodes = all();
    const to = ARROWS[event.key]
      ? nearest(nodes, from, ARROWS[event.key])
      : { Home: nodes[0], End: nodes.at(-1) }[event.key];
    if (!to && !ARROWS[event.key]) return;
    event.preventDefault();
    step(to);
  });
  return {
    enter() {
      const nodes = all();
      if (!nodes.some((node) => node.getAttribute("tabindex") === "0")) nodes[0]?.setAttribute("tabindex", "0");
    },
  };
}
