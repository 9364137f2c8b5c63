// Search by name: a field with a list of what fits, as in the ARIA pattern of a combobox.

import { el } from "./dom.js";

const SHOWN = 12;

/** Reduce a name to what counts when names are compared: no case, accents or punctuation. */
export function foldName(text) {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replace(/[^\p{L}\p{N}]+/gu, " ").trim();
}

/**
 * Things whose label, or one of whose further names, has all words, the best first; `by` is the further
 * name by which one was found.
 */
export function search(index, text) {
  const words = foldName(text).split(" ").filter(Boolean);
  const whole = words.join(" ");
  const found = [];
  for (const thing of index) {
    const fits = thing.keys.filter(({ key }) => words.every((word) => key.includes(word)));
    if (!fits.length) continue;
    const rank = ({ key }) => (key === whole ? 0 : key.startsWith(whole) ? 1 : key.startsWith(words[0]) ? 2 : 3);
    const best = fits.reduce((one, other) => (rank(other) < rank(one) ? other : one));
    found.push({ ...thing, rank: rank(best), by: best.name === thing.label ? null : best.name, length: best.key.length });
  }
  return found.sort((a, b) => a.rank - b.rank || (a.by ? 1 : 0) - (b.by ? 1 : 0) || a.length - b.length);
}

/** Make a field search `things` ([{ id, label, names, kind }]) and call `select` with an id. */
export function listenToSearch(field, list, things, select) {
  const index = things.map((thing) => ({ ...thing, keys: [thing.label, ...thing.names].map((name) => ({ name, key: foldName(name) })) }));
  let found = [];
  let active = -1;

  function close() {
    list.hidden = true;
    active = -1;
    field.setAttribute("aria-expanded", "false");
    field.removeAttribute("aria-activedescendant");
  }

  function choose(thing) {
    field.value = "";
    close();
    select(thing.id);
  }

  function show() {
    if (!foldName(field.value)) return close();
    found = search(index, field.value);
    const more = found.length - SHOWN;
    found = found.slice(0, SHOWN);
    const options = found.map((thing, n) =>
      el(
        "li",
        { role: "option", id: `option-${n}`, "aria-selected": String(n === active), on: { pointerdown: (event) => (event.preventDefault(), choose(thing)) } },
        el("span", { dir: "auto" }, thing.label, thing.by ? el("span", { class: "kind", dir: "auto" }, ` (${thing.by})`) : ""),
        el("span", { class: "kind" }, thing.kind),
      ),
    );
    if (!found.length) options.push(el("li", { role: "option", "aria-disabled": "true" }, "Nothing here has that name"));
    else if (more > 0) options.push(el("li", { role: "option", "aria-disabled": "true" }, `and ${more} more`));
    list.replaceChildren(...options);
    list.hidden = false;
    field.setAttribute("aria-expanded", "true");
    if (active >= 0) field.setAttribute("aria-activedescendant", `option-${active}`);
    else field.removeAttribute("aria-activedescendant");
  }

  field.addEventListener("input", () => ((active = -1), show()));
  field.addEventListener("blur", close);
  field.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      const step = event.key === "ArrowDown" ? 1 : -1;
      active = found.length ? (active + step + found.length) % found.length : -1;
      show();
    } else if (event.key === "Enter") {
      event.preventDefault();
      if (!list.hidden && found.length) choose(found[Math.max(active, 0)]);
    } else if (event.key === "Escape") close();
  });
}
