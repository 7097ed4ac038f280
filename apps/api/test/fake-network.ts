import type { LonLat, RoadClass, RoadFeature } from "@gradeway/route-core";

const WEST = 7.02;
const SOUTH = 49.02;
const STEP = 0.018;
/** Columns and rows of the invented street grid. */
export const GRID = { columns: 22, rows: 16 } as const;

/** Where a crossing of the grid lies; bent a little, so that it looks grown. */
export function crossing(column: number, row: number): LonLat {
  const bend = Math.sin(column * 0.7 + row * 0.4) * 0.35 + Math.sin(row * 1.9) * 0.2;
  const sway = Math.cos(column * 0.5 - row * 0.8) * 0.4;
  return [
    Number((WEST + (column + sway) * STEP).toFixed(6)),
    Number((SOUTH + (row + bend) * STEP * 0.66).toFixed(6)),
  ];
}

/** Invented height: a valley floor with a ridge across it. */
export function heightM(column: number, row: number): number {
  const ridge = 620 * Math.exp(-(((column - 12 - row * 0.2) / 3.5) ** 2));
  return 140 + ridge * (0.35 + row / GRID.rows) + 12 * Math.sin(column * 2.3 + row);
}

function classOfRow(row: number): RoadClass {
  return row === 4
    ? "motorway"
    : row === 9
      ? "primary"
      : row % 3 === 0
        ? "tertiary"
        : "residential";
}

/** The roads of the grid. */
export function* fakeRoads(): Generator<RoadFeature> {
  for (let row = 0; row < GRID.rows; row++) {
    for (let column = 0; column < GRID.columns; column++) {
      if (column + 1 < GRID.columns) {
        yield {
          coordinates: [crossing(column, row), crossing(column + 1, row)],
          class: classOfRow(row),
          structure: row === 4 && column > 9 && column < 14 ? "tunnel" : "none",
          toll: row === 4 && column > 8,
        };
      }
      if (row + 1 < GRID.rows && (column + row) % 2 === 0) {
        yield {
          coordinates: [crossing(column, row), crossing(column, row + 1)],
          class: column % 7 === 0 ? "secondary" : "unclassified",
          structure: "none",
          toll: false,
        };
      }
    }
  }
}
