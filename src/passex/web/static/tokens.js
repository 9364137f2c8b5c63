// SPARQL 1.1 as a sequence of tokens, for colours, completion and warnings.

export const KEYWORDS = (
  "ADD ALL AS ASC ASK BASE BIND BY CLEAR CONSTRUCT COPY CREATE DATA DEFAULT DELETE DESC DESCRIBE DISTINCT " +
  "DROP EXISTS FILTER FROM GRAPH GROUP HAVING IN INSERT INTO LIMIT LOAD MINUS MOVE NAMED NOT OFFSET OPTIONAL " +
  "ORDER PREFIX REDUCED SELECT SEPARATOR SERVICE SILENT TO UNDEF UNION USING VALUES WHERE WITH"
).split(" ");

export const FUNCTIONS = (
  "ABS AVG BNODE BOUND CEIL COALESCE CONCAT CONTAINS COUNT DATATYPE DAY ENCODE_FOR_URI FLOOR GROUP_CONCAT " +
  "HOURS IF IRI ISBLANK ISIRI ISLITERAL ISNUMERIC ISURI LANG LANGMATCHES LCASE MAX MD5 MIN MINUTES MONTH NOW " +
  "RAND REGEX REPLACE ROUND SAMETERM SAMPLE SECONDS SHA1 SHA256 SHA384 SHA512 STR STRAFTER STRBEFORE STRDT " +
  "STRENDS STRLANG STRLEN STRSTARTS STRUUID SUBSTR SUM TIMEZONE TZ UCASE URI UUID YEAR"
).split(" ");

const KINDS = [
  ["space", /\s+/u],
  ["comment", /#[^\n\r]*/u],
  ["iri", /<[^<>"{}|^`\\\s]*>/u],
  ["string", /"""(?:"{0,2}(?:[^"\\]|\\[^]))*(?:"""|$)|'''(?:'{0,2}(?:[^'\\]|\\[^]))*(?:'''|$)/u],
  ["string", /"(?:[^"\\\n]|\\.)*"?|'(?:[^'\\\n]|\\.)*'?/u],
  ["variable", /[?$][\p{L}\p{N}_]*/u],
  ["language", /@[A-Za-z]+(?:-[A-Za-z0-9]+)*/u],
  ["name", /_:[\p{L}\p{N}_.-]*|(?:\p{L}[\p{L}\p{N}_.-]*)?:(?:[\p{L}\p{N}_:.%-]|\\.)*/u],
  ["number", /[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?/u],
  ["word", /[A-Za-z][A-Za-z0-9_]*/u],
  ["sign", /\^\^|&&|\|\||[!<>]=|[^]/u],
];
// One pattern of all kinds: trying them one by one takes several times as long.
const TOKEN = new RegExp(KINDS.map(([, pattern]) => `(${pattern.source})`).join("|"), "uy");
const KNOWN = new Map([
  ...KEYWORDS.map((word) => [word, "keyword"]),
  ...FUNCTIONS.map((word) => [word, "function"]),
  ...["A", "TRUE", "FALSE"].map((word) => [word, "keyword"]),
]);

/** Split a query into tokens: `{kind, text, start}`, one after the other without gaps. */
export function tokenize(text) {
  const found = [];
  let start = 0;
  while (start < text.length) {
    TOKEN.lastIndex = start;
    const groups = TOKEN.exec(text);
    let match = groups[0];
    const kind = KINDS[groups.indexOf(match, 1) - 1][0];
    // A dot ends the triple, unless the name goes on after it.
    if (kind === "name" && match.endsWith(".")) match = match.replace(/\.+$/, "") || match;
    const known = kind === "word" ? KNOWN.get(match.toUpperCase()) ?? "word" : kind;
    found.push({ kind: known, text: match, start });
    start += match.length;
  }
  return found;
}

/** Split a token's name into its prefix and the rest; null for what has no colon. */
export function splitName(text) {
  const colon = text.indexOf(":");
  return colon < 0 ? null : [text.slice(0, colon), text.slice(colon + 1)];
}

/** The prefixes that a query declares itself. */
export function declared(tokens) {
  const words = tokens.filter(({ kind }) => kind !== "space" && kind !== "comment");
  const found = new Map();
  words.forEach((token, place) => {
    const [name, iri] = [words[place + 1], words[place + 2]];
    if (token.text.toUpperCase() === "PREFIX" && name?.kind === "name" && iri?.kind === "iri") {
      found.set(name.text.slice(0, -1), iri.text.slice(1, -1));
    }
  });
  return found;
}
