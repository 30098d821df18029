// Choosing by keys: the next thing in a direction, the next relation of a thing.
import type { Collection, Core, EdgeSingular, NodeSingular } from "cytoscape";

/** The nearest thing in a direction from another; undefined where there is none. */
export function towards(cy: Core, from: NodeSingular, x: number, y: number): NodeSingular | undefined {
  const here = from.position();
  let best: NodeSingular | undefined;
  let least = Infinity;
  for (const node of cy.nodes()) {
    const [dx, dy] = [node.position().x - here.x, node.position().y - here.y];
    const along = dx * x + dy * y;
    const far = along + 2 * (Math.abs(dx * y) + Math.abs(dy * x));
    if (node.id() !== from.id() && along > 0 && far < least) { least = far; best = node; }
  }
  return best;
}

/** Walks through the relations of one thing, or of all where none is chosen. */
export class Relations {
  private of = "";

  constructor(private readonly cy: Core) {}

  /** The thing whose relations are walked through; it stays while relations are chosen. */
  private get all(): Collection {
    const node = this.cy.nodes(":selected").first();
    if (node.nonempty()) this.of = node.id();
    else if (this.cy.edges(":selected").empty()) this.of = "";
    const origin = this.cy.getElementById(this.of);
    return (origin.nonempty() ? origin.connectedEdges() : this.cy.edges()).filter("[!twin]");
  }

  /** The relation so many steps on, round and round. */
  next(by: number): EdgeSingular | undefined {
    const all = this.all.toArray();
    const now = all.findIndex((edge) => edge.selected());
    const at = now < 0 ? (by > 0 ? 0 : all.length - 1) : (now + by + all.length) % all.length;
    return all[at] as EdgeSingular | undefined;
  }

  /** Which one of how many the chosen relation is. */
  get place(): { at: number; of: number } {
    const all = this.all.toArray();
    return { at: all.findIndex((edge) => edge.selected()) + 1, of: all.length };
  }

  /** The thing that a step aside from a relation leads back to. */
  origin(): NodeSingular | undefined {
    const edge = this.cy.edges(":selected").first() as unknown as EdgeSingular;
    if (edge.empty()) return undefined;
    const found = this.cy.getElementById(this.of) as unknown as NodeSingular;
    return found.nonempty() ? found : edge.source();
  }
}
