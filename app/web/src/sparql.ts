// The query workbench.
import { address, ask, type Failure, kept, numbers, Refused, root, said, t, tn } from "./shared/page";
import { download, h } from "./shared/dom";
import { snippets } from "./workbench/code";
import { Editor } from "./workbench/editor";
import { Names, usePrefixes } from "./workbench/names";
import { Past } from "./workbench/past";
import { PICTURES } from "./workbench/pictures";
import { questionsPanel } from "./workbench/questions";
import { read, type Result } from "./workbench/result";
import { ResultTable } from "./workbench/table";
import "./workbench/workbench.css";

const ACCEPT = "application/sparql-results+json, application/n-triples;q=0.9";
const form = document.getElementById("sparql-form") as HTMLFormElement;
const area = document.getElementById("query") as HTMLTextAreaElement;
const served = document.getElementById("served");
const names = new Names();
void names.terms().then(({ prefixes }) => usePrefixes(prefixes)).catch(() => undefined);

const place = h("div", { class: "editor" });
const status = h("p", { class: "status", role: "status" });
const problem = h("section", { class: "problem", role: "alert", hidden: true });
const results = h("section", { id: "results", "aria-label": t("Answer") });
const runButton = h("button", { type: "submit" }, t("Run"));
const cancel = h("button", { type: "button", class: "quiet", disabled: true, click: () => stop() }, t("Cancel"));
area.hidden = true;
area.before(place);
form.querySelector("label")?.removeAttribute("for");
form.querySelector("button")?.closest("p")?.replaceWith(h("p", { class: "row" }, runButton, cancel,
  h("button", { type: "button", class: "quiet", click: () => void editor.fillPrefixes() }, t("Fill in prefixes")),
  h("button", { type: "button", class: "quiet", click: () => editor.yasqe.autoformat() }, t("Tidy up")),
  h("small", {}, t("Ctrl+Enter runs, Ctrl+Space completes names by label, Esc then Tab leaves the editor."))));
form.append(status);
form.after(problem, results);
const past = new Past((query) => { editor.value = query; editor.yasqe.focus(); });
form.before(questionsPanel((query, run) => { editor.value = query; if (run) void start(); }), past.element);
const editor = new Editor(place, area.value, names, () => void start());

let running: AbortController | undefined;
let shown = "table";

function stop(): void {
  running?.abort();
}

async function start(remember = true): Promise<void> {
  stop();
  await editor.fillPrefixes();
  const query = editor.value;
  if (remember) history.pushState(null, "", permalink(query));
  const mine = new AbortController();
  running = mine;
  busy(true);
  const began = performance.now();
  const clock = setInterval(() => { status.textContent = t("Running for {s} s…", { s: Math.round((performance.now() - began) / 1000) }); }, 1000);
  try {
    const body = new URLSearchParams([["query", query], ...lens()]);
    const answer = await ask(endpoint(), { method: "POST", body, headers: { accept: ACCEPT }, signal: mine.signal });
    const result = await read(answer, (performance.now() - began) / 1000);
    if (running === mine) { show(result, query); past.add(query, told(result)); }
  } catch (error) {
    if (running === mine) fail(error as Error);
  } finally {
    clearInterval(clock);
    if (running === mine) { running = undefined; busy(false); }
  }
}

const lens = (): [string, string][] => kept().filter(([name]) => name !== "lang");
/** Where queries go; the language is that of what is said when one fails. */
const endpoint = (): string => `${root}sparql?${new URLSearchParams(kept().filter(([name]) => name === "lang"))}`.replace(/\?$/, "");
const permalink = (query: string): string => address("sparql", [["query", query]]);

function busy(on: boolean): void {
  cancel.disabled = !on;
  runButton.disabled = on;
  results.setAttribute("aria-busy", String(on));
  if (on) { status.textContent = t("Running…"); problem.hidden = true; }
}

function fail(error: Error): void {
  served?.remove();
  results.replaceChildren();
  if (error.name === "AbortError") {
    status.textContent = t("Cancelled; the service has stopped working on it.");
    return;
  }
  status.textContent = "";
  const failure: Failure = error instanceof Refused ? error.failure : { code: "unforeseen", message: error.message };
  const { line, column = 1 } = failure;
  const { message, remedy, lang } = said(failure);
  const tongue = lang ? { lang } : {};
  problem.replaceChildren(h("h2", tongue, message), remedy ? h("p", tongue, remedy) : "",
    line ? h("p", {}, h("button", { type: "button", class: "quiet", click: () => editor.goTo(line, column) }, t("Go to line {line}, column {column}", { line, column }))) : "");
  problem.hidden = false;
  if (line) editor.mark(line, column);
}

