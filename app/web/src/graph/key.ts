// What a saved picture says under itself, for it leaves the page: its signs, what counts, and where it is from.
import { t } from "../shared/page";
import type { Canvas } from "./canvas";
import { LINES } from "./legend";
import { colour, dashOf, fillOf, GROUPS, longName, look } from "./looks";
import { outline } from "./shapes";

interface Mark { path: string; fill?: string; stroke?: string; dash?: number[] }
interface Words { text: string; x: number; y: number }
/** Everything below a picture, with its place there. */
export interface Key { marks: Mark[]; words: Words[]; height: number }
interface Item { text: string; wide: number; mark?: (x: number, y: number) => Mark }

const ROW = 20;
const GAP = 16;
const SIGN = 6;
const STROKE = 26;
export const NARROWEST = 420; // so that what is said has room under a small picture

function signs(canvas: Canvas): Item[] {
  const there = new Set(canvas.nodes().map((node) => String(node.data("source_data").group)));
  return Object.keys(GROUPS).filter((group) => there.has(group)).map((group) => ({
    text: t(group), wide: 2 * SIGN,
    mark: (x, y) => ({ path: outline(look(group).shape, x + SIGN, y, SIGN), fill: fillOf(group) }),
  }));
}

function strokes(canvas: Canvas): Item[] {
  const there = new Set(canvas.edges().map((edge) => (edge.data("hedged") ? "hedged" : String(edge.data("firmness")))));
  return LINES.filter(([kind]) => there.has(kind)).map(([kind, label]) => ({
    text: t(label), wide: STROKE,
    mark: (x, y) => ({ path: `M${x.toFixed(1)},${y.toFixed(1)}h${STROKE}`, stroke: colour(kind === "firm" ? "firm" : "hedge"), dash: dashOf(kind) }),
  }));
}

/** What the page says of what counts and of its data, word for word. */
function said(): Item[] {
  const text = (selector: string) => document.querySelector(selector)?.textContent?.trim() ?? "";
  const lines = [`${text(".lens-name")}: ${text(".lens-words")}.`, text("footer .origin")];
  return lines.flatMap((line) => line.split(/\s+/)).map((word) => ({ text: word, wide: 0 }));
}

/** The key of a picture, laid out in rows below a place. */
export function keyOf(canvas: Canvas, left: number, top: number, width: number): Key {
  const key: Key = { marks: [], words: [], height: 0 };
  let [x, y] = [left, top + ROW / 2];
  const put = (item: Item, gap: number) => {
    const start = item.wide ? item.wide + 6 : 0;
    const long = start + longName(item.text);
    if (x > left && x + long > left + width) [x, y] = [left, y + ROW];
    if (item.mark) key.marks.push(item.mark(x, y));
    const before = key.words.at(-1);
    if (!item.wide && x > left && before) before.text += ` ${item.text}`;
    else key.words.push({ text: item.text, x: x + start, y: y + 4 });
    x += long + gap;
  };
  for (const item of [...signs(canvas), ...strokes(canvas)]) put(item, GAP);
  [x, y] = [left, y + ROW];
  for (const word of said()) put(word, longName(" "));
  return { ...key, height: y + ROW / 2 - top };
}
