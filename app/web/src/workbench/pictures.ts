// Results as pictures, where their columns allow: graph, map, timeline, chart.
import { address, json, numbers, pageOf, root, t } from "../shared/page";
import { h, svg } from "../shared/dom";
import { short } from "../graph/model";
import { curie, isRelation, type Names } from "./names";
import { withPoints } from "./points";
import { columns, isNumber, isTime, numberOf, pointOf, type Result, type Row, type Term, timeOf } from "./result";

export interface Picture {
  name: string;
  label: string;
  /** What a reader is told when the answer does not fit. */
  needs: string;
  fits(result: Result): boolean;
  draw(result: Result, names: Names): Promise<HTMLElement> | HTMLElement;
}

const MOST = 300;
const BARS = 60;
const PARTS = 3;
const BETWEEN = " · ";
const isThing = (term: Term | undefined) => term?.type === "uri";

function labelOf(names: Names, term: Term | undefined): string {
  if (!term) return "";
  return term.type === "uri" ? (names.label(term.value) ?? curie(term.value)) : term.value;
}

/** The column that best names a row: text before IRIs, not one of those given. */
function naming(result: Result, not: number[]): number {
  const free = result.names.map((_, column) => column).filter((column) => !not.includes(column));
  const labelled = free.find((column) => /label|name|title|gloss/i.test(result.names[column]!));
  return labelled ?? free.find((column) => columns(result, isThing).includes(column)) ?? free[0] ?? not[0] ?? 0;
}

/** The label of each row: of the columns that tell rows apart best, until no two rows are alike. */
function telling(result: Result, names: Names, not: number[], rows: Row[]): { columns: number[]; labels: string[] } {
  const texts = (column: number) => rows.map((row) => labelOf(names, row[column]));
  const apart = (labels: string[]) => new Set(labels).size;
  // An IRI without a label tells rows apart, but tells a reader nothing.
  const bare = (column: number) => rows.some((row) => isThing(row[column]) && !names.label(row[column]!.value));
  const spoken = (column: number) => /label|name|title|gloss/i.test(result.names[column]!);
  const free = result.names.map((_, column) => column)
    .filter((column) => !not.includes(column) && !columns(result, isNumber).includes(column))
    .map((column) => ({ column, bare: bare(column), apart: apart(texts(column)), spoken: spoken(column) }))
    .sort((one, other) => Number(one.bare) - Number(other.bare) || other.apart - one.apart || Number(other.spoken) - Number(one.spoken));
  const joined = (chosen: number[]) => rows.map((row) => [...new Set(chosen.map((column) => labelOf(names, row[column])).filter(Boolean))].join(BETWEEN));
  let chosen = free.length ? [free[0]!.column] : [naming(result, not)];
  for (const { column } of free.slice(1)) {
    if (chosen.length === PARTS || apart(joined(chosen)) === rows.length) break;
    if (apart(joined([...chosen, column])) > apart(joined(chosen))) chosen = [...chosen, column];
  }
  return { columns: chosen, labels: joined(chosen) };
}

/** A label of at most so many letters; the longest part gives way, for the others tell rows apart. */
function shortened(text: string, most: number): string {
  const over = text.length - most;
  if (over <= 0) return text;
  const parts = text.split(BETWEEN);
  const at = parts.reduce((best, part, number) => (part.length > parts[best]!.length ? number : best), 0);
  parts[at] = `${parts[at]!.slice(0, Math.max(8, parts[at]!.length - over - 1))}…`;
  const whole = parts.join(BETWEEN);
  return whole.length > most ? `${whole.slice(0, most - 1)}…` : whole;
}

async function learnAll(result: Result, names: Names): Promise<void> {
  await names.learn(result.rows.slice(0, MOST).flat().filter(isThing).map((term) => term!.value));
}

function cut(result: Result): HTMLElement | string {
  return result.rows.length > MOST ? h("p", {}, h("small", {}, t("The first {n} rows are drawn; the table has all.", { n: MOST }))) : "";
}

interface Line { from: string; to: string; label: string; relation?: string }

/** Pairs of columns that are joined by lines, with the column of the relation if there is one. */
function joints(result: Result): { from: number; to: number; relation?: number }[] {
  const rows = result.rows.slice(0, MOST);
  const things = result.names.map((_, column) => column).filter((column) => rows.some((row) => isThing(row[column])));
  const relation = things.slice(1, -1).find((column) => rows.every((row) => !row[column] || (isThing(row[column]) && isRelation(row[column]!.value))));
  if (relation !== undefined) {
    const at = things.indexOf(relation);
    return [{ from: things[at - 1]!, to: things[at + 1]!, relation }];
  }
  return things.slice(1).map((to) => ({ from: things[0]!, to }));
}

