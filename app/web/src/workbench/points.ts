// Points of an answer on a map that moves. Names are shown where they have room; closer, more have.
import { type Box, overlap } from "../graph/places";
import { movable, movers } from "../shared/movable";
import { h, svg } from "../shared/dom";

export interface Spot { x: number; y: number; label: string; href: string }

const LETTER = 13;
const LONGEST = 34;

interface Mark extends Spot { dot: SVGCircleElement; name: SVGTextElement }

function marked(spot: Spot): Mark {
  const dot = svg("circle", { cx: spot.x.toFixed(1), cy: spot.y.toFixed(1), r: 4 }, svg("title", {}, spot.label));
  const short = spot.label.length > LONGEST ? `${spot.label.slice(0, LONGEST - 1)}…` : spot.label;
  return { ...spot, dot, name: svg("text", {}, short) };
}

/** Sizes stay as they are while the map comes closer; names that would lie on others are hidden. */
function arrange(marks: Mark[], zoom: number): void {
  const taken: Box[] = [];
  for (const { x, y, dot, name } of marks) {
    dot.setAttribute("r", (4 / zoom).toFixed(2));
    name.style.fontSize = `${(LETTER / zoom).toFixed(2)}px`; // Style sheets have sizes of their own.
    name.setAttribute("x", (x + 7 / zoom).toFixed(2));
    name.setAttribute("y", (y + 4 / zoom).toFixed(2));
    const width = ((name.textContent?.length ?? 0) * LETTER * 0.58) / zoom;
    const box = { left: x - 4 / zoom, right: x + 9 / zoom + width, top: y - 8 / zoom, bottom: y + 8 / zoom };
    const free = !taken.some((other) => overlap(box, other));
    name.setAttribute("visibility", free ? "visible" : "hidden");
    if (free) taken.push(box);
  }
}

/** The place around which most of the points in sight are. */
function amid(picture: SVGSVGElement, spots: Spot[]): { x: number; y: number } | undefined {
  const { x, y, width, height } = picture.viewBox.baseVal;
  const seen = spots.filter((spot) => spot.x >= x && spot.x <= x + width && spot.y >= y && spot.y <= y + height);
  const middle = (values: number[]) => values.sort((one, other) => one - other)[Math.floor(values.length / 2)]!;
  return seen.length ? { x: middle(seen.map((spot) => spot.x)), y: middle(seen.map((spot) => spot.y)) } : undefined;
}

/** Put points onto a drawn map, with buttons that move it. */
export function withPoints(picture: SVGSVGElement, spots: Spot[]): HTMLElement[] {
  const marks = spots.map(marked);
  picture.append(svg("g", { class: "points" }, ...marks.map(({ href, dot, name }) => (href ? svg("a", { href }, dot, name) : svg("g", {}, dot, name)))));
  let shown = 0;
  const show = (zoom: number) => { if (zoom !== shown) { shown = zoom; arrange(marks, zoom); } };
  show(1);
  const move = movable(picture, show);
  // Closer is where the points are.
  const zoom = (by: number) => move.zoom(by, by > 1 ? amid(picture, spots) : undefined);
  return [movers({ ...move, zoom }), h("div", { class: "picture map" }, picture)];
}
