// A result as a graph, where it is one: triples, or rows with two columns of nodes.

import { el, say, svg } from "./dom.js";
import { corners, fill } from "./shapes.js";
import { addressOf, isNode } from "./terms.js";

const NODES = 200;
const LABELLED = 60; // with more ties, what they say is shown only where one points
const LONG = 34; // a longer name is cut in the picture; pointing at it shows it
const TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type";

/** Find the ties of a result: `{nodes, ties, left}`; null where it is no graph. */
export function graphOf(found, shorten, labels) {
  const nodes = new Map();
  const ties = new Map();
  let left = 0;
  const node = ({ type, value }) => {
    if (!nodes.has(value) && nodes.size < NODES) {
      nodes.set(value, { id: value, label: labels.get(value) ?? (type === "iri" ? shorten(value) : value), iri: type === "iri" });
    }
    return nodes.get(value);
  };
  const tie = (a, b, label) => {
    const [from, to] = [node(a), node(b)];
    if (!from || !to) {
      left += 1;
      return;
    }
    // What is said both ways is one line with two arrows.
    const back = ties.get(`${b.value} ${a.value}`);
    if (back && a.value !== b.value && (!label || back.labels.has(label))) {
      back.both = true;
      return;
    }
    const key = `${a.value} ${b.value}`;
    if (!ties.has(key)) ties.set(key, { from, to, both: false, labels: new Set() });
    if (label) ties.get(key).labels.add(label);
  };
  if (found.kind === "graph") {
    for (const [subject, property, object] of found.rows) {
      if (isNode(object) && property.value !== TYPE) tie(subject, object, shorten(property.value));
    }
  } else {
    const columns = found.columns
      .map((_, place) => place)
      .filter((place) => {
        const cells = found.rows.map((row) => row[place]).filter(Boolean);
        return cells.length > 0 && cells.every(isNode) && cells.some((term) => !ofVocabulary(shorten(term.value)));
      });
    if (columns.length < 2) return null;
    const [a, b] = columns;
    for (const row of found.rows) if (row[a] && row[b] && row[a].value !== row[b].value) tie(row[a], row[b], "");
  }
  return ties.size ? { nodes: [...nodes.values()], ties: [...ties.values()], left } : null;
}

/** Whether a name is that of a property or a class: what nodes are tied by, not what is tied. */
function ofVocabulary(name) {
  return /^(?!id:)[a-z]+:[^/]/.test(name) && !name.startsWith("urn:");
}

function short(label) {
  return label.length > LONG ? `${label.slice(0, LONG - 1)}\u2026` : label;
}

/** Number the parts of a graph that hang together: `part` of each node. */
function parts(nodes, ties) {
  const near = new Map(nodes.map((node) => [node, []]));
  for (const { from, to } of ties) {
    near.get(from).push(to);
    near.get(to).push(from);
  }
  let part = 0;
  for (const first of nodes) {
    if (first.part) continue;
    part += 1;
    const waiting = [first];
    while (waiting.length) {
      const node = waiting.pop();
      if (node.part) continue;
      node.part = part;
      waiting.push(...near.get(node));
    }
  }
}

/** Place the nodes: ties pull, nodes push (Fruchterman and Reingold 1991), from a spiral, without chance. */
function place(nodes, ties) {
  parts(nodes, ties);
  nodes.forEach((node, number) => {
    const [angle, radius] = [number * 2.399963, 30 * Math.sqrt(number + 0.5)];
    Object.assign(node, { x: radius * Math.cos(angle), y: radius * Math.sin(angle) });
  });
  const ideal = 110;
  const rounds = nodes.length > 100 ? 200 : 400;
  for (let round = 0; round < rounds; round++) {
    for (const node of nodes) Object.assign(node, { dx: -node.x * 0.2, dy: -node.y * 0.35 });
    for (let i = 0; i < nodes.length; i++) {
      for (let j = i + 1; j < nodes.length; j++) {
        const [a, b] = [nodes[i], nodes[j]];
        const [x, y] = [a.x - b.x, a.y - b.y];
        // Parts keep less of a distance from each other than the nodes within them.
        const push = ((a.part === b.part ? 1 : 0.2) * ideal ** 2) / Math.max(x * x + y * y, 1);
        a.dx += x * push;
        a.dy += y * push;
        b.dx -= x * push;
        b.dy -= y * push;
      }
    }
    for (const { from, to } of ties) {
      const [x, y] = [from.x - to.x, from.y - to.y];
      const pull = Math.hypot(x, y) / ideal;
      from.dx -= x * pull;
      from.dy -= y * pull;
      to.dx += x * pull;
      to.dy += y * pull;
    }
    const reach = 40 * (1 - round / rounds);
    for (const node of nodes) {
      const size = Math.hypot(node.dx, node.dy) || 1;
      node.x += (node.dx / size) * Math.min(size, reach);
      node.y += (node.dy / size) * Math.min(size, reach);
    }
  }
  const stretch = window.innerWidth > 900 ? 1.6 : 1.1; // names are wider than high, and so are most screens
  for (const node of nodes) node.x *= stretch;
}

