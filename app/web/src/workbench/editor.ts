// The SPARQL editor: YASQE with completion from our own data and nothing from elsewhere.
import Yasqe from "@zazuko/yasqe";
import "@zazuko/yasqe/build/yasqe.min.css";
import { address, json, t } from "../shared/page";
import type { Suggestion } from "../shared/suggest";
import { curie, type Names, type TermNote } from "./names";

// What comes with the editor asks other hosts what is typed.
for (const name of Object.keys(Yasqe.Autocompleters)) if (name !== "variables") delete Yasqe.Autocompleters[name];

Yasqe.defaults.autocompleters = ["variables"];

const WORD = /[\p{L}\p{N}_.:+-]+$/u;
const DECLARED = /^\s*PREFIX\s+([\w-]*):/gim;
const NAME = /(?<![\w<?$@/:-])([A-Za-z][\w-]*):(?=[\w\\%-])/g;
const MOST = 18;
const MOST_WORDS = 8;

/** What may stand where one types: after `a` a class, after a subject a property, else anything. */
type Spot = "class" | "property" | "any";
interface Place { line: number; ch: number }
interface Written { getCursor(): Place; replaceRange(text: string, from: Place, to: Place, origin: string): void }
interface Found { text: string; label: string; kind: string; sort: string; meaning: string; matched: string }

/** The end of a line that is two or more words of a label, the last perhaps only begun. */
function typedOf(label: string, line: string): string {
  const wanted = ` ${label.toLowerCase()}`;
  const starts = [...line.matchAll(/(?<=^|\s)\S/g)].map((match) => match.index).slice(-MOST_WORDS, -1);
  return starts.map((start) => line.slice(start)).find((typed) => wanted.includes(` ${typed.toLowerCase().replaceAll(/\s+/g, " ")}`)) ?? "";
}

export class Editor {
  readonly yasqe: Yasqe;
  private fault: { clear(): void } | undefined;

  constructor(place: HTMLElement, value: string, private readonly names: Names, run: () => void) {
    this.yasqe = new Yasqe(place, {
      value, persistenceId: null, consumeShareLink: null, createShareableLink: () => "", createShortLink: undefined,
      showQueryButton: false, resizeable: false, prefixCcApi: null, autocompleters: ["variables"], collapsePrefixesOnLoad: false,
      editorHeight: "auto", lineWrapping: true, screenReaderLabel: t("Query"), viewportMargin: Infinity,
      extraKeys: {
        // Tab leaves the editor, so that no one is caught in it.
        Tab: false, "Shift-Tab": false,
        "Ctrl-Space": () => this.complete(), "Ctrl-Enter": run, "Cmd-Enter": run,
        "Ctrl-/": () => this.yasqe.commentLines(), "Shift-Ctrl-F": () => this.yasqe.autoformat(),
        Esc: () => (this.yasqe.getInputField() as HTMLElement).blur(),
      },
    } as never);
    this.yasqe.on("inputRead" as never, ((_: unknown, change: { text: string[] }) => {
      if (/[\p{L}:]$/u.test(change.text.join("")) && this.word().length > 2) this.complete();
    }) as never);
    this.yasqe.on("change" as never, (() => this.clear()) as never);
  }

  get value(): string { return this.yasqe.getValue(); }
  set value(text: string) { this.yasqe.setValue(text); this.yasqe.refresh(); }

