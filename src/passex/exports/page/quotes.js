// The quotes behind claims: what stands close together in an article is one passage, with all that it shows.

import { el } from "./dom.js";

// Anchors of one zone with no more than so many characters between them are one passage.
const NEAR = 40;

/**
 * Group claims by the passages in which they stand, in the order of the text:
 * { passages: [{ article, zone, quotes: [{ start, end, exact }], claims }], bare: claims without a quote }.
 */
export function passages(claims) {
  const places = new Map();
  for (const claim of claims) {
    for (const [article, zone, start, end, exact] of claim.evidence) {
      const key = JSON.stringify([article, zone, start, end]);
      if (!places.has(key)) places.set(key, { article, zone, start, end, exact, claims: new Set() });
      places.get(key).claims.add(claim);
    }
  }
  const ordered = [...places.values()].sort((a, b) => a.article - b.article || a.start - b.start || a.end - b.end);
  const found = [];
  for (const { article, zone, start, end, exact, claims: on } of ordered) {
    const last = found.at(-1);
    const near = last && last.article === article && last.zone === zone && zone !== "row" && start >= 0 && start <= last.end + NEAR;
    const passage = near ? last : { article, zone, end, quotes: [], claims: new Set() };
    if (!near) found.push(passage);
    passage.quotes.push({ start, end, exact });
    passage.end = Math.max(passage.end, end);
    for (const claim of on) passage.claims.add(claim);
  }
  return { passages: together(found), bare: claims.filter(({ evidence }) => !evidence.length) };
}

/** Put passages of one zone that show the same in one, so that nothing is said twice. */
function together(found) {
  const same = [];
  for (const passage of found) {
    const other = same.find(
      ({ article, zone, claims }) =>
        article === passage.article && zone === passage.zone && claims.size === passage.claims.size && [...claims].every((claim) => passage.claims.has(claim)),
    );
    if (other) other.quotes.push(...passage.quotes);
    else same.push(passage);
  }
  return same;
}

/** Marks of what is not certain or not stated; what is both has none. */
function marks({ certainty, basis }) {
  const found = [];
  if (certainty !== "certain") found.push([certainty || "certainty not stated", certainty]);
  if (basis !== "stated") found.push([basis || "basis not stated", basis]);
  return found.map(([text, look]) => [" ", el("span", { class: `tag ${look ?? ""}` }, text)]);
}

/** Who says so, unless it is the article itself. */
function speakers({ by, via, evidence }, data) {
  const own = new Set(evidence.map(([article]) => data.articles[article].label));
  const others = by.filter((name) => !own.has(name));
  return [others.length ? `said by ${others.join(", ")}` : "", via.length ? `via ${via.join(", ")}` : ""].filter(Boolean).join(", ");
}

function claimLine(claim, data) {
  const { label, value, basis, source } = claim;
  // What the label has said already is not said again.
  const told = value.split(", ").every((part) => label.includes(part));
  const rest = [value && !told ? `value: ${value}` : "", speakers(claim, data), source ? `source: ${source}` : ""];
  const detail = rest.filter(Boolean).join(" · ");
  return el(
    "li",
    { class: `claim ${basis}` },
    el("span", { class: "says", dir: "auto" }, label),
    marks(claim),
    detail ? el("span", { class: "detail by", dir: "auto" }, ` ${detail}`) : null,
  );
}

/** Claims that are shown alike are shown once. */
function once(claims, data) {
  const lines = new Map();
  for (const claim of claims) {
    const line = claimLine(claim, data);
    if (!lines.has(line.textContent)) lines.set(line.textContent, line);
  }
  return [...lines.values()];
}

/** The rows of a table: a row's key is nobody's words, and no quotation. */
function rows(quotes) {
  const keys = quotes.map(({ exact }) => exact).filter(Boolean);
  const numbers = `${quotes.length === 1 ? "row" : "rows"} ${quotes.map(({ start }) => start).join(", ")}`;
  return [numbers, keys.length ? `${keys.length === 1 ? "key" : "keys"} ${keys.join(", ")}` : ""];
}

/** Where a quote stands: a weaker zone than the body says so. */
function whereabouts(article, zone, quotes, data) {
  const { label } = data.articles[article];
  if (zone === "row") {
    const [numbers, keys] = rows(quotes);
    return [`${numbers} of ${label}`, keys].filter(Boolean).join(", ");
  }
  const at = quotes.every(({ start }) => start >= 0) ? `characters ${quotes.map(({ start, end }) => `${start}–${end}`).join(", ")}` : "";
  return [label, zone === "body" ? "" : zone, at].filter(Boolean).join(" · ");
}

/** A quote, and the words of the article in it. */
function quotation(quotes) {
  return el("blockquote", {}, quotes.flatMap(({ exact }, number) => [number ? " … " : "", el("q", { dir: "auto" }, exact)]));
}

/** A place that proves something: its words, and where they stand; or the row of a table. */
export function placed({ article, zone, quotes }, data) {
  return el("figure", { class: "place" }, zone === "row" ? null : quotation(quotes), el("figcaption", { dir: "auto" }, whereabouts(article, zone, quotes, data)));
}

/** Show claims: the quotes first, and with each what it shows. */
export function proof(claims, data) {
  if (!claims.length) return el("p", { class: "hint" }, "No claim in this graph is about it.");
  const { passages: found, bare } = passages([...new Set(claims)]);
  return el(
    "ul",
    { class: "passages" },
    found.map((passage) => el("li", { class: "passage" }, placed(passage, data), el("ul", { class: "claims" }, once(passage.claims, data)))),
    bare.length ? el("li", { class: "passage" }, el("p", { class: "detail" }, "Without a quote"), el("ul", { class: "claims" }, once(bare, data))) : null,
  );
}

/**
 * The one quote that speaks best for a tie: { article, zone, quotes }, or null. Which does in an event, and how well,
 * passex.evidence.best_quotes says.
 */
export function bestQuote(tie, data) {
  let best = null;
  for (const { quote } of tie.held.length ? tie.held : tie.planned) {
    const found = data.quotes[quote];
    if (found && (!best || found[2] > best[2])) best = found;
  }
  if (!best) return null;
  const [article, zone, start, end, exact] = data.claims[best[0]].evidence[best[1]];
  return { article, zone, quotes: [{ start, end, exact }] };
}
