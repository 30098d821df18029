// The canvas: draws a network, lays it out, and tells what is chosen on it.
import cytoscape, { type Core, type EdgeSingular, type ElementDefinition, type NodeSingular } from "cytoscape";
import fcose from "cytoscape-fcose";
import { colour, fillOf, lineOf, look, sheet } from "./looks";
import { type Edge, type Network, type Node, short, told, type View } from "./model";

cytoscape.use(fcose);
// Two things may lie over each other for a moment; that is no matter for the console.
cytoscape.warnings(false);

/** Places that never coincide, further out one by one. */
function onSpiral(number: number): { x: number; y: number } {
  const reach = 110 * Math.sqrt(number + 1);
  return { x: reach * Math.cos(number * 2.4), y: reach * Math.sin(number * 2.4) };
}

const LABELLED = 60;
const MANY = 500;
const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

export interface Listener {
  choose(chosen: Node | Edge | null): void;
  /** Things have other places, by the reader's hand or by a layout. */
  moved(byHand: boolean): void;
}

export class Canvas {
  readonly cy: Core;
  private network: Network = { nodes: [], edges: [], filtered: [], unknown: [] };

  constructor(container: HTMLElement, private readonly listener: Listener) {
    this.cy = cytoscape({
      container, style: sheet(), minZoom: 0.05, maxZoom: 4,
      boxSelectionEnabled: false, selectionType: "single",
      // While one drags or zooms, a picture of the canvas is moved, so that large views stay fluid.
      textureOnViewport: true, pixelRatio: 1,
    });
    this.cy.on("select", (event) => this.listener.choose(event.target.data("source_data")));
    this.cy.on("tap", (event) => { if (event.target === this.cy) this.listener.choose(null); });
    this.cy.on("dragfree", "node", () => this.listener.moved(true));
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.repaint());
  }

  /** Show a network: what stays keeps its place, what is new is laid out. */
  show(network: Network, view: View): void {
    this.network = network;
    const wanted = new Map<string, ElementDefinition>();
    for (const node of network.nodes) wanted.set(node.iri, this.nodeElement(node, view));
    const lines = new Map<string, ElementDefinition>();
    for (const edge of network.edges) {
      const id = edge.fact ?? `${edge.at.iri} ${edge.predicate.iri} ${edge.other.iri}`;
      const made = this.edgeElement(id, edge, network.edges.length <= LABELLED);
      wanted.set(id, made);
      // What holds both ways is one line with two heads; the tables and files have both facts.
      const back = lines.get([edge.other.iri, edge.at.iri, edge.predicate.iri, edge.firmness].join(" "));
      if (back) { back.data.mutual = true; made.data.twin = true; }
      else lines.set([edge.at.iri, edge.other.iri, edge.predicate.iri, edge.firmness].join(" "), made);
    }
    this.cy.batch(() => {
      this.cy.elements().filter((element) => !wanted.has(element.id())).remove();
      for (const [id, element] of wanted) {
        const there = this.cy.getElementById(id);
        if (there.nonempty()) there.data(element.data);
        else this.cy.add(element);
      }
      for (const node of this.cy.nodes()) {
        const place = view.positions[short(node.id())];
        if (place) node.position(place);
      }
    });
    const fresh = network.nodes.filter((node) => !view.positions[short(node.iri)]);
    fresh.forEach((node, number) => this.cy.getElementById(node.iri).position(onSpiral(number)));
    if (fresh.length) this.layout(view, fresh.length === network.nodes.length);
    else if (network.nodes.length) this.frame();
  }

  /** Lay everything out; pinned things stay where they are. */
  layout(view: View, anew = true): void {
    if (!this.cy.nodes().length) return;
    const known = this.cy.nodes().filter((node) => Boolean(view.positions[short(node.id())]));
    if (!anew) this.placeNear(this.cy.nodes().difference(known));
    const fixed = anew ? this.cy.nodes("[?pinned]") : known;
    const run = this.cy.layout({
      name: "fcose", quality: "default", randomize: anew && fixed.empty(), animate: !calm() && this.cy.nodes().length < 150,
      animationDuration: 400, nodeDimensionsIncludeLabels: true, idealEdgeLength: 130, nodeSeparation: 90,
      packComponents: false, padding: 40, fit: true,
      fixedNodeConstraint: fixed.map((node) => ({ nodeId: node.id(), position: { ...node.position() } })),
    } as never);
    run.one("layoutstop", () => this.listener.moved(false));
    run.run();
  }

  /** Put new things beside what they are joined with, so that the layout starts well. */
  private placeNear(fresh: cytoscape.Collection): void {
    fresh.nodes().forEach((node, number) => {
      const near = node.neighborhood().nodes().difference(fresh);
      const middle = near.nonempty() ? (near.first() as unknown as NodeSingular).position() : { x: 0, y: 0 };
      const { x, y } = onSpiral(number);
      node.position({ x: middle.x + x, y: middle.y + y });
    });
  }

  frame(): void {
    this.cy.fit(this.cy.elements(), 40);
    if (this.cy.zoom() > 1.4) { this.cy.zoom(1.4); this.cy.center(); }
  }

  positions(): View["positions"] {
    return Object.fromEntries(this.cy.nodes().map((node) => [short(node.id()), { ...node.position() }]));
  }

  select(id: string): void {
    this.cy.elements().unselect();
    const found = this.cy.getElementById(id);
    found.select();
    if (found.nonempty()) this.reveal(found as unknown as NodeSingular);
  }

  selected(): NodeSingular | undefined {
    const found = this.cy.nodes(":selected");
    return found.nonempty() ? found.first() : undefined;
  }

  /** Mark the edges of a path and make the rest faint; none unmarks. */
  mark(ids: Set<string>): void {
    this.cy.batch(() => {
      this.cy.elements().removeClass("on-path faint");
      if (!ids.size) return;
      const path = this.cy.elements().filter((element) => ids.has(element.id()));
      path.edges().addClass("on-path");
      this.cy.elements().difference(path).addClass("faint");
    });
  }

  /** The next thing in a direction from the chosen one, or the first. */
  step(x: number, y: number): void {
    const from = this.selected();
    if (!from) {
      const first = this.cy.nodes().first();
      if (first.nonempty()) this.select(first.id());
      return;
    }
    const here = from.position();
    let best: NodeSingular | undefined;
    let least = Infinity;
    for (const node of this.cy.nodes()) {
      const dx = node.position().x - here.x;
      const dy = node.position().y - here.y;
      const along = dx * x + dy * y;
      const aside = Math.abs(dx * y) + Math.abs(dy * x);
      if (node.id() !== from.id() && along > 0 && along + 2 * aside < least) { least = along + 2 * aside; best = node; }
    }
    if (best) this.select(best.id());
  }

  private reveal(node: NodeSingular): void {
    const box = node.renderedBoundingBox();
    if (box.x1 < 0 || box.y1 < 0 || box.x2 > this.cy.width() || box.y2 > this.cy.height()) this.cy.center(node);
  }

  private repaint(): void {
    this.cy.style(sheet());
    this.cy.nodes().forEach((node) => { node.data("fill", fillOf(node.data("group"))); });
    this.cy.edges().forEach((edge) => { edge.data("colour", colour(edge.data("firmness") === "firm" ? "firm" : "hedge")); });
  }

  private nodeElement(node: Node, view: View): ElementDefinition {
    const { shape, size } = look(node.group);
    const data = {
      id: node.iri, label: node.label, group: node.group, shape, size, fill: fillOf(node.group),
      pinned: view.pinned.includes(short(node.iri)), source_data: node,
    };
    return { group: "nodes", data, position: { ...(view.positions[short(node.iri)] ?? { x: 0, y: 0 }) } };
  }

  private edgeElement(id: string, edge: Edge, labelled: boolean): ElementDefinition {
    const firm = lineOf(edge) === "firm";
    return {
      group: "edges",
      data: {
        id, source: edge.at.iri, target: edge.other.iri, label: told(edge), firmness: lineOf(edge),
        hedged: !firm && lineOf(edge) !== "planned", labelled, many: !labelled && this.network.edges.length > MANY ? true : undefined, colour: colour(firm ? "firm" : "hedge"),
        mutual: false, twin: false,
        width: 1.4 + Math.min(2.2, Math.log2(1 + new Set(edge.claims.flatMap((c) => c.reports.map((r) => r.iri))).size) * 0.6),
        source_data: edge,
      },
    };
  }

  edges(): EdgeSingular[] { return this.cy.edges().toArray() as EdgeSingular[]; }
  nodes(): NodeSingular[] { return this.cy.nodes().toArray() as NodeSingular[]; }
  get shown(): Network { return this.network; }
}
