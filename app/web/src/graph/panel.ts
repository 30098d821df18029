// Beside the canvas: what is chosen, its relations with their counts, and the paths to others.
import { address, json, numbers, pageOf, t, tn } from "../shared/page";
import { h } from "../shared/dom";
import { suggestOn } from "../shared/suggest";
import type { Edge, Named, Node } from "./model";
import { besides, short } from "./model";
import { claimLine, names } from "./tables";
import { rest } from "./tools";

interface Count { predicate: Named; direction: "in" | "out"; count: number }
interface Neighbours { total: number; counts: Count[]; edges: Edge[]; next_cursor: string | null }
interface Paths { paths: { nodes: Named[]; steps: Edge[][] }[]; truncated: boolean }

const AT_ONCE = 25;

export interface Doer {
  add(names: string[]): Promise<void>;
  hide(name: string): void;
  hideEdge(fact: string): void;
  pin(name: string): void;
  isPinned(name: string): boolean;
  firmness(): string[];
  markPath(steps: Edge[][]): void;
  told(text: string): void;
}

export class Panel {
  private readonly cursors = new Map<string, string | null>();

  constructor(private readonly place: HTMLElement, private readonly doer: Doer) {
    this.nothing();
  }

  nothing(): void {
    this.place.replaceChildren(h("p", { class: "hint" }, t("Choose a thing to see what it is joined with, or a line to see who says so.")));
  }

  edge(edge: Edge): void {
    this.place.replaceChildren(
      h("h2", { tabindex: -1 }, `${edge.at.label} – ${edge.predicate.label} – ${edge.other.label}`),
      h("p", {}, h("span", { class: `firmness ${edge.firmness}${edge.binding === false ? " unbound" : ""}` }, t(edge.firmness)), " ", h("small", {}, besides(edge)), " ",
        edge.fact && h("a", { href: pageOf(edge.fact) }, t("Why this holds"))),
      h("p", { class: "row" }, h("button", { type: "button", class: "quiet", disabled: !edge.fact, click: () => this.doer.hideEdge(edge.fact ?? "") }, t("Hide this relation"))),
      h("h3", {}, t("Claims")),
      ...edge.claims.map(claimLine),
    );
  }

  async node(node: Node): Promise<void> {
    const name = short(node.iri);
    const counts = h("ul", { class: "counts" }, h("li", {}, t("Counting…")));
    this.place.replaceChildren(
      h("h2", { tabindex: -1 }, h("a", { href: pageOf(node.iri) }, node.label)),
      h("p", { class: "kinds" }, ...names(node.types), node.status ? `; ${node.status.label}` : ""),
      h("p", { class: "row" },
        h("button", { type: "button", class: "quiet", "aria-pressed": String(this.doer.isPinned(name)), click: (event) => {
          this.doer.pin(name);
          const [now, button] = [this.doer.isPinned(name), event.currentTarget as HTMLElement];
          button.setAttribute("aria-pressed", String(now));
          button.textContent = now ? t("Unpin") : t("Pin");
        } }, this.doer.isPinned(name) ? t("Unpin") : t("Pin")),
        h("button", { type: "button", class: "quiet", click: () => this.doer.hide(name) }, t("Hide"))),
      h("h3", {}, t("Relations")), counts, this.pathForm(node),
    );
    try {
      const found = await this.neighbours(name, [["limit", "1"]]);
      counts.replaceChildren(...found.counts.map((count) => this.countLine(name, count)));
      if (!found.counts.length) counts.replaceChildren(h("li", {}, t("None under what counts now.")));
    } catch (error) {
      counts.replaceChildren(h("li", { role: "alert" }, (error as Error).message));
    }
  }

  private neighbours(name: string, more: [string, string][]): Promise<Neighbours> {
    const firmness = this.doer.firmness();
    const filters: [string, string][] = firmness.length ? [["firmness", firmness.join(",")]] : [];
    return json<Neighbours>(address("api/neighbours", [["entity", name], ...filters, ...more]));
  }

  private countLine(name: string, { predicate, direction, count }: Count): HTMLElement {
    const label = direction === "in" ? `← ${predicate.label}` : `${predicate.label} →`;
    const some = Math.min(count, AT_ONCE);
    const button = h("button", { type: "button", class: "quiet" }, t("Add {n}", { n: numbers.format(some) }));
    button.setAttribute("aria-label", t("Add {n} by {relation}", { n: some, relation: label }));
    button.addEventListener("click", async () => {
      if (button.getAttribute("aria-disabled") === "true") return;
      rest(button, true);
      try {
        const left = await this.expand(name, predicate.iri, direction);
        button.textContent = left ? t("Next {n}", { n: AT_ONCE }) : t("All added");
        button.removeAttribute("aria-label");
        rest(button, !left);
      } catch (error) {
        this.doer.told((error as Error).message);
        rest(button, false);
      }
    });
    return h("li", {}, h("span", {}, label, " ", h("small", {}, numbers.format(count))), button);
  }

  /** Add the next things by a relation; whether there are more. */
  private async expand(name: string, predicate: string, direction: string): Promise<boolean> {
    const key = `${name} ${predicate} ${direction}`;
    const cursor = this.cursors.get(key);
    const more: [string, string][] = [["predicates", predicate], ["direction", direction], ["limit", String(AT_ONCE)]];
    if (cursor) more.push(["cursor", cursor]);
    const page = await this.neighbours(name, more);
    this.cursors.set(key, page.next_cursor);
    const found = page.edges.map((edge) => edge.other.iri).filter((iri): iri is string => iri !== null).map(short);
    await this.doer.add(found);
    return page.next_cursor !== null;
  }

  private pathForm(node: Node): HTMLElement {
    const field = h("input", { id: "path-to", autocomplete: "off", spellcheck: "false", maxlength: 200 });
    const found = h("ol", { class: "paths" });
    const look = async (to: string) => {
      found.replaceChildren(h("li", {}, t("Looking for paths…")));
      try {
        await this.paths(short(node.iri), to, found);
      } catch (error) {
        found.replaceChildren(h("li", { role: "alert" }, (error as Error).message));
      }
    };
    const form = h("form", { class: "find", submit: (event) => { event.preventDefault(); if (field.value.trim()) void look(field.value.trim()); } },
      h("label", { for: "path-to" }, t("Paths to")), field, found);
    queueMicrotask(() => suggestOn(field, (suggestion) => { field.value = suggestion.label; void look(suggestion.iri); }, { first: true }));
    return form;
  }

  private async paths(from: string, to: string, list: HTMLElement): Promise<void> {
    const firmness = this.doer.firmness();
    const filters: [string, string][] = firmness.length ? [["firmness", firmness.join(",")]] : [];
    const answer = await json<Paths>(address("api/paths", [["from", from], ["to", to], ["k", "5"], ["through", "entities"], ...filters]));
    list.replaceChildren(...answer.paths.map((path) => h("li", {},
      h("button", { type: "button", class: "quiet path", click: async () => {
        await this.doer.add(path.nodes.map((each) => short(each.iri)));
        this.doer.markPath(path.steps);
      } }, path.nodes.map((each) => each.label).join(" – ")))));
    if (!answer.paths.length) list.replaceChildren(h("li", {}, t("There is no path under what counts now.")));
    this.doer.told(tn("{n} path", "{n} paths", answer.paths.length));
  }
}