/** The answer in a word or two. */
function told(result: Result): string {
  if (result.kind === "yes-no") return result.verdict ? t("Yes") : t("No");
  return tn("{n} row", "{n} rows", result.rows.length);
}

function show(result: Result, query: string): void {
  served?.remove();
  status.textContent = [result.kind === "yes-no" ? "" : told(result), t("{s} s", { s: numbers.format(Math.round(result.seconds * 1000) / 1000) }),
    result.undated ? tn("{n} claim was left out for want of a date", "{n} claims were left out for want of a date", result.undated) : ""].filter(Boolean).join("; ");
  results.replaceChildren(
    h("h2", {}, t("Answer")),
    result.truncated ? h("p", { class: "warning", role: "alert" }, h("strong", {}, t("Cut.")), " ", t("The service sends no more rows than these; there are more. Add a LIMIT or narrow the question.")) : "",
    result.kind === "yes-no" ? h("p", { class: "verdict" }, result.verdict ? t("Yes") : t("No")) : views(result),
    files(result, query), codes(query),
  );
}

function views(result: Result): HTMLElement {
  if (!result.rows.length) return h("p", {}, t("Nothing fits. Is a name misspelt, or does the lens leave it out?"));
  const fitting = PICTURES.filter((picture) => picture.fits(result));
  const choices = [{ name: "table", label: t("Table") }, ...fitting, { name: "raw", label: t("Raw") }];
  if (!choices.some((each) => each.name === shown)) shown = "table";
  const panel = h("div", { role: "tabpanel", id: "result-panel", "aria-labelledby": `tab-${shown}` });
  const tabs = choices.map((each) => h("button", {
    type: "button", role: "tab", id: `tab-${each.name}`, "aria-controls": "result-panel", class: "tab",
    click: () => open(each.name),
    keydown: (event) => {
      const by = { ArrowRight: 1, ArrowLeft: -1 }[(event as KeyboardEvent).key];
      if (!by) return;
      const next = choices[(choices.findIndex((one) => one.name === shown) + by + choices.length) % choices.length]!;
      open(next.name);
      document.getElementById(`tab-${next.name}`)?.focus();
    },
  }, each.label));
  const open = (name: string) => {
    shown = name;
    tabs.forEach((tab, number) => {
      const on = choices[number]!.name === name;
      tab.setAttribute("aria-selected", String(on));
      tab.tabIndex = on ? 0 : -1;
    });
    panel.setAttribute("aria-labelledby", `tab-${name}`);
    void draw(name, result, panel);
  };
  queueMicrotask(() => open(shown));
  return h("div", {}, h("div", { role: "tablist", class: "tabs", "aria-label": t("Show the answer as") }, ...tabs), panel);
}

async function draw(name: string, result: Result, panel: HTMLElement): Promise<void> {
  const picture = PICTURES.find((each) => each.name === name);
  if (picture) {
    panel.replaceChildren(h("p", {}, t("Drawing…")));
    panel.replaceChildren(await picture.draw(result, names));
  } else if (name === "raw") panel.replaceChildren(h("pre", { tabindex: 0 }, result.raw.slice(0, 500_000)));
  else panel.replaceChildren(new ResultTable(result, names).element);
}

const TABLES = [["CSV", "csv"], ["TSV", "tsv"], ["JSON", "json"], ["XML", "xml"]] as const;
const GRAPHS = [["Turtle", "turtle", "ttl"], ["N-Triples", "ntriples", "nt"], ["JSON-LD", "jsonld", "jsonld"], ["RDF/XML", "rdfxml", "rdf"]] as const;

function files(result: Result, query: string): HTMLElement {
  const kinds = result.kind === "graph" ? GRAPHS : TABLES;
  return h("p", { class: "row" }, h("span", {}, t("Download")), ...kinds.map(([label, format, ending]) => h("button", {
    type: "button", class: "quiet",
    click: async () => {
      try {
        const body = new URLSearchParams([["query", query], ["format", format], ...lens()]);
        download(`answer.${ending ?? format}`, await (await ask(endpoint(), { method: "POST", body })).blob());
      } catch (error) { fail(error as Error); }
    },
  }, label)), h("a", { href: permalink(query) }, t("Link to this query")));
}

function codes(query: string): HTMLElement {
  const endpoint = new URL(`${root}sparql`, location.href).href;
  return h("details", {}, h("summary", {}, t("The same in curl, Python and R")),
    ...snippets(endpoint, query, lens()).flatMap(([name, text]) => [h("h3", {}, name), h("pre", { tabindex: 0 }, text)]));
}

form.addEventListener("submit", (event) => { event.preventDefault(); void start(); });
addEventListener("popstate", () => {
  const query = new URLSearchParams(location.search).get("query");
  if (query !== null) { editor.value = query; void start(false); }
});
if (new URLSearchParams(location.search).has("query")) void start(false);
