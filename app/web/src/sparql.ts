// The query workbench.
import { LEAVING } from "./shared/along";
import { ask, type Failure, kept, numbers, Refused, root, said, t, tn } from "./shared/page";
import { h } from "./shared/dom";
import { look, type Look, permalink, queryHere, visit } from "./workbench/address";
import { Answer, told } from "./workbench/answer";
import { Editor } from "./workbench/editor";
import { Names } from "./workbench/names";
import { Past } from "./workbench/past";
import { questionsPanel } from "./workbench/questions";
import { read, type Result } from "./workbench/result";
import "./workbench/workbench.css";

const ACCEPT = "application/sparql-results+json, application/n-triples;q=0.9";
const form = document.getElementById("sparql-form") as HTMLFormElement;
const area = document.getElementById("query") as HTMLTextAreaElement;
const served = document.getElementById("served");
const names = new Names();
void names.terms().catch(() => undefined);

const place = h("div", { class: "editor" });
const status = h("p", { class: "status", role: "status" });
const problem = h("section", { class: "problem", role: "alert", hidden: true });
const answer = new Answer(names, () => endpoint(), () => lens(), looked);
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
form.after(problem, answer.element);
const past = new Past((query) => { editor.value = query; editor.yasqe.focus(); });
form.before(questionsPanel(names, (query, run) => { editor.value = query; if (run) void start().then(() => status.scrollIntoView()); }), past.element);
const initial = area.value;
const editor = new Editor(place, initial, names, () => void start());

/** Longer than this nobody waits for prefixes. */
const PATIENCE = 10_000;
let running: AbortController | undefined;
let shown: Look = look();
let asked = queryHere().query ?? initial;

function stop(): void {
  running?.abort();
}

async function start(step = true): Promise<void> {
  stop();
  const mine = new AbortController();
  running = mine;
  busy(true);
  const began = performance.now();
  const clock = setInterval(() => { status.textContent = t("Running for {s} s…", { s: Math.round((performance.now() - began) / 1000) }); }, 1000);
  try {
    await Promise.race([editor.fillPrefixes(), over(mine.signal)]);
    if (running !== mine) return;
    if (step && editor.value !== asked) shown = { ...shown, sort: "", filter: "" }; // Other columns, other words.
    asked = editor.value;
    if (step) visit(asked, shown, true);
    const body = new URLSearchParams([["query", asked], ...lens()]);
    const sent = await ask(endpoint(), { method: "POST", body, headers: { accept: ACCEPT }, signal: mine.signal });
    const result = await read(sent, (performance.now() - began) / 1000);
    if (running === mine) { show(result, asked); past.add(asked, told(result)); }
  } catch (error) {
    if (running === mine) fail(error as Error);
  } finally {
    clearInterval(clock);
    if (running === mine) { running = undefined; busy(false); }
  }
}

/** Ends when patience does; fails when it is cancelled. */
const over = (signal: AbortSignal): Promise<void> => new Promise((resolve, reject) => {
  setTimeout(resolve, PATIENCE);
  signal.addEventListener("abort", () => reject(signal.reason as Error));
});

/** What is chosen to look at goes into the address. */
function looked(query: string, next: Look): void {
  shown = next;
  visit(query, shown, false);
  document.getElementById("permalink")?.setAttribute("href", permalink(query, shown));
}

const lens = (): [string, string][] => kept().filter(([name]) => name !== "lang");
/** Where queries go; the language is that of what is said when one fails. */
const endpoint = (): string => `${root}sparql?${new URLSearchParams(kept().filter(([name]) => name === "lang"))}`.replace(/\?$/, "");

function busy(on: boolean): void {
  cancel.disabled = !on;
  runButton.disabled = on;
  answer.element.setAttribute("aria-busy", String(on));
  if (on) { status.textContent = t("Running…"); problem.hidden = true; }
}

function fail(error: Error): void {
  served?.remove();
  answer.clear();
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

function show(result: Result, query: string): void {
  served?.remove();
  status.textContent = [result.kind === "yes-no" ? "" : told(result), t("{s} s", { s: numbers.format(Math.round(result.seconds * 1000) / 1000) }),
    result.undated ? tn("{n} claim was left out for want of a date", "{n} claims were left out for want of a date", result.undated) : ""].filter(Boolean).join("; ");
  answer.show(result, query, shown);
}

form.addEventListener("submit", (event) => { event.preventDefault(); void start(); });
// What was typed comes along when the lens or the language changes.
addEventListener(LEAVING, () => { if (editor.value !== asked) visit(editor.value, shown, false); });
addEventListener("popstate", () => arrive());

/** Show what the address says. */
function arrive(): void {
  const { query, lost } = queryHere();
  shown = look();
  asked = query ?? initial;
  editor.value = asked;
  if (query !== undefined) return void start(false);
  stop();
  answer.clear();
  problem.hidden = true;
  status.textContent = lost ? t("The query of this link was too long for it and is not in this window.") : "";
}

const here = queryHere();
if (here.query !== undefined || here.lost) arrive();
