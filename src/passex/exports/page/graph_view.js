// The network on a canvas: pan, zoom, point, and walk from actor to actor with the arrow keys.

import { Camera } from "./camera.js";
import { Hint, turned, zooms } from "./gestures.js";
import { draw, thickness } from "./graph_draw.js";
import { strands } from "./model.js";
import { layScene, pick } from "./scene.js";
import { palette } from "./shapes.js";

// A frame of more ties than this is kept as a picture while it moves, and drawn anew when it rests.
const HEAVY = 3000;
const REST = 140;

export class GraphView {
  /** @param listen { select(id), hover(text), moved(camera) } */
  constructor(canvas, tip, listen) {
    Object.assign(this, { canvas, tip, listen, camera: new Camera(), net: null });
    Object.assign(this, { chosen: null, cursor: null, over: null, picture: null, resting: 0 });
    this.context = canvas.getContext("2d");
    this.pointers = new Map();
    this.listenToPointers();
    canvas.addEventListener("keydown", (event) => this.key(event));
    canvas.addEventListener("blur", () => this.setCursor(null));
    new ResizeObserver(() => this.resize()).observe(canvas);
  }

  /**
   * Show what is drawn of a network (drawn.js); `scores` has a number an actor, for its size, or is null
   * where all are as large as each other.
   */
  show(net, scores, refit) {
    this.net = net;
    const greatest = Math.max(1e-9, [...(scores?.values() ?? [])].reduce((a, b) => Math.max(a, b), 0));
    this.share = scores && new Map(net.actors.map((actor) => [actor, (scores.get(actor) ?? 0) / greatest]));
    const lines = net.ties.map((tie) => [tie, strands(tie)]);
    this.main = new Map(lines.map(([tie, own]) => [tie, own[0].status]));
    this.thick = thickness(lines.flatMap(([, own]) => own.map(({ weight }) => weight)));
    if (refit) this.moved = false;
    if (!this.moved) this.fit();
    this.refresh();
  }

  fit() {
    const { width, height } = this.size();
    this.camera.fit(this.net.actors.map(({ number }) => this.net.spot.get(number)), width, height);
    this.refresh();
    this.listen.moved(this.camera, true);
  }

  /** Draw all for a sheet of paper of a size, or with null for the screen again. */
  sheet(size, colours, density) {
    this.picture = null;
    if (size) {
      this.screen = this.camera.toText();
      Object.assign(this, { paper: size, wasFitted: this.camera.fitted, wasUpright: this.camera.upright });
      this.camera.fit(this.net.actors.map(({ number }) => this.net.spot.get(number)), size.width, size.height);
      this.frame(colours, density);
    } else if (this.paper) {
      this.paper = null;
      this.camera.fromText(this.screen);
      Object.assign(this.camera, { fitted: this.wasFitted, upright: this.wasUpright });
      this.refresh();
    }
  }

  size() {
    if (this.paper) return this.paper;
    return { width: this.canvas.clientWidth, height: this.canvas.clientHeight };
  }

  resize() {
    const { width, height } = this.size();
    if (!width || !this.net) return;
    const turned = Math.abs((this.wide ?? 0) - width) > 1 || Math.abs((this.high ?? 0) - height) > 1;
    Object.assign(this, { wide: width, high: height });
    if (turned && !this.moved) this.fit();
    else this.refresh();
  }

  choose(selection) {
    this.chosen = selection;
    this.refresh();
  }

  /** Bring an actor to the middle if it is out of sight. */
  reveal(actor) {
    const spot = this.net.spot.get(actor.number);
    if (!spot) return;
    const { width, height } = this.size();
    const { x, y } = this.camera.toScreen(spot, width, height);
    if (x < 30 || y < 30 || x > width - 30 || y > height - 30) this.camera.centre(spot);
    this.refresh();
  }

  zoom(factor) {
    this.camera.zoom(factor);
    this.move();
  }

  /** What is drawn: spots on the screen, ties between them, and who is lit. */
  scene() {
    return layScene(this, this.size());
  }

  refresh() {
    if (!this.net) return;
    this.picture = null;
    this.request();
  }

  request() {
    this.waiting ??= requestAnimationFrame(() => {
      this.waiting = null;
      this.frame();
    });
  }

  frame(colours = palette(this.canvas), density = window.devicePixelRatio || 1) {
    const { width, height } = this.size();
    if (!width || !height) return;
    const { canvas, context, camera } = this;
    const [w, h] = [Math.round(width * density), Math.round(height * density)];
    if (canvas.width !== w || canvas.height !== h) Object.assign(canvas, { width: w, height: h });
    if (this.picture) {
      const { image, scale, x, y } = this.picture;
      const grown = camera.scale / scale;
      context.setTransform(1, 0, 0, 1, 0, 0);
      context.fillStyle = colours.paper;
      context.fillRect(0, 0, w, h);
      const dx = (w / 2) * (1 - grown) + (x - camera.x) * camera.scale * density;
      const dy = (h / 2) * (1 - grown) + (y - camera.y) * camera.scale * density;
      context.drawImage(image, dx, dy, w * grown, h * grown);
      return;
    }
    this.seen = this.scene();
    context.setTransform(density, 0, 0, density, 0, 0);
    draw(context, { ...this.seen, colours });
  }

