// Labels of IRIs, asked for in batches and kept; and short names by prefix.
import { address, json } from "../shared/page";

export interface TermNote { name: string; kind: string; label: string; meaning: string }
interface Terms { prefixes: Record<string, string>; terms: TermNote[] }

export class Names {
  private readonly labels = new Map<string, string>();
  private loaded: Promise<Terms> | undefined;

  /** Prefixes and terms, asked for once. */
  terms(): Promise<Terms> {
    this.loaded ??= json<Terms>(address("api/terms"));
    this.loaded.catch(() => { this.loaded = undefined; });
    return this.loaded;
  }

  /** Learn the labels of IRIs; which of them are known afterwards. */
  async learn(iris: Iterable<string>): Promise<void> {
    const wanted = [...new Set(iris)].filter((iri) => !this.labels.has(iri) && /^https?:/.test(iri));
    for (let start = 0; start < wanted.length; start += 500) {
      const body = new URLSearchParams(wanted.slice(start, start + 500).map((iri) => ["iri", iri]));
      const found = await json<{ labels: Record<string, string> }>(address("api/labels"), { method: "POST", body }).catch(() => ({ labels: {} }));
      for (const [iri, label] of Object.entries(found.labels)) this.labels.set(iri, label);
    }
  }

  label(iri: string): string | undefined {
    return this.labels.get(iri);
  }
}

let prefixes: [string, string][] = [];
export function usePrefixes(given: Record<string, string>): void {
  prefixes = Object.entries(given).sort((one, other) => other[1].length - one[1].length);
}

/** The name by the longest prefix that fits, else the IRI. */
export function curie(iri: string): string {
  for (const [name, start] of prefixes) if (iri.startsWith(start)) return `${name}:${iri.slice(start.length)}`;
  return iri;
}
