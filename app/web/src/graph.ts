// The graph view. Things and filters decide what is seen; the service says which edges they have.
import { address, json, numbers, Refused, said, t } from "./shared/page";
import { h } from "./shared/dom";
import { suggestOn } from "./shared/suggest";
import { Canvas } from "./graph/canvas";
import { exportButtons, fetchNetwork } from "./graph/exports";
import { hearFilters, offerRelations, showFilters } from "./graph/filters";
import { hearKeys, help } from "./graph/keys";
import { edgeInWords, legendOf, nodeInWords, relationsIn, thingsIn } from "./graph/legend";
import { digest, type Edge, History, type Network, type Node, read, short, type View, write } from "./graph/model";
import { Panel } from "./graph/panel";
import { Tables } from "./graph/tables";
import { button, closeDrawers, drawer, rest } from "./graph/tools";
import { Relations, towards } from "./graph/walk";
import "./graph/graph.css";

const app = document.getElementById("graph-app")!;
const most = Number(app.dataset.most);
const history_ = new History();
let view: View = read(location);
let asking: AbortController | undefined;

const status = h("p", { class: "status", role: "status" });
const problem = h("div", { class: "warning", role: "alert", hidden: true });
const stage = h("div", {
  class: "canvas", tabindex: 0, role: "application", id: "canvas",
  "aria-label": t("Graph. Arrow keys choose a thing, R its relations, Enter goes to what is chosen; the tables below say the same."),
  "aria-describedby": "graph-keys",
});
const side = h("aside", { class: "side", keydown: (event) => { if ((event as KeyboardEvent).key === "Escape") stage.focus(); }, "aria-label": t("What is chosen") });
const legend = h("ul", { class: "legend-list", "aria-label": t("Legend") });
const tools = h("div", { class: "row tools", role: "group", "aria-label": t("Tools") });
const workspace = h("div", { class: "workspace" }, h("div", { class: "stage" }, stage, legend), side);
app.append(problem, tools, workspace);
app.classList.add("ready");

const canvas = new Canvas(stage, {
  choose: (chosen) => {
    view = { ...view, selected: chosen ? named(chosen) : "" };
    if (chosen) say(inWords(chosen));
    if (!chosen) panel.nothing();
    else if ("predicate" in chosen) panel.edge(chosen);
    else void panel.node(chosen);
    remember();
  },
  moved: (byHand) => {
    if (byHand) history_.remember(view);
    view = { ...view, positions: canvas.positions() };
    remember();
  },
}, view.entities.length);
const relations = new Relations(canvas.cy);
const named = (chosen: Node | Edge): string => ("predicate" in chosen ? digest(chosen.fact ?? "") : short(chosen.iri));
const inWords = (chosen: Node | Edge): string => "predicate" in chosen ? edgeInWords(chosen, relations.place)
  : nodeInWords(chosen, canvas.cy.getElementById(chosen.iri).connectedEdges().length, view.pinned.includes(short(chosen.iri)));
const tables = new Tables((id) => { canvas.select(id); stage.focus(); });
const say = (text: string) => { status.textContent = text; };

const panel = new Panel(side, {
  add: async (names) => { await change({ ...view, entities: [...new Set([...view.entities, ...names])] }); },
  hide: (name) => hide(name),
  pin: (name) => pin(name),
  isPinned: (name) => view.pinned.includes(name),
  hideEdge: (fact) => {
    panel.nothing();
    stage.focus();
    void change(withHidden([...view.filters.hidden, digest(fact)]));
  },
  firmness: () => view.filters.firmness,
  markPath: (steps) => canvas.mark(new Set(steps.flat().flatMap((edge) => [edge.fact ?? "", edge.at.iri, edge.other.iri ?? ""]))),
  told: say,
});

/** Take a new view, keeping the one before for undo; whether it was taken. */
async function change(next: View): Promise<boolean> {
  if (next.entities.length > most) {
    say(t("A view holds {n} things at most; hide some first.", { n: numbers.format(most) }));
    return false;
  }
  history_.remember(view);
  const taken = await take(next);
  if (!taken) { history_.forget(); remember(); }
  return taken;
}

