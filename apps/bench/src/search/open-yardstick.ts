import { readdir } from "node:fs/promises";
import path from "node:path";

import {
  buildYardstick,
  NoCompilerError,
  startYardstick,
  type Yardstick,
  type YardstickFronts,
} from "@gradeway/peers";

/** A running yardstick, or why there is none. */
export interface OpenedYardstick {
  readonly yardstick: Yardstick | undefined;
  readonly missing: string | undefined;
}

/**
 * Builds and starts the C++ yardstick on a DIMACS folder, objectives (time, distance, hops).
 *
 * @param fronts the paper's arrays, or staircases, its faster variant
 * @throws {Error} when there is a compiler and the yardstick still does not start
 */
export async function openYardstick(
  dimacs: string,
  compiler: string,
  fronts: YardstickFronts,
): Promise<OpenedYardstick> {
  const names = await readdir(dimacs);
  const file = (pattern: RegExp): string =>
    path.join(
      dimacs,
      names.find((name) => pattern.test(name))!,
    );
  try {
    const outDir = path.resolve(import.meta.dirname, "../../../../out/peers");
    const { program } = await buildYardstick({ outDir, compiler });
    const yardstick = await startYardstick({
      program,
      fronts,
      objectives: [file(/-t\..*\.gr\.gz$/), file(/-d\..*\.gr\.gz$/), "hops"],
    });
    return { yardstick, missing: undefined };
  } catch (error) {
    if (!(error instanceof NoCompilerError)) throw error;
    return { yardstick: undefined, missing: error.message };
  }
}
