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
const MOST = 12;

interface Found { text: string; label: string; kind: string; meaning: string }

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

  private word(): string {
    const cursor = this.yasqe.getDoc().getCursor();
    const before = this.yasqe.getDoc().getLine(cursor.line).slice(0, cursor.ch);
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
    if (!found.length || word !== this.word()) return null;
    const list = found.map((each) => ({
      text: each.text,
      render: (element: HTMLElement) => {
        const kind = document.createElement("small");
        kind.textContent = ` ${each.text} · ${each.kind}`;
        element.append(each.label, kind);
        element.title = each.meaning;
      },
    }));
    return { list, from: { line: cursor.line, ch: cursor.ch - word.length }, to: cursor };
  }

  private async look(word: string): Promise<Found[]> {
    const [prefix, local] = word.includes(":") ? word.split(/:(.*)/s) as [string, string] : ["", word];
    const wanted = local.toLowerCase().replaceAll(/[-_]/g, " ");
    const { terms } = await this.names.terms().catch(() => ({ terms: [] as TermNote[] }));
    const fits = (term: TermNote) => (!prefix || term.name.startsWith(`${prefix}:`))
      && (term.label.toLowerCase().includes(wanted) || term.name.toLowerCase().replaceAll(/[-_]/g, " ").includes(prefix ? `${prefix}:${wanted}` : wanted));
    const known = terms.filter(fits).sort((one, other) => one.name.length - other.name.length).slice(0, MOST)
      .map((term) => ({ text: term.name, label: term.label, kind: t(term.kind), meaning: term.meaning }));
    const things = wanted.length > 1 && (!prefix || prefix === "id" || prefix === "report") ? await this.things(wanted, prefix) : [];
    const seen = new Set<string>();
    const rank = ({ label }: Found) => (label.toLowerCase() === wanted ? 0 : label.toLowerCase().startsWith(wanted) ? 1 : 2);
    return [...known, ...things].filter((each) => !seen.has(each.text) && seen.add(each.text))
      .sort((one, other) => rank(one) - rank(other)).slice(0, MOST + 6);
  }

  private async things(wanted: string, prefix: string): Promise<Found[]> {
    const answer = await json<{ results: Suggestion[] }>(address("api/search", [["q", wanted], ["limit", "10"]])).catch(() => ({ results: [] }));
    return answer.results.map((each) => ({ text: curie(each.iri), label: each.label, kind: each.types.map((type) => type.label).join(", "), meaning: each.description }))
      .filter((each) => !each.text.includes("://") && (!prefix || each.text.startsWith(`${prefix}:`)));
  }
}
