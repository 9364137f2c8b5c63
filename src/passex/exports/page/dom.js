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

/** Say how many: `say(2, "tie")` is "2 ties". */
export function say(count, thing) {
  return `${count.toLocaleString("en-GB")} ${thing}${count === 1 ? "" : "s"}`;
}

/** A text with dates, none of which is broken in two lines. */
export function dated(text) {
  return text.split(/(\d{4}-\d\d(?:-\d\d)?)/).map((part, n) => (n % 2 ? el("span", { class: "day" }, part) : part));
}

/** The name of a class as words: `MissileTest` is "missile test". */
export function words(name) {
  return name.replace("-", " ").replace(/(?<=[a-z])(?=[A-Z])/g, " ").toLowerCase();
}

/** A button that opens something, as a piece of text. */
export function link(text, action, attributes) {
  return el("button", { type: "button", class: "link", on: { click: action }, ...attributes }, text);
}