async function take(next: View): Promise<boolean> {
  const before = view;
  view = next;
  asking?.abort();
  asking = new AbortController();
  try {
    const network = (await (await fetchNetwork(view, undefined, asking.signal)).json()) as Network;
    draw(network);
  } catch (error) {
    // A newer view is asked for, and goes on from this one.
    if (error instanceof DOMException && error.name === "AbortError") return true;
    view = before;
    fail(error as Error);
    return false;
  }
  return true;
}

function draw(network: Network): void {
  problem.hidden = true;
  if (network.unknown.length) {
    say(t("Nothing is called {names}.", { names: network.unknown.join(", ") }));
  }
  // Names as the service writes them, so that a view has one address.
  view = { ...view, entities: [...network.nodes, ...network.filtered].map((node) => short(node.iri)) };
  canvas.show(network, view);
  choose(network.nodes.length === 1 ? short(network.nodes[0]!.iri) : view.selected);
  canvas.mark(new Set());
  tables.show(network);
  offerRelations(filterForm, network);
  legend.replaceChildren(...legendOf(network));
  app.dataset.nodes = String(network.nodes.length);
  app.dataset.edges = String(network.edges.length);
  document.getElementById("starters")?.toggleAttribute("hidden", view.entities.length > 0);
  const within = workspace.contains(document.activeElement);
  workspace.hidden = view.entities.length === 0;
  if (within && workspace.hidden) add.focus();
  document.getElementById("table-twin")!.hidden = view.entities.length === 0;
  if (!network.unknown.length) {
    say(t("Shown: {things}, {relations}.", { things: thingsIn(network.nodes.length), relations: relationsIn(network.edges.length) }));
  }
  remember();
}

/** Choose what an address names, where it is not chosen yet; the words beside the canvas follow. */
function choose(name: string): void {
  const chosen = canvas.cy.elements().filter((each) => name !== "" && named(each.data("source_data")) === name).first();
  if (chosen.empty()) {
    if (view.selected) panel.nothing();
    view = { ...view, selected: "" };
  } else if (!chosen.selected()) {
    const within = side.contains(document.activeElement);
    canvas.select(chosen.id());
    if (within) side.querySelector<HTMLElement>("h2")?.focus();
  }
}

/** Keep the address, the forms and the buttons in step with the view. */
function remember(): void {
  history.replaceState(null, "", write(view) || location.pathname);
  for (const field of document.querySelectorAll<HTMLInputElement>('form input[type="hidden"][name="entities"]')) field.value = view.entities.join(",");
  showFilters(filterForm, view.filters);
  const can = history_.can;
  rest(undo, !can.undo);
  rest(redo, !can.redo);
  const hidden = view.filters.hidden.length;
  unhide.hidden = hidden === 0;
  tools.hidden = !view.entities.length && !can.undo && !can.redo;
  // What is above the canvas may have another height now, and a click is told by where the canvas is.
  canvas.cy.resize();
  unhide.textContent = t("Show hidden relations ({n})", { n: numbers.format(hidden) });
}

function fail(error: Error): void {
  const { message, remedy, lang } = error instanceof Refused ? said(error.failure) : { message: error.message, remedy: "", lang: "en" };
  problem.replaceChildren(h("p", lang ? { lang } : {}, h("strong", {}, message), remedy ? ` ${remedy}` : ""));
  problem.hidden = false;
}

function hide(name: string): void {
  panel.nothing();
  stage.focus();
  const positions = { ...view.positions };
  delete positions[name];
  void change({ ...view, positions, entities: view.entities.filter((each) => each !== name), pinned: view.pinned.filter((each) => each !== name) });
}

const withHidden = (hidden: string[]): View => ({ ...view, positions: canvas.positions(), filters: { ...view.filters, hidden } });

function pin(name: string): void {
  history_.remember(view);
  const on = !view.pinned.includes(name);
  view = { ...view, pinned: on ? [...view.pinned, name] : view.pinned.filter((each) => each !== name), positions: canvas.positions() };
  for (const node of canvas.nodes()) node.data("pinned", view.pinned.includes(short(node.id())));
  remember();
  const chosen = canvas.selected();
  if (chosen) say(inWords(chosen.data("source_data")));
}

