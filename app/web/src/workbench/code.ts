// The same request in other languages.

const shell = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;
const python = (text: string): string => (text.includes('"""') || text.includes("\\") ? JSON.stringify(text) : `"""${text}"""`);
const r = (text: string): string => `"${text.replaceAll("\\", "\\\\").replaceAll('"', '\\"')}"`;

/** Ready to paste: curl, Python with pandas, R. */
export function snippets(endpoint: string, query: string, more: [string, string][]): [string, string][] {
  const fields = more.map(([name, value]) => `  --data-urlencode ${shell(`${name}=${value}`)} \\\n`).join("");
  const pairs = more.map(([name, value]) => `, ${JSON.stringify(name)}: ${JSON.stringify(value)}`).join("");
  const named = more.map(([name, value]) => `, ${name} = ${r(value)}`).join("");
  return [
    ["curl", `curl ${shell(endpoint)} \\\n  --header 'Accept: text/csv' \\\n${fields}  --data-urlencode query=${shell(query)}`],
    ["Python", `import io\nimport pandas as pd\nimport requests\n\nquery = ${python(query)}\nanswer = requests.post(\n    ${JSON.stringify(endpoint)},\n    data={"query": query${pairs}},\n    headers={"Accept": "text/csv"},\n)\nanswer.raise_for_status()\ntable = pd.read_csv(io.StringIO(answer.text))`],
    ["R", `library(httr2)\n\nquery <- ${r(query)}\nanswer <- request(${r(endpoint)}) |>\n  req_body_form(query = query${named}) |>\n  req_headers(Accept = "text/csv") |>\n  req_perform()\ntable <- read.csv(text = resp_body_string(answer))`],
  ];
}
