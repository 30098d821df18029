// Where words stand: on which side of a thing its name is, what is moved apart, which lines have room for words.

export interface Point { x: number; y: number }
export interface Box { left: number; top: number; right: number; bottom: number }
export interface Size { w: number; h: number }
export const SIDES = ["bottom", "top", "right", "left"] as const;
export type Side = (typeof SIDES)[number];

/** A thing: its middle, the size of its sign, and of its name. */
export interface Thing { id: string; at: Point; sign: number; name: Size; fixed: boolean; side: Side }
export interface Line { id: string; from: Point; to: Point; middle: Point; words: number }

const GAP = 4;
const PASSES = 60;
const LINE = 12;

export const around = ({ x, y }: Point, { w, h }: Size): Box => ({ left: x - w / 2, right: x + w / 2, top: y - h / 2, bottom: y + h / 2 });
export const sign = (thing: Thing): Box => around(thing.at, { w: thing.sign, h: thing.sign });

/** Where the name of a thing is when it stands on a side. */
export function name({ at, sign: size, name: { w, h } }: Thing, side: Side): Box {
  const reach = size / 2 + GAP;
  const shift: Record<Side, Point> = {
    bottom: { x: 0, y: reach + h / 2 }, top: { x: 0, y: -reach - h / 2 },
    right: { x: reach + w / 2, y: 0 }, left: { x: -reach - w / 2, y: 0 },
  };
  return around({ x: at.x + shift[side].x, y: at.y + shift[side].y }, { w, h });
}

export const overlap = (one: Box, other: Box): boolean =>
  one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;

/** Whether a straight line touches a box (after Liang and Barsky). */
export function crosses(from: Point, to: Point, box: Box): boolean {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  let [enters, leaves] = [0, 1];
  for (const [step, room] of [[-dx, from.x - box.left], [dx, box.right - from.x], [-dy, from.y - box.top], [dy, box.bottom - from.y]] as const) {
    if (step === 0) {
      if (room < 0) return false;
    } else if (step < 0) enters = Math.max(enters, room / step);
    else leaves = Math.min(leaves, room / step);
  }
  return enters < leaves;
}

/** Put each name on the side where it covers least; the same places always give the same sides. */
export function chooseSides(things: Thing[], lines: Line[]): void {
  const taken = things.map(sign);
  for (const [number, thing] of things.entries()) {
    let least = Infinity;
    for (const side of SIDES) {
      const box = name(thing, side);
      const covered = taken.filter((each, of) => of !== number && overlap(box, each)).length;
      const cost = covered * 10 + lines.filter((line) => crosses(line.from, line.to, box)).length;
      if (cost < least) { least = cost; thing.side = side; }
    }
    taken.push(name(thing, thing.side));
  }
}

const whole = (thing: Thing): Box => {
  const [one, other] = [sign(thing), name(thing, thing.side)];
  return {
    left: Math.min(one.left, other.left) - GAP, right: Math.max(one.right, other.right) + GAP,
    top: Math.min(one.top, other.top) - GAP, bottom: Math.max(one.bottom, other.bottom) + GAP,
  };
};

/** Move things that lie over each other apart; whether any moved. Fixed ones stay. */
export function moveApart(things: Thing[]): boolean {
  let ever = false;
  for (let pass = 0; pass < PASSES; pass += 1) {
    let moved = false;
    const boxes = things.map(whole);
    things.forEach((one, number) => {
      for (let next = number + 1; next < things.length; next += 1) {
        const other = things[next]!;
        if ((one.fixed && other.fixed) || !overlap(boxes[number]!, boxes[next]!)) continue;
        push(one, boxes[number]!, other, boxes[next]!);
        boxes[number] = whole(one);
        boxes[next] = whole(other);
        moved = true;
      }
    });
    if (!moved) return ever;
    ever = true;
  }
  return ever;
}

function push(one: Thing, box: Box, other: Thing, next: Box): void {
  const across = Math.min(box.right, next.right) - Math.max(box.left, next.left);
  const down = Math.min(box.bottom, next.bottom) - Math.max(box.top, next.top);
  const axis = across < down ? "x" : "y";
  const by = Math.min(across, down) + 0.5;
  const forward = box.left + box.right <= next.left + next.right;
  const below = box.top + box.bottom <= next.top + next.bottom;
  const way = (axis === "x" ? forward : below) ? 1 : -1;
  const share = one.fixed ? 0 : other.fixed ? 1 : 0.5;
  one.at = { ...one.at, [axis]: one.at[axis] - way * by * share };
  other.at = { ...other.at, [axis]: other.at[axis] + way * by * (1 - share) };
}

/** Points along the words of a line, close enough that nothing slips between them. */
function along(line: Line): Point[] {
  const long = Math.hypot(line.to.x - line.from.x, line.to.y - line.from.y) || 1;
  const [dx, dy] = [(line.to.x - line.from.x) / long, (line.to.y - line.from.y) / long];
  const count = Math.max(2, Math.ceil(line.words / LINE) + 1);
  return Array.from({ length: count }, (_, each) => {
    const off = line.words * (each / (count - 1) - 0.5);
    return { x: line.middle.x + dx * off, y: line.middle.y + dy * off };
  });
}

/** The lines whose words cover no thing, no name and no words of another line. */
export function withRoom(things: Thing[], lines: Line[]): Set<string> {
  const boxes = things.flatMap((thing) => [sign(thing), name(thing, thing.side)]);
  const taken: Point[] = [];
  const free = new Set<string>();
  for (const line of lines) {
    const spots = along(line);
    const blocked = spots.some((spot) =>
      boxes.some((box) => overlap(around(spot, { w: LINE, h: LINE }), box))
      || taken.some((each) => Math.hypot(each.x - spot.x, each.y - spot.y) < LINE));
    if (blocked) continue;
    free.add(line.id);
    taken.push(...spots);
  }
  return free;
}
