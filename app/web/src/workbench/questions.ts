// Saved questions as forms: choose one, fill in its parameters, get its query.
import { address, ask, json, Refused, said as sayings, t } from "../shared/page";
import { short } from "../graph/model";
import { h, later } from "../shared/dom";
import { suggestOn } from "../shared/suggest";
import type { Names, TermNote } from "./names";

interface Parameter { name: string; kind: string; default: string; description: string }
interface Question { name: string; question: string; description: string; tags: string[]; parameters: Parameter[] }

/** A list of the saved questions; `take` gets the query of the one that was filled in. */
export function questionsPanel(names: Names, take: (query: string, run: boolean) => void): HTMLElement {
  const list = h("ul", { class: "question-list" });
  const form = h("div", { class: "question-form" });
  const field = h("input", { id: "question-filter", type: "search", autocomplete: "off" });
  const panel = h("details", { class: "questions" }, h("summary", {}, t("Saved questions")),
    h("label", { for: "question-filter" }, t("Find a question")), field, list, form);
  let all: Question[] | undefined;
  let subjects: Record<string, string> = {};

  const show = () => {
    const wanted = field.value.toLowerCase().split(/\s+/).filter(Boolean);
    const found = (all ?? []).filter((each) => wanted.every((word) => `${each.question} ${each.tags.map((tag) => subjects[tag] ?? tag).join(" ")}`.toLowerCase().includes(word)));
    list.replaceChildren(...found.map((each) => h("li", {}, h("button", { type: "button", class: "plain-button", click: () => void open(each) }, each.question))));
    if (!found.length) list.replaceChildren(h("li", {}, all ? t("No question has these words.") : t("Loading…")));
  };
  const fetchText = async (question: Question, values: [string, string][]): Promise<string> =>
    (await ask(address(`api/queries/${question.name}`, [...values, ["format", "query"]]))).text();
  const open = async (question: Question) => {
    const { terms } = await names.terms().catch(() => ({ terms: [] as TermNote[] }));
    const inputs = question.parameters.map((each) => parameterField(each, terms));
    const said = h("p", { role: "alert" });
    const fill = async (run: boolean) => {
      const values = question.parameters.map((each, number): [string, string] => [each.name, inputs[number]!.input.value.trim()]).filter(([, value]) => value);
      try {
        take(await fetchText(question, values), run);
        said.textContent = "";
      } catch (error) {
        const words = error instanceof Refused ? sayings(error.failure) : { message: (error as Error).message, remedy: "", lang: "" };
        said.replaceChildren(h("strong", words.lang ? { lang: words.lang } : {}, words.message), ` ${words.remedy}`);
      }
    };
    form.replaceChildren(h("h3", {}, question.question), h("p", {}, question.description),
      h("form", { submit: (event) => { event.preventDefault(); void fill(true); } }, ...inputs.map((each) => each.element),
        h("p", { class: "row" }, h("button", { type: "submit" }, t("Ask")), h("button", { type: "button", class: "quiet", click: () => void fill(false) }, t("Only fill in the query")))), said);
    form.scrollIntoView({ block: "nearest" });
    form.querySelector<HTMLElement>("input, select, button")?.focus();
  };
  field.addEventListener("input", later(100, show));
  panel.addEventListener("toggle", async () => {
    if (!panel.open || all) return;
    show();
    try {
      const told = await json<{ queries: Question[]; subjects: Record<string, string> }>(address("api/queries"));
      all = told.queries;
      subjects = told.subjects;
      show();
    } catch (error) {
      list.replaceChildren(h("li", { role: "alert" }, (error as Error).message));
    }
  });
  return panel;
}

const FEW = 3;
interface Field { element: HTMLElement; input: HTMLInputElement | HTMLSelectElement }

/** Concepts of one kind share the beginning of their names, the longest that several have. */
function kindred(given: string, terms: TermNote[]): TermNote[] {
  const concepts = terms.filter((term) => term.kind === "concept");
  for (let end = given.lastIndexOf("-"); end > 0; end = given.lastIndexOf("-", end - 1)) {
    const found = concepts.filter((term) => term.name.startsWith(given.slice(0, end + 1)));
    if (found.length >= FEW) return found;
  }
  return [];
}

function conceptField({ name, default: given }: Parameter, terms: TermNote[], id: string): HTMLSelectElement | undefined {
  const offered = kindred(given, terms);
  if (!offered.some((term) => term.name === given)) return undefined;
  offered.sort((one, other) => one.label.localeCompare(other.label));
  return h("select", { id, name }, ...offered.map((term) => h("option", { value: term.name, selected: term.name === given }, term.label)));
}

function parameterField(parameter: Parameter, terms: TermNote[]): Field {
  const id = `parameter-${parameter.name}`;
  const label = h("label", { for: id }, parameter.description);
  const choice = parameter.kind === "concept" ? conceptField(parameter, terms, id) : undefined;
  if (choice) return { element: h("div", { class: "field" }, label, choice), input: choice };
  const plain = parameter.default.replace(/^"|"(@\w+|\^\^\S+)?$/g, "");
  const input = h("input", {
    id, value: parameter.default === "UNDEF" ? "" : plain.replace(/^id:/, ""), autocomplete: "off", placeholder: parameter.default === "UNDEF" ? t("any") : null,
    type: parameter.kind === "date" ? "date" : parameter.kind === "number" ? "number" : "text", step: parameter.kind === "number" ? "any" : null,
  });
  const element = h("div", { class: "find field" }, label, input);
  if (parameter.kind === "entity") queueMicrotask(() => suggestOn(input, (found) => { input.value = short(found.iri); }, { first: true }));
  return { element, input };
}
