// Draws the outlines of countries once, so that maps need neither tiles nor a projection in the
// reader's browser: for each area its size, and for each country a path and a point inside.
// `views/projection.py` projects points the same way; `control` lets a test compare the two.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { resolve } from "node:path";
import { geoEqualEarth, geoMercator, geoPath } from "d3-geo";
import { feature } from "topojson-client";

const require = createRequire(import.meta.url);
const AREAS = {
  region: { detail: "50m", digits: 1, make: geoMercator, box: [[44, 56.5], [92, 33.5]], turn: 0 },
  world: { detail: "110m", digits: 0, make: geoEqualEarth, box: [[-128, 76], [152, 2]], turn: -11 },
};
const WIDTH = 960;
const MARKS = [[76.9115, 43.25249], [-77.0369, 38.9072], [37.6173, 55.7558], [69.77194, 38.68306]];

function projected({ make, box, turn }) {
  const bare = make().rotate([turn, 0]).translate([0, 0]).scale(1);
  const [west, north] = box[0];
  const [east, south] = box[1];
  const middle = (north + south) / 2;
  const left = bare([west, middle])[0];
  const right = bare([east, middle])[0];
  const scale = WIDTH / (right - left);
  const top = bare([(west + east) / 2, north])[1];
  const bottom = bare([(west + east) / 2, south])[1];
  const projection = make().rotate([turn, 0]).scale(scale)
    .translate([-left * scale, -top * scale]);
  const height = Math.round((bottom - top) * scale);
  return { projection: projection.clipExtent([[-2, -2], [WIDTH + 2, height + 2]]), scale, height };
}

function drawn(area) {
  const topology = JSON.parse(readFileSync(require.resolve(`world-atlas/countries-${area.detail}.json`)));
  const { projection, scale, height } = projected(area);
  const path = geoPath(projection).digits(area.digits);
  
  const countries = {};
  for (const each of feature(topology, topology.objects.countries).features) {
    const d = path(each);
    if (!d) continue;
    const [x, y] = largest(each, projection);
    countries[each.id ?? each.properties.name] = { d, name: each.properties.name, at: [round(x), round(y)] };
  }
  const [x, y] = projection.translate();
  return {
    width: WIDTH, height, scale, translate: [x, y], turn: area.turn, countries,
    control: MARKS.map((mark) => [mark, projection(mark).map(round)]),
  };
}

// The middle of the largest part: that of all parts lies in the sea for some.
function largest(country, projection) {
  const path = geoPath(projection);
  const parts = country.geometry.type === "Polygon"
    ? [country.geometry.coordinates] : country.geometry.coordinates;
  const areas = parts.map((coordinates) => {
    const part = { type: "Polygon", coordinates };
    return [path.area(part), path.centroid(part)];
  });
  return areas.sort((one, other) => other[0] - one[0])[0][1];
}

const round = (number) => Math.round(number * 10) / 10;
const target = resolve(import.meta.dirname, "../static/built");
mkdirSync(target, { recursive: true });
const areas = Object.fromEntries(Object.entries(AREAS).map(([name, area]) => [name, drawn(area)]));
writeFileSync(resolve(target, "outlines.json"), JSON.stringify(areas));
