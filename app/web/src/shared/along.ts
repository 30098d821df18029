// Links and forms that change only the lens or the language take along what the page shows by now,
// which may be more than it was asked for: a graph that has grown, a query that has been typed.
import { KEPT } from "./page";

/** Told on the window before such a change, so that what is not in the address yet gets there. */
export const LEAVING = "c5graph-leaving";
const OTHERS = ".tongues a, .lens a";
const arrived = location.href;

/** What this page shows by now, if its address has changed since it was loaded or says more than the service hears. */
function grown(): [string, string][] | undefined {
  dispatchEvent(new Event(LEAVING));
  if (location.href === arrived && !location.hash) return undefined;
  return [...new URLSearchParams(location.search)].filter(([name]) => !KEPT.includes(name));
}

function along(link: HTMLAnchorElement): void {
  const own = grown();
  if (!own) return;
  const wanted = [...new URL(link.href).searchParams].filter(([name]) => KEPT.includes(name));
  link.href = `${location.pathname}?${new URLSearchParams([...own, ...wanted])}${location.hash}`;
}

function onLink(event: Event): void {
  const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>(OTHERS) : null;
  if (link) along(link);
}

export function takeAlong(): void {
  for (const name of ["pointerdown", "click"]) document.addEventListener(name, onLink, true);
  for (const form of document.querySelectorAll<HTMLFormElement>(".lens-form")) {
    form.addEventListener("submit", () => { if (grown()) form.action = location.pathname + location.hash; });
    form.addEventListener("formdata", ({ formData }) => {
      const own = grown();
      if (!own) return;
      for (const name of new Set(formData.keys())) if (!KEPT.includes(name)) formData.delete(name);
      for (const [name, value] of own) formData.append(name, value);
    });
  }
}