  /** The camera moved: heavy networks move as a picture until they rest. */
  move() {
    this.moved = true;
    clearTimeout(this.resting);
    if (this.net.ties.length > HEAVY) {
      if (!this.picture) {
        const image = document.createElement("canvas");
        Object.assign(image, { width: this.canvas.width, height: this.canvas.height });
        image.getContext("2d").drawImage(this.canvas, 0, 0);
        const { scale, x, y } = this.drawn ?? this.camera;
        this.picture = { image, scale, x, y };
      }
      this.resting = setTimeout(() => this.refresh(), REST);
    }
    this.request();
    this.listen.moved(this.camera, false);
  }

  /** Remember where the camera stands before it moves: the picture was drawn from there. */
  hold() {
    if (!this.picture) this.drawn = { scale: this.camera.scale, x: this.camera.x, y: this.camera.y };
  }

  listenToPointers() {
    const { canvas, pointers } = this;
    this.hint = new Hint(canvas.parentElement);
    canvas.addEventListener("wheel", (event) => {
      if (!zooms(event)) return this.hint.show(false);
      event.preventDefault();
      this.hold();
      const box = canvas.getBoundingClientRect();
      const [dx, dy] = [event.clientX - box.left - box.width / 2, event.clientY - box.top - box.height / 2];
      this.camera.zoom(turned(event), dx, dy);
      this.move();
    }, { passive: false });
    canvas.addEventListener("pointerdown", (event) => {
      canvas.setPointerCapture?.(event.pointerId);
      pointers.set(event.pointerId, event);
      this.far = 0;
    });
    canvas.addEventListener("pointermove", (event) => this.pointed(event));
    canvas.addEventListener("pointerleave", () => this.hover(null));
    // What a tap opens has the focus; the mouse's events that follow a tap would take it back.
    canvas.addEventListener("touchend", (event) => event.cancelable && event.preventDefault());
    for (const end of ["pointerup", "pointercancel"]) {
      canvas.addEventListener(end, (event) => {
        const click = pointers.delete(event.pointerId) && this.far < 5 && end === "pointerup";
        if (click) this.listen.select(this.at(event));
      });
    }
  }

  pointed(event) {
    const before = this.pointers.get(event.pointerId);
    if (!before) {
      this.hover(this.at(event), event);
      return;
    }
    this.hold();
    const [dx, dy] = [event.clientX - before.clientX, event.clientY - before.clientY];
    this.far += Math.hypot(dx, dy);
    const others = [...this.pointers.values()].filter(({ pointerId }) => pointerId !== event.pointerId);
    // One finger scrolls the page.
    if (event.pointerType === "touch" && !others.length) return this.far > 8 && this.hint.show(true);
    if (others.length) {
      const apart = (one) => Math.hypot(one.clientX - others[0].clientX, one.clientY - others[0].clientY);
      this.camera.zoom(apart(event) / Math.max(apart(before), 1));
    }
    this.camera.pan(dx / (others.length + 1), dy / (others.length + 1));
    this.pointers.set(event.pointerId, event);
    this.move();
  }

  /** What is under the pointer: an actor, or else a tie. */
  at(event) {
    if (!this.seen || this.picture) return null;
    const box = this.canvas.getBoundingClientRect();
    return pick(this.seen, event.clientX - box.left, event.clientY - box.top);
  }

  hover(thing, event) {
    if (event) {
      const box = this.canvas.getBoundingClientRect();
      const left = Math.min(event.clientX - box.left + 14, box.width - 250);
      this.tip.style.transform = `translate(${Math.max(left, 4)}px, ${event.clientY - box.top + 16}px)`;
    }
    if (thing === this.over) return;
    this.over = thing;
    this.canvas.style.cursor = thing ? "pointer" : "";
    this.listen.hover(thing);
    if (this.net && this.net.actors.length < 400) this.refresh();
  }

  setCursor(actor) {
    if (this.cursor === actor) return;
    this.cursor = actor;
    this.refresh();
  }

  key(event) {
    const steps = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
    const step = steps[event.key];
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (step && event.shiftKey) {
      this.hold();
      this.camera.pan(-step[0] * 60, -step[1] * 60);
      this.move();
    } else if (step) this.walk(step);
    else if (event.key === "+" || event.key === "=") this.hold(), this.zoom(1.3);
    else if (event.key === "-") this.hold(), this.zoom(1 / 1.3);
    else if (event.key === "0") this.fit();
    else if ((event.key === "Enter" || event.key === " ") && this.cursor) this.listen.select(this.cursor, true);
    else if (event.key === "Escape") this.listen.select(null);
    else return;
    event.preventDefault();
  }

  /** Go to the nearest actor in a direction; at first to the one with most ties. */
  walk([sx, sy]) {
    this.seen = this.scene();
    const here = this.seen.spots.find(({ actor }) => actor === (this.cursor ?? this.chosen));
    let best = null;
    let least = Infinity;
    for (const spot of this.seen.spots) {
      if (spot === here) continue;
      const dx = here ? spot.x - here.x : 0;
      const dy = here ? spot.y - here.y : 0;
      const along = dx * sx + dy * sy;
      const aside = Math.abs(dx * sy) + Math.abs(dy * sx);
      const cost = here ? (along > 1 ? along + 2 * aside : Infinity) : -spot.r;
      if (cost < least) [best, least] = [spot, cost];
    }
    if (!best) return;
    this.setCursor(best.actor);
    this.reveal(best.actor);
    this.listen.hover(best.actor, true);
  }
}
