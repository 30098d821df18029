// What the address of the workbench restores: the query, and how its answer is looked at.
import { address } from "../shared/page";

/** How an answer is looked at: picture, order (`-name` goes down) and the words rows are filtered by. */
export interface Look { view: string; sort: string; filter: string }

/** A longer address may be refused on its way; such a query stays in this window. */
const LONGEST = 8_000;
const STORE = "c5graph-long-";
const parts = (): URLSearchParams => new URLSearchParams(location.hash.slice(1));

export function look(): Look {
  const given = parts();
  return { view: given.get("view") || "table", sort: given.get("sort") ?? "", filter: given.get("filter") ?? "" };
}

/** The query of this address; a link that says its query is kept elsewhere may have lost it. */
export function queryHere(): { query?: string; lost: boolean } {
  const long = parts().get("long");
  const query = long ? sessionStorage.getItem(STORE + long) : new URLSearchParams(location.search).get("query");
  // A form sends lines the way of the web.
  return query === null ? { lost: long !== null } : { query: query.replaceAll("\r\n", "\n"), lost: false };
}

/** Whether a link can hold the query. */
export const fits = (query: string): boolean => new URLSearchParams([["query", query]]).toString().length <= LONGEST;

/** A short number for a text. */
function digest(text: string): string {
  let sum = 0;
  for (let at = 0; at < text.length; at++) sum = (Math.imul(sum, 31) + text.charCodeAt(at)) >>> 0;
  return sum.toString(36);
}

/** The address that restores a query and its look. */
export function permalink(query: string, { view, sort, filter }: Look): string {
  const own: [string, string][] = [["view", view === "table" ? "" : view], ["sort", sort], ["filter", filter]];
  const short = fits(query);
  if (!short) own.push(["long", digest(query)]);
  const fragment = new URLSearchParams(own.filter(([, value]) => value)).toString();
  return address("sparql", short ? [["query", query]] : []) + (fragment && `#${fragment}`);
}

/** Put it into the address bar; as a step to go back to, unless it is there already or only the look differs. */
export function visit(query: string, shown: Look, step: boolean): void {
  const where = permalink(query, shown);
  if (!fits(query)) {
    try {
      sessionStorage.setItem(STORE + digest(query), query);
    } catch {
      return; // Storage is full or switched off: the address stays as it was.
    }
  }
  if (step && queryHere().query !== query) history.pushState(null, "", where);
  else history.replaceState(null, "", where);
}
