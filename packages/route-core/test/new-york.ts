import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { gunzipSync } from "node:zlib";

import { findDataDir } from "@gradeway/test-kit";

const NODES = 264_346;

const dataDir = findDataDir();
const folder = dataDir === undefined ? undefined : path.join(dataDir, "dimacs-ny");

/** Whether the DIMACS graph of New York is there; a test that needs it is skipped without. */
export const hasNewYork =
  folder !== undefined && existsSync(path.join(folder, "three-objective-fronts.csv"));
if (!hasNewYork) {
  process.stdout.write("dimacs-ny skipped: no data folder; set GRADEWAY_DATA_DIR\n");
}

/** The road network of New York: the first of parallel arcs, nodes from 0. */
export interface NewYork {
  readonly nodeCount: number;
  readonly tails: Int32Array;
  readonly heads: Int32Array;
  /** Distance, time and 1, three per arc. */
  readonly costs: Int32Array;
  /** In 1e-6 degrees of latitude. */
  readonly x: Int32Array;
  readonly y: Int32Array;
}

/** Published front sizes: source and target from 1, number of points, seconds. */
export function newYorkFronts(rows: number): number[][] {
  return readFileSync(path.join(folder!, "three-objective-fronts.csv"), "utf8")
    .trim()
    .split("\n")
    .slice(1, rows + 1)
    .map((line) => line.split(",").map(Number));
}

export function readNewYork(): NewYork {
  const distances = linesOf("USA-road-d.NY.gr.gz", "a");
  const times = linesOf("USA-road-t.NY.gr.gz", "a");
  const tails: number[] = [];
  const heads: number[] = [];
  const costs: number[] = [];
  const seen = new Set<number>();
  for (const [k, [, tail, head, distance]] of distances.entries()) {
    const from = Number(tail) - 1;
    const to = Number(head) - 1;
    if (seen.has(from * NODES + to)) continue;
    seen.add(from * NODES + to);
    tails.push(from);
    heads.push(to);
    costs.push(Number(distance), Number(times[k]![3]), 1);
  }
  const places = linesOf("USA-road-d.NY.co.gz", "v");
  const eastScale = Math.cos((40.7 * Math.PI) / 180);
  return {
    nodeCount: NODES,
    tails: Int32Array.from(tails),
    heads: Int32Array.from(heads),
    costs: Int32Array.from(costs),
    x: Int32Array.from(places, ([, , lon]) => Math.round(Number(lon) * eastScale)),
    y: Int32Array.from(places, ([, , , lat]) => Number(lat)),
  };
}

/** Lines of one kind, `a <tail> <head> <weight>` or `v <node> <lon> <lat>`, split into words. */
function linesOf(file: string, kind: string): string[][] {
  const text = gunzipSync(readFileSync(path.join(folder!, file))).toString();
  return text.split("\n").flatMap((line) => (line.startsWith(`${kind} `) ? [line.split(" ")] : []));
}
