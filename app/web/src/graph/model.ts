// The view: which things are on the canvas, where, and what narrows it; its address and history.
import { BASE, kept, t } from "../shared/page";

export interface Named {
  iri: string;
  label: string;
}

export interface Node extends Named {
  types: Named[];
  group: string;
  sectors: Named[];
  status: Named | null;
  degree: number;
}

export interface Claim {
  iri: string;
  gloss: string;
  modality: string;
  attributed_to: Named[];
  reports: Named[];
}

export interface Edge {
  fact: string | null;
  at: Named;
  predicate: Named;
  other: { iri: string | null; label: string };
  direction: "in" | "out";
  firmness: string;
  until: string | null;
  status: Named | null;
  binding: boolean | null;
  claims: Claim[];
}

/** The relation in words, with its end where it has one. */
export const told = (edge: Edge): string =>
  edge.until ? `${edge.predicate.label} (${t("until {day}", { day: edge.until })})` : edge.predicate.label;

/** How real the undertaking is of which an edge tells, and until when it holds. */
export const besides = (edge: Edge): string =>
  [edge.status?.label, edge.until && t("until {day}", { day: edge.until })].filter(Boolean).join("; ");

export interface Network {
  nodes: Node[];
  edges: Edge[];
  filtered: Node[];
  unknown: string[];
}

export const FILTERS = ["firmness", "types", "sectors", "statuses", "since", "until", "predicates", "hidden"] as const;
/** Filters that no field of the form has. */
export const UNSEEN: readonly string[] = ["hidden"];
export type Filter = (typeof FILTERS)[number];

export interface View {
  entities: string[];
  positions: Record<string, { x: number; y: number }>;
  pinned: string[];
  /** The thing or fact that is chosen, as an address names it; empty for none. */
  selected: string;
  filters: Record<Filter, string[]>;
}

const LONGEST = 8000;

/** A name as short as an address wants it. */
export const short = (iri: string): string => iri.startsWith(`${BASE}id/`) ? iri.slice(BASE.length + 3) : iri;
/** A relation as the form and an address name it. */
export const term = (iri: string): string => iri.startsWith(`${BASE}ontology#`) ? iri.slice(BASE.length + 9) : iri;
export const full = (name: string): string => name.includes(":") ? name : `${BASE}id/${name}`;

/** A fact as an address names it. */
export const digest = (fact: string): string => fact.slice(fact.lastIndexOf("/") + 1);

const list = (query: URLSearchParams, name: string): string[] =>
  [...new Set(query.getAll(name).flatMap((value) => (value.includes("://") ? [value] : value.split(","))).map((each) => each.trim()).filter(Boolean))];

/** The view that an address names; a long one has its things after the #. */
export function read(location: Location): View {
  const query = new URLSearchParams(location.search);
  for (const [name, value] of new URLSearchParams(location.hash.slice(1))) query.set(name, value);
  const entities = list(query, "entities");
  const places = (query.get("at") ?? "").split(",");
  const positions: View["positions"] = {};
  entities.forEach((name, number) => {
    const [x, y] = (places[number] ?? "").split("_").map(Number);
    if (places[number] && Number.isFinite(x) && Number.isFinite(y)) positions[name] = { x: x as number, y: y as number };
  });
  const filters = Object.fromEntries(FILTERS.map((name) => [name, list(query, name)])) as View["filters"];
  return { entities, positions, pinned: list(query, "pinned"), selected: query.get("selected") ?? "", filters };
}

/** Parameters of the service for a view: what is seen is these and nothing else. */
export function parameters(view: View): [string, string][] {
  const found: [string, string][] = view.entities.length ? [["entities", view.entities.join(",")]] : [];
  for (const name of FILTERS) if (view.filters[name].length) found.push([name, view.filters[name].join(",")]);
  return found;
}

/** The address that restores a view. */
export function write(view: View): string {
  const at = view.entities.map((name) => {
    const place = view.positions[name];
    return place ? `${Math.round(place.x)}_${Math.round(place.y)}` : "";
  }).join(",");
  const own = parameters(view);
  if (at.replaceAll(",", "")) own.push(["at", at]);
  if (view.pinned.length) own.push(["pinned", view.pinned.join(",")]);
  if (view.selected) own.push(["selected", view.selected]);
  const say = (pairs: [string, string][]) => new URLSearchParams(pairs).toString().replaceAll("%2C", ",").replaceAll("%3A", ":");
  const all = say([...own, ...kept()]);
  if (all.length <= LONGEST) return `?${all}`;
  return `?${say(kept())}#${say(own)}`;
}

/** Views one can go back and forth between. */
export class History {
  private past: View[] = [];
  private future: View[] = [];

  remember(view: View): void {
    this.past.push(structuredClone(view));
    this.past = this.past.slice(-100);
    this.future = [];
  }

  /** The last view was not left after all. */
  forget(): void {
    this.past.pop();
  }

  undo(now: View): View | undefined {
    const found = this.past.pop();
    if (found) this.future.push(structuredClone(now));
    return found;
  }

  redo(now: View): View | undefined {
    const found = this.future.pop();
    if (found) this.past.push(structuredClone(now));
    return found;
  }

  get can(): { undo: boolean; redo: boolean } {
    return { undo: this.past.length > 0, redo: this.future.length > 0 };
  }
}
