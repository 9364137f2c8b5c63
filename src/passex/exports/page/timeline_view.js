// Events over time: a bar is as long as its bounds, so that a year is not its first of January. Few
// events have a line each; many stand in lanes, of actors or kinds.

import { Brush, months } from "./brush.js";
import { SORTS } from "./clusters.js";
import { period } from "./dates.js";
import { dated, el, keepFocus, link, say, words } from "./dom.js";
import { cells, lanesOf, packed, placed } from "./lanes.js";
import { rove } from "./roving.js";
import { bounds, timeScale } from "./time_scale.js";

const LINES = 60;
const MANY = 200;
const FIRST_LANES = 40;
// Lanes of more bars above each other than this, or more bars than that in all, show how many there are instead.
const DEEP = 10;
const BARS = 600;

export class TimelineView {
  /** @param listen { select(id), change(fields) } */
  constructor(host, data, listen) {
    Object.assign(this, { host, data, listen, all: false });
    const span = months(data);
    this.strip = el("div", { id: "time", class: "brush wide" });
    this.brush = span ? new Brush(this.strip, span, listen.change) : null;
    this.lanes = el("select", { id: "lanes", on: { change: ({ target }) => listen.change({ lanes: target.value }) } });
    this.said = el("p", { class: "tally", role: "status" });
    this.body = el("div", { class: "timeline" });
    host.replaceChildren(
      this.strip,
      el("div", { class: "bar-lanes" }, el("label", { class: "inline" }, "Lanes ", this.lanes), this.said),
      this.body,
    );
    this.roving = rove(this.body, ".spot");
  }

  /** Show events, of which `left` others are left out, in the lanes that a state asks for. */
  show(events, brushed, left, state, net) {
    this.brush?.show(brushed, state);
    const shown = events.filter(bounds);
    const asked = state.lanes || (shown.length > LINES ? "actor" : "event");
    const choices = [["event", "A line each"], ["actor", "By actor"], ["kind", "By kind"]];
    this.lanes.replaceChildren(...choices.map(([value, text]) => el("option", { value, selected: value === asked }, text)));
    const key = [asked, state.since, state.until].join();
    if (this.key !== key) this.all = false;
    this.key = key;
    const counts = Object.values(SORTS).map(([thing, fits]) => [events.filter(fits).length, thing]).filter(([count]) => count);
    const without = left === 1 ? "; 1 other event is left out" : left ? `; ${left.toLocaleString("en-GB")} other events are left out` : "";
    this.said.textContent = `${counts.map(([count, thing]) => say(count, thing)).join(", ") || "No event is left by these filters"}${without}.`;
    this.again = () => this.show(events, brushed, left, state, net);
    const undated = events.filter((event) => !bounds(event));
    keepFocus(this.body, () => this.body.replaceChildren(
      ...(shown.length ? this.drawn(shown, asked, state, net) : []),
      undated.length
        ? el("section", {}, el("h2", {}, `${say(undated.length, "event")} without dates`), el("ul", { class: "columns" }, undated.slice(0, MANY).map((event) => el("li", {}, link(event.label, () => this.listen.select(event.id))))), undated.length > MANY ? el("p", {}, `And ${say(undated.length - MANY, "more event")}.`) : null)
        : "",
    ));
    this.roving.enter();
  }

  drawn(shown, asked, state, net) {
    const room = Math.max(3, Math.floor((this.host.clientWidth || 700) / 110));
    const scale = timeScale(shown, period(state.since, state.until), room);
    const axis = el("div", { class: "row axis", "aria-hidden": "true" }, el("span"), el("div", { class: "track" },
      scale.ticks.map(({ text, left }) => placed(el("span", { class: "tick" }, text), left)),
      scale.gaps.map(({ left, right, words: said }) => placed(el("span", { class: "gap", title: `${said}: nothing` }, "⫽"), left, right - left))));
    this.body.classList.toggle("laned", asked !== "event");
    const rows = asked === "event" ? this.lines(shown, scale) : this.laned(lanesOf(shown, asked, net, this.data), scale);
    return [axis, ...rows, ...scale.gaps.map(({ words: said }) => el("p", { class: "hint" }, `The axis leaves out ${said}, in which nothing is.`))];
  }

  /** What lies behind the bars of a row: the years, and the stretches that are left out. */
  behind({ ticks, gaps }) {
    return [
      ticks.map(({ left }) => placed(el("span", { class: "line" }), left)),
      gaps.map(({ left, right }) => placed(el("span", { class: "gap" }), left, right - left)),
    ];
  }

