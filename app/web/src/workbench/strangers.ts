// Names of a query that nothing has, the usual reason why nothing fits.
import { address, BASE, json } from "../shared/page";
import type { Suggestion } from "../shared/suggest";
import { curie, type Names } from "./names";

export interface Stranger { name: string; near?: string }

const MOST = 5;
const TERM = /^(c5|voc):/;
const OURS = /^(c5|voc|id|report):/;

/** How many letters have to change to make one word of another. */
function apart(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, at) => at);
  for (let i = 1; i <= one.length; i++) {
    const next = [i];
    for (let j = 1; j <= other.length; j++) {
      next.push(Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + (one[i - 1] === other[j - 1] ? 0 : 1)));
    }
    row = next;
  }
  return row[other.length]!;
}

function nearest(name: string, among: string[]): string | undefined {
  const best = among.map((each) => ({ each, by: apart(name.toLowerCase(), each.toLowerCase()) })).sort((one, other) => one.by - other.by)[0];
  return best && best.by <= Math.max(2, name.length / 4) ? best.each : undefined;
}

/** Our own short names in a query, outside texts and comments. */
function named(query: string): string[] {
  const bare = query.replace(/"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'/g, "").replace(/^([^<#\n]|<[^>\n]*>)*#[^\n]*/gm, (line) => line.slice(0, line.lastIndexOf("#")));
  const full = [...bare.matchAll(/<(https:\/\/w3id\.org\/c5graph\/[^>\s]+)>/g)].map((match) => curie(match[1]!));
  const short = [...bare.matchAll(/(?<![\w<?$@/:-])(?:c5|voc|id|report):[A-Za-z][\w-]*/g)].map((match) => match[0]);
  return [...new Set([...full, ...short])].filter((name) => OURS.test(name) && !name.endsWith(":"));
}

/** Those that nothing has here, each with what may be meant. */
export async function strangers(query: string, names: Names): Promise<Stranger[]> {
  const { prefixes, terms } = await names.terms();
  const known = new Set(terms.map((term) => term.name));
  const iri = (name: string) => name.replace(/^(\w+):/, (_, prefix: string) => prefixes[prefix] ?? BASE);
  const found = named(query).filter((name) => !known.has(name));
  await names.learn(found.map(iri));
  const strange = found.filter((name) => names.label(iri(name)) === undefined).slice(0, MOST);
  return Promise.all(strange.map(async (name) => {
    if (TERM.test(name)) return { name, near: nearest(name, [...known].filter((each) => each.startsWith(name.slice(0, name.indexOf(":") + 1)))) };
    const local = name.slice(name.indexOf(":") + 1).replaceAll("-", " ");
    const { results } = await json<{ results: Suggestion[] }>(address("api/search", [["q", local], ["limit", "1"]]));
    return { name, near: results[0] && curie(results[0].iri) };
  }));
}
