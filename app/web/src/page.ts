// On every page: names are suggested while one types, and tables can be sorted.
import { suggestOn } from "./shared/suggest";
import { sortable } from "./shared/sortable";

for (const field of document.querySelectorAll<HTMLInputElement>("input[data-suggest]")) {
  suggestOn(field, field.dataset.suggest === "fill" ? (found) => { field.value = found.id; } : undefined);
}
for (const table of document.querySelectorAll<HTMLTableElement>("table[data-sortable]")) {
  sortable(table);
}

// A lens form sends only what differs from the usual, so that addresses stay short.
for (const form of document.querySelectorAll<HTMLFormElement>(".lens-form")) {
  form.addEventListener("formdata", ({ formData }) => {
    for (const [name, value] of [...formData]) if (value === "") formData.delete(name);
    if (formData.get("minOrigins") === "1") formData.delete("minOrigins");
    const worded = formData.getAll("modality").join();
    if (worded === "asserted,planned" || worded === "") formData.delete("modality");
  });
}