  bar(event, scale) {
    const [first, last] = bounds(event);
    const [start, end] = [scale.at(first), scale.at(last)];
    const open = event.earliest === null ? " open-start" : event.latest === null ? " open-end" : "";
    // What goes on beyond the axis has no round end there.
    const cut = (first < scale.from ? " cut-start" : "") + (last > scale.to ? " cut-end" : "");
    return placed(el("span", { class: `bar ${event.status ?? "other"}${open}${cut}` }), start, Math.max(end - start, 0));
  }

  /** A line for each event: exercises first, then plans, then others. */
  lines(shown, scale) {
    const found = [];
    let room = this.all ? Infinity : MANY;
    for (const [thing, fits] of Object.values(SORTS)) {
      const own = shown.filter(fits);
      if (!own.length || room <= 0) continue;
      const rows = own.slice(0, room).map((event) =>
        el("li", { class: "row" },
          link(event.label, () => this.listen.select(event.id), { dir: "auto" }),
          el("div", { class: "track" }, this.behind(scale), this.bar(event, scale)),
          el("span", { class: "when" }, dated(`${event.when} · ${event.standing ?? words(event.other)}`))));
      room -= rows.length;
      found.push(el("h2", {}, say(own.length, thing)), el("ol", { class: "rows" }, rows));
    }
    const hidden = this.all ? 0 : Math.max(0, shown.length - MANY);
    return [...found, this.more(hidden, "more event")];
  }

  more(hidden, thing) {
    const show = () => {
      this.all = true;
      this.again?.();
    };
    return hidden ? el("button", { type: "button", "data-key": "more", on: { click: show } }, `Show ${say(hidden, thing)}`) : "";
  }

  /** Lanes: bars where there is room for each, else how many there are in each year or month. */
  laned(lanes, scale) {
    const shown = this.all ? lanes : lanes.slice(0, FIRST_LANES);
    const packs = shown.map(({ events }) => packed(events, scale));
    const deep = packs.some((rows) => rows.length > DEEP) || shown.reduce((sum, { events }) => sum + events.length, 0) > BARS;
    const most = deep ? shown.reduce((top, { events }) => Math.max(top, ...cells(events, scale).map(({ count }) => count)), 1) : 0;
    const rows = shown.map((lane, n) =>
      el("li", { class: "row lane" },
        el("span", { class: "lane-name" }, lane.id ? link(lane.label, () => this.listen.select(lane.id), { dir: "auto" }) : el("span", { dir: "auto" }, lane.label)),
        deep ? this.heat(lane, scale, most) : this.bars(lane, packs[n], scale),
        el("span", { class: "when" }, lane.words)));
    const key = deep
      ? `A cell is a ${scale.unit}: the darker, the more events, up to ${most.toLocaleString("en-GB")}; hatched where none is surely in it. Selecting it shows that ${scale.unit} alone.`
      : "A bar covers all days on which its event is possible.";
    return [el("p", { class: "hint" }, key), el("ol", { class: "rows" }, rows), this.more(lanes.length - shown.length, "more lane")];
  }

  bars(lane, rows, scale) {
    const track = el("div", { class: "track" }, this.behind(scale));
    track.style.height = `${rows.length * 14 + 6}px`;
    rows.forEach((row, n) => row.forEach((event) => {
      const said = `${event.label}: ${event.when}, ${event.standing ?? words(event.other)}`;
      const bar = this.bar(event, scale);
      const spot = el("button", { type: "button", class: "spot", tabindex: -1, title: said, "aria-label": said, "data-key": `${lane.label}|${event.id}`, on: { click: () => this.listen.select(event.id) } }, bar);
      spot.style.top = `${n * 14 + 3}px`;
      spot.style.left = bar.style.left;
      spot.style.width = bar.style.width;
      bar.style.left = bar.style.width = "";
      track.append(spot);
    }));
    return track;
  }

  heat(lane, scale, most) {
    const track = el("div", { class: "track heat" }, this.behind(scale));
    for (const { sort, from, to, count, sure, text } of cells(lane.events, scale)) {
      const said = `${lane.label}, ${text}: ${say(sure, SORTS[sort][0])} surely${count > sure ? `, ${count - sure} possibly` : ""}`;
      const cell = placed(el("button", {
        type: "button", class: `spot cell ${sort}${sure ? "" : " unsure"}`, tabindex: -1, title: said, "aria-label": said, "data-key": `${lane.label}|${sort}|${text}`,
        on: { click: () => this.listen.change({ since: text, until: text }) },
      }), from, to - from);
      cell.style.setProperty("--depth", (0.18 + 0.82 * Math.sqrt(count / most)).toFixed(3));
      track.append(cell);
    }
    return track;
  }
}
