// The same request in other languages.
import { fits } from "./address";
import type { Result } from "./result";

const shell = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;
const python = (text: string): string => (text.includes('"""') || text.includes("\\") || text.endsWith('"') ? JSON.stringify(text) : `"""${text}"""`);
const r = (text: string): string => `"${text.replaceAll("\\", "\\\\").replaceAll('"', '\\"')}"`;

/** What each kind of answer is asked for as, and how it is read. */
const KINDS = {
  table: { accept: "text/csv", format: "csv", imports: ["import io", "import pandas as pd"], python: "table = pd.read_csv(io.StringIO(answer.text))", r: "table <- read.csv(%, encoding = \"UTF-8\")" },
  "yes-no": { accept: "application/sparql-results+json", format: "csv", imports: [], python: 'verdict = answer.json()["boolean"]', r: 'verdict <- readLines(%) == "true"' },
  graph: { accept: "text/turtle", format: "turtle", imports: ["from rdflib import Graph"], python: 'graph = Graph().parse(data=answer.text, format="turtle")', r: "turtle <- readLines(%, encoding = \"UTF-8\")" },
} as const;
type Pairs = [string, string][];

function forPython(endpoint: string, query: string, more: Pairs, kind: Result["kind"]): string {
  const { accept, imports, python: read } = KINDS[kind];
  const pairs = more.map(([name, value]) => `, ${JSON.stringify(name)}: ${JSON.stringify(value)}`).join("");
  const head = [...imports, "import requests"].sort((one, other) => Number(one.startsWith("from")) - Number(other.startsWith("from"))).join("\n");
  return `${head}\n\nquery = ${python(query)}\nanswer = requests.post(\n    ${JSON.stringify(endpoint)},\n    data={"query": query${pairs}},\n    headers={"Accept": ${JSON.stringify(accept)}},\n)\nanswer.raise_for_status()\n${read}`;
}

/** R alone reads an address; what is too long for one is posted with a package. */
function forR(endpoint: string, query: string, more: Pairs, kind: Result["kind"]): string {
  const { accept, format, r: read } = KINDS[kind];
  if (fits(query)) {
    const given = new URLSearchParams([...more, ["format", format]]).toString();
    return `query <- ${r(query)}\naddress <- paste0(${r(`${endpoint}?${given}&query=`)}, URLencode(query, reserved = TRUE))\n${read.replace("%", "address")}`;
  }
  const named = more.map(([name, value]) => `, ${name} = ${r(value)}`).join("");
  const posted = `query <- ${r(query)}\nanswer <- request(${r(endpoint)}) |>\n  req_body_form(query = query${named}) |>\n  req_headers(Accept = ${r(accept)}) |>\n  req_perform()`;
  return `library(httr2)\n\n${posted}\n${read.replace("%", "textConnection(resp_body_string(answer))")}`;
}

/** Ready to paste: curl, Python, R. */
export function snippets(endpoint: string, query: string, more: Pairs, kind: Result["kind"]): Pairs {
  const fields = more.map(([name, value]) => `  --data-urlencode ${shell(`${name}=${value}`)} \\\n`).join("");
  return [
    ["curl", `curl ${shell(endpoint)} \\\n  --header 'Accept: ${KINDS[kind].accept}' \\\n${fields}  --data-urlencode query=${shell(query)}`],
    ["Python", forPython(endpoint, query, more, kind)],
    ["R", forR(endpoint, query, more, kind)],
  ];
}
