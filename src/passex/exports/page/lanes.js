// Lanes of a timeline: which events are in which, and how they are laid in it.

import { counted, SORTS } from "./clusters.js";
import { bounds } from "./time_scale.js";

/** Put a node at a place of its row, and give it a width, in percent. */
export function placed(node, left, width) {
  node.style.left = `${left}%`;
  if (width !== undefined) node.style.width = `${width}%`;
  return node;
}

/** Sort events into lanes of actors or kinds, [{ label, id, events, words }], the fullest first. */
export function lanesOf(events, by, net, data) {
  const found = new Map();
  const add = (key, label, id, event) => {
    if (!found.has(key)) found.set(key, { label, id, events: [] });
    found.get(key).events.push(event);
  };
  const ends = new Map();
  for (const { a, b, occasions } of net.ties) {
    for (const { event } of occasions) {
      if (!ends.has(event)) ends.set(event, new Set());
      ends.get(event).add(a).add(b);
    }
  }
  for (const event of events) {
    const owners = by === "actor"
      ? [...(ends.get(event) ?? [])].map(({ id, label }) => [id, label, id])
      : event.kinds.map((kind) => [kind, data.kinds[kind], null]);
    for (const owner of owners) add(...owner, event);
    if (!owners.length) {
      const none = !event.status ? "Other events" : by === "actor" ? "No tie at this level" : "No kind stated";
      add(none, none, null, event);
    }
  }
  const size = ({ id, events: own }) => (id || by === "kind" ? own.length : 0);
  return [...found.values()]
    .sort((a, b) => size(b) - size(a) || (a.label < b.label ? -1 : 1))
    .map((lane) => ({ ...lane, words: counted(lane.events) }));
}

/** Lay events in as few rows as they fit without touching, the earliest first. */
export function packed(events, { at }) {
  const rows = [];
  const spans = events.map((event) => [event, ...bounds(event).map(at)]).sort((a, b) => a[1] - b[1] || a[2] - b[2]);
  for (const [event, from, to] of spans) {
    // A bar that is too short to be seen is drawn some pixels wide.
    const end = Math.max(to, from + 0.9);
    let row = rows.find((one) => one.end <= from);
    if (!row) rows.push((row = { end: 0, events: [] }));
    row.end = end;
    row.events.push(event);
  }
  return rows.map((row) => row.events);
}

/** Count events by the years or months of an axis; exercises, plans and others never together. */
export function cells(events, { at, bins }) {
  const found = [];
  for (const [sort, [, fits]] of Object.entries(SORTS)) {
    const counts = bins.map(() => [0, 0]);
    for (const event of events.filter(fits)) {
      const [first, last] = bounds(event);
      bins.forEach(([begin, end], n) => {
        if (first >= end || last <= begin) return;
        counts[n][0] += 1;
        if (first >= begin && last <= end && event.earliest !== null && event.latest !== null) counts[n][1] += 1;
      });
    }
    counts.forEach(([count, sure], n) => {
      const [begin, end, , , text] = bins[n];
      if (count) found.push({ sort, count, sure, text, from: at(begin), to: at(end) });
    });
  }
  return found;
}
