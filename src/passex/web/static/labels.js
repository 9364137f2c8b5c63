// What the nodes of an answer are called.

import { readRow } from "./terms.js";

const ASKED = 500; // so many nodes are looked up at once
const known = new Map();

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
  const response = await fetch("/sparql", {
    method: "POST",
    headers: { Accept: "text/tab-separated-values", "Content-Type": "application/sparql-query; charset=utf-8" },
    body: `SELECT ?node ?label { VALUES ?node { ${nodes} } ?node rdfs:label|skos:prefLabel ?label }`,
  }).catch(() => null);
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
