// The graph view. Things and filters decide what is seen; the service says which edges they have.
import { address, json, numbers, Refused, said, t } from "./shared/page";
import { h } from "./shared/dom";
import { suggestOn } from "./shared/suggest";
import { Canvas } from "./graph/canvas";
import { exportButtons, fetchNetwork } from "./graph/exports";
import { fillOf, GROUPS, look } from "./graph/looks";
import { digest, type Edge, FILTERS, History, type Network, type Node, read, short, UNSEEN, type View, write } from "./graph/model";
import { Panel } from "./graph/panel";
import { Tables } from "./graph/tables";
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
  "aria-label": t("Graph. Arrow keys choose a thing, Enter shows its relations, P pins, H hides, L lays out again, F fits, plus and minus zoom, Control Z undoes. The tables below say the same."),
});
const side = h("aside", { class: "side", "aria-label": t("What is chosen") });
const legend = h("ul", { class: "legend-list", "aria-label": t("Legend") });
const tools = h("div", { class: "row tools", role: "group", "aria-label": t("Tools") });
app.append(problem, tools, h("div", { class: "workspace" }, h("div", { class: "stage" }, stage, legend), side), status);
app.classList.add("ready");

const canvas = new Canvas(stage, {
  choose: (chosen) => {
    if (!chosen) panel.nothing();
    else if ("predicate" in chosen) panel.edge(chosen as Edge);
    else void panel.node(chosen as Node);
  },
  moved: (byHand) => {
    if (byHand) history_.remember(view);
    view = { ...view, positions: canvas.positions() };
    remember();
  },
});
const tables = new Tables((id) => { canvas.select(id); stage.focus(); });
const say = (text: string) => { status.textContent = text; };

