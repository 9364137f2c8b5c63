// The views as pictures to save: SVG, with their key, and a caption that says what is shown.

import { byId } from "./dom.js";
import { draw } from "./graph_draw.js";
import { drawCells, drawNames } from "./matrix_draw.js";
import { palette } from "./shapes.js";
import { escaped, SvgPen } from "./svg_pen.js";

const EDGE = 12;
const LINE = 24;
// A narrower picture has no room for its key and its caption.
const NARROWEST = 480;
// What the style sheet says of a drawing, and a file has to say itself.
const STYLES = ["fill", "stroke", "stroke-width", "stroke-linejoin", "stroke-dasharray", "paint-order", "font-family", "font-size", "font-weight", "opacity", "fill-opacity"];

/** The network as it stands on the screen. */
function network({ graph }) {
  const { width, height } = graph.size();
  const pen = new SvgPen(width, height);
  draw(pen, { ...graph.scene(), colours: palette(graph.canvas) });
  return { width, height, parts: pen.parts.join("\n"), key: byId("legend") };
}

/** Give an SVG of the page as one of a file, which has no style sheet. */
function standing(svg, place) {
  const copy = svg.cloneNode(true);
  const nodes = [...svg.querySelectorAll("*")];
  [...copy.querySelectorAll("*")].forEach((node, n) => {
    const style = getComputedStyle(nodes[n]);
    for (const name of STYLES) {
      const value = style.getPropertyValue(name);
      if (value && !node.getAttribute(name)?.startsWith("url")) node.setAttribute(name, value);
    }
    for (const name of node.getAttributeNames()) if (/^(class|role|tabindex|aria-|data-)/.test(name)) node.removeAttribute(name);
  });
  const inner = new XMLSerializer().serializeToString(copy).replace(/^<svg[^>]*>|<\/svg>$/g, "");
  return `<svg ${place} viewBox="${svg.getAttribute("viewBox")}">${inner}</svg>`;
}

/** The map as it stands on the screen. */
function map({ map: { map: svg } }) {
  const { clientWidth: width, clientHeight: height } = svg;
  return { width, height, parts: standing(svg, `width="${width}" height="${height}"`), key: byId("map").querySelector(".legend") };
}

