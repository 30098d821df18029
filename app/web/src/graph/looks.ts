// How things and relations look, on the canvas, in the legend and in an SVG file alike.
import type { StylesheetJson } from "cytoscape";
import type { Edge } from "./model";

export const GROUPS: Record<string, { shape: string; hue: number; size: number }> = {
  state: { shape: "ellipse", hue: 190, size: 34 },
  government: { shape: "round-rectangle", hue: 205, size: 26 },
  organisation: { shape: "hexagon", hue: 220, size: 26 },
  company: { shape: "rectangle", hue: 255, size: 24 },
  person: { shape: "ellipse", hue: 330, size: 20 },
  undertaking: { shape: "diamond", hue: 28, size: 28 },
  event: { shape: "star", hue: 48, size: 28 },
  commodity: { shape: "triangle", hue: 95, size: 26 },
  infrastructure: { shape: "pentagon", hue: 150, size: 26 },
  place: { shape: "vee", hue: 130, size: 22 },
  statement: { shape: "round-tag", hue: 0, size: 20 },
  value: { shape: "barrel", hue: 60, size: 18 },
  other: { shape: "ellipse", hue: 240, size: 18 },
};

export const look = (group: string) => GROUPS[group] ?? GROUPS.other!;
const dark = () => matchMedia("(prefers-color-scheme: dark)").matches;
export const fillOf = (group: string): string =>
  dark() ? `hsl(${look(group).hue}, 45%, 52%)` : `hsl(${look(group).hue}, 55%, 40%)`;

/** A colour of the page's style sheet. */
export const colour = (name: string): string => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();

/** How a relation is drawn: what is firm of a deal that is not signed is no firmer than a plan. */
export const lineOf = (edge: Edge): string =>
  edge.firmness === "firm" && edge.binding === false ? "planned" : edge.firmness;

export const dashOf = (firmness: string): number[] =>
  firmness === "firm" ? [] : firmness === "planned" ? [8, 4] : [2, 4];

const NAME = 12;
const RELATION = 10;
const WIDE = 130;
const NARROW = 96;
const pen = document.createElement("canvas").getContext("2d");

/** How long words are in a size of the page's letters. */
function long(text: string, size: number): number {
  if (!pen) return text.length * size * 0.55;
  pen.font = `${size}px ${getComputedStyle(document.body).fontFamily}`;
  return pen.measureText(text).width;
}

export const longName = (text: string): number => long(text, NAME);
export const longRelation = (text: string): number => long(text, RELATION);

/** A name in lines, as wide as a canvas of this width has room for, and the size of the whole. */
export function inLines(text: string, canvas: number): { lines: string[]; w: number; h: number } {
  const most = canvas < 480 ? NARROW : WIDE;
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const longer = lines.length ? `${lines.at(-1)} ${word}` : word;
    if (lines.length && long(longer, NAME) <= most) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return { lines, w: Math.max(...lines.map((line) => long(line, NAME))) + 2, h: lines.length * NAME * 1.15 + 2 };
}

export function sheet(): StylesheetJson {
  const ink = colour("ink");
  const paper = colour("card");
  const font = getComputedStyle(document.body).fontFamily;
  return [
    {
      selector: "node",
      style: {
        shape: "data(shape)" as never,
        width: "data(size)", height: "data(size)",
        "background-color": "data(fill)" as never,
        label: "data(label)", color: ink,
        "font-family": font, "font-size": NAME, "text-wrap": "wrap", "text-max-width": "1000px", "line-height": 1.15,
        "text-valign": "bottom", "text-margin-y": 4,
        "text-background-color": paper, "text-background-opacity": 0.75, "text-background-padding": "1px",
        "min-zoomed-font-size": 6,
      },
    },
    { selector: 'node[side = "top"]', style: { "text-valign": "top", "text-margin-y": -4 } },
    { selector: 'node[side = "right"]', style: { "text-valign": "center", "text-halign": "right", "text-margin-x": 4, "text-margin-y": 0 } },
    { selector: 'node[side = "left"]', style: { "text-valign": "center", "text-halign": "left", "text-margin-x": -4, "text-margin-y": 0 } },
    { selector: "node[?crowd]", style: { "min-zoomed-font-size": 9 } },
    { selector: "node[hub]", style: { "font-size": "data(hub)" as never, "z-index": 1, "text-background-opacity": 0.9 } },
    { selector: "node[?pinned]", style: { "border-width": 3, "border-color": ink, "border-style": "double" } },
    { selector: "node:selected", style: { "border-width": 4, "border-color": colour("warn"), "font-weight": "bold" } },
    {
      selector: "edge",
      style: {
        width: "data(width)" as never,
        "curve-style": "bezier", "control-point-step-size": 34,
        "line-color": "data(colour)" as never,
        "target-arrow-color": "data(colour)" as never,
        "target-arrow-shape": "triangle", "arrow-scale": 0.9,
        "font-family": font, "font-size": RELATION, color: colour("soft"),
        "text-rotation": "autorotate",
        "text-background-color": paper, "text-background-opacity": 0.85, "text-background-padding": "1px",
        "min-zoomed-font-size": 7,
      },
    },
    { selector: "edge[?many]", style: { "curve-style": "straight", width: 1 } },
    { selector: "edge[?mutual]", style: { "source-arrow-shape": "triangle", "source-arrow-color": "data(colour)" as never } },
    { selector: "edge[?twin]", style: { display: "none" } },
    { selector: "edge[?labelled]", style: { label: "data(label)" } },
    { selector: 'edge[firmness = "planned"]', style: { "line-style": "dashed", "line-dash-pattern": dashOf("planned") } },
    { selector: "edge[?hedged]", style: { "line-style": "dashed", "line-dash-pattern": dashOf("possible") } },
    { selector: "edge:selected", style: { label: "data(label)", width: 4, "line-color": colour("warn"), "target-arrow-color": colour("warn"), "source-arrow-color": colour("warn"), color: ink } },
    { selector: ".on-path", style: { "line-color": colour("warn"), "target-arrow-color": colour("warn"), "source-arrow-color": colour("warn"), width: 4 } },
    { selector: ".faint", style: { opacity: 0.25 } },
  ];
}
