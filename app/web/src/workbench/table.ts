// A result as a table with labels: sorted, filtered, a page at a time.
import { numbers, pageOf, t } from "../shared/page";
import { h, later } from "../shared/dom";
import { curie, type Names } from "./names";
import { isNumber, type Result, type Row, type Term } from "./result";

const PAGE = 50;
const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: "base" });

export class ResultTable {
  readonly element = h("div", {});
  private order: number | undefined;
  private down = false;
  private filter = "";
  private page = 0;

  constructor(private readonly result: Result, private readonly names: Names) {
    const field = h("input", { id: "result-filter", type: "search", autocomplete: "off", input: later(150, (event: Event) => {
      this.filter = (event.target as HTMLInputElement).value.toLowerCase();
      this.page = 0;
      void this.draw();
    }) as (event: Event) => void });
    this.element.append(h("p", { class: "row filter" }, h("label", { for: "result-filter" }, t("Filter rows")), field), this.body);
    void this.draw();
  }

  private readonly body = h("div", {});

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
    const sign = this.down ? -1 : 1;
    return [...rows].sort((one, other) => sign * this.compare(one[column], other[column]));
  }

  private compare(one: Term | undefined, other: Term | undefined): number {
    if (!one || !other) return one ? -1 : other ? 1 : 0;
    if (isNumber(one) && isNumber(other)) return Number(one.value) - Number(other.value);
    return collator.compare(this.text(one), this.text(other));
  }

  private async draw(): Promise<void> {
    const rows = this.chosen();
    const last = Math.max(0, Math.ceil(rows.length / PAGE) - 1);
    this.page = Math.min(this.page, last);
    const shown = rows.slice(this.page * PAGE, (this.page + 1) * PAGE);
    this.fill(shown, rows.length, last);
    await this.names.learn(shown.flat().filter((term) => term?.type === "uri").map((term) => term!.value));
    this.fill(shown, rows.length, last);
  }

  private fill(shown: Row[], total: number, last: number): void {
    const had = this.body.contains(document.activeElement) ? document.activeElement?.getAttribute("data-key") : null;
    const head = this.result.names.map((name, column) => h(
      "th", { scope: "col", "aria-sort": this.order === column ? (this.down ? "descending" : "ascending") : null },
      h("button", { type: "button", class: "sort", "data-key": `sort-${column}`, click: () => this.sort(column) }, name),
    ));
    const body = shown.map((row) => h("tr", {}, ...row.map((term) => this.cell(term))));
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
    void this.draw();
  }

  private cell(term: Term | undefined): HTMLElement {
    if (!term) return h("td", {});
    if (term.type === "uri") {
      const label = this.names.label(term.value);
      const where = pageOf(term.value);
      const text = label ?? curie(term.value);
      return h("td", {}, where ? h("a", { href: where, rel: "noreferrer", title: term.value }, text) : text,
        label && label !== curie(term.value) ? h("small", { class: "curie" }, ` ${curie(term.value)}`) : "");
    }
    if (isNumber(term)) return h("td", { class: "figure" }, term.value);
    const note = term.lang ?? (term.datatype && !term.datatype.endsWith("#string") ? curie(term.datatype) : "");
    return h("td", { lang: term.lang ?? null }, term.type === "bnode" ? `_:${term.value}` : term.value, note && h("small", { lang: "en" }, ` ${note}`));
  }
}
