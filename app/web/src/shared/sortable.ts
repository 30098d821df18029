// Tables whose columns can be sorted by a click or a key on their heads.
import { h } from "./dom";
import { collator } from "./page";

/** What a cell is sorted by: its data-value, else its text. */
function valueOf(row: HTMLTableRowElement, column: number): string {
  const cell = row.cells[column];
  return cell?.dataset.value ?? cell?.textContent?.trim() ?? "";
}

function compare(one: string, other: string): number {
  if (one === "" || other === "") return one === other ? 0 : one === "" ? 1 : -1;
  const [a, b] = [Number(one), Number(other)];
  return Number.isNaN(a) || Number.isNaN(b) ? collator.compare(one, other) : a - b;
}

/** The bodies that are sorted each for itself; rows of a table that goes on in a fold change places with its own. */
function bodiesOf(table: HTMLTableElement): HTMLTableSectionElement[][] {
  const rest = table.parentElement?.querySelector<HTMLTableElement>(":scope > .fold > table");
  return rest ? [[...table.tBodies, ...rest.tBodies]] : [...table.tBodies].map((body) => [body]);
}

function sortBy(table: HTMLTableElement, column: number, down: boolean): void {
  for (const bodies of bodiesOf(table)) {
    const sizes = bodies.map((body) => body.rows.length);
    const rows = bodies.flatMap((body) => [...body.rows]);
    rows.sort((one, other) => {
      const [a, b] = [valueOf(one, column), valueOf(other, column)];
      // Empty cells stay last in both directions.
      return down && a !== "" && b !== "" ? compare(b, a) : compare(a, b);
    });
    bodies.forEach((body, at) => body.append(...rows.splice(0, sizes[at])));
  }
}

/** Put a button into every head of the table. */
export function sortable(table: HTMLTableElement): void {
  const heads = [...(table.tHead?.rows[0]?.cells ?? [])];
  heads.forEach((head, column) => {
    const button = h("button", { type: "button", class: "sort" }, ...head.childNodes);
    head.replaceChildren(button);
    button.addEventListener("click", () => {
      const down = head.getAttribute("aria-sort") === "ascending";
      heads.forEach((each) => each.removeAttribute("aria-sort"));
      head.setAttribute("aria-sort", down ? "descending" : "ascending");
      sortBy(table, column, down);
    });
  });
}
