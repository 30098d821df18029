// On every page: names are suggested while one types, tables can be sorted, and what is shown stays under another lens.
import { takeAlong } from "./shared/along";
import { suggestOn } from "./shared/suggest";
import { sortable } from "./shared/sortable";

for (const field of document.querySelectorAll<HTMLInputElement>("input[data-suggest]")) {
  suggestOn(field, field.dataset.suggest === "fill" ? (found) => { field.value = found.label; } : undefined);
}
for (const table of document.querySelectorAll<HTMLTableElement>("table[data-sortable]")) {
  sortable(table);
}

// The address names the section that was unfolded last, so that it can be kept and handed on.
for (const fold of document.querySelectorAll<HTMLDetailsElement>("details.fold:has(> .inside)")) {
  const name = `#${fold.querySelector(".inside")?.id}`;
  fold.addEventListener("toggle", () => {
    if (fold.open && !fold.querySelector(":target")) history.replaceState(history.state, "", name);
    if (!fold.open && location.hash === name) history.replaceState(history.state, "", location.pathname + location.search);
  });
}

// A browser unfolds for a link, but not for an address that is loaded again.
const named = document.getElementById(location.hash.slice(1));
for (let at = named ? named.closest("details") : null; at; at = at.parentElement?.closest("details") ?? null) at.open = true;

// A lens form sends only what differs from the usual, so that addresses stay short.
for (const form of document.querySelectorAll<HTMLFormElement>(".lens-form")) {
  form.addEventListener("formdata", ({ formData }) => {
    for (const [name, value] of [...formData]) if (value === "") formData.delete(name);
    if (formData.get("minOrigins") === "1") formData.delete("minOrigins");
    const worded = formData.getAll("modality").join();
    if (worded === "asserted,planned" || worded === "") formData.delete("modality");
  });
}
takeAlong();
