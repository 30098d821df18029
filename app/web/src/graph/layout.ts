// Lays things out: the same things with the same fixed places always lie the same way.
import cytoscape, { type Core, type EdgeSingular, type NodeCollection, type NodeSingular } from "cytoscape";
import fcose from "cytoscape-fcose";
import { type Box, type Line, chooseSides, moveApart, name, overlap, type Side, type Size, type Thing, withRoom } from "./places";

cytoscape.use(fcose);
// Two things may lie over each other for a moment; that is no matter for the console.
cytoscape.warnings(false);

/** More things than this are a crowd: fewer of them are named, and less is done for their looks. */
export const LARGE = 150;
const ROUNDS = 4;

/** fcose draws on Math.random; while it runs, that gives the numbers of a seed (mulberry32). */
function withoutChance(seed: number, run: () => void): void {
  const random = Math.random;
  let state = seed + 0x9e3779b9;
  Math.random = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
  try { run(); } finally { Math.random = random; }
}

/** Places that never coincide, further out one by one. */
function onSpiral(number: number): { x: number; y: number } {
  const reach = 110 * Math.sqrt(number + 1);
  return { x: reach * Math.cos(number * 2.4), y: reach * Math.sin(number * 2.4) };
}

/** Put new things beside what they are joined with, so that the layout starts well. */
export function placeNear(fresh: NodeCollection): void {
  fresh.forEach((node, number) => {
    const near = node.neighborhood().nodes().difference(fresh);
    const middle = near.nonempty() ? (near.first() as unknown as NodeSingular).position() : { x: 0, y: 0 };
    const { x, y } = onSpiral(number);
    node.position({ x: middle.x + x, y: middle.y + y });
  });
}

const sorted = <T extends NodeSingular | EdgeSingular>(all: T[]): T[] => all.sort((one, other) => (one.id() < other.id() ? -1 : 1));
const nodes = (cy: Core): NodeSingular[] => sorted(cy.nodes().toArray() as NodeSingular[]);

/** Lay out what is not fixed; where nothing is, `seed` chooses among several pictures. */
export function layOut(cy: Core, fixed: NodeCollection, seed: number): void {
  const anew = fixed.empty();
  if (anew) nodes(cy).forEach((node, number) => { node.position(onSpiral(number)); });
  const held = fixed.map((node) => ({ node, at: { ...node.position() } }));
  const all = cy.elements().sort((one, other) => (one.id() < other.id() ? -1 : 1));
  withoutChance(seed, () => all.layout({
    name: "fcose", quality: "default", randomize: anew, animate: false, fit: false,
    nodeDimensionsIncludeLabels: true, packComponents: false, nodeSeparation: 90,
    numIter: cy.nodes().length > LARGE ? 1000 : 2500,
    idealEdgeLength: Math.min(120, 45 + cy.width() / 11),
    fixedNodeConstraint: held.map(({ node, at }) => ({ nodeId: node.id(), position: at })),
  } as never).run());
  // The name of a fixed thing may have moved it.
  for (const { node, at } of held) node.position(at);
  if (anew) turn(cy);
  spread(cy, fixed);
  toWhole(cy);
}

/** Places as an address has them, so that a view drawn from its address is the same. */
export function toWhole(cy: Core): void {
  cy.nodes().forEach((node) => { const { x, y } = node.position(); node.position({ x: Math.round(x), y: Math.round(y) }); });
}

/** On a screen that is higher than wide, a picture that is wider than high is turned. */
function turn(cy: Core): void {
  const box = cy.nodes().boundingBox({ includeLabels: false });
  if ((cy.width() < cy.height()) === (box.w < box.h)) return;
  cy.nodes().forEach((node) => { const { x, y } = node.position(); node.position({ x: y, y: x }); });
}

const things = (cy: Core, fixed?: NodeCollection): Thing[] => nodes(cy).map((node) => thingOf(node, fixed));

function thingOf(node: NodeSingular, fixed?: NodeCollection): Thing {
  return {
    id: node.id(), at: { ...node.position() }, sign: node.data("size"), name: node.data("words"),
    fixed: fixed?.has(node) ?? false, side: (node.data("side") ?? "bottom") as Side,
  };
}

function lines(edges: EdgeSingular[]): Line[] {
  return edges.map((edge) => ({
    id: edge.id(), from: edge.source().position(), to: edge.target().position(),
    middle: edge.midpoint() ?? halfway(edge), words: edge.data("long"),
  }));
}

/** A line that is not drawn yet has no middle of its own. */
function halfway(edge: EdgeSingular): { x: number; y: number } {
  const [one, other] = [edge.source().position(), edge.target().position()];
  return { x: (one.x + other.x) / 2, y: (one.y + other.y) / 2 };
}

const drawn = (cy: Core): EdgeSingular[] => sorted(cy.edges("[!twin]").toArray() as EdgeSingular[]);

/** Names are put where they cover least, and things moved apart where that is not enough; large views show few names. */
function spread(cy: Core, fixed: NodeCollection): void {
  if (cy.nodes().length > LARGE) return;
  for (let round = 0; round < ROUNDS; round += 1) {
    const all = things(cy, fixed);
    chooseSides(all, lines(drawn(cy)));
    const moved = moveApart(all);
    cy.batch(() => { for (const thing of all) cy.getElementById(thing.id).position(thing.at); });
    if (!moved) return;
  }
}

/** Say where names stand and which lines show their words; a line without room shows them when chosen. */
export function placeWords(cy: Core): void {
  const [all, between] = [things(cy), drawn(cy)];
  let free = new Set<string>();
  if (all.length <= LARGE) {
    const ways = lines(between);
    chooseSides(all, ways);
    free = withRoom(all, ways);
  }
  cy.batch(() => {
    for (const thing of all) cy.getElementById(thing.id).data("side", thing.side);
    for (const edge of between) edge.data("labelled", free.has(edge.id()));
  });
}

const HUBS = 30;
const READ = 11; // pixels

/** In a large view that is seen from afar, the things with most relations are named large enough to be read. */
export function nameHubs(cy: Core): void {
  const far = cy.nodes().length > LARGE && cy.zoom() < READ / 14;
  const size = READ / cy.zoom();
  const hubs = far ? nodes(cy).sort((one, other) => other.degree(false) - one.degree(false)).slice(0, HUBS) : [];
  const taken: Box[] = [];
  const named = new Set<string>();
  for (const node of hubs) {
    const { w, h } = node.data("words") as Size;
    const scale = size / 12;
    const box = name({ ...thingOf(node), name: { w: w * scale, h: h * scale } }, "bottom");
    if (taken.some((each) => overlap(box, each))) continue;
    taken.push(box);
    named.add(node.id());
  }
  cy.batch(() => {
    for (const node of cy.nodes("[hub]")) if (!named.has(node.id())) node.removeData("hub");
    for (const id of named) cy.getElementById(id).data("hub", size);
  });
}
