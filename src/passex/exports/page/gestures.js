// Moving and zooming a picture without a trap: the wheel and one finger scroll the page, Ctrl and the
// wheel or two fingers zoom.

import { el } from "./dom.js";

const SHOWN = 1500;

/** Whether a turn of the wheel is meant for the picture; a pinch on a touchpad comes with Ctrl. */
export function zooms(event) {
  return event.ctrlKey || event.metaKey;
}

/** How far a turn of the wheel zooms. */
export function turned(event) {
  return Math.exp(-event.deltaY * (event.deltaMode ? 0.05 : event.ctrlKey && Math.abs(event.deltaY) < 50 ? 0.01 : 0.0016));
}

/** A hint over a picture, for a moment, to those who try to zoom it. */
export class Hint {
  constructor(host) {
    this.note = el("p", { class: "gesture", hidden: true, "aria-hidden": "true" });
    host.append(this.note);
  }

  show(byTouch) {
    const key = /Mac|iPhone|iPad/.test(navigator.platform) ? "⌘" : "Ctrl";
    this.note.textContent = byTouch ? "Two fingers move and zoom" : `Hold ${key} and scroll to zoom`;
    this.note.hidden = false;
    clearTimeout(this.until);
    this.until = setTimeout(() => (this.note.hidden = true), SHOWN);
  }
}

/** Make a surface call `pan(dx, dy)` and `zoom(factor, x, y)`, in pixels of its box. */
export function listenToGestures(surface, hint, { pan, zoom }) {
  const pointers = new Map();
  let far = 0;
  const spot = (event) => {
    const box = surface.getBoundingClientRect();
    return [event.clientX - box.left, event.clientY - box.top];
  };
  surface.addEventListener("wheel", (event) => {
    if (!zooms(event)) return hint.show(false);
    event.preventDefault();
    zoom(turned(event), ...spot(event));
  }, { passive: false });
  surface.addEventListener("pointerdown", (event) => {
    pointers.set(event.pointerId, event);
    if (pointers.size === 1) far = 0;
  });
  surface.addEventListener("pointermove", (event) => {
    const before = pointers.get(event.pointerId);
    if (!before) return;
    if (!event.buttons) return pointers.delete(event.pointerId);
    const [dx, dy] = [event.clientX - before.clientX, event.clientY - before.clientY];
    const others = [...pointers.values()].filter(({ pointerId }) => pointerId !== event.pointerId);
    pointers.set(event.pointerId, event);
    far += Math.hypot(dx, dy);
    if (event.pointerType === "touch" && !others.length) return far > 8 && hint.show(true);
    if (far < 4) return;
    if (others.length) {
      const apart = (one) => Math.hypot(one.clientX - others[0].clientX, one.clientY - others[0].clientY);
      const [x, y] = [spot(event), spot(others[0])].reduce(([a, b], [c, d]) => [(a + c) / 2, (b + d) / 2]);
      zoom(apart(event) / Math.max(apart(before), 1), x, y);
    }
    pan(dx / (others.length + 1), dy / (others.length + 1));
  });
  for (const end of ["pointerup", "pointercancel", "pointerleave"]) {
    surface.addEventListener(end, (event) => pointers.delete(event.pointerId));
  }
  // What ends a drag is no click on what is under it.
  surface.addEventListener("click", (event) => far > 4 && event.detail && event.stopPropagation(), true);
}
