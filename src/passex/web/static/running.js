// A query on its way: read line by line while it comes, so that rows are there early and can be cut.

import { readRow, readTriple } from "./terms.js";

/** So many rows or triples are kept to be shown; a download has all. */
export const KEPT = 100_000;
const ACCEPT = "text/tab-separated-values, application/n-triples";

/** Read the lines of a response while they come. */
async function* lines(response) {
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let left = "";
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      const parts = (left + value).split("\n");
      left = parts.pop();
      yield parts;
    }
  } finally {
    reader.cancel().catch(() => {}); // ends the query where enough was read
  }
  if (left) yield [left];
}

/**
 * Run a query.
 *
 * @param {(found: object) => void} told Is told what has come so far, now and then.
 * @returns What came: `kind` is "solutions", "graph" or "boolean"; `end` is "whole", "cut" (more than is
 *   kept), "broken" (the server ended it), "cancelled" or "refused" (with `error`).
 */
export async function run(query, signal, told) {
  const begun = performance.now();
  const found = { kind: "solutions", columns: [], rows: [], end: "whole", error: "", status: 0, first: 0, time: 0 };
  try {
    const response = await fetch("/sparql", {
      method: "POST",
      headers: { Accept: ACCEPT, "Content-Type": "application/sparql-query; charset=utf-8" },
      body: query,
      signal,
    });
    found.status = response.status;
    found.first = performance.now() - begun;
    if (!response.ok) {
      found.end = "refused";
      found.error = (await response.text()).trim();
    } else {
      await read(response, found, told);
    }
  } catch (error) {
    if (signal.aborted) found.end = "cancelled";
    else if (found.status) found.end = "broken";
    else {
      found.end = "refused";
      found.error = "the server cannot be reached";
    }
  }
  found.time = performance.now() - begun;
  return found;
}

async function read(response, found, told) {
  const graph = response.headers.get("Content-Type").startsWith("application/n-triples");
  if (graph) Object.assign(found, { kind: "graph", columns: ["subject", "predicate", "object"] });
  let header = !graph;
  for await (const part of lines(response)) {
    for (const line of part) {
      if (header) {
        header = false;
        if (/^(true|false)$/.test(line)) Object.assign(found, { kind: "boolean", value: line === "true" });
        else found.columns = line ? line.split("\t").map((name) => name.slice(1)) : [];
        continue;
      }
      if (graph && !line) continue;
      if (found.rows.length === KEPT) {
        found.end = "cut";
        return;
      }
      const row = graph ? readTriple(line) : readRow(line);
      if (row) found.rows.push(row);
    }
    told(found);
  }
}

/** Fetch the whole answer in a format, and let the browser save it. */
export async function download(query, form) {
  const response = await fetch("/sparql", {
    method: "POST",
    headers: { Accept: form.type, "Content-Type": "application/sparql-query; charset=utf-8" },
    body: query,
  });
  if (!response.ok) throw new Error((await response.text()).trim());
  const link = document.createElement("a");
  link.href = URL.createObjectURL(await response.blob());
  link.download = `passex.${form.extension}`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
