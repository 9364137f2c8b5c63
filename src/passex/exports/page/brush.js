// A strip of how many exercises there are when, with a brush on it that is the filter of the period:
// two handles, and the window between them, which moves as a whole.

import { monthOf, monthText, monthWords, readDate } from "./dates.js";
import { el } from "./dom.js";

const STEPS = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageUp: 12, PageDown: -12 };
// Up to so many months have a bar each; more are shown by years.
const BY_MONTH = 60;

/** The months that the brush spans: those of all dated exercises and plans; null where none is. */
export function months(data) {
  const days = data.exercises.flatMap(({ earliest, latest }) => [earliest, latest]).filter(Boolean).sort();
  if (!days.length) return null;
  const first = monthOf(`${days[0].slice(0, 4)}-01-01`);
  return [first, Math.max(monthOf(`${days.at(-1).slice(0, 4)}-12-01`), first + 11)];
}

export class Brush {
  /** @param change called with ({ since, until }); empty texts are no limit */
  constructor(host, span, change) {
    Object.assign(this, { host, span, change, range: [...span] });
    this.bars = el("div", { class: "strip-bars", "aria-hidden": "true" });
    this.pane = el("div", { class: "strip-window", "aria-hidden": "true" });
    this.handles = ["since", "until"].map((side, end) =>
      el("span", {
        tabindex: 0, id: `${host.id}-${side}`, class: `strip-handle ${side}`, role: "slider", "aria-orientation": "horizontal",
        "aria-label": side === "since" ? "From month" : "To month", "aria-valuemin": span[0], "aria-valuemax": span[1],
        on: { keydown: (event) => this.key(event, end) },
      }));
    const [from, to] = span.map((month) => String(Math.floor(month / 12)));
    this.strip = el("div", { class: "strip" }, this.bars, this.pane, this.handles);
    host.replaceChildren(
      this.strip,
      el("div", { class: "years", "aria-hidden": "true" }, el("span", {}, from), el("span", {}, from === to ? "" : to)),
    );
    this.listen();
  }

  /** Show how many exercises and plans there are, and the period of a state. */
  show(events, { since, until }) {
    const [first, last] = this.span;
    this.range = [since ? monthOf(readDate(since)[0]) : first, until ? monthOf(readDate(until)[1]) : last]
      .map((month) => Math.min(Math.max(month, first), last));
    const asked = { since, until };
    this.asked = asked;
    this.handles.forEach((handle, end) => {
      const [name, none] = [["since", "from the first"], ["until", "to the last"]][end];
      handle.style.left = `${this.share(this.range[end] + end)}%`;
      handle.setAttribute("aria-valuenow", this.range[end]);
      handle.setAttribute("aria-valuetext", asked[name] ? `${name} ${asked[name]}` : `${none}: ${monthWords(this.span[end])}`);
    });
    this.pane.style.left = `${this.share(this.range[0])}%`;
    this.pane.style.width = `${this.share(this.range[1] + 1) - this.share(this.range[0])}%`;
    this.host.classList.toggle("whole", !since && !until);
    if (this.drawn !== events) this.draw(events);
    this.drawn = events;
  }

  /** Bars for years or months: dark where a date surely is in it, pale where it may be. */
  draw(events) {
    const [first, last] = this.span;
    const step = last - first < BY_MONTH ? 1 : 12;
    const bins = [];
    for (let month = first; month <= last; month += step) {
      const text = step === 1 ? monthText(month) : String(Math.floor(month / 12)).padStart(4, "0");
      bins.push({ text, days: readDate(text), exercises: [0, 0], plans: [0, 0] });
    }
    for (const { earliest, latest, planned } of events) {
      if (earliest === null && latest === null) continue;
      for (const { days: [from, to], exercises, plans } of bins) {
        if ((earliest ?? from) > to || (latest ?? to) < from) continue;
        const sure = earliest !== null && latest !== null && earliest >= from && latest <= to;
        (planned ? plans : exercises)[sure ? 0 : 1] += 1;
      }
    }
    const most = bins.reduce((top, { exercises, plans }) => Math.max(top, exercises[0] + exercises[1], plans[0] + plans[1]), 1);
    const column = (sort, [sure, may]) =>
      el("span", { class: `column ${sort}` }, [["may", may], ["sure", sure]].map(([look, count]) => {
        const bar = el("span", { class: look });
        bar.style.height = `${(count / most) * 100}%`;
        return bar;
      }));
    const words = (name, [sure, may]) => (sure || may ? `; ${name}: ${sure} surely, ${may} possibly` : "");
    const planned = bins.some(({ plans }) => plans[0] + plans[1]);
    this.bars.replaceChildren(...bins.map(({ text, exercises, plans }) =>
      el("span", { class: "bin", title: `${text}${words("exercises", exercises)}${words("plans", plans)}` },
        column("exercises", exercises), planned ? column("plans", plans) : null)));
  }

