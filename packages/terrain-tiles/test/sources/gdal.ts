import { execFileSync, spawnSync } from "node:child_process";

/** Whether the tools of GDAL are installed; says so on the console where they are not. */
export function hasGdal(): boolean {
  const isThere = spawnSync("gdallocationinfo", ["--version"]).status === 0;
  if (!isThere) process.stderr.write("skipped: gdallocationinfo is absent (install gdal-bin)\n");
  return isThere;
}

/** Runs a tool of GDAL. */
export function gdal(tool: string, ...args: string[]): void {
  execFileSync(tool, ["-q", ...args], { stdio: ["ignore", "ignore", "inherit"] });
}

/** Reads pixels with GDAL's own decoder; NaN outside of the raster or where it says nodata. */
export function readPixels(
  file: string,
  pixels: readonly (readonly [column: number, row: number])[],
  nodata: number,
): number[] {
  const input = pixels.map(([column, row]) => `${column} ${row}`).join("\n");
  const out = execFileSync("gdallocationinfo", ["-valonly", file], {
    input,
    maxBuffer: 64 * 1024 * 1024,
    stdio: ["pipe", "pipe", "ignore"],
  });
  const lines = out.toString().split("\n").slice(0, pixels.length);
  return lines.map((line) =>
    line.trim() === "" || Number(line) === nodata ? Number.NaN : Number(line),
  );
}

/** Height between the four pixel centres around a place, in pixels from the first centre. */
export function bilinear(
  column: number,
  row: number,
  [northWest, northEast, southWest, southEast]: readonly number[],
): number {
  const x = column - Math.floor(column);
  const y = row - Math.floor(row);
  return (
    northWest! * (1 - x) * (1 - y) +
    northEast! * x * (1 - y) +
    southWest! * (1 - x) * y +
    southEast! * x * y
  );
}

/** The four pixels around a place. */
export function around(column: number, row: number): [number, number][] {
  const [x, y] = [Math.floor(column), Math.floor(row)];
  return [
    [x, y],
    [x + 1, y],
    [x, y + 1],
    [x + 1, y + 1],
  ];
}

/** Reproducible numbers from 0 to 1 (mulberry32). */
export function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
