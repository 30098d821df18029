// The table twin: what is on the canvas, in words, always in step with it.
import { numbers, pageOf, t, tn } from "../shared/page";
import { h } from "../shared/dom";
import { relationsIn, thingsIn } from "./legend";
import { besides, type Edge, type Named, type Network, type Node } from "./model";

const link = (named: { iri: string | null; label: string }): HTMLElement | string => {
  const where = named.iri ? pageOf(named.iri) : "";
  return where ? h("a", { href: where, rel: "noreferrer" }, named.label) : named.label;
};

export const names = (all: Named[]): (HTMLElement | string)[] =>
  all.flatMap((each, number) => (number ? [", ", link(each)] : [link(each)]));

/** A claim on one line, with its wording, voices and reports. */
export function claimLine(claim: Edge["claims"][number]): HTMLElement {
  return h(
    "p", { class: "claim" },
    link({ iri: claim.iri, label: claim.gloss }),
    h("small", {}, `${t(claim.modality)}; `, t("said by"), " ", ...names(claim.attributed_to),
      ...(claim.reports.length ? [`; ${t("in")} `, ...names(claim.reports)] : [])),
  );
}

export class Tables {
  private readonly edges = document.querySelector<HTMLTableElement>("#edge-table tbody")!;
  private readonly nodes = document.querySelector<HTMLTableElement>("#node-table tbody")!;
  private readonly told = document.querySelector<HTMLElement>("#table-twin [data-told]")!;

  constructor(private readonly choose: (id: string) => void) {}

  show(network: Network): void {
    this.told.textContent = t("{things}, {relations}; filtered out: {filtered}.", {
      things: thingsIn(network.nodes.length), relations: relationsIn(network.edges.length),
      filtered: numbers.format(network.filtered.length),
    });
    this.edges.closest<HTMLElement>(".scroll")!.hidden = network.edges.length === 0;
    this.edges.replaceChildren(...network.edges.map((edge) => this.edgeRow(edge)));
    this.nodes.replaceChildren(...network.nodes.map((node) => this.nodeRow(node)));
  }

  private edgeRow(edge: Edge): HTMLElement {
    return h(
      "tr", {},
      h("td", {}, link(edge.at)), h("td", {}, edge.predicate.label), h("td", {}, link(edge.other)),
      h("td", {}, h("span", { class: `firmness ${edge.firmness}${edge.binding === false ? " unbound" : ""}` }, t(edge.firmness)), " ", h("small", {}, besides(edge))),
      h("td", {}, h("details", { class: "inline" },
        h("summary", {}, tn("{n} claim", "{n} claims", edge.claims.length)), ...edge.claims.map(claimLine))),
    );
  }

  private nodeRow(node: Node): HTMLElement {
    return h(
      "tr", {},
      h("td", {}, link(node), " ", h("button", { type: "button", class: "quiet", click: () => this.choose(node.iri), "aria-label": t("Choose {name}", { name: node.label }) }, t("choose"))),
      h("td", {}, ...names(node.types)),
      h("td", {}, node.status?.label ?? ""),
      h("td", { class: "figure" }, numbers.format(node.degree)),
    );
  }
}