  share(month) {
    return ((month - this.span[0]) / (this.span[1] + 1 - this.span[0])) * 100;
  }

  /** Set the period; what reaches the ends of the strip is no limit. */
  set(from, to, whole = false) {
    const [first, last] = this.span;
    const [a, b] = [Math.max(from, first), Math.min(to, last)];
    if (a > b) return;
    const none = whole || (a === first && b === last);
    // The end that stays keeps its text: a year isn't made its first month.
    const text = (month, limit, now, given) => (none || month === limit ? "" : month === now ? given : monthText(month));
    const { since, until } = this.asked;
    this.change({ since: text(a, first, this.range[0], since), until: text(b, last, this.range[1], until) });
  }

  /** Move the window as a whole, as far as the strip reaches. */
  shift(months, [from, to] = this.range) {
    const step = Math.min(Math.max(months, this.span[0] - from), this.span[1] - to);
    this.set(from + step, to + step);
  }

  key(event, end) {
    const [from, to] = this.range;
    const step = STEPS[event.key];
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (step && event.shiftKey) this.shift(step);
    else if (step && end === 0) this.set(Math.min(from + step, to), to);
    else if (step) this.set(from, Math.max(to + step, from));
    else if (event.key === "Home") end ? this.set(from, from) : this.set(this.span[0], to);
    else if (event.key === "End") end ? this.set(from, this.span[1]) : this.set(to, to);
    else if (event.key === "Escape") this.set(from, to, true);
    else return;
    event.preventDefault();
  }

  listen() {
    let grip = null;
    const month = ({ clientX }) => {
      const { left, width } = this.strip.getBoundingClientRect();
      const [first, last] = this.span;
      return Math.min(Math.max(Math.floor(first + ((clientX - left) / width) * (last + 1 - first)), first), last);
    };
    this.strip.addEventListener("pointerdown", (event) => {
      const at = month(event);
      const end = this.handles.indexOf(event.target);
      const part = this.range[0] > this.span[0] || this.range[1] < this.span[1];
      const inside = part && at >= this.range[0] && at <= this.range[1];
      grip = { end, at, range: end >= 0 || inside ? [...this.range] : null };
      this.strip.setPointerCapture(event.pointerId);
      if (end < 0) event.preventDefault();
    });
    this.strip.addEventListener("pointermove", (event) => {
      if (!grip || !event.buttons) return;
      const at = month(event);
      const move = () => {
        if (grip.end === 0) this.set(Math.min(at, grip.range[1]), grip.range[1]);
        else if (grip.end === 1) this.set(grip.range[0], Math.max(at, grip.range[0]));
        else if (grip.range) this.shift(at - grip.at, grip.range);
        else this.set(Math.min(at, grip.at), Math.max(at, grip.at));
      };
      if (at === grip.last) return;
      grip.last = at;
      cancelAnimationFrame(this.waiting);
      this.waiting = requestAnimationFrame(() => grip && move());
    });
    this.strip.addEventListener("pointerup", (event) => {
      const still = grip && grip.last === undefined;
      // A click beside the window asks for the year or month that is there; a double click for all.
      if (still && grip.end < 0) this.click(month(event), grip.range);
      setTimeout(() => (grip = null), 40);
    });
    this.strip.addEventListener("dblclick", () => this.set(...this.span, true));
  }

  click(at, inside) {
    if (inside) return;
    const year = Math.floor(at / 12) * 12;
    if (this.span[1] - this.span[0] < BY_MONTH) this.set(at, at);
    else this.set(year, year + 11);
  }
}
