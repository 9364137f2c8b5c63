// Elements are made here and nowhere else: text becomes text nodes, never markup.

const SVG = "http://www.w3.org/2000/svg";

function fill(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (name === "on") {
      for (const [event, listener] of Object.entries(value)) node.addEventListener(event, listener);
    } else if (value !== null && value !== undefined && value !== false) {
      node.setAttribute(name, value === true ? "" : value);
    }
  }
  node.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined));
  return node;
}

/** Make an HTML element; `on` holds listeners, false and null attributes are left out. */
export function el(tag, attributes, ...children) {
  return fill(document.createElement(tag), attributes, children);
}

/** Make an SVG element. */
export function svg(tag, attributes, ...children) {
  return fill(document.createElementNS(SVG, tag), attributes, children);
}

export function byId(id) {
  return document.getElementById(id);
}

// Made once: asking a number for its locale's figures takes a hundred times as long.
const FIGURES = new Intl.NumberFormat("en-GB");

/** Say how many: `say(2, "tie")` is "2 ties". */
export function say(count, thing) {
  return `${FIGURES.format(count)} ${thing}${count === 1 ? "" : "s"}`;
}

/** A text with dates, none of which is broken in two lines. */
export function dated(text) {
  return text.split(/(\d{4}-\d\d(?:-\d\d)?)/).map((part, n) => (n % 2 ? el("span", { class: "day" }, part) : part));
}

/** The name of a class as words: `MissileTest` is "missile test". */
export function words(name) {
  return name.replace("-", " ").replace(/(?<=[a-z])(?=[A-Z])/g, " ").toLowerCase();
}

/** Make what a host holds anew, and leave the focus where it was: on what has the same data-key. */
export function keepFocus(host, render) {
  const held = host.contains(document.activeElement) ? document.activeElement : null;
  render();
  if (!held || held.isConnected) return;
  const key = held.dataset.key;
  const again = key && [...host.querySelectorAll("[data-key]")].find((node) => node.dataset.key === key);
  if (!again) host.setAttribute("tabindex", "-1");
  (again || host).focus({ preventScroll: true });
}

/** A button that opens something, as a piece of text. */
export function link(text, action, attributes) {
  return el("button", { type: "button", class: "link", on: { click: action }, ...attributes }, text);
}
