import { writeFile } from "node:fs/promises";
import path from "node:path";
import { gzipSync } from "node:zlib";

import { mulberry32 } from "@gradeway/quality-gates";

const SIDE = 20;

/**
 * Writes a grid of 400 nodes in the three files of the challenge, with an arc twice.
 *
 * @param timeOf the time of an arc, from its distance
 */
export async function writeDimacsGrid(
  folder: string,
  timeOf: (distance: number) => number,
): Promise<void> {
  const random = mulberry32(1);
  const lines = { d: ["p sp 400 1521"], t: ["p sp 400 1521"], co: [] as string[] };
  const arc = (tail: number, head: number, distance: number): void => {
    lines.d.push(`a ${tail} ${head} ${distance}`);
    lines.t.push(`a ${tail} ${head} ${timeOf(distance)}`);
  };
  for (let at = 0; at < SIDE * SIDE; at++) {
    lines.co.push(`v ${at + 1} ${(at % SIDE) * 1000} ${Math.floor(at / SIDE) * 1000}`);
    const weight = 1 + Math.floor(9 * random());
    if (at % SIDE < SIDE - 1) {
      arc(at + 1, at + 2, weight);
      arc(at + 2, at + 1, weight);
    }
    if (at + SIDE < SIDE * SIDE) {
      arc(at + 1, at + 1 + SIDE, weight);
      arc(at + 1 + SIDE, at + 1, weight);
    }
  }
  arc(1, 2, 0);
  const write = (name: string, text: readonly string[]): Promise<void> =>
    writeFile(path.join(folder, name), gzipSync(text.join("\n")));
  await write("TEST-road-d.X.gr.gz", lines.d);
  await write("TEST-road-t.X.gr.gz", lines.t);
  await write("TEST-road-d.X.co.gz", lines.co);
}
