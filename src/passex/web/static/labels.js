// What the nodes of an answer are called, and of which kind they are.

import { known as drawn } from "./shapes.js";
import { readRow } from "./terms.js";

const ASKED = 500; // so many nodes are looked up at once
const known = new Map();
const kinds = new Map();

/** Look up the labels of the nodes in rows: the English one first, as everywhere else in Passex. */
export async function labelsOf(rows) {
  const wanted = new Set();
  for (const row of rows) {
    for (const term of row) {
      if (term?.type === "iri" && !known.has(term.value) && wanted.size < ASKED) wanted.add(term.value);
    }
  }
  if (!wanted.size) return known;
  const nodes = [...wanted].map((iri) => `<${iri}>`).join(" ");
  const response = await ask(`SELECT ?node ?label { VALUES ?node { ${nodes} } ?node rdfs:label|skos:prefLabel ?label }`);
  if (!response?.ok) return known; // labels are no reason to fail
  const rank = ({ language }) => (language?.startsWith("en") ? 0 : language ? 2 : 1);
  const best = new Map();
  for (const line of (await response.text()).split("\n").slice(1)) {
    const [node, label] = line ? readRow(line) : [];
    if (!node || !label) continue;
    const before = best.get(node.value);
    if (!before || rank(label) < rank(before)) best.set(node.value, label);
  }
  for (const iri of wanted) if (best.has(iri)) known.set(iri, best.get(iri).value);
  return known;
}

/** Look up the kinds of nodes: those of their classes that have a look of their own. */
export async function kindsOf(nodes) {
  const wanted = nodes.filter((iri) => !kinds.has(iri)).slice(0, ASKED);
  if (!wanted.length) return kinds;
  const values = wanted.map((iri) => `<${iri}>`).join(" ");
  const response = await ask(`SELECT ?node ?class { VALUES ?node { ${values} } ?node a ?class }`);
  if (!response?.ok) return kinds;
  for (const iri of wanted) kinds.set(iri, "");
  for (const line of (await response.text()).split("\n").slice(1)) {
    const [node, type] = line ? readRow(line) : [];
    const kind = type?.value.replace(/^.*[#/]/, "");
    if (node && drawn(kind)) kinds.set(node.value, kind);
  }
  return kinds;
}

function ask(query) {
  return fetch("/sparql", {
    method: "POST",
    headers: { Accept: "text/tab-separated-values", "Content-Type": "application/sparql-query; charset=utf-8" },
    body: query,
  }).catch(() => null);
}
