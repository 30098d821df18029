// An answer: its pictures, its files, and the same request in other languages.
import { ask, numbers, Refused, root, said, t, tn } from "../shared/page";
import { download, h } from "../shared/dom";
import { fits, type Look, permalink } from "./address";
import { snippets } from "./code";
import { hasNames, labelled } from "./labelled";
import type { Names } from "./names";
import { PICTURES } from "./pictures";
import type { Result } from "./result";
import { strangers } from "./strangers";
import { ResultTable } from "./table";

const TABLES = [["CSV", "csv"], ["TSV", "tsv"], ["JSON", "json"], ["XML", "xml"]] as const;
const GRAPHS = [["Turtle", "turtle", "ttl"], ["N-Triples", "ntriples", "nt"], ["JSON-LD", "jsonld", "jsonld"], ["RDF/XML", "rdfxml", "rdf"]] as const;
const RAW = 500_000;

/** The answer in a word or two. */
export function told(result: Result): string {
  if (result.kind === "yes-no") return result.verdict ? t("Yes") : t("No");
  return tn("{n} row", "{n} rows", result.rows.length);
}

export class Answer {
  readonly element = h("section", { id: "results", "aria-label": t("Answer") });
  private drawn = 0;

  constructor(private readonly names: Names, private readonly endpoint: () => string, private readonly lens: () => [string, string][], private readonly looked: (query: string, look: Look) => void) {}

  clear(): void {
    this.drawn++;
    this.element.replaceChildren();
  }

  show(result: Result, query: string, look: Look): void {
    this.element.replaceChildren(
      h("h2", {}, t("Answer")),
      result.truncated ? h("p", { class: "warning", role: "alert" }, h("strong", {}, t("Cut.")), " ", t("The service sends no more rows than these; there are more. Add a LIMIT or narrow the question.")) : "",
      result.kind === "yes-no" ? h("div", {}, h("p", { class: "verdict" }, told(result)), result.verdict ? "" : this.unknown(query)) : this.views(result, query, look),
      this.files(result, query, look), codes(result, query, this.lens()),
    );
  }

  private views(result: Result, query: string, first: Look): HTMLElement {
    if (!result.rows.length) return this.nothing(query);
    let look = first;
    const choices = [
      { name: "table", label: t("Table"), needs: "", fit: true },
      ...PICTURES.map((picture) => ({ name: picture.name, label: picture.label, needs: picture.needs, fit: picture.fits(result) })),
      { name: "raw", label: t("Raw"), needs: "", fit: true },
    ];
    const panel = h("div", { role: "tabpanel", id: "result-panel" });
    const tabs = choices.map((each) => h("button", {
      type: "button", role: "tab", id: `tab-${each.name}`, "aria-controls": "result-panel", class: each.fit ? "tab" : "tab idle", title: each.fit ? null : each.needs,
      click: () => { open(each.name); changed({}); },
      keydown: (event) => {
        const by = { ArrowRight: 1, ArrowLeft: -1 }[(event as KeyboardEvent).key];
        if (!by) return;
        const next = choices[(choices.findIndex((one) => one.name === look.view) + by + choices.length) % choices.length]!;
        open(next.name);
        changed({});
        document.getElementById(`tab-${next.name}`)?.focus();
      },
    }, each.label));
    const changed = (some: Partial<Look>) => { look = { ...look, ...some }; this.looked(query, look); };
    const open = (name: string) => {
      look = { ...look, view: name };
      tabs.forEach((tab, number) => {
        const on = choices[number]!.name === name;
        tab.setAttribute("aria-selected", String(on));
        tab.tabIndex = on ? 0 : -1;
      });
      panel.setAttribute("aria-labelledby", `tab-${name}`);
      const chosen = choices.find((each) => each.name === name)!;
      if (chosen.fit) void this.draw(name, result, panel, () => look, changed);
      else { this.drawn++; panel.replaceChildren(h("p", {}, chosen.needs)); }
    };
    queueMicrotask(() => open(choices.find((each) => each.name === first.view && each.fit)?.name ?? "table"));
    return h("div", {}, h("div", { role: "tablist", class: "tabs", "aria-label": t("Show the answer as") }, ...tabs), panel);
  }

