import { defineCommand } from "citty";

import { ArgumentError, parseCount, refuseUnknown } from "./command-arguments.ts";
import { readDimacsNetwork } from "./hierarchy/dimacs-network.ts";
import { hierarchyGates } from "./hierarchy/hierarchy-gates.ts";
import { hierarchyText } from "./hierarchy/hierarchy-text.ts";
import type { MeasuredNetwork } from "./hierarchy/measured-network.ts";
import { readRegionRoads } from "./hierarchy/region-network.ts";
import { runHierarchy } from "./hierarchy/run-hierarchy.ts";
import { withProgress } from "./progress-line.ts";
import { reportRun } from "./report-run.ts";

const args = {
  dimacs: { type: "string", valueHint: "DIR", description: "DIMACS graph with coordinates" },
  region: { type: "string", valueHint: "DIR", description: "Region, costed for the default truck" },
  pairs: { type: "string", default: "10000", description: "Random pairs" },
  threads: { type: "string", default: "2", description: "Threads that make the order again" },
  seed: { type: "string", default: "20260212", description: "Seed of the pairs" },
  json: { type: "string", valueHint: "FILE", description: "Write the JSON report here" },
  enforce: { type: "boolean", default: false, description: "Exit 1 when a budget is exceeded" },
} as const;

/** `bench hierarchy` */
export const hierarchyCommand = defineCommand({
  meta: {
    name: "bench hierarchy",
    description: "Measure order, customisation and queries of a hierarchy",
  },
  args,
  async run({ args: given }) {
    refuseUnknown(given, args);
    const pairs = parseCount("pairs", given.pairs, 1);
    const threads = parseCount("threads", given.threads, 1);
    const seed = parseCount("seed", given.seed, 0);
    const network = await openNetwork(given);
    const result = await withProgress((progress) =>
      runHierarchy({ network, pairs, seed, threads, progress }),
    );
    await reportRun({
      gates: hierarchyGates(result),
      text: hierarchyText(result),
      context: result,
      json: given.json,
      enforce: given.enforce,
      // A wrong distance, or an order that depends on threads, is a failure in any case.
      hasFailed: result.agreement.differences > 0 || !result.isSameOrder,
    });
  },
});

async function openNetwork(given: {
  readonly dimacs?: string | undefined;
  readonly region?: string | undefined;
}): Promise<MeasuredNetwork> {
  const { dimacs, region } = given;
  if (dimacs !== undefined && region === undefined) return readDimacsNetwork(dimacs);
  if (region !== undefined && dimacs === undefined) return (await readRegionRoads(region)).network;
  throw new ArgumentError("give either --dimacs or --region");
}
