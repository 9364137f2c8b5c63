// Events over time: a bar is as long as its bounds, so that a year is not its first of January.

import { dayNumber } from "./dates.js";
import { dated, el, link, say, words } from "./dom.js";

const MANY = 200;

// The years that the axis spans: those of the events, or of the period where one is asked for.
function scale(events, [begin, close]) {
  const days = events.flatMap(({ earliest, latest }) => [earliest, latest]).filter((day) => day !== null);
  const first = begin ?? days.reduce((a, b) => (a < b ? a : b), days[0]);
  const last = close ?? days.reduce((a, b) => (a > b ? a : b), days[0]);
  const years = [Number(first.slice(0, 4)), Number(last.slice(0, 4)) + 1];
  const [from, to] = years.map((year) => dayNumber(`${year}-01-01`));
  const at = (day) => ((dayNumber(day) - from) / (to - from)) * 100;
  const step = Math.max(1, Math.ceil((years[1] - years[0]) / 8));
  const ticks = [];
  for (let year = years[0]; year < years[1]; year += step) ticks.push([year, at(`${year}-01-01`)]);
  return { at, ticks };
}

function placed(node, left, width) {
  node.style.left = `${left}%`;
  if (width !== undefined) node.style.width = `${width}%`;
  return node;
}

/** Show events on a line each; `more` is called to show all of them. */
export function showTimeline(host, events, days, select, all, more) {
  const shown = events.filter(({ earliest, latest }) => earliest !== null || latest !== null);
  const undated = events.filter(({ earliest, latest }) => earliest === null && latest === null);
  if (!events.length) {
    host.replaceChildren(el("p", { class: "empty" }, "No event is left by these filters."));
    return;
  }
  const rows = [];
  if (shown.length) {
    const { at, ticks } = scale(shown, days);
    const axis = ticks.map(([year, left]) => placed(el("span", { class: "tick" }, String(year)), left));
    rows.push(el("div", { class: "row axis", "aria-hidden": "true" }, el("span"), el("div", { class: "track" }, axis)));
    for (const event of all ? shown : shown.slice(0, MANY)) {
      const start = at(event.earliest ?? event.latest);
      const end = at(event.latest ?? event.earliest);
      const state = event.status ?? "other";
      const open = event.earliest === null ? " open-start" : event.latest === null ? " open-end" : "";
      const bar = placed(el("span", { class: `bar ${state}${open}` }), start, Math.max(end - start, 0));
      const lines = ticks.map(([, left]) => placed(el("span", { class: "line" }), left));
      rows.push(
        el(
          "li",
          { class: "row" },
          link(event.label, () => select(event.id)),
          el("div", { class: "track" }, lines, bar),
          el("span", { class: "when" }, dated(`${event.when} · ${words(event.status ?? event.other)}`)),
        ),
      );
    }
  }
  const hidden = all ? 0 : Math.max(0, shown.length - MANY);
  host.replaceChildren(
    el("p", { class: "hint" }, "A bar covers all days on which the event is possible. Dashed bars are plans; pale ones are meetings and other events."),
    ...rows.slice(0, 1),
    el("ol", { class: "rows" }, rows.slice(1)),
    hidden ? el("button", { type: "button", on: { click: more } }, `Show ${say(hidden, "more event")}`) : "",
    undated.length
      ? el("section", {}, el("h2", {}, `${say(undated.length, "event")} without dates`), el("ul", {}, undated.map((event) => el("li", {}, link(event.label, () => select(event.id))))))
      : "",
  );
}