  private nothing(query: string): HTMLElement {
    return h("div", {}, h("p", {}, t("Nothing fits. Is a name misspelt, or does the lens leave it out?")), this.unknown(query));
  }

  /** A list of names in the query that nothing has; it fills when they are looked up. */
  private unknown(query: string): HTMLElement {
    const list = h("ul", { id: "strangers" });
    void strangers(query, this.names).then((found) => list.replaceChildren(...found.map(({ name, near }) => h("li", {},
      t("Nothing is called {names}.", { names: name }), near ? ` ${t("Did you mean {name}?", { name: near })}` : ""))), () => undefined);
    return list;
  }

  /** Fill the panel, unless another picture was chosen meanwhile. */
  private async draw(name: string, result: Result, panel: HTMLElement, look: () => Look, changed: (some: Partial<Look>) => void): Promise<void> {
    const mine = ++this.drawn;
    const picture = PICTURES.find((each) => each.name === name);
    if (!picture) {
      panel.replaceChildren(...(name === "raw" ? raw(result) : [new ResultTable(result, this.names, look(), changed).element]));
      return;
    }
    panel.replaceChildren(h("p", {}, t("Drawing…")));
    let made: HTMLElement;
    try {
      made = await picture.draw(result, this.names);
    } catch (error) {
      made = h("p", { role: "alert" }, t("It could not be drawn:"), " ", (error as Error).message);
    }
    if (mine === this.drawn) panel.replaceChildren(made);
  }

  private files(result: Result, query: string, look: Look): HTMLElement {
    const failed = h("span", { role: "alert" });
    const made = async (format: string) => {
      const body = new URLSearchParams([["query", query], ["format", format], ...this.lens()]);
      return (await ask(this.endpoint(), { method: "POST", body })).blob();
    };
    const save = async (ending: string, make: () => Promise<Blob | string>) => {
      failed.replaceChildren();
      try {
        download(`answer.${ending}`, await make(), "text/csv");
      } catch (error) {
        const { message, remedy, lang } = error instanceof Refused ? said(error.failure) : { message: (error as Error).message, remedy: "", lang: "en" };
        failed.replaceChildren(h("strong", lang ? { lang } : {}, message), " ", remedy);
      }
    };
    return h("p", { class: "row" }, h("span", {}, t("Download")),
      ...(result.kind === "graph" ? GRAPHS : TABLES).map(([label, format, ending]) => h("button", { type: "button", class: "quiet", click: () => void save(ending ?? format, () => made(format)) }, label)),
      hasNames(result) && h("button", { type: "button", class: "quiet", click: () => void save("csv", () => labelled(result, this.names)) }, t("CSV with labels")),
      fits(query) ? h("a", { href: permalink(query, look), id: "permalink" }, t("Link to this query")) : h("small", {}, t("This query is too long for a link; it stays in this window.")), failed);
  }
}

function raw(result: Result): Node[] {
  const cut = h("p", {}, h("small", {}, t("The first {n} letters are shown; a download has all.", { n: numbers.format(RAW) })));
  return [...(result.raw.length > RAW ? [cut] : []), h("pre", { tabindex: 0, class: "raw" }, result.raw.slice(0, RAW))];
}

function codes(result: Result, query: string, lens: [string, string][]): HTMLElement {
  const endpoint = new URL(`${root}sparql`, location.href).href;
  return h("details", {}, h("summary", {}, t("The same in curl, Python and R")),
    ...snippets(endpoint, query, lens, result.kind).flatMap(([name, text]) => [h("h3", {}, name), h("pre", { tabindex: 0 }, text)]));
}