const panel = new Panel(side, {
  add: async (names) => { await change({ ...view, entities: [...new Set([...view.entities, ...names])] }); },
  hide: (name) => hide(name),
  pin: (name) => pin(name),
  isPinned: (name) => view.pinned.includes(name),
  hideEdge: (fact) => {
    panel.nothing();
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
  canvas.mark(new Set());
  tables.show(network);
  showLegend(network);
  app.dataset.nodes = String(network.nodes.length);
  app.dataset.edges = String(network.edges.length);
  document.getElementById("starters")?.toggleAttribute("hidden", view.entities.length > 0);
  stage.classList.toggle("empty", network.nodes.length === 0);
  if (!network.unknown.length) {
    say(t("{nodes} things and {edges} relations are shown.", { nodes: numbers.format(network.nodes.length), edges: numbers.format(network.edges.length) }));
  }
  remember();
}

/** Keep the address, the forms and the buttons in step with the view. */
function remember(): void {
  history.replaceState(null, "", write(view) || location.pathname);
  for (const field of document.querySelectorAll<HTMLInputElement>('form input[type="hidden"][name="entities"]')) field.value = view.entities.join(",");
  showFilters();
  const can = history_.can;
  undo.disabled = !can.undo;
  redo.disabled = !can.redo;
  const hidden = view.filters.hidden.length;
  unhide.hidden = hidden === 0;
  unhide.textContent = t("Show hidden relations ({n})", { n: numbers.format(hidden) });
}

function fail(error: Error): void {
  const { message, remedy, lang } = error instanceof Refused ? said(error.failure) : { message: error.message, remedy: "", lang: "en" };
  problem.replaceChildren(h("p", lang ? { lang } : {}, h("strong", {}, message), remedy ? ` ${remedy}` : ""));
  problem.hidden = false;
}

function hide(name: string): void {
  panel.nothing();
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
}

function step(found: View | undefined): void {
  if (found) void take(found);
}

function showLegend(network: Network): void {
  const there = new Set(network.nodes.map((node) => node.group));
  const sign = (group: string) => {
    const canvasSign = h("span", { class: `sign ${look(group).shape}` });
    canvasSign.style.backgroundColor = fillOf(group);
    return canvasSign;
  };
  const groups = Object.keys(GROUPS).filter((group) => there.has(group)).map((group) => h("li", {}, sign(group), t(group)));
  const lines = [["firm", "firm"], ["planned", "planned, or of a deal not yet signed"], ["hedged", "sought, possible, forecast or thought"]] as const;
  legend.replaceChildren(...groups, ...(network.edges.length ? lines.map(([kind, label]) => h("li", {}, h("span", { class: `stroke ${kind}` }), t(label))) : []));
}

const tool = (label: string, run: () => void, keys?: string) =>
  h("button", { type: "button", class: "quiet", click: run, title: keys ? `${label} (${keys})` : label, "aria-keyshortcuts": keys ?? null }, label);
const undo = tool(t("Undo"), () => step(history_.undo(view)), "Control+Z");
const redo = tool(t("Redo"), () => step(history_.redo(view)), "Control+Y");
const unhide = tool("", () => void change(withHidden([])));
const again = () => { history_.remember(view); canvas.layout({ ...view, positions: {} }); };
tools.append(
  undo, redo,
  tool(t("Lay out again"), again, "L"),
  tool(t("Fit"), () => canvas.frame(), "F"),
  tool(t("Closer"), () => zoom(1.25), "+"),
  tool(t("Further"), () => zoom(0.8), "-"),
  unhide,
  tool(t("Clear"), () => void change({ ...view, entities: [], positions: {}, pinned: [] })),
  h("details", { class: "saves" }, h("summary", {}, t("Save as")), exportButtons(canvas, () => view, say)),
);

function zoom(by: number): void {
  const { cy } = canvas;
  cy.zoom({ level: cy.zoom() * by, renderedPosition: { x: cy.width() / 2, y: cy.height() / 2 } });
}

const KEYS: Record<string, () => void> = {
  ArrowRight: () => canvas.step(1, 0),
  ArrowLeft: () => canvas.step(-1, 0),
  ArrowDown: () => canvas.step(0, 1),
  ArrowUp: () => canvas.step(0, -1),
  Enter: () => side.querySelector<HTMLElement>("button, a")?.focus(),
  Escape: () => { canvas.cy.elements().unselect(); panel.nothing(); canvas.mark(new Set()); },
  "+": () => zoom(1.25),
  "=": () => zoom(1.25),
  "-": () => zoom(0.8),
  f: () => canvas.frame(),
  l: again,
  p: () => { const node = canvas.selected(); if (node) { pin(short(node.id())); void panel.node(node.data("source_data")); } },
  h: () => {
    const chosen = canvas.cy.elements(":selected").first();
    if (chosen.isNode()) hide(short(chosen.id()));
    else if (chosen.nonempty()) void change(withHidden([...view.filters.hidden, digest(chosen.id())]));
  },
  Delete: () => KEYS.h!(),
};

stage.addEventListener("keydown", (event) => {
  const run = event.ctrlKey || event.metaKey || event.altKey ? undefined : KEYS[event.key.length === 1 ? event.key.toLowerCase() : event.key];
  if (!run) return;
  event.preventDefault();
  run();
});
document.addEventListener("keydown", (event) => {
  const typing = event.target instanceof HTMLInputElement || event.target instanceof HTMLTextAreaElement;
  if (typing || !(event.ctrlKey || event.metaKey)) return;
  const key = event.key.toLowerCase();
  if (key === "z" && !event.shiftKey) { event.preventDefault(); step(history_.undo(view)); }
  else if (key === "y" || (key === "z" && event.shiftKey)) { event.preventDefault(); step(history_.redo(view)); }
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
suggestOn(add, (found) => { void change({ ...view, entities: [...new Set([...view.entities, short(found.iri)])] }).then(clear); });
document.getElementById("graph-form")!.addEventListener("submit", (event) => {
  event.preventDefault();
  const text = add.value.trim();
  if (text) void addNamed(text).then(clear);
});
const filterForm = document.getElementById("filter-form") as HTMLFormElement;
filterForm.addEventListener("change", () => {
  const chosen = new FormData(filterForm);
  const filters = Object.fromEntries(FILTERS.map((name) => [name, UNSEEN.includes(name) ? view.filters[name] : chosen.getAll(name).map(String).filter(Boolean)])) as View["filters"];
  if (filters.firmness.join() === "firm,planned") filters.firmness = [];
  void change({ ...view, filters, positions: canvas.positions() });
});
filterForm.addEventListener("submit", (event) => event.preventDefault());
/** The form says what narrows the view, also after an undo. */
function showFilters(): void {
  for (const field of filterForm.elements) {
    if (!(field instanceof HTMLInputElement) || !FILTERS.includes(field.name as never) || UNSEEN.includes(field.name)) continue;
    const given = view.filters[field.name as (typeof FILTERS)[number]];
    const chosen = field.name === "firmness" && !given.length ? ["firm", "planned"] : given;
    if (field.type === "checkbox") field.checked = chosen.includes(field.value);
    else if (field.type === "date") field.value = given[0] ?? "";
  }
}
addEventListener("popstate", () => void take(read(location)));

remember();
if (view.entities.length) void take(view);
else draw({ nodes: [], edges: [], filtered: [], unknown: [] });
