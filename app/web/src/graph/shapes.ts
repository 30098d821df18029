// The outlines of things as paths, for pictures that are written or drawn outside of the canvas.

const n = (value: number): string => value.toFixed(1);

/** A closed path through points around a middle; every second one may lie further in. */
function round(x: number, y: number, r: number, count: number, turn: number, inner = 1): string {
  const points = Array.from({ length: count }, (_, i) => {
    const reach = i % 2 ? r * inner : r;
    const angle = turn + (i * 2 * Math.PI) / count;
    return `${n(x + reach * Math.cos(angle))},${n(y + reach * Math.sin(angle))}`;
  });
  return `M${points.join("L")}Z`;
}

function box(x: number, y: number, r: number, corner: number): string {
  const side = n(2 * (r - corner));
  const turn = (across: number, down: number) => `a${corner},${corner} 0 0 1 ${n(across)},${n(down)}`;
  return `M${n(x - r + corner)},${n(y - r)}h${side}${turn(corner, corner)}v${side}${turn(-corner, corner)}h-${side}${turn(-corner, -corner)}v-${side}${turn(corner, -corner)}Z`;
}

/** The outline of a shape of the canvas, so far around its middle. */
export function outline(shape: string, x: number, y: number, r: number): string {
  const up = -Math.PI / 2;
  switch (shape) {
    case "rectangle": case "barrel": return box(x, y, r, 0);
    case "round-rectangle": case "round-tag": return box(x, y, r, Math.min(5, r / 2));
    case "diamond": return round(x, y, r, 4, up);
    case "triangle": return round(x, y, r, 3, up);
    case "pentagon": return round(x, y, r, 5, up);
    case "hexagon": return round(x, y, r, 6, 0);
    case "star": return round(x, y, r, 10, up, 0.45);
    case "vee": return `M${n(x - r)},${n(y - r)}L${n(x)},${n(y + r)}L${n(x + r)},${n(y - r)}L${n(x)},${n(y - r / 3)}Z`;
    default: return `M${n(x - r)},${n(y)}a${n(r)},${n(r)} 0 1 0 ${n(2 * r)},0a${n(r)},${n(r)} 0 1 0 ${n(-2 * r)},0Z`;
  }
}
