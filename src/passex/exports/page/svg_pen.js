// A context like a canvas's that writes what is drawn as SVG: pictures are drawn once, and saved as both.

const PLACED = { start: "start", left: "start", center: "middle", right: "end", end: "end" };

export class SvgPen {
  constructor(width, height) {
    Object.assign(this, { width, height, parts: [], steps: [], dash: [], stack: [], turned: "" });
    Object.assign(this, { fillStyle: "#000", strokeStyle: "#000", lineWidth: 1, globalAlpha: 1 });
    Object.assign(this, { font: "13px sans-serif", textAlign: "start", textBaseline: "alphabetic", lineJoin: "miter", lineCap: "butt" });
    this.meter = document.createElement("canvas").getContext("2d");
  }

  save() {
    const { fillStyle, strokeStyle, lineWidth, globalAlpha, font, textAlign, textBaseline, lineJoin, lineCap, dash, turned } = this;
    this.stack.push({ fillStyle, strokeStyle, lineWidth, globalAlpha, font, textAlign, textBaseline, lineJoin, lineCap, dash, turned });
  }

  restore() {
    Object.assign(this, this.stack.pop() ?? {});
  }

  translate(x, y) {
    this.turned += `translate(${short(x)} ${short(y)})`;
  }

  rotate(angle) {
    this.turned += `rotate(${short((angle * 180) / Math.PI)})`;
  }

  setLineDash(dash) {
    this.dash = dash;
  }

  beginPath() {
    this.steps = [];
  }

  moveTo(x, y) {
    this.steps.push(`M${short(x)},${short(y)}`);
  }

  lineTo(x, y) {
    this.steps.push(`${this.steps.length ? "L" : "M"}${short(x)},${short(y)}`);
  }

  quadraticCurveTo(a, b, x, y) {
    this.steps.push(`Q${[a, b, x, y].map(short).join(",")}`);
  }

  bezierCurveTo(...points) {
    this.steps.push(`C${points.map(short).join(",")}`);
  }

  rect(x, y, width, height) {
    this.steps.push(`M${short(x)},${short(y)}h${short(width)}v${short(height)}h${short(-width)}Z`);
  }

  arc(x, y, radius, from, to) {
    const at = (angle) => [x + radius * Math.cos(angle), y + radius * Math.sin(angle)].map(short).join(",");
    const r = short(radius);
    this.steps.push(`${/^[^MZ]/.test(this.steps.at(-1) ?? "M") ? "L" : "M"}${at(from)}`);
    if (to - from >= 2 * Math.PI) this.steps.push(`A${r},${r},0,1,1,${at(from + Math.PI)}A${r},${r},0,1,1,${at(from)}`);
    else this.steps.push(`A${r},${r},0,${to - from > Math.PI ? 1 : 0},1,${at(to)}`);
  }

  closePath() {
    this.steps.push("Z");
  }

  stroke() {
    this.path(`fill="none" ${this.outlined()}`);
  }

  fill() {
    this.path(this.filled());
  }

  fillRect(x, y, width, height) {
    this.parts.push(`<rect x="${short(x)}" y="${short(y)}" width="${short(width)}" height="${short(height)}" ${this.filled()}/>`);
  }

  strokeRect(x, y, width, height) {
    this.parts.push(`<rect x="${short(x)}" y="${short(y)}" width="${short(width)}" height="${short(height)}" fill="none" ${this.outlined()}/>`);
  }

  fillText(text, x, y) {
    this.write(text, x, y, this.filled());
  }

  strokeText(text, x, y) {
    this.write(text, x, y, `fill="none" ${this.outlined()}`);
  }

  measureText(text) {
    this.meter.font = this.font;
    return this.meter.measureText(text);
  }

  filled() {
    return `fill="${escaped(this.fillStyle)}"${this.faint()}`;
  }

  outlined() {
    const dash = this.dash.length ? ` stroke-dasharray="${this.dash.map(short).join(" ")}"` : "";
    return `stroke="${escaped(this.strokeStyle)}" stroke-width="${short(this.lineWidth)}" stroke-linejoin="${this.lineJoin}"${dash}${this.faint()}`;
  }

  /** How faint it is, and where its middle is moved and turned to. */
  faint() {
    return (this.globalAlpha < 1 ? ` opacity="${short(this.globalAlpha)}"` : "") + (this.turned ? ` transform="${this.turned}"` : "");
  }

  path(look) {
    if (this.steps.length) this.parts.push(`<path d="${this.steps.join("")}" ${look}/>`);
  }

  write(text, x, y, look) {
    const [, weight, size, family] = /^(?:(\d+|bold|normal) )?([\d.]+)px (.*)$/.exec(this.font) ?? [null, null, 13, "sans-serif"];
    const drop = { middle: 0.35, top: 0.8, hanging: 0.8, bottom: -0.2 }[this.textBaseline] ?? 0;
    this.parts.push(
      `<text x="${short(x)}" y="${short(y + drop * size)}" font-size="${size}" font-family="${escaped(family)}"${weight ? ` font-weight="${weight}"` : ""} ` +
        `text-anchor="${PLACED[this.textAlign] ?? "start"}" ${look}>${escaped(text)}</text>`,
    );
  }
}

function short(number) {
  return Number(number.toFixed(2));
}

/** A text as XML holds it: without what no XML may have. */
export function escaped(text) {
  const kept = String(text).replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, "\uFFFD");
  return kept.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}
