// A quote shows the claims that rest on it, and a claim its quotes: on hovering, and on focus.

import { followTheme } from "./theme.js";

followTheme();

const quotes = (node) => (node.dataset.q ? node.dataset.q.split(" ") : []);
const marks = [...document.querySelectorAll("#left [data-q]")];
const cards = [...document.querySelectorAll("#right [data-card]")];
const byQuote = new Map();
for (const node of [...marks, ...cards]) {
  for (const quote of quotes(node)) {
    if (!byQuote.has(quote)) byQuote.set(quote, []);
    byQuote.get(quote).push(node);
  }
}

let lit = [];
let held = null;
const isCard = (node) => node.dataset.card !== undefined;
const isRight = (node) => node.closest("#right") !== null;

/** Light a node, what stands in its quotes, and the cards on these; fainter, the other quotes of the cards. */
function light(node) {
  for (const one of lit) one.classList.remove("lit", "near");
  lit = [];
  if (!node) return;
  const behind = quotes(node).flatMap((quote) => byQuote.get(quote) ?? []);
  // Of a card, its quotes alone: what else rests on them is another matter.
  const shown = new Set(isRight(node) ? behind.filter((one) => !isCard(one)) : behind);
  if (isCard(node)) shown.add(node);
  const near = new Set();
  for (const card of isRight(node) ? [] : [...shown].filter(isCard)) {
    for (const one of quotes(card).flatMap((quote) => byQuote.get(quote))) {
      if (!isCard(one) && !shown.has(one)) near.add(one);
    }
  }
  shown.forEach((one) => one.classList.add("lit"));
  near.forEach((one) => one.classList.add("near"));
  lit = [...shown, ...near];
  reveal((isRight(node) ? marks : cards).filter((one) => shown.has(one)));
}

/** Bring the first of some nodes into view in its column, where none is; the other column stays. */
function reveal(nodes) {
  const pane = nodes[0]?.closest("#left, #right");
  // A column that doesn't scroll by itself would take the page with it, from below the pointer.
  if (!pane || !/auto|scroll/.test(getComputedStyle(pane).overflowY)) return;
  const { top, bottom, height } = pane.getBoundingClientRect();
  const boxes = nodes.map((node) => node.getBoundingClientRect());
  if (boxes.some((box) => box.top < bottom - 12 && box.bottom > top + 12)) return;
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  pane.scrollTo({ top: pane.scrollTop + boxes[0].top - top - height / 4, behavior: calm ? "instant" : "smooth" });
}

const owner = (target) => (target instanceof Element ? target.closest("[data-q]") : null);
document.addEventListener("pointerover", (event) => {
  if (event.pointerType === "touch") return;
  light(owner(event.target) ?? held);
});
document.documentElement.addEventListener("pointerleave", () => light(held));
document.addEventListener("focusin", (event) => light((held = owner(event.target))));
document.addEventListener("focusout", (event) => {
  if (!event.relatedTarget) light((held = null));
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const card = document.activeElement.closest?.("[data-card]");
  const back = card && quotes(card).flatMap((quote) => byQuote.get(quote)).find((one) => one.id && !isCard(one));
  if (back) back.focus();
  else light((held = null));
});
// What goes on from an earlier piece of a quote leads where that piece does.
document.getElementById("left").addEventListener("click", (event) => {
  const mark = owner(event.target);
  if (!mark || mark.tagName === "A" || getSelection().toString()) return;
  const begin = byQuote.get(quotes(mark).at(-1)).find((one) => one.tagName === "A");
  if (!begin) return;
  begin.click();
  document.getElementById(begin.hash.slice(1)).focus();
});

const bare = [...document.querySelectorAll(".s.bare")];
document.getElementById("next")?.addEventListener("click", () => {
  const at = bare.indexOf(document.activeElement.closest(".s.bare")) + 1 || bare.findIndex((one) => one.dataset.last) + 1;
  const next = bare[at % bare.length];
  bare.forEach((one) => delete one.dataset.last);
  next.dataset.last = "1";
  next.focus();
  next.scrollIntoView({ block: "center" });
});
