// What every island needs of its page: where the root is, what its links keep, its words.

export const root = document.body.dataset.root ?? "./";

/** How all names of this graph begin, wherever it is served. */
export const BASE = "https://w3id.org/c5graph/";

/** Parameters of lens and language. */
export const KEPT = ["asOf", "knownAt", "reports", "kinds", "interest", "modality", "minOrigins", "dates", "lang"];

/** Lens and language of this page, which every request and link takes along. */
export function kept(): [string, string][] {
  return [...new URLSearchParams(location.search)].filter(([name, value]) => KEPT.includes(name) && value);
}

/** An address of the service with parameters, lens and language. */
export function address(path: string, parameters: Iterable<[string, string]> = []): string {
  const query = new URLSearchParams([...parameters, ...kept()]).toString();
  return root + path + (query ? `?${query}` : "");
}

/** JSON that the server put into the page. */
export function data<T>(id: string): T | undefined {
  const found = document.getElementById(id);
  return found?.textContent ? (JSON.parse(found.textContent) as T) : undefined;
}

type Values = Record<string, string | number>;
type Forms = Record<string, string>;
const words = data<Record<string, string | Forms>>("words") ?? {};
const tongue = document.documentElement.lang || "en";

export const numbers = new Intl.NumberFormat(tongue);
/** The order of words, and of numbers within them. */
export const collator = new Intl.Collator(tongue, { numeric: true, sensitivity: "base" });
const plural = new Intl.PluralRules(tongue);
const filled = (message: string, values: Values): string =>
  message.replace(/\{(\w+)\}/g, (all, name: string) => String(values[name] ?? all));

/** A message in the language of the page; `{name}` in it is filled in. */
export function t(message: string, values: Values = {}): string {
  return filled((words[message] as string | undefined) ?? message, values);
}

/** A message about so many, in the form that the language has for the number; `{n}` is the number. */
export function tn(one: string, many: string, n: number, values: Values = {}): string {
  const forms = words[one] as Forms | undefined;
  const form = forms ? forms[plural.select(n)] ?? forms.other : undefined;
  return filled(form ?? (n === 1 ? one : many), { ...values, n: numbers.format(n) });
}

/** Where a page of the service about an IRI is; an outside IRI is its own address. */
export function pageOf(iri: string): string {
  if (iri.startsWith(BASE)) return address(iri.slice(BASE.length).replace("#", "%23").replaceAll("?", "%3F")).replace("%23", "#");
  return /^https?:\/\//.test(iri) ? iri : "";
}

export interface Failure {
  code: string;
  message: string;
  remedy?: string;
  line?: number;
  column?: number;
  /** The same in the language of the page, where the service can say it. */
  told?: { lang: string; message: string; remedy?: string };
}

/** What went wrong, as the service says it. */
export class Refused extends Error {
  constructor(readonly failure: Failure, readonly status: number) {
    super(failure.told?.message ?? failure.message);
  }
}

/** What is said of a failure: in the language of the page, or else in English, marked so. */
export function said(failure: Failure): { message: string; remedy: string; lang: string } {
  const { message, remedy = "", lang = failure.code === "unreachable" ? "" : "en" } = failure.told ?? { ...failure, lang: undefined };
  return { message, remedy, lang: lang === document.documentElement.lang ? "" : lang };
}

/** A failure that passes, told in the language of the page. */
const away = (message: string): Failure => ({ code: "unreachable", message, remedy: t("It may be starting again; try once more in a moment.") });

/** Ask the service; raises Refused with its own words. */
export async function ask(url: string, options: RequestInit = {}): Promise<Response> {
  let answer: Response;
  try {
    answer = await fetch(url, options);
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    throw new Refused(away(t("The service does not answer.")), 0);
  }
  if (answer.ok) return answer;
  const message = t("The service answered {status}.", { status: answer.status });
  let failure: Failure = answer.status > 500 ? away(message) : { code: String(answer.status), message };
  try {
    failure = ((await answer.json()) as { error: Failure }).error ?? failure;
  } catch {
    // A proxy in between may answer with a page of its own.
  }
  throw new Refused(failure, answer.status);
}

export async function json<T>(url: string, options: RequestInit = {}): Promise<T> {
  const headers = { accept: "application/json", ...options.headers };
  return (await (await ask(url, { ...options, headers })).json()) as T;
}
