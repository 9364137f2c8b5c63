// Measures along shortest paths (E. W. Dijkstra 1959; U. Brandes, "A faster algorithm for
// betweenness centrality", Journal of Mathematical Sociology 25(2), 163-177, 2001).

/** A heap of [distance, turn, node, from], the nearest first. */
class Heap {
  items = [];

  push(item) {
    const { items } = this;
    let place = items.push(item) - 1;
    while (place > 0) {
      const above = (place - 1) >> 1;
      if (!less(items[place], items[above])) break;
      [items[place], items[above]] = [items[above], items[place]];
      place = above;
    }
  }

  pop() {
    const { items } = this;
    const top = items[0];
    const last = items.pop();
    if (items.length) {
      items[0] = last;
      let place = 0;
      for (;;) {
        let least = place;
        for (const below of [2 * place + 1, 2 * place + 2]) {
          if (below < items.length && less(items[below], items[least])) least = below;
        }
        if (least === place) break;
        [items[place], items[least]] = [items[least], items[place]];
        place = least;
      }
    }
    return top;
  }
}

function less(a, b) {
  return a[0] < b[0] || (a[0] === b[0] && a[1] < b[1]);
}

/** Shortest paths from a node: nodes by distance, who comes before each, and how many paths. */
function shortest({ size, links }, start) {
  const order = [];
  const before = Array.from({ length: size }, () => []);
  const paths = new Float64Array(size);
  const distance = new Float64Array(size).fill(-1);
  const seen = new Float64Array(size).fill(Infinity);
  const heap = new Heap();
  let turn = 0;
  paths[start] = 1;
  seen[start] = 0;
  heap.push([0, turn, start, start]);
  while (heap.items.length) {
    const [far, , node, from] = heap.pop();
    if (distance[node] >= 0) continue;
    if (node !== start) paths[node] += paths[from];
    order.push(node);
    distance[node] = far;
    for (const [other, weight] of links[node]) {
      const there = far + 1 / weight;
      if (distance[other] < 0 && there < seen[other]) {
        seen[other] = there;
        heap.push([there, (turn += 1), other, node]);
        paths[other] = 0;
        before[other] = [node];
      } else if (there === seen[other]) {
        paths[other] += paths[node];
        before[other].push(node);
      }
    }
  }
  return { order, before, paths, distance };
}

export function betweenness(graph) {
  const { size } = graph;
  const found = new Array(size).fill(0);
  for (let start = 0; start < size; start += 1) {
    const { order, before, paths } = shortest(graph, start);
    const share = new Float64Array(size);
    for (const node of order.reverse()) {
      for (const other of before[node]) share[other] += (paths[other] / paths[node]) * (1 + share[node]);
      if (node !== start) found[node] += share[node];
    }
  }
  return size > 2 ? found.map((score) => score / ((size - 1) * (size - 2))) : found;
}

export function closeness(graph) {
  return Array.from({ length: graph.size }, (_, start) => {
    const { order, distance } = shortest(graph, start);
    const total = order.reduce((sum, node) => sum + distance[node], 0);
    const reached = order.length - 1;
    return total > 0 ? (reached / total) * (reached / (graph.size - 1)) : 0;
  });
}
