// Lays a query out: a triple a line, what is in braces further in. Nothing but white space changes.

import { tokenize } from "./tokens.js";

const OPENING = new Set(["(", "["]);
const CLOSING = new Set([")", "]"]);
const CLAUSES = new Set(["WHERE", "ORDER", "GROUP", "HAVING", "LIMIT", "OFFSET", "VALUES", "SELECT", "CONSTRUCT", "ASK", "DESCRIBE", "FROM", "PREFIX", "BASE"]);
const BEFORE = new Set(["FILTER", "OPTIONAL", "BIND", "MINUS", "GRAPH", "SERVICE", "VALUES"]);

/** Give the text of a query in the layout of this page; its tokens and comments are the same. */
export function layOut(text) {
  const lines = [];
  let line = "";
  let depth = 0; // of braces
  let within = 0; // brackets
  let deeper = 0; // after a semicolon
  let gap = ""; // what was between the last token and this
  let last = "";
  const end = () => {
    if (line.trim()) lines.push(line.trimEnd());
    line = "";
  };
  const add = (piece, tight) => {
    if (!line) line = "  ".repeat(Math.max(0, depth + deeper)) + piece;
    else line += (tight ? "" : " ") + piece;
  };
  for (const { kind, text: piece } of tokenize(text)) {
    if (kind === "space") {
      gap = piece;
      continue;
    }
    const word = kind === "keyword" ? piece.toUpperCase() : "";
    if (kind === "comment") {
      if (gap.includes("\n") || !lines.length) end();
      if (gap.split("\n").length > 2 && lines.length) lines.push("");
      if (!line && lines.length && !gap.includes("\n")) lines.push(`${lines.pop()} ${piece}`);
      else {
        add(piece);
        end();
      }
    } else if (piece === "{") {
      add(piece);
      end();
      depth += 1;
      deeper = 0;
    } else if (piece === "}") {
      end();
      depth -= 1;
      deeper = 0;
      add(piece);
    } else {
      if (!within && ((word && CLAUSES.has(word) && depth === 0) || BEFORE.has(word)) && last !== "}") end();
      if (!within && depth === 0 && last === "}" && CLAUSES.has(word)) end();
      if (!within && depth > 0 && last === "}" && word !== "UNION" && piece !== ".") end();
      // What stood apart stays apart: a space may be what tells two tokens from each other.
      add(piece, gap === "");
      if (OPENING.has(piece)) within += 1;
      else if (CLOSING.has(piece)) within -= 1;
      else if (!within && depth > 0 && piece === ".") {
        deeper = 0;
        end();
      } else if (!within && depth > 0 && piece === ";") {
        end();
        deeper = 1;
      }
    }
    gap = "";
    last = piece;
  }
  end();
  return lines.join("\n");
}
