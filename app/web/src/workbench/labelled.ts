// A result as CSV with the labels of what it names, for a spreadsheet.
import { t } from "../shared/page";
import type { Names } from "./names";
import { isNumber, type Result, type Term } from "./result";

const FORMULA = /^[=+\-@\t\r]/;
const isNamed = (term: Term | undefined): boolean => term?.type === "uri";

/** Whether there is anything in it that could have a label. */
export const hasNames = (result: Result): boolean => result.rows.some((row) => row.some(isNamed));

/** The table; beside a column of IRIs stands one of labels, unless the query has it already. */
export async function labelled(result: Result, known: Names): Promise<string> {
  const iris = result.rows.flat().filter(isNamed).map((term) => term!.value);
  if (!await known.learn(iris)) throw new Error(t("The labels cannot be had now. Try again."));
  const beside = result.names.map((name, column) => !result.names.includes(`${name}Label`) && result.rows.some((row) => isNamed(row[column])));
  const head = result.names.flatMap((name, column) => (beside[column] ? [name, `${name}Label`] : [name]));
  const rows = result.rows.map((row) => result.names.flatMap((_, column) => {
    const term = row[column];
    return beside[column] ? [text(term), safe(isNamed(term) ? (known.label(term!.value) ?? "") : "")] : [text(term)];
  }));
  // One field too many, as in the file of the service, so that no cut table passes for a whole one.
  const cut = result.truncated && result.kind === "table" ? [[`TRUNCATED: ${t("Cut.")} ${t("The service sends no more rows than these; there are more. Add a LIMIT or narrow the question.")}`, ...head.map(() => "")]] : [];
  return [head, ...rows, ...cut].map((row) => `${row.map(field).join(",")}\r\n`).join("");
}

function text(term: Term | undefined): string {
  if (!term) return "";
  return term.type === "bnode" ? `_:${term.value}` : isNumber(term) ? term.value : safe(term.value);
}

/** A text that a spreadsheet would take for a formula opens with an apostrophe. */
const safe = (value: string): string => (FORMULA.test(value) ? `'${value}` : value);

const field = (value: string): string => (/[",\r\n]/.test(value) ? `"${value.replace(/"/g, '""')}"` : value);
