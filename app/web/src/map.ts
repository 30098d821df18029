// The map moves: wheel, drag, pinch, keys and buttons; sizes of marks and letters stay.
import { t } from "./shared/page";
import { movable } from "./shared/movable";
import { h } from "./shared/dom";

for (const place of document.querySelectorAll<HTMLElement>("[data-map]")) {
  const picture = place.querySelector("svg")!;
  const move = movable(picture, (zoom) => {
    for (const mark of picture.querySelectorAll<SVGCircleElement>(".points circle")) {
      mark.dataset.r ??= mark.getAttribute("r") ?? "4";
      mark.setAttribute("r", (Number(mark.dataset.r) / zoom).toFixed(2));
    }
    for (const text of picture.querySelectorAll<SVGTextElement>("text")) {
      text.dataset.size ??= getComputedStyle(text).fontSize;
      const size = parseFloat(text.dataset.size);
      text.style.fontSize = `${size / zoom}px`;
      text.style.strokeWidth = `${size / 4 / zoom}px`;
      if (text.closest(".points")) {
        text.dataset.x ??= text.getAttribute("x") ?? "0";
        text.setAttribute("x", (Number(text.dataset.x) - 7 + 7 / zoom).toFixed(1));
      }
    }
    for (const line of picture.querySelectorAll<SVGElement>(".arc, .lines line")) line.style.strokeWidth = "";
  });
  place.before(h("p", { class: "row" },
    h("button", { type: "button", class: "quiet", click: () => move.zoom(1.5) }, t("Closer")),
    h("button", { type: "button", class: "quiet", click: () => move.zoom(1 / 1.5) }, t("Further")),
    h("button", { type: "button", class: "quiet", click: () => move.reset() }, t("All of it"))));
}

// The form draws at once.
const form = document.querySelector<HTMLFormElement>("form.inline-form");
form?.addEventListener("change", () => form.requestSubmit());
