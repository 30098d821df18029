// An SVG picture that can be moved and zoomed by changing its viewBox; its address is not touched.
import { h } from "./dom";
import { t } from "./page";

export interface Movable {
  /** Come closer, at a place of the picture or at the middle of what is seen. */
  zoom(by: number, at?: { x: number; y: number }): void;
  reset(): void;
}

/** Buttons that do what keys and wheel do. */
export function movers(move: Movable): HTMLElement {
  const button = (label: string, act: () => void) => h("button", { type: "button", class: "quiet", click: act }, label);
  return h("p", { class: "row" },
    button(t("Closer"), () => move.zoom(1.5)), button(t("Further"), () => move.zoom(1 / 1.5)), button(t("All of it"), () => move.reset()));
}

/** Make it so; `zoomed` hears how many times larger than at first it is shown. */
export function movable(picture: SVGSVGElement, zoomed: (zoom: number) => void, onlyAcross = false): Movable {
  const whole = picture.viewBox.baseVal;
  const first = { x: whole.x, y: whole.y, w: whole.width, h: whole.height };
  let box = { ...first };

  const show = () => {
    box.w = Math.min(Math.max(box.w, first.w / 40), first.w);
    box.h = onlyAcross ? first.h : (box.w * first.h) / first.w;
    box.x = Math.min(Math.max(box.x, first.x), first.x + first.w - box.w);
    box.y = Math.min(Math.max(box.y, first.y), first.y + first.h - box.h);
    picture.setAttribute("viewBox", `${box.x} ${box.y} ${box.w} ${box.h}`);
    zoomed(first.w / box.w);
  };
  const zoomAt = (by: number, x: number, y: number) => {
    const width = box.w / by;
    box = { x: x - (x - box.x) / by, y: y - (y - box.y) / by, w: width, h: box.h / by };
    show();
  };
  const at = (event: { clientX: number; clientY: number }) => {
    const frame = picture.getBoundingClientRect();
    return { x: box.x + ((event.clientX - frame.left) / frame.width) * box.w, y: box.y + ((event.clientY - frame.top) / frame.height) * box.h };
  };
  const pointers = new Map<number, { x: number; y: number }>();
  let moved = false;

  picture.setAttribute("tabindex", "0");
  picture.addEventListener("wheel", (event) => {
    if (!event.ctrlKey && !event.metaKey && document.activeElement !== picture) return; // The page scrolls.
    event.preventDefault();
    const { x, y } = at(event);
    zoomAt(event.deltaY < 0 ? 1.2 : 1 / 1.2, x, y);
  }, { passive: false });
  picture.addEventListener("pointerdown", (event) => { pointers.set(event.pointerId, { x: event.clientX, y: event.clientY }); moved = false; });
  picture.addEventListener("pointermove", (event) => {
    const before = pointers.get(event.pointerId);
    if (!before) return;
    const frame = picture.getBoundingClientRect();
    if (pointers.size === 2) {
      const other = [...pointers].find(([id]) => id !== event.pointerId)![1];
      const distance = (one: { x: number; y: number }) => Math.hypot(one.x - other.x, one.y - other.y);
      const now = { x: event.clientX, y: event.clientY };
      const { x, y } = at({ clientX: (now.x + other.x) / 2, clientY: (now.y + other.y) / 2 });
      if (distance(before) > 0) zoomAt(distance(now) / distance(before), x, y);
    } else {
      box.x -= ((event.clientX - before.x) / frame.width) * box.w;
      box.y -= ((event.clientY - before.y) / frame.height) * box.h;
      if (Math.abs(event.clientX - before.x) + Math.abs(event.clientY - before.y) > 2) moved = true;
      show();
    }
    pointers.set(event.pointerId, { x: event.clientX, y: event.clientY });
  });
  for (const name of ["pointerup", "pointercancel", "pointerleave"] as const) picture.addEventListener(name, (event) => pointers.delete(event.pointerId));
  // A drag that ends on a link does not follow it.
  picture.addEventListener("click", (event) => { if (moved) { event.preventDefault(); moved = false; } }, true);
  picture.addEventListener("dragstart", (event) => event.preventDefault());
  picture.addEventListener("keydown", (event) => {
    const step = box.w / 8;
    const act: Record<string, () => void> = {
      ArrowLeft: () => { box.x -= step; }, ArrowRight: () => { box.x += step; },
      ArrowUp: () => { box.y -= step; }, ArrowDown: () => { box.y += step; },
      "+": () => api.zoom(1.5), "=": () => api.zoom(1.5), "-": () => api.zoom(1 / 1.5), "0": () => api.reset(),
    };
    const run = act[event.key];
    if (!run || event.ctrlKey || event.metaKey || event.altKey || event.target !== picture) return;
    event.preventDefault();
    run();
    show();
  });
  const api: Movable = {
    zoom: (by, at = { x: box.x + box.w / 2, y: box.y + box.h / 2 }) => zoomAt(by, at.x, at.y),
    reset: () => { box = { ...first }; show(); },
  };
  return api;
}
