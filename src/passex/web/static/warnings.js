// What would make an empty answer lie: terms that no ontology here declares, prefixes that nobody does.

import { declared, splitName } from "./tokens.js";

const CHECKED = ["nr", "nrc"]; // our own namespaces: their terms are all known

/** The edit distance of two words (Levenshtein). */
function distance(a, b) {
  let row = [...Array(b.length + 1).keys()];
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      next.push(Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1)));
    }
    row = next;
  }
  return row[b.length];
}

/** The names that come nearest to one, at most three. */
function near(name, known, reach) {
  return known
    .map((other) => [distance(name.toLowerCase(), other.toLowerCase()), other])
    .filter(([far]) => far <= reach)
    .sort((a, b) => a[0] - b[0] || (a[1] < b[1] ? -1 : 1))
    .slice(0, 3)
    .map(([, other]) => other);
}

/** Find what a query names that is not there; each has a message and where the name begins. */
export function warnings(tokens, vocabulary) {
  const declares = declared(tokens);
  const prefixes = { ...vocabulary.prefixes, ...Object.fromEntries(declares) };
  const terms = vocabulary.terms.map(({ name }) => name);
  const found = new Map();
  const known = new Set(terms);
  let before = null;
  for (const token of tokens) {
    if (token.kind === "space" || token.kind === "comment") continue;
    const declaring = before?.text.toUpperCase() === "PREFIX";
    before = token;
    const parts = token.kind === "name" && !token.text.startsWith("_:") ? splitName(token.text) : null;
    if (!parts || declaring || found.has(token.text)) continue;
    const [prefix, local] = parts;
    let message = "";
    let nearest = [];
    if (!(prefix in prefixes)) {
      message = `the prefix "${prefix}:" is not declared`;
      nearest = near(prefix, Object.keys(prefixes), 1).map((name) => `${name}:${local}`);
    } else if (CHECKED.includes(prefix) && !declares.has(prefix) && local && !known.has(token.text)) {
      message = `${token.text} is not in the ontology`;
      const own = terms.filter((name) => name.startsWith(`${prefix}:`));
      nearest = near(token.text, own, Math.max(2, Math.floor(local.length * 0.4)));
    }
    if (message) found.set(token.text, { message, nearest, start: token.start, text: token.text });
  }
  return [...found.values()];
}
