// Everything that a hand does on the canvas is done by keys too; the same list is its help.
import { t } from "../shared/page";
import { h } from "../shared/dom";

const STEP = 40;

export interface Acts {
  choose(x: number, y: number): void;
  relation(by: number): void;
  nudge(x: number, y: number): void;
  enter(): void;
  leave(): void;
  pin(): void;
  hide(): void;
  again(): void;
  fit(): void;
  zoom(by: number): void;
  help(): void;
  undo(): void;
  redo(): void;
}

const ARROWS: Record<string, [number, number]> = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] };

/** The key by its name; where another script is typed, letters are those of the same place on a Latin keyboard. */
function keyOf(event: KeyboardEvent): string {
  if (event.key.length === 1 && event.key > "\u007f") return event.code.replace(/^Key/, "").toLowerCase();
  return event.key.length === 1 ? event.key.toLowerCase() : event.key;
}

function actOf(key: string, shift: boolean, acts: Acts): (() => void) | undefined {
  const way = ARROWS[key];
  if (way) return () => (shift ? acts.nudge(way[0] * STEP, way[1] * STEP) : acts.choose(...way));
  const all: Record<string, () => void> = {
    r: () => acts.relation(shift ? -1 : 1), Enter: acts.enter, Escape: acts.leave, p: acts.pin, h: acts.hide, Delete: acts.hide,
    l: acts.again, f: acts.fit, "+": () => acts.zoom(1.25), "=": () => acts.zoom(1.25), "-": () => acts.zoom(0.8), "?": acts.help,
  };
  return all[key];
}

/** Hear keys on the canvas, and undo and redo wherever nothing is typed. */
export function hearKeys(stage: HTMLElement, acts: Acts): void {
  const act = (event: KeyboardEvent, run: (() => void) | undefined) => {
    if (!run) return;
    event.preventDefault();
    run();
  };
  stage.addEventListener("keydown", (event) => {
    if (!event.ctrlKey && !event.metaKey && !event.altKey) act(event, actOf(keyOf(event), event.shiftKey, acts));
  });
  document.addEventListener("keydown", (event) => {
    const typing = event.target instanceof HTMLTextAreaElement || (event.target instanceof HTMLInputElement && event.target.type !== "checkbox");
    if (typing || !(event.ctrlKey || event.metaKey)) return;
    const key = keyOf(event);
    if (key === "z") act(event, event.shiftKey ? acts.redo : acts.undo);
    if (key === "y") act(event, acts.redo);
  });
}

/** The keys and what they do, in words. */
export function help(): HTMLElement {
  const lines: [string, string][] = [
    ["← ↑ → ↓", t("choose the nearest thing that way")],
    ["R, Shift R", t("choose the next relation, or the one before: of the chosen thing, or of all")],
    ["Enter", t("go to what is chosen: relations that can be added, or claims")],
    ["Esc", t("back to the canvas; there, choose nothing")],
    ["Shift ← ↑ → ↓", t("move the chosen thing, or the picture where none is chosen")],
    ["P", t("pin or unpin the chosen thing")],
    ["H, Delete", t("hide what is chosen")],
    ["L", t("lay out again, each time another way; pinned things stay")],
    ["F", t("fit all into the canvas")],
    ["+ −", t("closer, further")],
    ["Ctrl Z, Ctrl Y", t("undo, redo")],
    ["?", t("show these keys")],
  ];
  return h("dl", { class: "key-list", id: "graph-keys" }, ...lines.flatMap(([key, text]) => [h("dt", {}, h("kbd", {}, key)), h("dd", {}, text)]),
    h("dt", {}, t("Words of a line")), h("dd", {}, t("stand where there is room for them, and else while it is chosen")));
}
