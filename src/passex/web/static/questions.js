// Shows the questions that have the words that are typed; without it, the form does that.

import "./names.js";
import { byId, say } from "./dom.js";

const field = byId("which");
const items = [...document.querySelectorAll(".questions > li")];

function filter() {
  const wanted = field.value.toLowerCase().split(/\s+/).filter(Boolean);
  let shown = 0;
  for (const item of items) {
    item.hidden = !wanted.every((word) => item.dataset.words.includes(word));
    if (!item.hidden) shown += 1;
  }
  for (const group of document.querySelectorAll("section.group")) group.hidden = !group.querySelector("li:not([hidden])");
  byId("which-count").textContent = wanted.length ? say(shown, "question") : "";
}

field.addEventListener("input", filter);