  /** Declare the prefixes that are used and known. */
  async fillPrefixes(): Promise<void> {
    const { prefixes } = await this.names.terms().catch(() => ({ prefixes: {} as Record<string, string> }));
    const bare = this.yasqe.getValueWithoutComments().replace(/"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|<[^>\s]*>/g, "");
    const declared = new Set([...this.value.matchAll(DECLARED)].map((match) => match[1]));
    const used = new Set([...bare.matchAll(NAME)].map((match) => match[1]!));
    const missing = [...used].filter((name) => prefixes[name] && !declared.has(name)).sort();
    if (!missing.length) return;
    const doc = this.yasqe.getDoc();
    doc.replaceRange(missing.map((name) => `PREFIX ${name}: <${prefixes[name]}>\n`).join(""), { line: 0, ch: 0 });
  }

  /** Show where the service met an error. */
  mark(line: number, column: number): void {
    const doc = this.yasqe.getDoc();
    const from = { line: line - 1, ch: Math.max(0, column - 1) };
    this.fault = doc.markText(from, { line: line - 1, ch: from.ch + 1 }, { className: "fault", inclusiveRight: true });
    this.yasqe.scrollIntoView(from, 60);
  }

  goTo(line: number, column: number): void {
    this.yasqe.focus();
    this.yasqe.getDoc().setCursor({ line: line - 1, ch: Math.max(0, column - 1) });
  }

  private clear(): void {
    this.fault?.clear();
    this.fault = undefined;
  }

  /** What stands on the line before the cursor. */
  private before(): string {
    const cursor = this.yasqe.getDoc().getCursor();
    return this.yasqe.getDoc().getLine(cursor.line).slice(0, cursor.ch);
  }

  private word(): string {
    const before = this.before();
    if (/[?$][\w]*$/.test(before) || /<[^>]*$/.test(before) || (before.split('"').length - 1) % 2) return "";
    return WORD.exec(before)?.[0] ?? "";
  }

  /** Offer terms and things by label or name; taking one writes its short name. */
  private complete(): void {
    const state = (this.yasqe as unknown as { state: { completionActive?: unknown } }).state;
    if (!this.word() || state.completionActive) return; // What is open follows the cursor itself.
    this.yasqe.showHint({ completeSingle: false, closeCharacters: /[\s{}();,]/, hint: () => this.hints() } as never);
  }

  private async hints(): Promise<unknown> {
    const word = this.word();
    const found = word ? await this.look(word) : [];
    const cursor = this.yasqe.getDoc().getCursor();
    // What was typed meanwhile is looked up too: a list that closes for a moment gives its keys away.
    if (word !== this.word()) return this.hints();
    if (!found.length) return null;
    const before = this.before();
    const list = found.map((each) => ({
      text: each.text,
      from: { line: cursor.line, ch: cursor.ch - Math.max(word.length, typedOf(each.label, before).length) },
      // Up to the cursor of that moment: letters may have been typed since the list was made.
      hint: (editor: Written, _: unknown, taken: { text: string; from: Place }) =>
        editor.replaceRange(taken.text, taken.from, editor.getCursor(), "complete"),
      render: (element: HTMLElement) => {
        const kind = document.createElement("small");
        kind.textContent = ` ${each.text} · ${each.kind}`;
        element.append(each.label, kind);
        element.title = each.meaning;
        // A list that is clicked would take the cursor from the text, and the next letters be lost.
        element.addEventListener("mousedown", (event) => event.preventDefault());
      },
    }));
    return { list, from: { line: cursor.line, ch: cursor.ch - word.length }, to: cursor };
  }

  /** Which words of the statement come before the one that is typed says what may follow. */
  private spot(): Spot {
    const doc = this.yasqe.getDoc();
    const cursor = doc.getCursor();
    const before = doc.getRange({ line: Math.max(0, cursor.line - 20), ch: 0 }, cursor)
      .replace(/"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|<[^>\s]*>/g, "x").replace(/#[^\n]*/g, "");
    const statement = /[^{}.;,]*$/.exec(before.slice(0, before.length - this.word().length))![0];
    const mark = before[before.length - this.word().length - statement.length - 1] ?? "";
    const words = statement.trim().split(/\s+/).filter(Boolean);
    if (/^(a|rdf:type|rdfs:subClassOf)$/.test(words.at(-1) ?? "")) return "class";
    if (mark === ";" ? words.length === 0 : (mark === "{" || mark === ".") && words.length === 1) return "property";
    return "any";
  }

  private async look(word: string): Promise<Found[]> {
    const spot = this.spot();
    const [prefix, local] = word.includes(":") ? word.split(/:(.*)/s) as [string, string] : ["", word];
    const wanted = local.toLowerCase().replaceAll(/[-_]/g, " ");
    const { terms } = await this.names.terms().catch(() => ({ terms: [] as TermNote[] }));
    const fits = (term: TermNote) => (!prefix || term.name.startsWith(`${prefix}:`))
      && (term.label.toLowerCase().includes(wanted) || term.name.toLowerCase().replaceAll(/[-_]/g, " ").includes(prefix ? `${prefix}:${wanted}` : wanted));
    const found = (term: TermNote, matched = term.label): Found =>
      ({ text: term.name, label: term.label, kind: t(term.kind), sort: term.kind, meaning: term.meaning, matched });
    const known = terms.filter(fits).map((term) => found(term));
    const things = wanted.length > 1 && (!prefix || prefix === "id" || prefix === "report") ? await this.things(wanted, prefix) : [];
    const others = things.map((thing) => { const term = terms.find((each) => each.name === thing.text); return term ? found(term, thing.matched) : thing; });
    const before = this.before();
    const rank = (each: Found) => [
      -typedOf(each.label, before).length,
      spot === "any" || each.sort === spot ? 0 : 1,
      each.label.toLowerCase() === wanted ? 0 : each.label.toLowerCase().startsWith(wanted) ? 1 : 2,
      each.matched.length,
    ];
    const seen = new Set<string>();
    return [...known, ...others].filter((each) => !seen.has(each.text) && seen.add(each.text))
      .map((each) => ({ each, rank: rank(each) }))
      .sort((one, other) => one.rank.map((value, number) => value - other.rank[number]!).find((value) => value !== 0) ?? 0)
      .map(({ each }) => each).slice(0, MOST);
  }

  private async things(wanted: string, prefix: string): Promise<Found[]> {
    const answer = await json<{ results: Suggestion[] }>(address("api/search", [["q", wanted], ["limit", "10"]])).catch(() => ({ results: [] }));
    return answer.results.map((each) => ({ text: curie(each.iri), label: each.label, kind: each.types.map((type) => type.label).join(", "), sort: "thing", meaning: each.description, matched: each.matched }))
      .filter((each) => !each.text.includes("://") && (!prefix || each.text.startsWith(`${prefix}:`)));
  }
}
