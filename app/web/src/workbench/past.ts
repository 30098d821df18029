// Queries that were answered in this browser. They are kept in it and sent nowhere.
import { t } from "../shared/page";
import { h } from "../shared/dom";

const KEY = "c5graph-queries";
const MOST = 30;
const LONGEST = 20_000;

interface Run { query: string; when: string; told: string }

function isRun(each: unknown): each is Run {
  const run = each as Partial<Run> | null;
  return typeof run?.query === "string" && typeof run.when === "string" && typeof run.told === "string";
}

function stored(): Run[] {
  try {
    const found: unknown = JSON.parse(localStorage.getItem(KEY) ?? "[]");
    return Array.isArray(found) ? found.filter(isRun).slice(0, MOST) : [];
  } catch {
    return []; // Storage is switched off, or holds something else.
  }
}

/** The line by which a reader knows a query: its first that says anything but prefixes. */
export function gist(query: string): string {
  const lines = query.split("\n").map((line) => line.trim()).filter((line) => line && !/^(PREFIX|BASE)\b/i.test(line));
  const said = lines.find((line) => line.startsWith("#"))?.replace(/^#\s*/, "") ?? lines.join(" ");
  return said.length > 120 ? `${said.slice(0, 119)}…` : said || query.slice(0, 120);
}

/** The list, newest first; `take` gets the query that is chosen. */
export class Past {
  private readonly list = h("ol", { class: "question-list" });
  readonly element = h("details", { class: "questions", hidden: true },
    h("summary", {}, t("Your last queries")),
    h("p", {}, h("small", {}, t("They are kept in this browser only."))),
    this.list,
    h("p", {}, h("button", { type: "button", class: "quiet", click: () => this.keep([]) }, t("Forget them"))));

  constructor(private readonly take: (query: string) => void) {
    this.show(stored());
  }

  /** Put an answered query first. */
  add(query: string, told: string): void {
    if (query.length > LONGEST) return;
    const others = stored().filter((each) => each.query !== query);
    this.keep([{ query, when: new Date().toISOString(), told }, ...others].slice(0, MOST));
  }

  private keep(runs: Run[]): void {
    try {
      localStorage.setItem(KEY, JSON.stringify(runs));
    } catch {
      // Storage is full or switched off; the list is there until the page is left.
    }
    this.show(runs);
  }

  private show(runs: Run[]): void {
    this.element.hidden = runs.length === 0;
    const lang = document.documentElement.lang || "en";
    this.list.replaceChildren(...runs.map((run) => h("li", {},
      h("button", { type: "button", class: "plain-button", click: () => this.take(run.query) }, gist(run.query), " ",
        h("small", {}, `${new Date(run.when).toLocaleString(lang, { dateStyle: "medium", timeStyle: "short" })}; ${run.told}`)))));
  }
}
