import type { Point } from "./county-frame.ts";
import { distanceM } from "./county-frame.ts";
import type { DraftWay, NetworkBuilder } from "./network-builder.ts";

const CELL_M = 250;

/** One straight piece of a way. */
interface Segment {
  readonly way: DraftWay;
  readonly index: number;
  readonly start: Point;
  readonly end: Point;
}

export interface SegmentCrossing {
  readonly first: CrossedSegment;
  readonly second: CrossedSegment;
  readonly point: Point;
}

export interface CrossedSegment {
  readonly way: DraftWay;
  readonly index: number;
  /** Metres from the start of the segment. */
  readonly offsetM: number;
}

/** Every place where two of the ways cross without a common node. */
export function findSegmentCrossings(
  builder: NetworkBuilder,
  ways: readonly DraftWay[],
): SegmentCrossing[] {
  const segments = ways.flatMap((way) =>
    way.nodes.slice(1).map((node, index): Segment => ({
      way,
      index,
      start: builder.positionOf(way.nodes[index]!),
      end: builder.positionOf(node),
    })),
  );
  const cells = new Map<string, number[]>();
  const seen = new Set<number>();
  const crossings: SegmentCrossing[] = [];
  for (const [number, segment] of segments.entries()) {
    for (const key of cellKeys(segment)) {
      const members = cells.get(key);
      if (!members) {
        cells.set(key, [number]);
        continue;
      }
      for (const other of members) {
        const pair = other * segments.length + number;
        if (seen.has(pair)) continue;
        seen.add(pair);
        const crossing = crossingOf(segments[other]!, segment);
        if (crossing) crossings.push(crossing);
      }
      members.push(number);
    }
  }
  return crossings;
}

function cellKeys({ start, end }: Segment): string[] {
  const keys: string[] = [];
  for (
    let column = cell(Math.min(start.xM, end.xM));
    column <= cell(Math.max(start.xM, end.xM));
    column += 1
  ) {
    for (
      let row = cell(Math.min(start.yM, end.yM));
      row <= cell(Math.max(start.yM, end.yM));
      row += 1
    ) {
      keys.push(`${column}/${row}`);
    }
  }
  return keys;
}

function cell(metres: number): number {
  return Math.floor(metres / CELL_M);
}

function crossingOf(a: Segment, b: Segment): SegmentCrossing | undefined {
  const isTouching =
    a.start === b.start || a.start === b.end || a.end === b.start || a.end === b.end;
  if (isTouching) return undefined;
  const aX = a.end.xM - a.start.xM;
  const aY = a.end.yM - a.start.yM;
  const bX = b.end.xM - b.start.xM;
  const bY = b.end.yM - b.start.yM;
  const cross = aX * bY - aY * bX;
  if (cross === 0) return undefined;
  const gapX = b.start.xM - a.start.xM;
  const gapY = b.start.yM - a.start.yM;
  const alongA = (gapX * bY - gapY * bX) / cross;
  const alongB = (gapX * aY - gapY * aX) / cross;
  if (alongA < 0 || alongA > 1 || alongB < 0 || alongB > 1) return undefined;
  const point = { xM: a.start.xM + alongA * aX, yM: a.start.yM + alongA * aY };
  return {
    first: { way: a.way, index: a.index, offsetM: distanceM(a.start, point) },
    second: { way: b.way, index: b.index, offsetM: distanceM(b.start, point) },
    point,
  };
}
