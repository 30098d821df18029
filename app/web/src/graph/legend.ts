// What the signs and lines on the canvas mean, and in words what is chosen.
import { numbers, t, tn } from "../shared/page";
import { h } from "../shared/dom";
import { fillOf, GROUPS, look } from "./looks";
import { besides, type Edge, type Network, type Node, told } from "./model";

/** The kinds of lines and what they mean. */
export const LINES = [["firm", "firm"], ["planned", "planned, or of a deal not yet signed"], ["hedged", "sought, possible, forecast or thought"]] as const;

/** Items of the legend for what is there. */
export function legendOf(network: Network): HTMLElement[] {
  const there = new Set(network.nodes.map((node) => node.group));
  const sign = (group: string) => {
    const made = h("span", { class: `sign ${look(group).shape}` });
    made.style.backgroundColor = fillOf(group);
    return made;
  };
  const groups = Object.keys(GROUPS).filter((group) => there.has(group)).map((group) => h("li", {}, sign(group), t(group)));
  return [...groups, ...(network.edges.length ? LINES.map(([kind, label]) => h("li", {}, h("span", { class: `stroke ${kind}` }), t(label))) : [])];
}

export const thingsIn = (n: number): string => tn("{n} thing", "{n} things", n);
export const relationsIn = (n: number): string => tn("{n} relation", "{n} relations", n);

/** A chosen thing in one sentence. */
export function nodeInWords(node: Node, relations: number, pinned: boolean): string {
  const kinds = node.types.map((type) => type.label).join(", ");
  return [`${node.label}: ${kinds}`, node.status?.label, tn("{n} relation here", "{n} relations here", relations), pinned && t("pinned")].filter(Boolean).join("; ");
}

/** A chosen relation in one sentence, with its place among those that are walked through. */
export function edgeInWords(edge: Edge, place: { at: number; of: number }): string {
  const claims = tn("{n} claim", "{n} claims", edge.claims.length);
  const where = place.at ? t("{at} of {all}", { at: numbers.format(place.at), all: numbers.format(place.of) }) : "";
  return [`${edge.at.label} – ${told(edge)} – ${edge.other.label}`, t(edge.firmness), besides({ ...edge, until: null }), claims, where].filter(Boolean).join("; ");
}
