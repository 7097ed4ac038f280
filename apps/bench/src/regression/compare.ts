import { readFile } from "node:fs/promises";

import { compareSamples, textTable } from "@gradeway/quality-gates";
import { defineCommand } from "citty";

import { ArgumentError } from "../command-arguments.ts";
import type { RatioSeries } from "./measure-ratios.ts";

const args = {
  before: {
    type: "positional",
    required: true,
    valueHint: "A.json",
    description: "Measured first",
  },
  after: { type: "positional", required: true, valueHint: "B.json", description: "Measured then" },
  enforce: { type: "boolean", default: false, description: "Exit 1 when B is clearly slower" },
} as const;

/** `bench compare A.json B.json` */
export const compare = defineCommand({
  meta: {
    name: "bench compare",
    description: "Compare two reports with times against the calibration kernel",
  },
  args,
  async run({ args: given }) {
    const before = await seriesIn(given.before);
    const after = await seriesIn(given.after);
    const rows = before.map(({ operation, ratios }) => {
      const other = after.find((series) => series.operation === operation);
      if (other === undefined) throw new ArgumentError(`${given.after} has no ${operation}`);
      return { operation, ...compareSamples(ratios, other.ratios) };
    });
    const cells = rows.map(({ operation, ratio, ratioLow, ratioHigh, delta, isClear }) => [
      operation,
      ratio.toFixed(3),
      `${ratioLow.toFixed(3)} to ${ratioHigh.toFixed(3)}`,
      delta.toFixed(3),
      isClear ? (ratio > 1 ? "slower" : "faster") : "no clear difference",
    ]);
    const head = ["", "ratio of medians", "95 % interval", "Cliff's delta", ""];
    console.log(textTable([head, ...cells], new Set([1, 2, 3])));
    const isSlower = rows.some(({ isClear, ratio }) => isClear && ratio > 1);
    if (given.enforce && isSlower) process.exitCode = 1;
  },
});

/** @throws {ArgumentError} when the file has no series of ratios */
async function seriesIn(file: string): Promise<readonly RatioSeries[]> {
  const text = await readFile(file, "utf8").catch((error: unknown) => {
    throw new ArgumentError(`there is no ${file}`, { cause: error });
  });
  const { series } = JSON.parse(text) as { readonly series?: readonly RatioSeries[] };
  if (!Array.isArray(series)) throw new ArgumentError(`${file} has no times against the kernel`);
  return series as readonly RatioSeries[];
}
