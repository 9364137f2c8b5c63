// How central an actor is: the same figures as Python's passex.network.measures, which asks networkx.
// A graph is { size, links }: links[n] is a Map from the numbers of n's partners to strengths.

import { betweenness, closeness } from "./paths.js";

function degree({ links }) {
  return links.map((own) => own.size);
}

function strength({ links }) {
  return links.map((own) => {
    let total = 0;
    for (const weight of own.values()) total += weight;
    return total;
  });
}

/** The eigenvector of the greatest eigenvalue, by powers of A + I. */
function eigenvector({ size, links }) {
  let vector = new Float64Array(size).fill(1 / Math.sqrt(size));
  const rounds = Math.max(300, Math.min(20000, Math.floor(2e8 / (size * 10))));
  for (let round = 0; round < rounds; round += 1) {
    const next = Float64Array.from(vector);
    links.forEach((own, node) => {
      for (const [other, weight] of own) next[other] += vector[node] * weight;
    });
    const length = Math.hypot(...(size < 1000 ? next : [Math.sqrt(next.reduce((t, x) => t + x * x, 0))]));
    let change = 0;
    for (let node = 0; node < size; node += 1) {
      next[node] /= length;
      change += Math.abs(next[node] - vector[node]);
    }
    vector = next;
    if (change < size * 1e-13) break;
  }
  return [...vector];
}

function pagerank({ size, links }) {
  const totals = strength({ links });
  let vector = new Float64Array(size).fill(1 / size);
  for (let round = 0; round < 1000; round += 1) {
    const next = new Float64Array(size).fill(0.15 / size);
    links.forEach((own, node) => {
      for (const [other, weight] of own) next[other] += (0.85 * vector[node] * weight) / totals[node];
    });
    let change = 0;
    for (let node = 0; node < size; node += 1) change += Math.abs(next[node] - vector[node]);
    vector = next;
    if (change < size * 1e-12) break;
  }
  return [...vector];
}

/** Burt's constraint: little of it is much brokerage. */
function constraint({ links }) {
  const totals = strength({ links });
  const share = (a, b) => (links[a].get(b) ?? 0) / totals[a];
  return links.map((own, node) => {
    let total = 0;
    for (const other of own.keys()) {
      let spent = share(node, other);
      for (const third of own.keys()) {
        if (links[third].has(other)) spent += share(node, third) * share(third, other);
      }
      total += spent ** 2;
    }
    return total;
  });
}

/** The core number: take away who has fewest partners, again and again. */
function core({ size, links }) {
  const left = links.map((own) => own.size);
  const buckets = [];
  left.forEach((count, node) => (buckets[count] ??= new Set()).add(node));
  const found = new Array(size).fill(0);
  const done = new Array(size).fill(false);
  for (let level = 0; level < buckets.length; level += 1) {
    const bucket = buckets[level];
    for (const node of bucket ?? []) {
      if (done[node]) continue;
      done[node] = true;
      found[node] = level;
      for (const other of links[node].keys()) {
        if (!done[other] && left[other] > level) {
          buckets[left[other]].delete(other);
          left[other] -= 1;
          (buckets[left[other]] ??= new Set()).add(other);
        }
      }
    }
  }
  return found;
}

/** Measure by name, with what it says. All rank the highest first but constraint. */
export const MEASURES = {
  strength: [strength, "the sum of the weights of an actor's ties"],
  degree: [degree, "the number of partners"],
  betweenness: [betweenness, "the share of shortest paths between others that lead through it"],
  closeness: [closeness, "how near all others are, strong ties being short"],
  eigenvector: [eigenvector, "ties with those who themselves have strong ties"],
  pagerank: [pagerank, "where a walk along the ties, the strong ones more often, is found"],
  constraint: [constraint, "how far its partners are tied among themselves: little is brokerage"],
  core: [core, "the largest k such that it is among actors with k partners each there"],
};

/** About how many steps a measure takes. */
export function steps(graph, ties, name) {
  return (["betweenness", "closeness", "constraint"].includes(name) ? graph.size : 1) * ties;
}

export function measure(graph, name) {
  return graph.size ? MEASURES[name][0](graph) : [];
}
