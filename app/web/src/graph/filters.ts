// The form of the filters: what it says, and that it says what narrows the view.
import { FILTERS, type Filter, UNSEEN, type View } from "./model";
import { countFilters } from "./tools";

const USUAL = ["firm", "planned"];

/** Hear the form; `changed` gets what it says now. */
export function hearFilters(form: HTMLFormElement, now: () => View["filters"], changed: (filters: View["filters"]) => void): void {
  form.addEventListener("change", () => {
    const chosen = new FormData(form);
    const said = (name: Filter) => (UNSEEN.includes(name) ? now()[name] : chosen.getAll(name).map(String).filter(Boolean));
    const filters = Object.fromEntries(FILTERS.map((name) => [name, said(name)])) as View["filters"];
    if (filters.firmness.join() === USUAL.join()) filters.firmness = [];
    changed(filters);
  });
  form.addEventListener("submit", (event) => event.preventDefault());
}

/** The form says what narrows the view, also after an undo. */
export function showFilters(form: HTMLFormElement, filters: View["filters"]): void {
  for (const field of form.elements) {
    if (!(field instanceof HTMLInputElement) || !FILTERS.includes(field.name as never) || UNSEEN.includes(field.name)) continue;
    const given = filters[field.name as Filter];
    const chosen = field.name === "firmness" && !given.length ? USUAL : given;
    if (field.type === "checkbox") field.checked = chosen.includes(field.value);
    else if (field.type === "date") field.value = given[0] ?? "";
  }
  const seen = FILTERS.filter((name) => !UNSEEN.includes(name) && filters[name].length);
  countFilters(form.closest("details")!, seen.length);
}