/** The lines of a graph, each once: what the first column names joined to what the others name. */
function linesOf(result: Result): Line[] {
  const pairs = joints(result);
  const found = new Map<string, Line>();
  for (const row of result.rows.slice(0, MOST)) {
    for (const { from, to, relation } of pairs) {
      const [one, other, between] = [row[from], row[to], relation === undefined ? undefined : row[relation]];
      if (!isThing(one) || !isThing(other)) continue;
      const line = { from: one!.value, to: other!.value, label: result.names[to]!, relation: between?.value };
      found.set(`${line.from} ${line.to} ${line.relation ?? to}`, line);
    }
  }
  return [...found.values()];
}

const graph: Picture = {
  name: "graph",
  label: t("Graph"),
  needs: t("A graph needs two columns of things, such as ?deal and ?party, or a CONSTRUCT query."),
  fits: (result) => linesOf(result).length > 0,
  async draw(result, names) {
    await learnAll(result, names);
    const { drawNetwork } = await import("./network");
    const label = (iri: string) => names.label(iri) ?? curie(iri);
    const lines = linesOf(result);
    const place = h("div", { class: "canvas", role: "img", "aria-label": t("Result as a graph; the table says the same") });
    drawNetwork(place, lines.map((line) => ({ ...line, label: line.relation ? label(line.relation) : line.label })), label);
    const ours = [...new Set(lines.flatMap((line) => [line.from, line.to]))].map(short).filter((name) => /^[\w-]+$/.test(name)).slice(0, MOST);
    const onwards = ours.length ? h("p", {}, h("a", { href: address("graph", [["entities", ours.join(",")]]) }, t("Go on with these in the graph view"))) : "";
    return h("div", {}, place, onwards, cut(result));
  },
};

interface Area { width: number; height: number; scale: number; translate: [number, number]; turn: number; countries: Record<string, { d: string; name: string }> }

const map: Picture = {
  name: "map",
  label: t("Map"),
  needs: t("A map needs a column of points, such as ?point in ?place geo:hasGeometry/geo:asWKT ?point."),
  fits: (result) => columns(result, pointOf).length > 0,
  async draw(result, names) {
    await learnAll(result, names);
    const [{ geoEqualEarth, geoMercator }, areas] = await Promise.all([import("d3-geo"), json<Record<"region" | "world", Area>>(`${root}static/built/outlines.json`)]);
    const column = columns(result, pointOf)[0]!;
    const name = naming(result, [column]);
    const rows = result.rows.slice(0, MOST);
    const points = rows.flatMap((row) => { const at = pointOf(row[column]); return at ? [{ at, row }] : []; });
    const near = points.every(({ at: [x, y] }) => x > 44 && x < 92 && y > 33.5 && y < 56.5);
    const area = near ? areas.region : areas.world;
    const projection = (near ? geoMercator() : geoEqualEarth().rotate([area.turn, 0])).scale(area.scale).translate(area.translate);
    const lands = Object.values(area.countries).map((each) => svg("path", { class: "land", d: each.d }));
    const spots = points.map(({ at, row }) => {
      const [x, y] = projection(at) ?? [-9, -9];
      const thing = row.find(isThing);
      return { x, y, label: labelOf(names, row[name]), href: thing ? pageOf(thing.value) : "" };
    });
    const picture = svg("svg", { viewBox: `0 0 ${area.width} ${area.height}`, role: "group", "aria-label": t("Result on a map; the table says the same") },
      svg("rect", { class: "water", width: area.width, height: area.height }), ...lands);
    return h("div", {}, ...withPoints(picture, spots), missing(rows.length - points.length), cut(result));
  },
};

/** Rows left out of a picture, because they have nothing to draw. */
const missing = (number: number): HTMLElement | string => (number > 0 ? h("p", {}, h("small", {}, t("Rows without a value that can be drawn: {n}.", { n: number }))) : "");

