import { performance } from "node:perf_hooks";
import { parseArgs } from "node:util";

import { buildScaledRegion } from "./build-scaled-region.ts";
import { writeSampleRegion } from "./write-sample-region.ts";
import { writeScaledRegion } from "./write-scaled-region.ts";

const USAGE = "usage: main.ts OUTDIR [SEED] [--scale THOUSAND_JUNCTIONS [--region DIR]]";

/** What was asked for, or undefined where it cannot be made out. */
function readArguments() {
  try {
    const { positionals, values } = parseArgs({
      allowPositionals: true,
      options: { scale: { type: "string" }, region: { type: "string" } },
    });
    const [outDir, seedText] = positionals;
    const seed = seedText === undefined ? undefined : Number(seedText);
    const scale = values.scale === undefined ? undefined : Number(values.scale);
    if (outDir === undefined || (seed !== undefined && !Number.isSafeInteger(seed)))
      return undefined;
    if (scale === undefined ? values.region !== undefined : !(scale > 0 && scale <= 8000)) {
      return undefined;
    }
    return { outDir, options: seed === undefined ? {} : { seed }, scale, region: values.region };
  } catch {
    return undefined;
  }
}

async function writeCounty(outDir: string, options: { readonly seed?: number }): Promise<void> {
  const region = await writeSampleRegion(outDir, options);
  const { nodes, ways, relations } = region.dataset;
  console.log(`${region.name}: synthetic, written to ${outDir}`);
  console.log(
    `${nodes.length} nodes, ${ways.length} ways, ${relations.length} turn restrictions, ` +
      `${(region.pbf.length / 1024).toFixed(0)} KiB; ${region.tiles.length} tiles`,
  );
  console.log(`demo: ${JSON.stringify(region.demo)}`);
  console.log(`toll facility: ${JSON.stringify(region.tollFacility)}`);
}

async function writeLattice(
  outDir: string,
  scale: number,
  options: { readonly seed?: number },
  regionDir: string | undefined,
): Promise<void> {
  const scaled = await writeScaledRegion(outDir, scale, options);
  console.log(`${scaled.name}: written to ${outDir}`);
  console.log(
    `${scaled.counties} counties, ${scaled.nodes} nodes, ${scaled.ways} ways, ` +
      `${scaled.relations} turn restrictions; ${scaled.tiles} tiles of zoom ${scaled.zoom}`,
  );
  if (regionDir === undefined) return;
  const startedAtMs = performance.now();
  const done: string[] = [];
  const { summary, hierarchyArcs } = await buildScaledRegion(
    scaled,
    outDir,
    regionDir,
    (step, fraction) => {
      const seconds = ((performance.now() - startedAtMs) / 1000).toFixed(0);
      if (fraction === 0 || fraction === 1) done.push(`${step} ${fraction} at ${seconds} s`);
    },
  );
  console.log(
    `${summary.nodes} junctions, ${summary.edges} edges, ${hierarchyArcs} hierarchy arcs`,
  );
  console.log(`largest component: ${(100 * summary.largestComponentShare).toFixed(1)} %`);
  console.log(done.join("; "));
}

const given = readArguments();
if (given === undefined) {
  console.error(USAGE);
  process.exitCode = 2;
} else {
  const startedAtMs = performance.now();
  const { outDir, options, scale, region } = given;
  if (scale === undefined) await writeCounty(outDir, options);
  else await writeLattice(outDir, scale, options, region);
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  console.log(
    `${((performance.now() - startedAtMs) / 1000).toFixed(2)} s, ` +
      `${((userCPUTime + systemCPUTime) / 1e6).toFixed(1)} s of processor time, ` +
      `${(maxRSS / 1024).toFixed(0)} MB peak memory`,
  );
}
