// The views as pictures to save: SVG, with a caption that says what is shown.

import { draw } from "./graph_draw.js";
import { palette } from "./shapes.js";
import { escaped, SvgPen } from "./svg_pen.js";

const FOOT = 30;
// What the style sheet says of a map, and a file has to say itself.
const STYLES = ["fill", "stroke", "stroke-width", "stroke-linejoin", "stroke-dasharray", "paint-order", "font-family", "font-size", "opacity", "fill-opacity", "stroke-opacity"];

/** The network as it stands on the screen. */
function network(graph) {
  const { width, height } = graph.size();
  const pen = new SvgPen(width, height);
  draw(pen, { ...graph.scene(), colours: palette(graph.canvas) });
  return { width, height, parts: pen.parts.join("\n") };
}

/** The map as it stands on the screen. */
function map(svg) {
  const { clientWidth: width, clientHeight: height } = svg;
  const copy = svg.cloneNode(true);
  const nodes = [...svg.querySelectorAll("*")];
  [...copy.querySelectorAll("*")].forEach((node, n) => {
    const style = getComputedStyle(nodes[n]);
    for (const name of STYLES) {
      const value = style.getPropertyValue(name);
      if (value && !(name === "fill" && node.getAttribute("fill")?.startsWith("url"))) node.setAttribute(name, value);
    }
    for (const name of [...node.getAttributeNames()].filter((one) => /^(class|role|tabindex|aria-|data-)/.test(one))) node.removeAttribute(name);
  });
  const inner = new XMLSerializer().serializeToString(copy).replace(/^<svg[^>]*>|<\/svg>$/g, "");
  return { width, height, parts: `<svg width="${width}" height="${height}" viewBox="${svg.getAttribute("viewBox")}">${inner}</svg>` };
}

/** Cut a text to a width, with an ellipsis where something is left out. */
function fitted(pen, text, width) {
  if (pen.measureText(text).width <= width) return text;
  const letters = [...text];
  while (letters.length && pen.measureText(`${letters.join("")}…`).width > width) letters.pop();
  return `${letters.join("")}…`;
}

/** The timeline as it stands on the page, all of its rows. */
function timeline(host) {
  const whole = host.getBoundingClientRect();
  const pen = new SvgPen(Math.round(whole.width), Math.round(whole.height));
  const box = (node) => {
    const { left, top, width, height } = node.getBoundingClientRect();
    return [left - whole.left, top - whole.top, width, height];
  };
  for (const node of host.querySelectorAll(".track .line, .track .gap, .bar, .cell")) {
    const [x, y, width, height] = box(node);
    const style = getComputedStyle(node);
    const clear = /^rgba\(.*, 0\)$|^transparent$/;
    pen.fillStyle = node.matches(".gap") ? style.getPropertyValue("--rule") : style.backgroundColor;
    pen.globalAlpha = Number(style.opacity);
    if (!clear.test(pen.fillStyle)) pen.fillRect(x, y, width, height);
    if (style.borderTopStyle !== "none" && parseFloat(style.borderTopWidth)) {
      pen.strokeStyle = style.borderTopColor;
      pen.lineWidth = parseFloat(style.borderTopWidth);
      pen.setLineDash(style.borderTopStyle === "dashed" ? [4, 3] : []);
      pen.beginPath();
      pen.rect(x + 1, y + 1, Math.max(width - 2, 1), Math.max(height - 2, 1));
      pen.stroke();
    }
  }
  pen.globalAlpha = 1;
  for (const node of host.querySelectorAll("h2, .row > .link, .lane-name, .when, .tick, .hint")) {
    const [x, y, width] = box(node);
    const style = getComputedStyle(node);
    pen.font = `${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
    pen.fillStyle = style.color;
    pen.textBaseline = "top";
    pen.fillText(node.matches(".tick") ? node.textContent : fitted(pen, node.textContent, width), x, y + 2);
  }
  return { width: pen.width, height: pen.height, parts: pen.parts.join("\n") };
}

const PICTURES = { network: ({ graph }) => network(graph), map: ({ map: { map: svg } }) => map(svg), timeline: ({ timeline: { body } }) => timeline(body) };

/** Whether a view has a picture. */
export function pictured(view) {
  return Object.hasOwn(PICTURES, view);
}

/** Draw a view as a file of SVG, with a caption below it. */
export function picture(view, views, caption) {
  const { width, height, parts } = PICTURES[view](views);
  const { paper, quiet, font } = palette(document.body);
  const pen = new SvgPen(width, height + FOOT);
  pen.font = `12px ${font}`;
  const said = fitted(pen, caption, width - 24);
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height + FOOT}" viewBox="0 0 ${width} ${height + FOOT}" role="img">\n` +
    `<title>${escaped(caption)}</title>\n<rect width="${width}" height="${height + FOOT}" fill="${paper}"/>\n${parts}\n` +
    `<text x="12" y="${height + 20}" font-size="12" font-family="${escaped(font)}" fill="${quiet}">${escaped(said)}</text>\n</svg>\n`
  );
}

/** Turn a picture into PNG, so many times as many pixels as it has on the screen. */
export function png(svg, times) {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  const canvas = document.createElement("canvas");
  return image.decode().then(() => {
    Object.assign(canvas, { width: image.width * times, height: image.height * times });
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
    return new Promise((done) => canvas.toBlob(done, "image/png"));
  });
}
