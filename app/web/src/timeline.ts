// The timeline zooms across time.
import { type Movable, movable, movers } from "./shared/movable";
import { suggestOn } from "./shared/suggest";

/** One of the pictures; which is shown depends on the width of the page. */
function begin(picture: SVGSVGElement, place: HTMLElement): Movable {
  const { width, height } = picture.viewBox.baseVal;
  picture.setAttribute("preserveAspectRatio", "none");
  picture.style.aspectRatio = `${width} / ${height}`;
  const unstretched = (it: Element, x: string, y: string, flat: number) => {
    it.setAttribute("transform", `translate(${x} ${y}) scale(${flat.toFixed(4)} 1) translate(-${x} -${y})`);
  };
  return movable(picture, (zoom) => {
    const flat = 1 / zoom;
    for (const mark of picture.querySelectorAll(".mark")) unstretched(mark, mark.getAttribute("cx")!, mark.getAttribute("cy")!, flat);
    for (const text of picture.querySelectorAll("text")) unstretched(text, text.getAttribute("x")!, text.getAttribute("y")!, flat);
    place.dataset.zoom = zoom.toFixed(2);
  }, true);
}

for (const place of document.querySelectorAll<HTMLElement>("[data-timeline]")) {
  const all = [...place.querySelectorAll("svg")].map((picture) => begin(picture, place));
  place.before(movers({ zoom: (by) => all.forEach((move) => move.zoom(by)), reset: () => all.forEach((move) => move.reset()) }));
}

const about = document.getElementById("about") as HTMLInputElement | null;
if (about) suggestOn(about, (found) => { about.value = found.id; about.form?.requestSubmit(); });
