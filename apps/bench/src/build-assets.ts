import { rm } from "node:fs/promises";
import path from "node:path";

import { verifyRegion } from "@gradeway/model-assets";
import { reasonText } from "@gradeway/quality-gates";
import { buildSampleRegion } from "@gradeway/sample-region";
import { defineCommand } from "citty";

import { refuseUnknown } from "./command-arguments.ts";
import { readGateLock } from "./gate/gate-lock.ts";
import { GATE_PATHS, shownPath, VERDICT_FILE } from "./output-paths.ts";

const args = {
  out: { type: "string", valueHint: "DIR", description: "Gets source/ and region/" },
} as const;

/** `bench build-assets` */
export const buildAssets = defineCommand({
  meta: {
    name: "bench build-assets",
    description: "Build the sample region from its sources; verify the region of a gate",
  },
  args,
  async run({ args: given }) {
    refuseUnknown(given, args);
    const out = given.out ?? GATE_PATHS.sample;
    // The verdict of an earlier gate must not outlive the region that it was about.
    if (given.out === undefined) await rm(VERDICT_FILE, { force: true });
    try {
      const { sample, report } = await buildSampleRegion(
        path.join(out, "source"),
        path.join(out, "region"),
      );
      const { nodes, edges, lengthKm, turnBans } = report.summary;
      console.log(
        `${sample.name}: ${nodes} nodes, ${edges} edges, ${lengthKm.toFixed(0)} km, ${turnBans} turn bans`,
      );
      console.log(
        `elevation of ${(100 * report.coverageRatio).toFixed(1)} % of the road length, ` +
          `graph ${(report.graphBytes / 1e6).toFixed(1)} MB, sha256 ${report.graphSha256}`,
      );
      for (const warning of report.warnings)
        console.log(`warning ${warning.code}: ${warning.message}`);
      console.log(`written to ${shownPath(path.join(out, "region"))}`);
      const { region } = await readGateLock(process.env);
      if (region === undefined) return;
      const { faults } = await verifyRegion(region.path);
      for (const fault of faults) console.error(`${region.path}: ${reasonText(fault)}`);
      if (faults.length > 0) process.exitCode = 2;
      else console.log(`${region.path}: without fault, sha256 of all files ${region.sha256}`);
    } catch (error) {
      console.error(`The assets cannot be built. ${reasonText(error)}`);
      process.exitCode = 2;
    }
  },
});
