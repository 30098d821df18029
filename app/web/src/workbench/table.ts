// A result as a table with labels: sorted, filtered, a page at a time.
import { collator, numbers, pageOf, t } from "../shared/page";
import { h, later } from "../shared/dom";
import { curie, type Names } from "./names";
import { columns, isNumber, isTime, numberOf, type Result, type Row, type Term, timeOf } from "./result";

const PAGE = 50;

/** The order of a table: a column by name, `-` before it to go down; and the words rows must have. */
export interface Order { sort: string; filter: string }

export class ResultTable {
  readonly element = h("div", {});
  private readonly body = h("div", {});
  private readonly figures: Set<number>;
  private order: number | undefined;
  private down = false;
  private filter = "";
  private page = 0;
  private drawn = 0;

  constructor(private readonly result: Result, private readonly names: Names, first: Order, private readonly changed: (order: Order) => void) {
    this.figures = new Set(columns(result, isNumber));
    this.down = first.sort.startsWith("-");
    const column = result.names.indexOf(first.sort.replace(/^-/, ""));
    this.order = column < 0 ? undefined : column;
    this.filter = first.filter.toLowerCase();
    const field = h("input", { id: "result-filter", type: "search", autocomplete: "off", value: first.filter, input: later(150, (event: Event) => {
      this.filter = (event.target as HTMLInputElement).value.trim().toLowerCase();
      this.page = 0;
      this.tell();
      void this.draw();
    }) as (event: Event) => void });
    this.element.append(h("p", { class: "row filter" }, h("label", { for: "result-filter" }, t("Filter rows")), field), this.body);
    void this.draw();
  }

  private tell(): void {
    this.changed({ sort: this.order === undefined ? "" : `${this.down ? "-" : ""}${this.result.names[this.order]!}`, filter: this.filter });
  }

  private text(term: Term | undefined): string {
    if (!term) return "";
    return term.type === "uri" ? (this.names.label(term.value) ?? curie(term.value)) : term.value;
  }

  private chosen(): Row[] {
    let rows = this.result.rows;
    if (this.filter) {
      rows = rows.filter((row) => row.some((term) => `${this.text(term)} ${term?.value ?? ""}`.toLowerCase().includes(this.filter)));
    }
    const column = this.order;
    if (column === undefined) return rows;
    return rows.map((row): [Key, Row] => [this.key(row[column]), row]).sort(([one], [other]) => compare(one, other, this.down)).map(([, row]) => row);
  }

  private key(term: Term | undefined): Key {
    if (!term) return { rank: 3, number: 0, text: "" };
    const number = isNumber(term) ? numberOf(term) : isTime(term) ? timeOf(term) : NaN;
    return { rank: Number.isNaN(number) ? 2 : isNumber(term) ? 0 : 1, number, text: this.text(term) };
  }

  /** Names of what rows are told apart by have to be known before. */
  private async learn(): Promise<void> {
    const wanted = this.filter ? this.result.names.map((_, column) => column) : this.order === undefined ? [] : [this.order];
    await this.names.learn(this.result.rows.flatMap((row) => wanted.map((column) => row[column])).filter((term) => term?.type === "uri").map((term) => term!.value));
  }

  private async draw(): Promise<void> {
    const mine = ++this.drawn;
    await this.learn();
    if (mine !== this.drawn) return;
    const rows = this.chosen();
    const last = Math.max(0, Math.ceil(rows.length / PAGE) - 1);
    this.page = Math.min(this.page, last);
    const shown = rows.slice(this.page * PAGE, (this.page + 1) * PAGE);
    this.fill(shown, rows.length, last);
    await this.names.learn(shown.flat().filter((term) => term?.type === "uri").map((term) => term!.value));
    if (mine === this.drawn) this.fill(shown, rows.length, last);
  }

  private fill(shown: Row[], total: number, last: number): void {
    const had = this.body.contains(document.activeElement) ? document.activeElement?.getAttribute("data-key") : null;
    const head = this.result.names.map((name, column) => h(
      "th", { scope: "col", "aria-sort": this.order === column ? (this.down ? "descending" : "ascending") : null },
      h("button", { type: "button", class: "sort", "data-key": `sort-${column}`, click: () => this.sort(column) }, name),
    ));
    const body = shown.map((row) => h("tr", {}, ...row.map((term, column) => this.cell(term, column))));
    const move = (label: string, by: number, off: boolean) => h("button", {
      type: "button", class: "quiet", disabled: off, "data-key": `move${by}`, click: () => { this.page += by; void this.draw(); },
    }, label);
    this.body.replaceChildren(
      h("div", { class: "scroll", tabindex: 0, role: "group", "aria-label": t("Result") },
        h("table", {}, h("thead", {}, h("tr", {}, ...head)), h("tbody", {}, ...body))),
      h("p", { class: "row" },
        move(t("Previous"), -1, this.page === 0),
        h("span", {}, t("Page {page} of {last}; {rows} rows", { page: this.page + 1, last: last + 1, rows: numbers.format(total) })),
        move(t("Next"), 1, this.page === last)),
    );
    if (had) this.body.querySelector<HTMLElement>(`[data-key="${had}"]`)?.focus();
  }

  private sort(column: number): void {
    this.down = this.order === column ? !this.down : false;
    this.order = column;
    this.tell();
    void this.draw();
  }

  private cell(term: Term | undefined, column: number): HTMLElement {
    if (!term) return h("td", {});
    if (term.type === "uri") {
      const label = this.names.label(term.value);
      const where = pageOf(term.value);
      const text = h("bdi", {}, label ?? curie(term.value));
      return h("td", {}, where ? h("a", { href: where, rel: "noreferrer", title: term.value }, text) : text,
        label && label !== curie(term.value) ? h("small", { class: "curie" }, " ", h("bdi", {}, curie(term.value))) : "");
    }
    if (isNumber(term)) return h("td", { class: this.figures.has(column) ? "figure" : null }, term.value);
    const note = term.lang ?? (term.datatype && !term.datatype.endsWith("#string") ? curie(term.datatype) : "");
    return h("td", {}, h("bdi", { lang: term.lang ?? null }, term.type === "bnode" ? `_:${term.value}` : term.value), note && h("small", { lang: "en" }, " ", h("bdi", {}, note)));
  }
}

/** What rows are put in order by: numbers before times before words; what is empty stays last. */
interface Key { rank: number; number: number; text: string }

function compare(one: Key, other: Key, down: boolean): number {
  if (one.rank === 3 || other.rank === 3) return one.rank - other.rank;
  const apart = one.rank - other.rank || (one.rank < 2 ? one.number - other.number : 0) || collator.compare(one.text, other.text);
  return down ? -apart : apart;
}
