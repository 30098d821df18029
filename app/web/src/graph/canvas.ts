// The canvas: draws a network, keeps it laid out, and tells what is chosen on it.
import cytoscape, { type Core, type EdgeSingular, type ElementDefinition, type NodeSingular } from "cytoscape";
import { LARGE, layOut, nameHubs, placeNear, placeWords, toWhole } from "./layout";
import { colour, fillOf, inLines, lineOf, longRelation, look, sheet } from "./looks";
import { type Edge, type Network, type Node, short, told, type View } from "./model";

const MANY = 500;

export interface Listener {
  choose(chosen: Node | Edge | null): void;
  /** Things have other places, by the reader's hand or by a layout. */
  moved(byHand: boolean): void;
}

export class Canvas {
  readonly cy: Core;
  private network: Network = { nodes: [], edges: [], filtered: [], unknown: [] };

  constructor(container: HTMLElement, private readonly listener: Listener, things: number) {
    this.cy = cytoscape({
      container, style: sheet(), minZoom: 0.05, maxZoom: 4,
      boxSelectionEnabled: false, selectionType: "single",
      // While one drags or zooms, a picture of the canvas is moved, so that large views stay fluid.
      textureOnViewport: true, pixelRatio: things > LARGE ? 1 : "auto",
    });
    this.cy.on("select", (event) => this.listener.choose(event.target.data("source_data")));
    this.cy.on("tap", (event) => { if (event.target === this.cy) this.listener.choose(null); });
    this.cy.on("zoom", () => nameHubs(this.cy));
    this.cy.on("dragfree", "node", () => this.moved());
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.repaint());
  }

  /** Show a network: what stays keeps its place, what is new is laid out. */
  show(network: Network, view: View): void {
    this.network = network;
    const wanted = this.elements(network, view);
    this.cy.batch(() => {
      this.cy.nodes().filter((node) => !wanted.has(node.id())).remove();
      // Lines between the same two things are drawn in the order in which they came.
      this.cy.edges().remove();
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
    if (network.nodes.some((node) => !view.positions[short(node.iri)])) this.layoutNew(view);
    else if (network.nodes.length) this.settle();
  }

  private elements(network: Network, view: View): Map<string, ElementDefinition> {
    const wanted = new Map<string, ElementDefinition>();
    for (const node of network.nodes) wanted.set(node.iri, this.nodeElement(node, view));
    const lines = new Map<string, ElementDefinition>();
    for (const edge of network.edges) {
      const id = edge.fact ?? `${edge.at.iri} ${edge.predicate.iri} ${edge.other.iri}`;
      const made = this.edgeElement(id, edge);
      wanted.set(id, made);
      // What holds both ways is one line with two heads; the tables and files have both facts.
      const back = lines.get([edge.other.iri, edge.at.iri, edge.predicate.iri, edge.firmness].join(" "));
      if (back) { back.data.mutual = true; made.data.twin = true; }
      else lines.set([edge.at.iri, edge.other.iri, edge.predicate.iri, edge.firmness].join(" "), made);
    }
    return wanted;
  }

  /** Lay out what has no place yet around what has. */
  private layoutNew(view: View): void {
    const known = this.cy.nodes().filter((node) => Boolean(view.positions[short(node.id())]));
    if (known.nonempty()) placeNear(this.cy.nodes().difference(known));
    layOut(this.cy, known, 0);
    this.settle();
    this.listener.moved(false);
  }

  /** Lay everything out; pinned things stay where they are. Another turn may give another picture. */
  layout(turn: number): void {
    if (!this.cy.nodes().length) return;
    layOut(this.cy, this.cy.nodes("[?pinned]"), turn);
    this.settle();
    this.listener.moved(false);
  }

  private settle(): void {
    placeWords(this.cy);
    this.frame();
    nameHubs(this.cy);
  }

  /** Move the chosen thing, or all that is seen where none is chosen. */
  nudge(x: number, y: number): void {
    const node = this.selected();
    if (!node) { this.cy.panBy({ x: -x, y: -y }); return; }
    const { x: left, y: top } = node.position();
    node.position({ x: left + x, y: top + y });
    this.moved();
  }

  private moved(): void {
    toWhole(this.cy);
    placeWords(this.cy);
    this.listener.moved(true);
  }

  frame(): void {
    this.cy.fit(this.cy.elements(), this.cy.width() < 480 ? 14 : 32);
    if (this.cy.zoom() > 1.4) { this.cy.zoom(1.4); this.cy.center(); }
  }

  positions(): View["positions"] {
    return Object.fromEntries(this.cy.nodes().map((node) => [short(node.id()), { ...node.position() }]));
  }

  select(id: string): void {
    this.cy.elements().unselect();
    const found = this.cy.getElementById(id);
    found.select();
    if (found.nonempty()) this.reveal(found);
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

  private reveal(element: NodeSingular | EdgeSingular): void {
    const box = element.renderedBoundingBox();
    if (box.x1 < 0 || box.y1 < 0 || box.x2 > this.cy.width() || box.y2 > this.cy.height()) this.cy.center(element);
  }

  private repaint(): void {
    this.cy.style(sheet());
    this.cy.nodes().forEach((node) => { node.data("fill", fillOf(node.data("group"))); });
    this.cy.edges().forEach((edge) => { edge.data("colour", colour(edge.data("firmness") === "firm" ? "firm" : "hedge")); });
  }

  private nodeElement(node: Node, view: View): ElementDefinition {
    const { shape, size } = look(node.group);
    const { lines, w, h } = inLines(node.label, this.cy.width());
    const data = {
      id: node.iri, label: lines.join("\n"), words: { w, h }, crowd: this.network.nodes.length > LARGE, group: node.group, shape, size, fill: fillOf(node.group),
      pinned: view.pinned.includes(short(node.iri)), source_data: node,
    };
    return { group: "nodes", data, position: { ...(view.positions[short(node.iri)] ?? { x: 0, y: 0 }) } };
  }

  private edgeElement(id: string, edge: Edge): ElementDefinition {
    const firm = lineOf(edge) === "firm";
    return {
      group: "edges",
      data: {
        id, source: edge.at.iri, target: edge.other.iri, label: told(edge), firmness: lineOf(edge),
        hedged: !firm && lineOf(edge) !== "planned", long: longRelation(told(edge)), many: this.network.edges.length > MANY, colour: colour(firm ? "firm" : "hedge"),
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
