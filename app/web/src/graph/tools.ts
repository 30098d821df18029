// The buttons over the canvas.
import { t } from "../shared/page";
import { h } from "../shared/dom";

/** A button that may rest; it keeps the focus then, so that a keyboard does not lose its place. */
export function button(sign: string, label: string, run: () => void, keys?: string): HTMLButtonElement {
  return h("button", {
    type: "button", class: "quiet", title: keys ? `${label} (${keys.replace("Control+", "Ctrl ")})` : label, "aria-keyshortcuts": keys ?? null,
    click: (event) => { if ((event.currentTarget as Element).getAttribute("aria-disabled") !== "true") run(); },
  }, sign && h("span", { class: "face", "aria-hidden": "true" }, sign), h("span", { class: sign ? "words" : "" }, label));
}

export const rest = (made: HTMLElement, resting: boolean): void => made.setAttribute("aria-disabled", String(resting));

/** A part that opens below its button. */
export const drawer = (name: string, label: string, ...content: HTMLElement[]): HTMLDetailsElement =>
  h("details", { class: `drawer ${name}` }, h("summary", {}, label), h("div", { class: "drawn" }, ...content));

/** Parts that lie over the page close by Escape and when one goes on elsewhere. */
export function closeDrawers(): void {
  const open = () => document.querySelectorAll<HTMLDetailsElement>(".drawer[open]");
  document.addEventListener("pointerdown", (event) => {
    for (const each of open()) if (!each.contains(event.target as Node)) each.open = false;
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const each of open()) {
      if (each.contains(document.activeElement)) each.querySelector("summary")!.focus();
      each.open = false;
    }
  });
}

/** How many filters narrow the view, on the button that opens them. */
export function countFilters(drawn: HTMLElement, count: number): void {
  drawn.querySelector("summary")!.textContent = count ? t("Filters ({n})", { n: count }) : t("Filters");
}
