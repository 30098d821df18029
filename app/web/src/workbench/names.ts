// Labels of IRIs, asked for in batches and kept; and short names by prefix.
import { address, json } from "../shared/page";

export interface TermNote { name: string; kind: string; label: string; meaning: string }
const BATCH = 1000;
/** Prefixes of things, whose names have small letters too. */
const NAMED = new Set(["id", "voc", "claim", "report", "graph", "finding", "query", "fact", "lens", "wd", "unit"]);
export interface Terms { prefixes: Record<string, string>; terms: TermNote[] }

export class Names {
  private readonly labels = new Map<string, string>();
  /** IRIs that were asked for, those without a label too. */
  private readonly asked = new Set<string>();
  private loaded: Promise<Terms> | undefined;

  /** Prefixes and terms, asked for once. */
  terms(): Promise<Terms> {
    this.loaded ??= json<Terms>(address("api/terms")).then((found) => { usePrefixes(found.prefixes); return found; });
    this.loaded.catch(() => { this.loaded = undefined; });
    return this.loaded;
  }

  /** Learn the labels of IRIs, as far as the service knows them; false where it is away. */
  async learn(iris: Iterable<string>): Promise<boolean> {
    const wanted = [...new Set(iris)].filter((iri) => !this.asked.has(iri) && /^https?:/.test(iri));
    for (let start = 0; start < wanted.length; start += BATCH) {
      const batch = wanted.slice(start, start + BATCH);
      const body = new URLSearchParams(batch.map((iri) => ["iri", iri]));
      const found = await json<{ labels: Record<string, string> }>(address("api/labels"), { method: "POST", body }).catch(() => undefined);
      if (!found) return false; // Names in short stand for labels.
      for (const iri of batch) this.asked.add(iri);
      for (const [iri, label] of Object.entries(found.labels)) this.labels.set(iri, label);
    }
    return true;
  }

  label(iri: string): string | undefined {
    return this.labels.get(iri);
  }
}

let prefixes: [string, string][] = [];
function usePrefixes(given: Record<string, string>): void {
  prefixes = Object.entries(given).sort((one, other) => other[1].length - one[1].length);
}

/** What may follow a prefix in a query as it is. */
const LOCAL = /^[\p{L}\p{N}_][\p{L}\p{N}_-]*$/u;

/** The name by the longest prefix that fits, else the IRI. */
export function curie(iri: string): string {
  for (const [name, start] of prefixes) {
    if (iri.startsWith(start) && LOCAL.test(iri.slice(start.length))) return `${name}:${iri.slice(start.length)}`;
  }
  return iri;
}

/** Whether an IRI is named as relations are: in a known vocabulary, with a small first letter. */
export function isRelation(iri: string): boolean {
  const short = /^(\w+):[a-z]\w*$/.exec(curie(iri));
  return short !== null && !NAMED.has(short[1]!);
}
