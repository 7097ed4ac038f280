import { performance } from "node:perf_hooks";

import { writeSampleRegion } from "./write-sample-region.ts";

const [outDir, seedText] = process.argv.slice(2);
const seed = seedText === undefined ? undefined : Number(seedText);
if (outDir === undefined || (seed !== undefined && !Number.isSafeInteger(seed))) {
  console.error("usage: main.ts OUTDIR [SEED]");
  process.exitCode = 2;
} else {
  const startedAtMs = performance.now();
  const region = await writeSampleRegion(outDir, seed === undefined ? {} : { seed });
  const { nodes, ways, relations } = region.dataset;
  console.log(`${region.name}: synthetic, written to ${outDir}`);
  console.log(
    `${nodes.length} nodes, ${ways.length} ways, ${relations.length} turn restrictions, ` +
      `${(region.pbf.length / 1024).toFixed(0)} KiB; ${region.tiles.length} tiles`,
  );
  console.log(`demo: ${JSON.stringify(region.demo)}`);
  console.log(`toll facility: ${JSON.stringify(region.tollFacility)}`);
  console.log(`${((performance.now() - startedAtMs) / 1000).toFixed(2)} s`);
}
