// Suggests the names of nodes in every field that asks for one.

import { el } from "./dom.js";

const WAIT = 120; // milliseconds without a key before the server is asked

function suggest(input) {
  const list = input.list;
  let timer = 0;
  let asked = 0;
  input.addEventListener("input", () => {
    clearTimeout(timer);
    const typed = input.value.trim();
    if (!typed) return;
    timer = setTimeout(async () => {
      const turn = ++asked;
      const query = new URLSearchParams({ q: typed, kinds: input.dataset.kinds });
      const response = await fetch(`/complete?${query}`);
      if (!response.ok || turn !== asked) return; // a later key has been answered
      const names = await response.json();
      list.replaceChildren(
        ...names.map(({ name, label, kind, short }) =>
          el("option", { value: name, label: name === label ? `${kind}, ${short}` : `${label}, ${kind}` }),
        ),
      );
    }, WAIT);
  });
}

for (const input of document.querySelectorAll("input[data-kinds]")) suggest(input);
