// Files of exactly what is seen. Pictures are made here, data by the service from the same view.
import { address, ask, t } from "../shared/page";
import { download, h } from "../shared/dom";
import type { NodeSingular } from "cytoscape";
import type { Canvas } from "./canvas";
import { colour, dashOf } from "./looks";
import { parameters, type View } from "./model";

const DATA: [string, string, string][] = [
  ["GraphML", "graphml", "graphml"], ["GEXF", "gexf", "gexf"], ["CSV", "csv", "csv"],
  ["JSON-LD", "jsonld", "jsonld"], ["Turtle", "turtle", "ttl"], ["Cytoscape", "cytoscape", "cyjs"],
];

const LARGEST = 8000; // pixels of a side; a browser draws nothing on much larger canvases

/** Buttons for every format. */
export function exportButtons(canvas: Canvas, view: () => View, told: (text: string) => void): HTMLElement {
  const button = (label: string, run: () => void | Promise<void>) =>
    h("button", { type: "button", class: "quiet", click: () => { void Promise.resolve(run()).catch((error: Error) => told(error.message)); } }, label);
  return h(
    "p", { class: "row" },
    button("PNG", async () => {
      const { w, h: high } = canvas.cy.elements().boundingBox({});
      const blob = await canvas.cy.png({ full: true, scale: Math.min(2, LARGEST / Math.max(w, high)), bg: colour("card"), output: "blob-promise" });
      download("c5graph.png", blob);
    }),
    button("SVG", () => download("c5graph.svg", writeSvg(canvas), "image/svg+xml")),
    ...DATA.map(([label, format, ending]) => button(label, async () => {
      download(`c5graph.${ending}`, await (await fetchNetwork(view(), format)).blob());
      told(t("{name} was saved.", { name: `c5graph.${ending}` }));
    })),
  );
}

/** The view as the service tells it; long ones are posted. */
export function fetchNetwork(view: View, format?: string, signal?: AbortSignal): Promise<Response> {
  const given: [string, string][] = [...parameters(view), ...(format ? [["format", format] as [string, string]] : [])];
  const url = address("api/network", given);
  const options: RequestInit = signal ? { signal } : {};
  if (!format) options.headers = { accept: "application/json" };
  if (url.length < 8000) return ask(url, options);
  return ask(address("api/network"), { ...options, method: "POST", body: new URLSearchParams(given) });
}

