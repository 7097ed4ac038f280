/** Rings of a polygon, as GeoJSON has them: closed, of positions in degrees. */
export type Rings = readonly (readonly (readonly [lon: number, lat: number])[])[];

/** Slices of an area from south to north, each with the sides that pass through it. */
const MOST_SLICES = 1024;

/**
 * An area of polygons, for asking whether lines touch it. Inside is what an odd number of rings goes
 * round, so holes are outside. Units of 1e-7 degrees, as in the graph; the border belongs to the area.
 */
export class PolygonArea {
  readonly minX: number;
  readonly minY: number;
  readonly maxX: number;
  readonly maxY: number;
  /** Per side: x and y of both ends. */
  readonly #sides: Float64Array;
  readonly #sliceHeight: number;
  readonly #firstInSlice: Int32Array;
  readonly #sideInSlice: Int32Array;

  constructor(polygons: readonly Rings[]) {
    const sides = polygons.flat().flatMap(sidesOf);
    this.#sides = Float64Array.from(sides.flat());
    const xs = sides.map(([x]) => x);
    const ys = sides.map(([, y]) => y);
    this.minX = xs.reduce((a, b) => Math.min(a, b), Infinity);
    this.maxX = xs.reduce((a, b) => Math.max(a, b), -Infinity);
    this.minY = ys.reduce((a, b) => Math.min(a, b), Infinity);
    this.maxY = ys.reduce((a, b) => Math.max(a, b), -Infinity);
    const slices = Math.min(MOST_SLICES, Math.max(1, sides.length));
    this.#sliceHeight = Math.max(1, (this.maxY - this.minY) / slices);
    const members: number[][] = Array.from({ length: slices }, () => []);
    for (const [side, [, y1, , y2]] of sides.entries()) {
      const last = this.#sliceOf(Math.max(y1, y2), slices);
      for (let slice = this.#sliceOf(Math.min(y1, y2), slices); slice <= last; slice++) {
        members[slice]!.push(side);
      }
    }
    this.#sideInSlice = Int32Array.from(members.flat());
    this.#firstInSlice = new Int32Array(slices + 1);
    for (const [slice, { length }] of members.entries()) {
      this.#firstInSlice[slice + 1] = this.#firstInSlice[slice]! + length;
    }
  }

  /** Whether the line through the points `first` to `last`, inclusive, has a point in the area. */
  touches(xs: ArrayLike<number>, ys: ArrayLike<number>, first: number, last: number): boolean {
    if (this.has(xs[first]!, ys[first]!)) return true;
    for (let at = first; at < last; at++) {
      if (this.#isCrossed(xs[at]!, ys[at]!, xs[at + 1]!, ys[at + 1]!)) return true;
    }
    return false;
  }

  /** Whether a point lies in the area or on its border. */
  has(x: number, y: number): boolean {
    if (x < this.minX || x > this.maxX || y < this.minY || y > this.maxY) return false;
    const sides = this.#sides;
    const slice = this.#sliceOf(y, this.#firstInSlice.length - 1);
    let isInside = false;
    for (let k = this.#firstInSlice[slice]!; k < this.#firstInSlice[slice + 1]!; k++) {
      const at = this.#sideInSlice[k]! * 4;
      const y1 = sides[at + 1]!;
      const y2 = sides[at + 3]!;
      if (y < Math.min(y1, y2) || y > Math.max(y1, y2)) continue;
      const turn = turnOf(sides[at]!, y1, sides[at + 2]!, y2, x, y);
      if (turn === 0 && isBetween(x, sides[at]!, sides[at + 2]!)) return true;
      // A side counts with its lower end and without its upper one.
      if (y1 > y !== y2 > y && turn > 0 === y2 > y1) isInside = !isInside;
    }
    return isInside;
  }

  #isCrossed(x1: number, y1: number, x2: number, y2: number): boolean {
    const low = Math.min(y1, y2);
    const high = Math.max(y1, y2);
    if (high < this.minY || low > this.maxY) return false;
    if (Math.max(x1, x2) < this.minX || Math.min(x1, x2) > this.maxX) return false;
    const slices = this.#firstInSlice.length - 1;
    const from = this.#firstInSlice[this.#sliceOf(low, slices)]!;
    const to = this.#firstInSlice[this.#sliceOf(high, slices) + 1]!;
    const sides = this.#sides;
    for (let k = from; k < to; k++) {
      const at = this.#sideInSlice[k]! * 4;
      if (meet(x1, y1, x2, y2, sides[at]!, sides[at + 1]!, sides[at + 2]!, sides[at + 3]!)) {
        return true;
      }
    }
    return false;
  }

  #sliceOf(y: number, slices: number): number {
    const slice = Math.floor((y - this.minY) / this.#sliceHeight);
    return Math.min(slices - 1, Math.max(0, slice));
  }
}

function sidesOf(ring: Rings[number]): [number, number, number, number][] {
  const e7 = ring.map(([lon, lat]) => [Math.round(lon * 1e7), Math.round(lat * 1e7)] as const);
  return e7.slice(1).map(([x, y], k) => [e7[k]![0], e7[k]![1], x, y]);
}

/** Above 0 where (x, y) lies left of the way from the first point to the second. */
function turnOf(x1: number, y1: number, x2: number, y2: number, x: number, y: number): number {
  return (x2 - x1) * (y - y1) - (y2 - y1) * (x - x1);
}

function isBetween(value: number, a: number, b: number): boolean {
  return value >= Math.min(a, b) && value <= Math.max(a, b);
}

/** Whether two line segments have a point in common. */
function meet(
  ax: number,
  ay: number,
  bx: number,
  by: number,
  cx: number,
  cy: number,
  dx: number,
  dy: number,
): boolean {
  if (Math.max(ax, bx) < Math.min(cx, dx) || Math.max(cx, dx) < Math.min(ax, bx)) return false;
  if (Math.max(ay, by) < Math.min(cy, dy) || Math.max(cy, dy) < Math.min(ay, by)) return false;
  const c = Math.sign(turnOf(ax, ay, bx, by, cx, cy));
  const d = Math.sign(turnOf(ax, ay, bx, by, dx, dy));
  const a = Math.sign(turnOf(cx, cy, dx, dy, ax, ay));
  const b = Math.sign(turnOf(cx, cy, dx, dy, bx, by));
  return c * d <= 0 && a * b <= 0;
}