const timeline: Picture = {
  name: "timeline",
  label: t("Timeline"),
  needs: t("A timeline needs a column of dates or years."),
  fits: (result) => columns(result, (term) => isTime(term) && !Number.isNaN(timeOf(term))).length > 0,
  async draw(result, names) {
    await learnAll(result, names);
    const column = columns(result, isTime)[0]!;
    const rows = result.rows.slice(0, MOST);
    const dated = rows.filter((row) => !Number.isNaN(timeOf(row[column])));
    const { labels } = telling(result, names, columns(result, isTime), dated);
    const moments = dated.map((row, number) => ({ at: timeOf(row[column]), told: row[column]!.value, label: labels[number]! }))
      .sort((one, other) => one.at - other.at);
    const [first, last] = [moments[0]!.at, moments[moments.length - 1]!.at];
    const x = (at: number) => 20 + ((at - first) / Math.max(1, last - first)) * 700;
    const height = moments.length * 20 + 30;
    const lines = moments.map(({ at }, number) => svg("line", { class: "tick", x1: x(at), y1: 0, x2: x(at), y2: number * 20 + 16 }));
    const marks = moments.map(({ at, told, label }, number) => {
      const right = x(at) > 420;
      return svg("g", {},
        svg("circle", { class: "mark", cx: x(at), cy: number * 20 + 16, r: 4 }),
        svg("text", { x: x(at) + (right ? -8 : 8), y: number * 20 + 20, "text-anchor": right ? "end" : "start" }, shortened(`${told} ${label}`, 70), svg("title", {}, `${told} ${label}`)));
    });
    return h("div", {}, h("div", { class: "picture rows" }, svg("svg", { viewBox: `0 0 740 ${height}`, role: "img", "aria-label": t("Result in time; the table says the same") }, ...lines, ...marks)),
      missing(rows.length - dated.length), cut(result));
  },
};

interface Bar { label: string; value: number }

/** Bars to the right of a common line, and to the left of it below nought. */
function bars(drawn: Bar[]): SVGSVGElement {
  const [least, most] = [Math.min(0, ...drawn.map((bar) => bar.value)), Math.max(0, ...drawn.map((bar) => bar.value))];
  const scale = 260 / (most - least || 1);
  const nought = 400 - least * scale;
  const rows = drawn.map(({ label, value }, number) => {
    const width = Math.abs(value) * scale;
    return svg("g", {},
      svg("text", { x: 390, y: number * 24 + 18, "text-anchor": "end" }, shortened(label, 58), svg("title", {}, label)),
      svg("rect", { class: "column", x: (value < 0 ? nought - width : nought).toFixed(1), y: number * 24 + 6, height: 16, width: width.toFixed(1) }, svg("title", {}, `${label}: ${value}`)),
      svg("text", { x: (nought + Math.max(0, value * scale) + 6).toFixed(1), y: number * 24 + 18 }, numbers.format(value)));
  });
  return svg("svg", { viewBox: `0 0 760 ${drawn.length * 24 + 12}`, role: "img", "aria-label": t("Result as bars; the table says the same") }, ...rows);
}

/** The chart of one column of numbers. */
function chartOf(result: Result, names: Names, value: number): HTMLElement[] {
  const rows = result.rows.slice(0, BARS);
  const drawn = rows.filter((row) => Number.isFinite(numberOf(row[value])));
  const { columns: told, labels } = telling(result, names, columns(result, isNumber), drawn);
  const some = result.rows.length > BARS ? ["; ", t("{n} of {all} rows are shown, the table has all.", { n: BARS, all: result.rows.length })] : [];
  return [
    h("p", {}, h("small", {}, t("{value} by {name}", { value: result.names[value]!, name: told.map((column) => result.names[column]!).join(", ") }), ...some)),
    h("div", { class: "picture rows" }, bars(drawn.map((row, number) => ({ label: labels[number]!, value: numberOf(row[value]) })))),
    h("div", {}, missing(rows.length - drawn.length)),
  ];
}

const chart: Picture = {
  name: "chart",
  label: t("Chart"),
  needs: t("A chart needs a column of numbers and another that names them."),
  fits: (result) => columns(result, isNumber).length > 0 && result.names.length > 1,
  async draw(result, names) {
    await learnAll(result, names);
    const figures = columns(result, isNumber);
    const value = figures[figures.length - 1]!;
    const place = h("div", {}, ...chartOf(result, names, value));
    if (figures.length === 1) return place;
    const choice = h("select", { id: "chart-of", change: () => place.replaceChildren(...chartOf(result, names, Number(choice.value))) },
      ...figures.map((column) => h("option", { value: column, selected: column === value }, result.names[column]!)));
    return h("div", {}, h("p", { class: "row" }, h("label", { for: "chart-of" }, t("Numbers of")), choice), place);
  },
};

export const PICTURES: Picture[] = [graph, map, timeline, chart];
