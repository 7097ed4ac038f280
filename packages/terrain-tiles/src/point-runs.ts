import { growScratch, type SamplingScratch } from "./sampling-scratch.ts";

/** Set in {@link PointGroup.neighbours} when some point needs the tile to the east. */
export const NEEDS_EAST = 1;
/** Set in {@link PointGroup.neighbours} when some point needs the tile to the south. */
export const NEEDS_SOUTH = 2;
/** Set in {@link PointGroup.neighbours} when some point needs the tile to the south-east. */
export const NEEDS_SOUTH_EAST = 4;

/** The points whose north-west pixel lies in one tile. */
export interface PointGroup {
  /** Number of the tile: row after row from the north, and in a row from the west. */
  readonly key: number;
  /** Bits of the neighbouring tiles that hold another of the four pixels of some point. */
  readonly neighbours: number;
  /** Range of the runs of the group in {@link SamplingScratch.order}. */
  readonly start: number;
  readonly end: number;
}

/** A group while points are added. */
export interface GrowingGroup {
  readonly key: number;
  runs: number;
  neighbours: number;
}

/** Collects points by tile. Points that follow each other in one tile are kept as one run. */
export interface PointRuns {
  /** Begins a run at a point and gives the group that it belongs to. */
  begin(point: number, key: number): GrowingGroup;
  /** Begins a run of points that are in no tile. */
  beginOutside(point: number): void;
  /** Ends the last run and sorts the groups by key, which is one sweep over the map. */
  finish(points: number): PointGroup[];
}

/** Creates {@link PointRuns} that keep their runs in scratch memory. */
export function createPointRuns(scratch: SamplingScratch): PointRuns {
  const groupOfKey = new Map<number, number>();
  const groups: GrowingGroup[] = [];
  let runs = 0;

  function put(point: number, group: number): void {
    // One place more than runs, for the end of the last one.
    if (runs + 1 >= scratch.starts.length) growScratch(scratch);
    scratch.starts[runs] = point;
    scratch.groups[runs] = group;
    runs += 1;
  }

  return {
    begin(point, key) {
      let number = groupOfKey.get(key);
      if (number === undefined) {
        number = groups.length;
        groupOfKey.set(key, number);
        groups.push({ key, runs: 0, neighbours: 0 });
      }
      put(point, number);
      const group = groups[number]!;
      group.runs += 1;
      return group;
    },
    beginOutside: (point) => put(point, -1),
    finish(points) {
      scratch.starts[runs] = points;
      return arrange(groups, runs, scratch);
    },
  };
}

/** Counting sort of the runs by group, with the groups in the order of their keys. */
function arrange(
  groups: readonly GrowingGroup[],
  runs: number,
  { groups: groupOfRun, order }: SamplingScratch,
): PointGroup[] {
  const sweep = groups.map((_, group) => group).sort((a, b) => groups[a]!.key - groups[b]!.key);
  const nextSlot = new Int32Array(groups.length);
  let start = 0;
  const arranged = sweep.map((group): PointGroup => {
    const { key, neighbours, runs: size } = groups[group]!;
    nextSlot[group] = start;
    start += size;
    return { key, neighbours, start: start - size, end: start };
  });
  for (let run = 0; run < runs; run += 1) {
    const group = groupOfRun[run]!;
    if (group < 0) continue;
    order[nextSlot[group]!] = run;
    nextSlot[group]! += 1;
  }
  return arranged;
}
