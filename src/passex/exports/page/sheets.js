// Tables as files: comma-separated values (RFC 4180).

import { cellText, columnsOf } from "./table_view.js";

/** Write a cell; a text that a spreadsheet would compute gets an apostrophe before it. */
function cell(value) {
  const text = typeof value === "string" && /^[=+\-@\t\r\n＝＋－＠]/.test(value) ? `'${value}` : String(value ?? "");
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function csv(head, rows) {
  return [head, ...rows].map((row) => `${row.map(cell).join(",")}\r\n`).join("");
}

/** The ties of the table, as it is sorted and narrowed, with the IRIs of both ends. */
export function tiesFile(ties) {
  const columns = columnsOf(ties);
  const value = (column, tie) => (column.number ? Number(cellText(column, tie)) : cellText(column, tie));
  return csv(
    [...columns.map(({ name }) => name), "IRI", "Other IRI"],
    ties.map((tie) => [...columns.map((column) => value(column, tie)), tie.a.iri, tie.b.iri]),
  );
}

/** The events of the timeline and the map, with their bounds. */
export function eventsFile(events, data) {
  return csv(
    ["Event", "Status or kind", "Dates", "First day", "Last day", "Places", "Sources", "IRI"],
    events.map((event) => [
      event.label, event.status ?? event.other, event.when, event.earliest, event.latest,
      event.places.map(({ label }) => label).join("; "), event.articles.map((n) => data.articles[n].label).join("; "), event.iri,
    ]),
  );
}
