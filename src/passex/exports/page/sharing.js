// Taking a view along: its address, its picture, its table.

import { byId, el } from "./dom.js";
import { picture, pictured, png } from "./pictures.js";

/** Hand a file to the browser. */
function save(name, content, type) {
  const url = URL.createObjectURL(content instanceof Blob ? content : new Blob([content], { type }));
  el("a", { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 10000);
}

/** Copy a text, also where the browser gives no clipboard to pages from files. */
async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const field = el("textarea", { class: "hidden", "aria-hidden": "true" }, text);
    const held = document.activeElement;
    document.body.append(field);
    field.select();
    const done = document.execCommand("copy");
    field.remove();
    held?.focus?.({ preventScroll: true });
    return done;
  }
}

/** Make the buttons work. `now()` gives { view, views, caption, table: { name, text } }. */
export function listenToSharing(now) {
  const menu = byId("save");
  const tell = (text) => {
    byId("live").textContent = text;
    byId("shared").textContent = text;
    setTimeout(() => (byId("shared").textContent = ""), 4000);
  };
  byId("copy").addEventListener("click", async () => {
    now();
    tell((await copy(location.href)) ? "Link copied" : `This is the link: ${location.href}`);
  });
  const close = () => {
    const held = menu.contains(document.activeElement);
    menu.open = false;
    if (held) menu.querySelector("summary").focus();
  };
  const button = (label, make) =>
    el("li", {}, el("button", { type: "button", class: "link", "data-saves": label, on: { click: async () => {
      close();
      try {
        tell(`Saved as ${await make()}`);
      } catch (error) {
        tell(`Not saved: ${error.message}`);
      }
    } } }, label));
  menu.addEventListener("toggle", () => {
    byId("save-as").replaceChildren();
    if (!menu.open) return;
    const { view, views, caption, table } = now();
    const name = `passex-${view}`;
    const drawn = () => picture(view, views, caption);
    const raster = (times) => async () => {
      save(`${name}@${times}x.png`, await png(drawn(), times), "image/png");
      return `${name}@${times}x.png`;
    };
    const vector = () => {
      save(`${name}.svg`, drawn(), "image/svg+xml");
      return `${name}.svg`;
    };
    const rows = () => {
      save(table.name, table.text(), "text/csv;charset=utf-8");
      return table.name;
    };
    byId("save-as").replaceChildren(
      ...(pictured(view) ? [button("Picture, SVG", vector), button("Picture, PNG (2x)", raster(2)), button("Picture, PNG (3x)", raster(3))] : []),
      button("Table, CSV", rows),
    );
  });
  menu.addEventListener("keydown", ({ key }) => key === "Escape" && close());
  document.addEventListener("pointerdown", ({ target }) => menu.open && !menu.contains(target) && (menu.open = false));
}
