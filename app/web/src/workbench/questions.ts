// Saved questions as forms: choose one, fill in its parameters, get its query.
import { address, ask, json, Refused, said as sayings, t } from "../shared/page";
import { short } from "../graph/model";
import { h, later } from "../shared/dom";
import { suggestOn } from "../shared/suggest";

interface Parameter { name: string; kind: string; default: string; description: string }
interface Question { name: string; question: string; description: string; tags: string[]; parameters: Parameter[] }

/** A list of the saved questions; `take` gets the query of the one that was filled in. */
export function questionsPanel(take: (query: string, run: boolean) => void): HTMLElement {
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
    const inputs = question.parameters.map(parameterField);
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
    form.querySelector<HTMLElement>("input, button")?.focus();
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

function parameterField(parameter: Parameter): { element: HTMLElement; input: HTMLInputElement } {
  const id = `parameter-${parameter.name}`;
  const plain = parameter.default.replace(/^"|"(@\w+|\^\^\S+)?$/g, "");
  const input = h("input", {
    id, value: parameter.default === "UNDEF" ? "" : plain.replace(/^id:/, ""), autocomplete: "off", placeholder: parameter.default === "UNDEF" ? t("any") : null,
    type: parameter.kind === "date" ? "date" : parameter.kind === "number" ? "number" : "text", step: parameter.kind === "number" ? "any" : null,
  });
  const element = h("div", { class: "find field" }, h("label", { for: id }, parameter.description), input);
  if (parameter.kind === "entity") queueMicrotask(() => suggestOn(input, (found) => { input.value = short(found.iri); }));
  return { element, input };
}
