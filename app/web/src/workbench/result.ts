// An answer as a table of terms, whatever the service sent.
import { curie } from "./names";

export interface Term {
  type: "uri" | "literal" | "bnode" | "triple";
  value: string;
  lang?: string;
  datatype?: string;
}
export type Row = (Term | undefined)[];

export interface Result {
  kind: "table" | "yes-no" | "graph";
  names: string[];
  rows: Row[];
  verdict?: boolean;
  raw: string;
  mediaType: string;
  truncated: boolean;
  seconds: number;
  undated: number;
}

interface Binding {
  type: string;
  value: string | { subject: Binding; predicate: Binding; object: Binding };
  datatype?: string;
  "xml:lang"?: string;
}

interface Bindings {
  head: { vars?: string[] };
  boolean?: boolean;
  results?: { bindings: Record<string, Binding>[] };
}

/** A term of an answer in JSON; a statement is told by its three parts. */
function termOf(found: Binding): Term {
  const { type, value } = found;
  if (typeof value !== "string") {
    const parts = [value.subject, value.predicate, value.object].map((part) => { const { type: kind, value: text } = termOf(part); return kind === "uri" ? curie(text) : kind === "literal" ? JSON.stringify(text) : text; });
    return { type: "triple", value: `<<( ${parts.join(" ")} )>>` };
  }
  return {
    type: type === "typed-literal" ? "literal" : (type as Term["type"]), value,
    ...(found["xml:lang"] ? { lang: found["xml:lang"] } : {}), ...(found.datatype ? { datatype: found.datatype } : {}),
  };
}

/** Read the finished response to a query. */
export async function read(answer: Response, seconds: number): Promise<Result> {
  const raw = await answer.text();
  const mediaType = (answer.headers.get("content-type") ?? "").split(";")[0]!.trim();
  const shared = {
    raw, mediaType, seconds,
    truncated: answer.headers.get("c5graph-truncated") === "true",
    undated: Number(answer.headers.get("c5graph-undated") ?? 0),
  };
  if (mediaType === "application/n-triples") {
    return { ...shared, kind: "graph", names: ["subject", "predicate", "object"], rows: triples(raw) };
  }
  const said = JSON.parse(raw) as Bindings;
  if (said.boolean !== undefined) return { ...shared, kind: "yes-no", names: [], rows: [], verdict: said.boolean };
  const names = said.head.vars ?? [];
  const rows = (said.results?.bindings ?? []).map((binding) => names.map((name) => (binding[name] ? termOf(binding[name]) : undefined)));
  return { ...shared, kind: "table", names, rows };
}

const TERM = /<([^>]*)>|_:(\S+)|"((?:[^"\\]|\\.)*)"(?:@([\w-]+)|\^\^<([^>]*)>)?/y;
const SIGNS: Record<string, string> = { t: "\t", n: "\n", r: "\r", b: "\b", f: "\f" };

function unescaped(text: string): string {
  return text.replace(/\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))/g, (_, four?: string, eight?: string, one?: string) =>
    four || eight ? String.fromCodePoint(parseInt((four ?? eight)!, 16)) : (SIGNS[one!] ?? one!));
}

/** N-Triples, one statement a line. */
export function triples(text: string): Row[] {
  const rows: Row[] = [];
  for (const line of text.split("\n")) {
    const terms: Term[] = [];
    let at = 0;
    while (terms.length < 3 && at < line.length) {
      TERM.lastIndex = at;
      const match = TERM.exec(line);
      if (!match) break;
      at = TERM.lastIndex + 1;
      const [, iri, blank, literal, lang, datatype] = match;
      if (iri !== undefined) terms.push({ type: "uri", value: unescaped(iri) });
      else if (blank !== undefined) terms.push({ type: "bnode", value: blank });
      else terms.push({ type: "literal", value: unescaped(literal ?? ""), ...(lang ? { lang } : {}), ...(datatype ? { datatype } : {}) });
    }
    if (terms.length === 3) rows.push(terms);
  }
  return rows;
}

const XSD = "http://www.w3.org/2001/XMLSchema#";
const WIDTHS = ["byte", "short", "int", "long"].flatMap((name) => [name, `unsigned${name[0]!.toUpperCase()}${name.slice(1)}`]);
const SIGNED = ["nonNegativeInteger", "positiveInteger", "nonPositiveInteger", "negativeInteger"];
const NUMBERS = new Set(["integer", "decimal", "double", "float", ...WIDTHS, ...SIGNED].map((name) => XSD + name));
const TIMES = new Set(["date", "gYear", "gYearMonth", "dateTime"].map((name) => XSD + name));

export const isNumber = (term: Term | undefined): boolean => term?.type === "literal" && NUMBERS.has(term.datatype ?? "");
export const isTime = (term: Term | undefined): boolean => term?.type === "literal" && TIMES.has(term.datatype ?? "");

/** The number that a term writes, which may be NaN. */
export const numberOf = (term: Term | undefined): number => Number((term?.value ?? "NaN").replace(/INF$/, "Infinity"));

/** The middle of the time that a term names, in milliseconds; NaN where it names none. */
export function timeOf(term: Term | undefined): number {
  const match = /^(-?\d{4,})(?:-(\d\d))?(?:-(\d\d))?(T.*)?/.exec(term?.value ?? "");
  if (!match) return NaN;
  const [, year, month, day, clock] = match;
  if (clock && year!.length === 4) return Date.parse(/Z|[+-]\d\d:\d\d$/.test(clock) ? term!.value : `${term!.value}Z`);
  return new Date(0).setUTCFullYear(Number(year), month ? Number(month) - 1 : 6, day ? Number(day) : month ? 15 : 1);
}
const POINT = /POINT ?\(\s*(-?[\d.]+)[ ,]+(-?[\d.]+)\s*\)/i;

/** Longitude and latitude of a WKT point. */
export function pointOf(term: Term | undefined): [number, number] | undefined {
  const match = term?.type === "literal" ? POINT.exec(term.value) : null;
  return match ? [Number(match[1]), Number(match[2])] : undefined;
}

/** Columns of which most values are of a kind. */
export function columns(result: Result, is: (term: Term | undefined) => unknown): number[] {
  return result.names.map((_, column) => column).filter((column) => {
    const values = result.rows.map((row) => row[column]).filter((term) => term !== undefined);
    return values.length > 0 && values.filter((term) => is(term)).length > values.length * 0.8;
  });
}
