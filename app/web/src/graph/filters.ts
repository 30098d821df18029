// The form of the filters: what it says, and that it says what narrows the view.
import { h } from "../shared/dom";
import { FILTERS, type Filter, type Network, term, UNSEEN, type View } from "./model";
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

/** Offer every relation that has come up; what is filtered out stays on offer. */
export function offerRelations(form: HTMLFormElement, network: Network): void {
  const group = form.querySelector<HTMLElement>("#choose-predicates")!;
  const there = new Set([...group.querySelectorAll("input")].map((each) => each.value));
  for (const { predicate } of network.edges) {
    const value = term(predicate.iri);
    if (there.has(value)) continue;
    there.add(value);
    group.append(h("label", { class: "box" }, h("input", { type: "checkbox", name: "predicates", value }), ` ${predicate.label}`));
  }
  group.hidden = there.size === 0;
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
