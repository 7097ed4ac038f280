import type { OsmTags } from "@gradeway/test-kit";

import type { Point } from "./county-frame.ts";

export type StreetAxis = "column" | "row";

/** One block of a street: `line` counts columns from the west or rows from the south. */
export interface Block {
  readonly axis: StreetAxis;
  readonly line: number;
  readonly index: number;
}

export interface TownPlan {
  readonly name: string;
  readonly centre: Point;
  readonly columns: number;
  readonly rows: number;
  readonly mainColumn: number;
  readonly mainRow: number;
  /** A railway crosses the columns between this row and the next. */
  readonly railAboveRow?: number;
  /** What is special about a block; undefined where nothing is. */
  rulesOf(block: Block): OsmTags | undefined;
  /** Height limit of the underpass of a column below the railway. */
  underpassMaxHeight?(column: number): string | undefined;
}

const WESTBOROUGH: TownPlan = {
  name: "Westborough",
  centre: { xM: -8_500, yM: 4_500 },
  columns: 11,
  rows: 10,
  mainColumn: 5,
  mainRow: 4,
  rulesOf({ axis, line, index }) {
    // An old town in the north-western quarter, closed to heavy vehicles.
    const isOldTown = axis === "column" ? line <= 3 && index >= 5 : line >= 6 && index <= 2;
    if (isOldTown) return { maxweight: "7.5" };
    if (axis === "column" && line === 7) return { oneway: "yes" };
    if (axis === "column" && line === 9) return { oneway: "-1" };
    if (axis === "row" && line === 1) return { "maxweightrating:hgv": "7.5" };
    return undefined;
  },
};

const EASTBOROUGH: TownPlan = {
  name: "Eastborough",
  centre: { xM: 8_500, yM: 4_300 },
  columns: 11,
  rows: 11,
  mainColumn: 5,
  mainRow: 5,
  railAboveRow: 2,
  rulesOf({ axis, line }) {
    if (axis === "column" && line === 2) return { hgv: "no" };
    if (axis === "row" && line === 8) return { hgv: "destination" };
    if (axis === "column" && line === 7) return { oneway: "yes" };
    if (axis === "column" && line === 8) return { oneway: "-1" };
    if (axis === "row" && line === 9) return { access: "private" };
    return undefined;
  },
  underpassMaxHeight(column) {
    if (column === 5) return "4.5";
    if (column === 4) return "default";
    return column % 3 === 0 ? "3.2" : "3.5";
  },
};

const SOUTHWICK: TownPlan = {
  name: "Southwick",
  centre: { xM: -13_200, yM: -7_000 },
  columns: 8,
  rows: 7,
  mainColumn: 4,
  mainRow: 3,
  rulesOf({ axis, line, index }) {
    if (axis === "row" && line === 3 && index <= 1) return { maxweight: "18" };
    if (axis === "column" && line === 6) return { maxaxleload: "8" };
    if (axis === "row" && line === 5) return { motor_vehicle: "destination" };
    return undefined;
  },
};

const MILLMARKET: TownPlan = {
  name: "Millmarket",
  centre: { xM: 13_400, yM: -7_400 },
  columns: 8,
  rows: 8,
  mainColumn: 3,
  mainRow: 4,
  railAboveRow: 1,
  rulesOf({ axis, line }) {
    if (axis === "column" && line === 5) return { maxwidth: "2.3" };
    if (axis === "row" && line === 2) return { oneway: "yes", hgv: "delivery" };
    if (axis === "row" && line === 6) return { maxlength: "10" };
    return undefined;
  },
  underpassMaxHeight(column) {
    return column === 3 ? "4.0" : "3.5";
  },
};

/** The two demo towns come first: west of the ridge, then east of it. */
export const TOWN_PLANS = {
  westborough: WESTBOROUGH,
  eastborough: EASTBOROUGH,
  southwick: SOUTHWICK,
  millmarket: MILLMARKET,
} as const;