function step(found: View | undefined): void {
  if (found) void take(found);
}

const undo = button("↶", t("Undo"), () => step(history_.undo(view)), "Control+Z");
const redo = button("↷", t("Redo"), () => step(history_.redo(view)), "Control+Y");
const unhide = button("", "", () => { stage.focus(); void change(withHidden([])); });
let turns = 0;
const again = () => { history_.remember(view); canvas.layout(turns); turns += 1; };
const keys = drawer("keys", t("Keys"), help());
tools.append(
  undo, redo,
  button("⟳", t("Lay out again"), again, "L"),
  button("⤢", t("Fit"), () => canvas.frame(), "F"),
  button("+", t("Closer"), () => zoom(1.25), "+"),
  button("−", t("Further"), () => zoom(0.8), "-"),
  button("✕", t("Clear"), () => { add.focus(); void change({ ...view, entities: [], positions: {}, pinned: [], selected: "" }); }),
  unhide,
  drawer("saves", t("Save as"), exportButtons(canvas, () => view, say)),
  keys, status,
);

function zoom(by: number): void {
  const { cy } = canvas;
  cy.zoom({ level: cy.zoom() * by, renderedPosition: { x: cy.width() / 2, y: cy.height() / 2 } });
}

function hideChosen(): void {
  const chosen = canvas.cy.elements(":selected").first();
  if (chosen.isNode()) hide(short(chosen.id()));
  else if (chosen.nonempty()) void change(withHidden([...view.filters.hidden, digest(chosen.id())]));
}

function chooseTowards(x: number, y: number): void {
  const from = canvas.selected();
  const next = from ? towards(canvas.cy, from, x, y) : relations.origin() ?? canvas.cy.nodes().first();
  if (next?.nonempty()) canvas.select(next.id());
}

closeDrawers();
hearKeys(stage, {
  choose: chooseTowards,
  relation: (by) => { const next = relations.next(by); if (next) canvas.select(next.id()); },
  nudge: (x, y) => canvas.nudge(x, y),
  enter: () => side.querySelector<HTMLElement>("h2")?.focus(),
  leave: () => { canvas.cy.elements().unselect(); canvas.mark(new Set()); view = { ...view, selected: "" }; panel.nothing(); remember(); },
  pin: () => { const node = canvas.selected(); if (node) { pin(short(node.id())); void panel.node(node.data("source_data")); } },
  hide: hideChosen,
  again,
  fit: () => canvas.frame(),
  zoom,
  help: () => { keys.open = !keys.open; },
  undo: () => step(history_.undo(view)),
  redo: () => step(history_.redo(view)),
});

// Adding by name and filtering happen here, without a new page.
const add = document.getElementById("add") as HTMLInputElement;
async function addNamed(text: string): Promise<boolean> {
  const found = await json<{ results: { iri: string }[] }>(address("api/search", [["q", text], ["limit", "1"]])).catch(() => ({ results: [] }));
  const name = found.results[0] ? short(found.results[0].iri) : text;
  return change({ ...view, entities: [...new Set([...view.entities, name])] });
}
/** A name that could not be added stays in its field, to be tried again. */
const clear = (taken: boolean): void => { if (taken) add.value = ""; };
suggestOn(add, (found) => { void change({ ...view, entities: [...new Set([...view.entities, short(found.iri)])] }).then(clear); }, { first: true });
document.getElementById("graph-form")!.addEventListener("submit", (event) => {
  event.preventDefault();
  const text = add.value.trim();
  if (text) void addNamed(text).then(clear);
});
const filterForm = document.getElementById("filter-form") as HTMLFormElement;
hearFilters(filterForm, () => view.filters, (filters) => { void change({ ...view, filters, positions: canvas.positions() }); });
addEventListener("popstate", () => void take(read(location)));

remember();
if (view.entities.length) void take(view);
else draw({ nodes: [], edges: [], filtered: [], unknown: [] });
