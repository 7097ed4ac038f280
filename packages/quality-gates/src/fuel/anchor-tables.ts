/*
 * Section 3.7 of the freight model: figures that were computed once, by another program, from the
 * published parameters. They are copied as printed, because the last printed digit sets how exactly
 * they can be met.
 */

/** A row of cells for one vehicle and load. */
export interface AnchorRow {
  readonly vehicle: string;
  /** Share of the payload, percent. */
  readonly loadPercent: number;
  /** As printed, one per column; "-" where there is none. */
  readonly cells: readonly string[];
}

const row = (vehicle: string, loadPercent: number, cells: string): AnchorRow => ({
  vehicle,
  loadPercent,
  cells: cells.split(" "),
});

/** Table A: L/100 km (battery vehicles kWh/km) on level road, by speed in km/h. */
export const LEVEL_FUEL = {
  speedsKmh: [50, 64, 80, 90, 112],
  rows: [
    row("van-3.5t", 50, "5.19 5.85 6.98 7.88 10.34"),
    row("rigid-7.5t", 50, "9.56 11.50 14.36 16.56"),
    row("rigid-18t", 50, "14.99 17.29 20.79 23.51"),
    row("rigid-26t", 50, "17.44 19.74 23.32 26.12"),
    row("artic-40t", 0, "16.8 19.0 22.5 25.1"),
    row("artic-40t", 50, "21.0 23.2 26.6 29.3"),
    row("artic-40t", 100, "25.0 27.2 30.6 33.3"),
    row("artic-44t", 0, "17.4 19.8 23.3 26.1"),
    row("artic-44t", 50, "22.2 24.5 28.1 30.9"),
    row("artic-44t", 100, "26.7 29.0 32.6 35.4"),
    row("bev-rigid-19t", 50, ".55 .67 .84 .97"),
    row("bev-artic-42t", 0, ".64 .77 .94 1.07"),
    row("bev-artic-42t", 50, ".82 .95 1.12 1.25"),
    row("bev-artic-42t", 100, ".99 1.12 1.29 1.42"),
  ],
} as const;

/**
 * Table B: L/100 km (battery vehicles kWh/km) at a target of 80 km/h, by grade in percent. The cell of
 * the battery truck at -6 % is left out: it was computed at 80 km/h, and the model lets no truck of that mass
 * go faster than 64 km/h there.
 */
export const GRADE_FUEL = {
  targetKmh: 80,
  gradesPercent: [-6, -4, -3, -2, -1, 0, 1, 2, 3, 4, 6],
  rows: [
    row("rigid-18t", 50, "0 0 0 3.2 12.0 20.8 29.6 38.4 47.2 55.3 69.5"),
    row("artic-40t", 50, "0 0 0 0 9.5 26.6 43.8 61.0 78.1 94.3 124.8"),
    row("van-3.5t", 50, "0 0 1.1 3.1 5.0 7.0 8.9 10.9 12.9 14.8 18.7"),
    row("bev-artic-42t", 50, "- -1.78 -1.14 -.50 .19 1.12 2.05 2.99 3.92 4.85 6.55"),
  ],
} as const;

/** Table C: steady speed in km/h at a target of 90 km/h, by grade in percent. */
export const CRAWL_SPEED = {
  targetKmh: 90,
  gradesPercent: [2, 3, 4, 5, 6, 8, 10],
  rows: [
    row("rigid-18t", 100, "89 75 64 56 49 39 32"),
    row("rigid-18t", 50, "90 87 77 68 61 50 41"),
    row("rigid-26t", 100, "87 72 60 51 44 34 28"),
    row("rigid-26t", 50, "90 87 75 66 58 46 38"),
    row("artic-40t", 100, "87 69 57 48 41 32 26"),
    row("artic-40t", 50, "90 89 76 65 57 45 37"),
    row("artic-44t", 100, "86 68 56 47 40 31 25"),
    row("artic-44t", 50, "90 89 76 65 57 45 37"),
  ],
} as const;
