// Ask a SPARQL server by comunica, and print the answers as SPARQL JSON or N-Triples, and errors,
// as one list of texts: node query.js ADDRESS QUERY...
import { QueryEngine } from "@comunica/query-sparql";

const [value, ...queries] = process.argv.slice(2);
const engine = new QueryEngine();
const json = "application/sparql-results+json";
const formats = { bindings: json, boolean: json, quads: "application/n-triples" };

async function answered(query) {
  try {
    const answer = await engine.query(query, { sources: [{ type: "sparql", value }] });
    const { data } = await engine.resultToString(answer, formats[answer.resultType]);
    return (await data.toArray()).join("");
  } catch (error) {
    return error.message;
  }
}

const answers = [];
for (const query of queries) answers.push(await answered(query));
console.log(JSON.stringify(answers));
