// Search by name: a field with a list of what fits, as in the ARIA pattern of a combobox.

import { el } from "./dom.js";

const SHOWN = 12;

/** Reduce a name to what counts when names are compared: no case, accents or punctuation. */
export function foldName(text) {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replace(/[^\p{L}\p{N}]+/gu, " ").trim();
}

/** Make a field search `things` ([{ id, label, kind }]) and call `select` with an id. */
export function listenToSearch(field, list, things, select) {
  const index = things.map((thing) => ({ ...thing, key: foldName(thing.label) }));
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
    const words = foldName(field.value).split(" ").filter(Boolean);
    if (!words.length) return close();
    found = index.filter(({ key }) => words.every((word) => key.includes(word)));
    found.sort((a, b) => b.key.startsWith(words[0]) - a.key.startsWith(words[0]) || a.key.length - b.key.length);
    const more = found.length - SHOWN;
    found = found.slice(0, SHOWN);
    const options = found.map((thing, n) =>
      el(
        "li",
        { role: "option", id: `option-${n}`, "aria-selected": String(n === active), on: { pointerdown: (event) => (event.preventDefault(), choose(thing)) } },
        el("span", { dir: "auto" }, thing.label),
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