/** Break a text into lines of a width; what more lines would take ends in an ellipsis. */
function broken(pen, text, width, most) {
  const lines = [""];
  for (const word of text.split(/\s+/)) {
    const longer = `${lines.at(-1)} ${word}`.trim();
    if (!lines.at(-1) || pen.measureText(longer).width <= width + 1) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  const kept = lines.slice(0, most);
  if (lines.length > most) kept[most - 1] += "…";
  return kept.map((line) => cut(pen, line, width + 1));
}

/** Cut a line to a width. */
function cut(pen, text, width) {
  if (pen.measureText(text).width <= width) return text;
  const letters = [...text];
  while (letters.length && pen.measureText(`${letters.join("")}…`).width > width) letters.pop();
  return `${letters.join("")}…`;
}

/** The timeline as it stands on the page, all of its rows. */
function timeline({ timeline: { body } }) {
  const whole = body.getBoundingClientRect();
  const pen = new SvgPen(Math.round(whole.width) + 2 * EDGE, Math.round(whole.height));
  const box = (node) => {
    const { left, top, width, height } = node.getBoundingClientRect();
    return [left - whole.left + EDGE, top - whole.top, width, height];
  };
  for (const node of body.querySelectorAll(".track .line, .track .gap, .bar, .cell")) bar(pen, node, box(node));
  pen.globalAlpha = 1;
  pen.textBaseline = "top";
  for (const node of body.querySelectorAll("h2, .row > .link, .lane-name, .when, .tick, .hint, li:not(.row), [data-key=more]")) {
    const [x, y, width, height] = box(node);
    const style = getComputedStyle(node);
    pen.font = `${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
    pen.fillStyle = style.color;
    const high = parseFloat(style.lineHeight) || 18;
    const text = node.textContent.replace(/^Show (?=\d)/, "Not shown: ");
    const lines = node.matches(".tick") ? [text] : broken(pen, text, Math.max(width, node.matches("button") ? 400 : 0), Math.max(1, Math.round(height / high)));
    lines.forEach((line, n) => pen.fillText(line, x, y + n * high + 2));
  }
  return { width: pen.width, height: pen.height, parts: pen.parts.join("\n"), key: null };
}

/** A bar or a cell as a rectangle, with the border that its style gives it. */
function bar(pen, node, [x, y, width, height]) {
  const style = getComputedStyle(node);
  pen.fillStyle = node.matches(".gap") ? style.getPropertyValue("--rule") : style.backgroundColor;
  pen.globalAlpha = 1;
  if (!/^rgba\(.*, 0\)$|^transparent$/.test(pen.fillStyle)) pen.fillRect(x, y, width, height);
  const edge = parseFloat(style.borderTopWidth);
  if (style.borderTopStyle === "none" || !edge) return;
  pen.strokeStyle = style.borderTopColor;
  pen.lineWidth = edge;
  pen.setLineDash(style.borderTopStyle === "dashed" ? [4, 3] : []);
  pen.beginPath();
  pen.rect(x + edge / 2, y + edge / 2, Math.max(width - edge, 1), Math.max(height - edge, 1));
  pen.stroke();
}

/** The matrix, all of it, with its names. */
function matrix({ matrix: view }) {
  const scene = { ...view.named(), colours: palette(document.body) };
  const { actors, cell, margin } = scene;
  const side = cell * actors.length;
  const pen = new SvgPen(Math.max(margin + side + EDGE, NARROWEST), margin + side);
  const parts = [[drawNames, margin, 0, true], [drawNames, 0, margin, false], [drawCells, margin, margin]];
  for (const [drawn, x, y, above] of parts) {
    pen.save();
    pen.translate(x, y);
    drawn(pen, scene, above);
    pen.restore();
  }
  return { width: pen.width, height: pen.height, parts: pen.parts.join("\n"), key: view.legend, said: view.said.textContent };
}

const PICTURES = { network, matrix, map, timeline };

/** Whether a view has a picture. */
export function pictured(view) {
  return Object.hasOwn(PICTURES, view);
}

/** The attributes of something in the middle of a line. */
function placed(x, y, { width, height }, more = {}) {
  const all = { x, y: y + (LINE - height) / 2, width, height, ...more };
  return Object.entries(all).map(([name, value]) => `${name}="${value}"`).join(" ");
}

/** Write the items of a key side by side, in as many lines as they take; give the height of these. */
function drawKey(pen, list, top) {
  let [x, y] = [EDGE, top];
  for (const item of list?.children ?? []) {
    const width = item.getBoundingClientRect().width + 20;
    if (x > EDGE && x + width > pen.width) [x, y] = [EDGE, y + LINE];
    for (const part of item.childNodes) {
      const box = part.getBoundingClientRect?.();
      if (part instanceof HTMLCanvasElement) {
        pen.parts.push(`<image ${placed(x, y, box, { href: part.toDataURL() })}/>`);
      } else if (part instanceof SVGElement) {
        pen.parts.push(standing(part, placed(x, y, box)));
      } else {
        pen.fillText(part.textContent, x, y + LINE / 2 + 4);
      }
      x += (box ? box.width : pen.measureText(part.textContent).width) + 6;
    }
    x += 14;
  }
  return list?.children.length ? y + LINE - top : 0;
}

/** Draw a view as a file of SVG, with its key and a caption below it. */
export function picture(view, views, caption) {
  const { width, height, parts, key, said = "" } = PICTURES[view](views);
  const { paper, quiet, font } = palette(document.body);
  const pen = new SvgPen(width, height);
  pen.font = `12px ${font}`;
  pen.fillStyle = quiet;
  const tall = Math.max(...[...(key?.querySelectorAll("svg") ?? [])].map(({ clientHeight }) => clientHeight - LINE), 0) / 2;
  const below = height + tall + drawKey(pen, key, height + tall) + tall;
  const lines = broken(pen, `${said} ${caption}`.trim(), width - 2 * EDGE, said ? 7 : 3);
  lines.forEach((line, n) => pen.fillText(line, EDGE, below + 18 + n * 17));
  const high = Math.ceil(below + 12 + lines.length * 17);
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${high}" viewBox="0 0 ${width} ${high}" role="img">\n` +
    `<title>${escaped(caption)}</title>\n<rect width="${width}" height="${high}" fill="${paper}"/>\n${parts}\n${pen.parts.join("\n")}\n</svg>\n`
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
