// The axis of a timeline: to scale, but for stretches of years in which nothing is, which are squeezed.

import { dayNumber } from "./dates.js";

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const DAY = 864e5;
// A stretch is squeezed that takes more than this share of the whole; so much is left of it.
const EMPTY = 0.2;
const SQUEEZED = 0.035;

function yearOf(day) {
  return new Date(day * DAY).getUTCFullYear();
}

function start(year, month = 0) {
  return dayNumber(`${String(year + Math.floor(month / 12)).padStart(4, "0")}-${String((month % 12) + 1).padStart(2, "0")}-01`);
}

/** The first and the last day of events, as numbers; null for events without dates. */
export function bounds({ earliest, latest }) {
  const [first, last] = [earliest ?? latest, latest ?? earliest];
  return first === null ? null : [dayNumber(first), dayNumber(last) + 1];
}

/** The years or months that an axis spans: [begin, end, "year" or "month"]. */
function domain(spans, [begin, close]) {
  const first = begin === null ? Math.min(...spans.map(([from]) => from)) : dayNumber(begin);
  const last = close === null ? Math.max(...spans.map(([, to]) => to)) : dayNumber(close) + 1;
  const end = Math.max(last, first + 1);
  if (end - first <= 1200) {
    const day = new Date(first * DAY);
    const until = new Date((end - 1) * DAY);
    return [start(day.getUTCFullYear(), day.getUTCMonth()), start(until.getUTCFullYear(), until.getUTCMonth() + 1), "month"];
  }
  return [start(yearOf(first)), start(yearOf(end - 1) + 1), "year"];
}

/** Stretches of whole years without events that take much of the axis. */
function stretches(spans, from, to) {
  const found = [];
  let reached = from;
  for (const [begin, end] of [...spans, [to, to]].sort((a, b) => a[0] - b[0])) {
    const [left, right] = [start(yearOf(reached) + (reached > start(yearOf(reached)) ? 1 : 0)), begin === to ? to : start(yearOf(begin))];
    if (right - left > (to - from) * EMPTY && right - left > 700) found.push([left, right]);
    reached = Math.max(reached, Math.min(end, to));
  }
  return found;
}

/** Make the axis of events, { at, from, to, ticks, bins, gaps, unit }, in percent of its length; `room` names fit on it. */
export function timeScale(events, period, room = 8) {
  const spans = events.map(bounds).filter(Boolean);
  const [from, to, unit] = domain(spans, period);
  const gaps = unit === "year" ? stretches(spans, from, to) : [];
  const empty = gaps.reduce((sum, [left, right]) => sum + right - left, 0);
  const per = (100 * (1 - gaps.length * SQUEEZED)) / (to - from - empty);
  const at = (day) => {
    let x = (Math.min(Math.max(day, from), to) - from) * per;
    for (const [left, right] of gaps) {
      const passed = Math.min(Math.max(day - left, 0), right - left);
      x += passed * ((100 * SQUEEZED) / (right - left) - per);
    }
    return x;
  };
  const bins = cut(from, to, unit).filter(([begin]) => !gaps.some(([left, right]) => begin >= left && begin < right));
  const [steps, far] = unit === "year" ? [[1, 2, 5, 10, 20, 50, 100], 200] : [[1, 3, 6, 12, 24], 36];
  const every = steps.find((n) => n * room >= bins.length) ?? far;
  const number = (year, month) => (unit === "year" ? year : year * 12 + month);
  const after = new Set(gaps.map(([, right]) => right));
  const ticks = bins
    .filter(([begin, , year, month]) => number(year, month) % every === 0 || begin === from || after.has(begin))
    .map(([begin, , year, month]) => ({
      text: unit === "year" || month === 0 ? String(year) : MONTHS[month] + (begin === from ? ` ${year}` : ""),
      left: at(begin),
      // Where an axis begins, also after a stretch that is left out, there is a year.
      must: begin === from || after.has(begin),
    }));
  const shown = gaps.map(([left, right]) => ({ left: at(left), right: at(right), words: `${yearOf(left)} to ${yearOf(right - 1)}` }));
  return { at, from, to, ticks: apart(ticks, 58 / room), bins, gaps: shown, unit };
}

/** Leave out ticks whose names would lie over others. */
function apart(ticks, least) {
  const kept = ticks.filter(({ must }) => must);
  for (const tick of ticks) if (kept.every(({ left }) => Math.abs(left - tick.left) >= least)) kept.push(tick);
  return kept.sort((a, b) => a.left - b.left);
}

/** Years or months between two days: [begin, end, year, month, its text in an address]. */
function cut(from, to, unit) {
  const found = [];
  const first = new Date(from * DAY);
  for (let n = 0; ; n += 1) {
    const month = (unit === "year" ? 0 : first.getUTCMonth()) + n * (unit === "year" ? 12 : 1);
    const year = first.getUTCFullYear() + Math.floor(month / 12);
    const begin = start(first.getUTCFullYear(), month);
    if (begin >= to) return found;
    const text = String(year).padStart(4, "0") + (unit === "year" ? "" : `-${String((month % 12) + 1).padStart(2, "0")}`);
    found.push([begin, start(first.getUTCFullYear(), month + (unit === "year" ? 12 : 1)), year, month % 12, text]);
  }
}