const XML: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
// eslint-disable-next-line no-control-regex
const escaped = (text: string): string => text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "\ufffd").replace(/[&<>"]/g, (sign) => XML[sign]!);
const n = (value: number): string => value.toFixed(1);

function outline(shape: string, x: number, y: number, r: number): string {
  const corners = (count: number, turn: number, inner = 1) => Array.from({ length: count }, (_, i) => {
    const reach = i % 2 ? r * inner : r;
    const angle = turn + (i * 2 * Math.PI) / count;
    return `${n(x + reach * Math.cos(angle))},${n(y + reach * Math.sin(angle))}`;
  }).join(" ");
  const up = -Math.PI / 2;
  switch (shape) {
    case "rectangle": case "barrel": return `<rect x="${n(x - r)}" y="${n(y - r)}" width="${n(2 * r)}" height="${n(2 * r)}"`;
    case "round-rectangle": case "round-tag": return `<rect rx="5" x="${n(x - r)}" y="${n(y - r)}" width="${n(2 * r)}" height="${n(2 * r)}"`;
    case "diamond": return `<polygon points="${corners(4, up)}"`;
    case "triangle": return `<polygon points="${corners(3, up)}"`;
    case "pentagon": return `<polygon points="${corners(5, up)}"`;
    case "hexagon": return `<polygon points="${corners(6, 0)}"`;
    case "star": return `<polygon points="${corners(10, up, 0.45)}"`;
    case "vee": return `<polygon points="${n(x - r)},${n(y - r)} ${n(x)},${n(y - r / 3)} ${n(x + r)},${n(y - r)} ${n(x)},${n(y + r)}"`;
    default: return `<circle cx="${n(x)}" cy="${n(y)}" r="${n(r)}"`;
  }
}

const LEADING = 13.8;

/** A name in its lines, on the side of its thing where the canvas has it. */
function nameOf(node: NodeSingular, look: string): string {
  const { x, y } = node.position();
  const reach = node.data("size") / 2 + 4;
  const lines = String(node.data("label")).split("\n");
  const side = String(node.data("side") ?? "bottom");
  const across = side === "right" ? x + reach : side === "left" ? x - reach : x;
  const anchor = side === "right" ? "start" : side === "left" ? "end" : "middle";
  const first = { bottom: y + reach + 10, top: y - reach - 3 - (lines.length - 1) * LEADING }[side] ?? y + 4 - ((lines.length - 1) / 2) * LEADING;
  return lines.map((line, number) => `<text x="${n(across)}" y="${n(first + number * LEADING)}" font-size="12" text-anchor="${anchor}" ${look}>${escaped(line)}</text>`).join("");
}

/** Words along a line, the right way up. */
function wordsOf(text: string, at: { x: number; y: number }, angle: number, look: string): string {
  const upright = Math.cos(angle) < 0 ? angle + Math.PI : angle;
  return `<text x="${n(at.x)}" y="${n(at.y + 3)}" transform="rotate(${n((upright * 180) / Math.PI)} ${n(at.x)} ${n(at.y)})" font-size="10" text-anchor="middle" ${look}>${escaped(text)}</text>`;
}

/** The canvas as SVG, written from the places of things. */
export function writeSvg(canvas: Canvas): string {
  const box = canvas.cy.elements().boundingBox({});
  const ink = colour("ink");
  const halo = `paint-order="stroke" stroke="${escaped(colour("card"))}" stroke-width="3" font-family="sans-serif"`;
  const edges = canvas.edges().filter((edge) => !edge.data("twin")).map((edge) => {
    const from = edge.sourceEndpoint();
    const to = edge.targetEndpoint();
    const bend = edge.controlPoints()?.[0];
    const stroke = escaped(edge.data("colour"));
    const dash = dashOf(edge.data("firmness")).join(" ");
    const d = bend ? `M${n(from.x)},${n(from.y)}Q${n(bend.x)},${n(bend.y)} ${n(to.x)},${n(to.y)}` : `M${n(from.x)},${n(from.y)}L${n(to.x)},${n(to.y)}`;
    const angle = Math.atan2(to.y - (bend?.y ?? from.y), to.x - (bend?.x ?? from.x));
    const head = (at: { x: number; y: number }, towards: number) => {
      const wing = (turn: number) => `${n(at.x - 8 * Math.cos(towards + turn))},${n(at.y - 8 * Math.sin(towards + turn))}`;
      return `<polygon points="${n(at.x)},${n(at.y)} ${wing(0.4)} ${wing(-0.4)}" fill="${stroke}"/>`;
    };
    const heads = head(to, angle) + (edge.data("mutual") ? head(from, Math.atan2(from.y - (bend?.y ?? to.y), from.x - (bend?.x ?? to.x))) : "");
    const middle = bend ? { x: (from.x + 2 * bend.x + to.x) / 4, y: (from.y + 2 * bend.y + to.y) / 4 } : { x: (from.x + to.x) / 2, y: (from.y + to.y) / 2 };
    const label = edge.data("labelled") ? wordsOf(edge.data("label"), middle, Math.atan2(to.y - from.y, to.x - from.x), `fill="${escaped(colour("soft"))}" ${halo}`) : "";
    return `<path d="${d}" fill="none" stroke="${stroke}" stroke-width="${n(edge.data("width"))}"${dash ? ` stroke-dasharray="${dash}"` : ""}/>${heads}${label}`;
  });
  const nodes = canvas.nodes().map((node) => {
    const { x, y } = node.position();
    const r = node.data("size") / 2;
    return `<g><title>${escaped(node.data("source_data").label)}</title>${outline(node.data("shape"), x, y, r)} fill="${escaped(node.data("fill"))}"/>${nameOf(node, `fill="${escaped(ink)}" ${halo}`)}</g>`;
  });
  const [left, top, width, height] = [box.x1 - 20, box.y1 - 20, box.w + 40, box.h + 40].map(n);
  return `<?xml version="1.0" encoding="UTF-8"?>\n<svg xmlns="http://www.w3.org/2000/svg" viewBox="${left} ${top} ${width} ${height}" width="${width}" height="${height}">\n<rect x="${left}" y="${top}" width="${width}" height="${height}" fill="${escaped(colour("card"))}"/>\n${edges.join("\n")}\n${nodes.join("\n")}\n</svg>\n`;
}
