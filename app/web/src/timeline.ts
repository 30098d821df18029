// The timeline zooms across time; a mark leads to its row.
import { t } from "./shared/page";
import { h } from "./shared/dom";
import { movable } from "./shared/movable";
import { suggestOn } from "./shared/suggest";

for (const place of document.querySelectorAll<HTMLElement>("[data-timeline]")) {
  const picture = place.querySelector("svg")!;
  picture.setAttribute("preserveAspectRatio", "none");
  picture.style.height = `${picture.getBoundingClientRect().height}px`;
  const move = movable(picture, (zoom) => {
    const frame = picture.getBoundingClientRect();
    const flat = (picture.viewBox.baseVal.width / frame.width) / (picture.viewBox.baseVal.height / frame.height);
    for (const mark of picture.querySelectorAll<SVGElement>(".mark")) {
      const [x, y] = [mark.getAttribute("cx"), mark.getAttribute("cy")];
      mark.setAttribute("transform", `translate(${x} ${y}) scale(${flat.toFixed(4)} 1) translate(-${x} -${y})`);
    }
    for (const text of picture.querySelectorAll<SVGTextElement>("text")) {
      const [x, y] = [text.getAttribute("x"), text.getAttribute("y")];
      text.setAttribute("transform", `translate(${x} ${y}) scale(${flat.toFixed(4)} 1) translate(-${x} -${y})`);
    }
    place.dataset.zoom = zoom.toFixed(2);
  }, true);
  place.before(h("p", { class: "row" },
    h("button", { type: "button", class: "quiet", click: () => move.zoom(1.5) }, t("Closer")),
    h("button", { type: "button", class: "quiet", click: () => move.zoom(1 / 1.5) }, t("Further")),
    h("button", { type: "button", class: "quiet", click: () => move.reset() }, t("All of it"))));
}

const about = document.getElementById("about") as HTMLInputElement | null;
if (about) suggestOn(about, (found) => { about.value = found.id; about.form?.requestSubmit(); });
