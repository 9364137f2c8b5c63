// RDF terms as SPARQL TSV and N-Triples write them, and how they are shown.

import { el } from "./dom.js";

const TERM =
  /<([^>]*)>|(_:[^\s<"]+)|"((?:[^"\\]|\\.)*)"(?:@([A-Za-z0-9-]+)|\^\^<([^>]*)>)?|([+-]?[\d.][\deE.+-]*|true|false)/y;
const ESCAPES = { t: "\t", n: "\n", r: "\r", b: "\b", f: "\f" };
const XSD = "http://www.w3.org/2001/XMLSchema#";
const NUMBERS = /#(?:integer|decimal|double|float|(?:non)?(?:Negative|Positive)Integer|long|int|short|byte)$/i;
// Terms of vocabularies have no page of their own: their names say what they are.
const OWN = ["id", "nrc", "nr"];

function unescape(text) {
  if (!text.includes("\\")) return text;
  return text.replace(/\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))/gs, (_, short, long, one) =>
    one === undefined ? String.fromCodePoint(parseInt(short ?? long, 16)) : ESCAPES[one] ?? one,
  );
}

/** Read a term at a place of a line; returns the term and the place after it, or null. */
export function readTerm(line, at) {
  TERM.lastIndex = at;
  const match = TERM.exec(line);
  if (!match) return null;
  const [, iri, blank, text, language, datatype, bare] = match;
  let term;
  if (iri !== undefined) term = { type: "iri", value: unescape(iri) };
  else if (blank !== undefined) term = { type: "blank", value: blank };
  else if (bare !== undefined) {
    const kind = /^[tf]/.test(bare) ? "boolean" : /[eE]/.test(bare) ? "double" : /\./.test(bare) ? "decimal" : "integer";
    term = { type: "literal", value: bare, datatype: XSD + kind };
  } else term = { type: "literal", value: unescape(text), language, datatype };
  return [term, TERM.lastIndex];
}

/** Read a line of SPARQL TSV; an unbound variable is null. */
export function readRow(line) {
  return line.split("\t").map((cell) => {
    if (cell === "") return null;
    const found = readTerm(cell, 0);
    return found ? found[0] : { type: "literal", value: cell };
  });
}

/** Read a line of N-Triples; null for one that is none. */
export function readTriple(line) {
  const found = [];
  let at = 0;
  for (let part = 0; part < 3; part++) {
    while (line[at] === " ") at++;
    const next = readTerm(line, at);
    if (!next) return null;
    found.push(next[0]);
    at = next[1];
  }
  return found;
}

export function isNumber(term) {
  return term?.type === "literal" && NUMBERS.test(term.datatype ?? "");
}

export function isNode(term) {
  return term?.type === "iri" || term?.type === "blank";
}

/** Shortens IRIs by the prefixes that it was made with. */
export function shortener(prefixes) {
  const known = Object.entries(prefixes);
  return (iri) => {
    for (const [prefix, namespace] of known) {
      const local = iri.startsWith(namespace) ? iri.slice(namespace.length) : "";
      if (local && !/[/#?]/.test(local)) return `${prefix}:${local}`;
    }
    return iri;
  };
}

/** The address of the page on a node; null for a term of a vocabulary that is not ours. */
export function addressOf(iri, shorten) {
  const short = shorten(iri);
  const prefix = short === iri ? "" : short.slice(0, short.indexOf(":"));
  if (prefix === "") return `/show?name=${encodeURIComponent(`<${iri}>`)}`;
  if (!OWN.includes(prefix)) return null;
  const local = short.slice(3);
  const own = prefix === "id" && !local.includes(":");
  return `/entity/${encodeURIComponent(own ? local : short).replaceAll("%3A", ":")}`;
}

/** Write a term as text. */
export function textOf(term, shorten) {
  if (!term) return "";
  return term.type === "iri" ? shorten(term.value) : term.value;
}

/** Write a term as an element: nodes are links, literals have their language or datatype. */
export function show(term, shorten, labels = new Map()) {
  if (!term) return "";
  if (term.type === "iri") {
    const href = addressOf(term.value, shorten);
    const short = labels.get(term.value)?.trim() || shorten(term.value);
    const title = labels.has(term.value) ? shorten(term.value) : term.value;
    return href
      ? el("a", { href, title, dir: "auto" }, short)
      : el("span", { title, dir: "auto" }, short);
  }
  if (term.type === "blank") return el("span", { class: "blank" }, term.value);
  const about = term.language ? `@${term.language}` : isNumber(term) || !term.datatype ? "" : shorten(term.datatype);
  const text = el("bdi", null, term.value);
  return about ? el("span", { title: about }, text, el("small", { class: "datatype" }, ` ${about}`)) : text;
}
