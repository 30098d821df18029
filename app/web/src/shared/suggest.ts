// Suggestions under a search field, after the combobox pattern of WAI-ARIA.
import { address, json, pageOf, t, tn } from "./page";
import { h, later } from "./dom";

export interface Suggestion {
  id: string;
  iri: string;
  label: string;
  description: string;
  types: { label: string }[];
  matched: string;
}

let fields = 0;

/** Suggest names; `choose` is called with the one taken, else its page is opened. With `first`, Enter takes the first
 * where none is marked; else what is typed stays as it is and the form is sent. */
export function suggestOn(field: HTMLInputElement, choose?: (found: Suggestion) => void, { first = false } = {}): void {
  const id = `suggestions-${++fields}`;
  const list = h("ul", { id, role: "listbox", class: "suggestions", hidden: true, tabindex: -1, "aria-label": t("Suggestions") });
  const told = h("span", { class: "away", role: "status" });
  field.after(list, told);
  for (const [name, value] of Object.entries({
    role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": id,
  })) field.setAttribute(name, value);

  let found: Suggestion[] = [];
  let at = -1;
  let asked = 0;

  const close = () => {
    list.hidden = true;
    at = -1;
    field.setAttribute("aria-expanded", "false");
    field.removeAttribute("aria-activedescendant");
  };
  const take = (suggestion: Suggestion | undefined) => {
    if (!suggestion) return;
    close();
    if (choose) choose(suggestion);
    else location.assign(pageOf(suggestion.iri));
  };
  const mark = (next: number) => {
    at = (next + found.length) % found.length;
    [...list.children].forEach((item, number) => item.setAttribute("aria-selected", String(number === at)));
    field.setAttribute("aria-activedescendant", `${id}-${at}`);
    list.children[at]?.scrollIntoView({ block: "nearest" });
  };
  const show = () => {
    list.replaceChildren(...found.map((each, number) => h(
      "li",
      { id: `${id}-${number}`, role: "option", "aria-selected": "false",
        mousedown: (event) => { event.preventDefault(); take(each); } },
      h("span", { class: "name" }, each.label),
      h("small", {}, each.types.map((type) => type.label).join(", ")),
      each.matched !== each.label && h("small", {}, each.matched),
    )));
    list.hidden = found.length === 0;
    field.setAttribute("aria-expanded", String(found.length > 0));
    told.textContent = found.length ? tn("{n} suggestion", "{n} suggestions", found.length) : t("No suggestion");
  };
  const look = later(120, async () => {
    const text = field.value.trim();
    if (text.length < 2) return close();
    const number = ++asked;
    try {
      const answer = await json<{ results: Suggestion[] }>(address("api/search", [["q", text], ["limit", "8"]]));
      if (number !== asked || document.activeElement !== field) return;
      found = answer.results;
      at = -1;
      show();
    } catch {
      close(); // The form still works without suggestions.
    }
  });

  field.addEventListener("input", look);
  // Later than a click takes: what the list pushed down stays under the pointer until it is released.
  field.addEventListener("blur", () => setTimeout(() => { if (document.activeElement !== field) close(); }, 400));
  field.addEventListener("keydown", (event) => {
    if (event.key === "Escape" || event.key === "Tab") return close();
    if (list.hidden) return;
    if (event.key === "ArrowDown") { event.preventDefault(); mark(at + 1); }
    if (event.key === "ArrowUp") { event.preventDefault(); mark(at - 1); }
    if (event.key === "Enter" && at >= 0) { event.preventDefault(); take(found[at]); }
    else if (event.key === "Enter" && first && found.length) { event.preventDefault(); take(found[0]); }
  });
}
