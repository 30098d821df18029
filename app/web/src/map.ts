// The map moves: wheel, drag, pinch, keys and buttons; marks and letters keep their size, and more names have room.
import { t } from "./shared/page";
import { movable, movers } from "./shared/movable";
import { h } from "./shared/dom";

const LETTERS: [string, number][] = [["wide", 12], ["middle", 19], ["small", 29]];
const LEAST = 10.5; // pixels that a letter must be high to be read
const MOST = 14;

/** Show the names set for letters that can be read at this scale, no larger than need be. */
function letter(picture: SVGSVGElement, zoom: number): void {
  const scale = picture.getBoundingClientRect().width / picture.viewBox.baseVal.width;
  const [chosen, high] = LETTERS.find(([, size]) => size * scale >= LEAST) ?? LETTERS.at(-1)!;
  for (const group of picture.querySelectorAll<SVGGElement>(".names")) {
    group.style.display = zoom === 1 ? "" : group.classList.contains(chosen) ? "inline" : "none";
    const shrunk = zoom === 1 ? 1 : Math.min(1, MOST / (high * scale));
    for (const text of group.querySelectorAll<SVGTextElement>("text")) {
      const [x, y] = text.dataset.of!.split(" ").map(Number) as [number, number];
      text.setAttribute("transform", `translate(${x} ${y}) scale(${shrunk.toFixed(3)}) translate(${-x} ${-y})`);
    }
  }
}

function begin(place: HTMLElement): void {
  const picture = place.querySelector("svg")!;
  const marks = [...picture.querySelectorAll<SVGCircleElement>(".points circle")].map((mark) => [mark, Number(mark.getAttribute("r"))] as const);
  const move = movable(picture, (zoom) => {
    for (const [mark, radius] of marks) mark.style.r = zoom === 1 ? "" : `${(radius / zoom).toFixed(2)}px`;
    letter(picture, zoom);
  });
  place.before(movers(move));
}

const start = (): void => document.querySelectorAll<HTMLElement>("[data-map]").forEach(begin);
start();

// What is chosen is drawn at once, without leaving the form.
const form = document.querySelector<HTMLFormElement>("form.inline-form");
const drawn = document.getElementById("drawn");
const told = h("p", { class: "away", role: "status" });
form?.after(told);
async function draw(): Promise<void> {
  const chosen = new URLSearchParams([...new FormData(form!)].map(([name, value]) => [name, String(value)]));
  const address = `${location.pathname}?${chosen}`;
  try {
    const page = new DOMParser().parseFromString(await (await fetch(address, { headers: { accept: "text/html" } })).text(), "text/html");
    drawn!.replaceChildren(...page.getElementById("drawn")!.childNodes);
  } catch {
    location.assign(address);
    return;
  }
  history.replaceState(null, "", address);
  start();
  told.textContent = t("The map was drawn again.");
}
form?.addEventListener("change", () => void draw());
