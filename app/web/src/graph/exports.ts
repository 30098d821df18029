// Files of exactly what is seen. Pictures are made here, data by the service from the same view.
import { address, ask, t } from "../shared/page";
import { download, h } from "../shared/dom";
import type { NodeSingular } from "cytoscape";
import type { Canvas } from "./canvas";
import { keyOf, NARROWEST } from "./key";
import { colour, dashOf } from "./looks";
import { parameters, type View } from "./model";
import { outline } from "./shapes";

const DATA: [string, string, string][] = [
  ["GraphML", "graphml", "graphml"], ["GEXF", "gexf", "gexf"], ["CSV", "csv", "csv"],
  ["JSON-LD", "jsonld", "jsonld"], ["Turtle", "turtle", "ttl"], ["Cytoscape", "cytoscape", "cyjs"],
];

const MARGIN = 20;
const LARGEST = 8000; // pixels of a side; a browser draws nothing on much larger canvases

/** Buttons for every format. */
export function exportButtons(canvas: Canvas, view: () => View, told: (text: string) => void): HTMLElement {
  const button = (label: string, run: () => void | Promise<void>) =>
    h("button", { type: "button", class: "quiet", click: () => { void Promise.resolve(run()).catch((error: Error) => told(error.message)); } }, label);
  return h(
    "p", { class: "row" },
    button("PNG", async () => download("c5graph.png", await drawPng(canvas))),
    button("SVG", () => download("c5graph.svg", writeSvg(canvas), "image/svg+xml")),
    ...DATA.map(([label, format, ending]) => button(label, async () => {
      download(`c5graph.${ending}`, await (await fetchNetwork(view(), format)).blob());
      told(t("{name} was saved.", { name: `c5graph.${ending}` }));
    })),
  );
}

/** Where a picture stands with its key below it, in the units of the canvas. */
function framed(canvas: Canvas) {
  const box = canvas.cy.elements().boundingBox({});
  const width = Math.max(box.w + 2 * MARGIN, NARROWEST);
  const left = (box.x1 + box.x2 - width) / 2;
  const below = box.y2 + MARGIN;
  const key = keyOf(canvas, left + MARGIN, below, width - 2 * MARGIN);
  return { box, key, left, top: box.y1 - MARGIN, width, height: below - box.y1 + MARGIN + key.height + MARGIN / 2 };
}

/** The canvas as PNG, with its key. */
async function drawPng(canvas: Canvas): Promise<Blob> {
  const { box, key, left, top, width, height } = framed(canvas);
  const scale = Math.min(2, LARGEST / Math.max(width, height));
  const paper = h("canvas", { width: Math.ceil(width * scale), height: Math.ceil(height * scale) });
  const pen = paper.getContext("2d")!;
  pen.fillStyle = colour("card");
  pen.fillRect(0, 0, paper.width, paper.height);
  const picture = await createImageBitmap(await canvas.cy.png({ full: true, scale, bg: colour("card"), output: "blob-promise" }));
  pen.drawImage(picture, (box.x1 - left) * scale, (box.y1 - top) * scale);
  pen.setTransform(scale, 0, 0, scale, -left * scale, -top * scale);
  for (const { path, fill, stroke, dash } of key.marks) {
    const drawn = new Path2D(path);
    if (fill) { pen.fillStyle = fill; pen.fill(drawn); }
    if (stroke) { pen.strokeStyle = stroke; pen.lineWidth = 2; pen.setLineDash(dash ?? []); pen.stroke(drawn); }
  }
  pen.font = `12px ${getComputedStyle(document.body).fontFamily}`;
  pen.fillStyle = colour("soft");
  for (const { text, x, y } of key.words) pen.fillText(text, x, y);
  return new Promise((done, failed) => { paper.toBlob((blob) => (blob ? done(blob) : failed(new Error(t("The picture could not be drawn."))))); });
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
  const { key, ...frame } = framed(canvas);
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
    return `<g><title>${escaped(node.data("source_data").label)}</title><path d="${outline(node.data("shape"), x, y, r)}" fill="${escaped(node.data("fill"))}"/>${nameOf(node, `fill="${escaped(ink)}" ${halo}`)}</g>`;
  });
  const signs = key.marks.map(({ path, fill, stroke, dash }) => `<path d="${path}" fill="${escaped(fill ?? "none")}"${stroke ? ` stroke="${escaped(stroke)}" stroke-width="2"` : ""}${dash?.length ? ` stroke-dasharray="${dash.join(" ")}"` : ""}/>`);
  const words = key.words.map(({ text, x, y }) => `<text x="${n(x)}" y="${n(y)}" font-size="12" font-family="sans-serif" fill="${escaped(colour("soft"))}">${escaped(text)}</text>`);
  const [left, top, width, height] = [frame.left, frame.top, frame.width, frame.height].map(n);
  return `<?xml version="1.0" encoding="UTF-8"?>\n<svg xmlns="http://www.w3.org/2000/svg" viewBox="${left} ${top} ${width} ${height}" width="${width}" height="${height}">\n<rect x="${left}" y="${top}" width="${width}" height="${height}" fill="${escaped(colour("card"))}"/>\n${edges.join("\n")}\n${nodes.join("\n")}\n<g class="key">\n${[...signs, ...words].join("\n")}\n</g>\n</svg>\n`;
}
