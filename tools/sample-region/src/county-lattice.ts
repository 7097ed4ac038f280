import type { BoundingBox } from "@gradeway/test-kit";

import { boxOf, HALF_HEIGHT_M, HALF_WIDTH_M, type Point } from "./county-frame.ts";

/** Junctions of a county in the routing graph, with its share of the roads to its neighbours. */
const COUNTY_JUNCTIONS = 790;
const WIDTH_M = 2 * HALF_WIDTH_M;
const HEIGHT_M = 2 * HALF_HEIGHT_M;

/** Counties side by side, the first one in the middle. */
export interface CountyLattice {
  readonly columns: number;
  readonly rows: number;
  readonly bbox: BoundingBox;
  /** The middle of a county. */
  middleOf(column: number, row: number): Point;
}

/** A lattice, about as wide as high, of about as many thousand junctions. */
export function latticeOf(thousandJunctions: number): CountyLattice {
  const counties = Math.max(1, Math.round((thousandJunctions * 1000) / COUNTY_JUNCTIONS));
  const columns = Math.max(1, Math.round(Math.sqrt((counties * HEIGHT_M) / WIDTH_M)));
  const rows = Math.max(1, Math.round(counties / columns));
  const middleOf = (column: number, row: number): Point => ({
    xM: (column - Math.floor(columns / 2)) * WIDTH_M,
    yM: (row - Math.floor(rows / 2)) * HEIGHT_M,
  });
  const first = middleOf(0, 0);
  const last = middleOf(columns - 1, rows - 1);
  const bbox = boxOf(
    { xM: first.xM - HALF_WIDTH_M, yM: first.yM - HALF_HEIGHT_M },
    { xM: last.xM + HALF_WIDTH_M, yM: last.yM + HALF_HEIGHT_M },
  );
  return { columns, rows, bbox, middleOf };
}

/** A point as seen from the middle of the county that it lies in. */
export function withinCounty({ xM, yM }: Point): Point {
  return {
    xM: xM - WIDTH_M * Math.round(xM / WIDTH_M),
    yM: yM - HEIGHT_M * Math.round(yM / HEIGHT_M),
  };
}
