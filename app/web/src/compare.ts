// Names are suggested for what is compared.
import { suggestOn } from "./shared/suggest";

for (const id of ["a", "b"]) {
  const field = document.getElementById(id) as HTMLInputElement | null;
  if (field) suggestOn(field, (found) => { field.value = found.id; field.form?.requestSubmit(); }, { first: true });
}