/** A node by its kind, at its place; the style sheet keeps its size on the screen. */
function shape({ x, y }, kind) {
  const points = corners(kind, 0, 0, 7).map((point) => point.map((n) => n.toFixed(2)).join(" "));
  const d = points.length ? `M${points.join("L")}Z` : "M-7 0a7 7 0 1 0 14 0a7 7 0 1 0 -14 0Z";
  return svg("g", { transform: `translate(${x} ${y})` }, svg("path", { d, fill: fill(kind), class: "node" }));
}

/** Draw a graph; it can be moved and made larger. */
export function draw({ nodes, ties, left }, shorten, kinds) {
  place(nodes, ties);
  const every = new Set(ties.flatMap(({ labels }) => [...labels]));
  const same = every.size === 1 && ties.every(({ labels }) => labels.size === 1);
  const few = ties.length <= LABELLED && !same;
  const xs = nodes.map(({ x }) => x);
  const ys = nodes.map(({ y }) => y);
  const [west, north] = [Math.min(...xs), Math.min(...ys)];
  const [wide, high] = [Math.max(...xs) - west, Math.max(...ys) - north];
  const margin = { x: Math.max(80, wide * 0.16), y: Math.max(40, high * 0.08) };
  const frame = { x: west - margin.x, y: north - margin.y, width: wide + 2 * margin.x, height: high + 2 * margin.y };
  let view = { ...frame };
  const picture = svg("svg", { class: "network result", role: "group", "aria-label": "Result graph" });
  const arrow = svg(
    "marker",
    { id: "arrow", viewBox: "0 0 8 8", refX: 15, refY: 4, orient: "auto-start-reverse", markerUnits: "userSpaceOnUse" },
    svg("path", { d: "M0 0 8 4 0 8z" }),
  );
  picture.append(svg("defs", null, arrow));
  for (const { from, to, both, labels } of ties) {
    const said = [...labels].join(", ");
    picture.append(
      svg(
        "g",
        { class: "edge" },
        svg("title", null, `${from.label} ${said || "\u2192"} ${to.label}`),
        svg("line", { x1: from.x, y1: from.y, x2: to.x, y2: to.y, class: "tie", "marker-end": "url(#arrow)", "marker-start": both ? "url(#arrow)" : null }),
        said
          ? svg("text", { x: (from.x + to.x) / 2, y: (from.y + to.y) / 2, class: few ? "said" : "said many", "text-anchor": "middle" }, said)
          : null,
      ),
    );
  }
  for (const node of nodes) {
    const href = node.iri ? addressOf(node.id, shorten) : null;
    const parts = [
      svg("title", null, node.label === node.id ? node.id : `${node.label}\n${node.id}`),
      shape(node, kinds.get(node.id) ?? ""),
      svg("text", { x: node.x, y: node.y, dy: "-0.9em", "text-anchor": "middle" }, short(node.label)),
    ];
    picture.append(svg(href ? "a" : "g", href ? { href } : null, ...parts));
  }

  function show() {
    picture.setAttribute("viewBox", `${view.x} ${view.y} ${view.width} ${view.height}`);
    // Names, nodes and arrows are as large on the screen whatever the scale.
    const unit = Math.max(view.width / (picture.clientWidth || 1000), view.height / (picture.clientHeight || 600));
    picture.style.setProperty("--unit", unit);
    for (const side of ["markerWidth", "markerHeight"]) arrow.setAttribute(side, 8 * unit);
  }
  function zoom(factor, x = view.x + view.width / 2, y = view.y + view.height / 2) {
    view = {
      x: x - (x - view.x) * factor,
      y: y - (y - view.y) * factor,
      width: view.width * factor,
      height: view.height * factor,
    };
    show();
  }
  picture.addEventListener(
    "wheel",
    (event) => {
      if (!event.ctrlKey && !event.metaKey) return; // the page scrolls
      event.preventDefault();
      const at = new DOMPoint(event.clientX, event.clientY).matrixTransform(picture.getScreenCTM().inverse());
      zoom(event.deltaY > 0 ? 1.15 : 1 / 1.15, at.x, at.y);
    },
    { passive: false },
  );
  picture.addEventListener("pointerdown", (event) => {
    if (event.target.closest("a") || event.pointerType === "touch") return;
    const scale = view.width / picture.clientWidth;
    const start = { x: view.x + event.clientX * scale, y: view.y + event.clientY * scale };
    const move = (next) => {
      view = { ...view, x: start.x - next.clientX * scale, y: start.y - next.clientY * scale };
      show();
    };
    picture.setPointerCapture(event.pointerId);
    picture.addEventListener("pointermove", move);
    picture.addEventListener("pointerup", () => picture.removeEventListener("pointermove", move), { once: true });
  });
  new ResizeObserver(show).observe(picture);
  const button = (text, name, action) =>
    el("button", { type: "button", "aria-label": name, title: name, on: { click: action } }, text);
  const tools = el(
    "div",
    { class: "bar tools" },
    button("+", "Larger", () => zoom(1 / 1.3)),
    button("\u2212", "Smaller", () => zoom(1.3)),
    button("Fit", "Show all", () => {
      view = { ...frame };
      show();
    }),
    el("span", { class: "count" }, `${say(nodes.length, "node")}, ${say(ties.length, "tie")}${left ? `; ${left} more are not drawn` : ""}`),
    same ? el("code", { class: "count" }, [...every][0]) : null,
  );
  return el("figure", { class: "drawing" }, tools, picture);
}
