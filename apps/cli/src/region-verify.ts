import { readinessAt, type RegionVerdict, verifyRegion } from "@gradeway/model-assets";
import { REASON_CODES } from "@gradeway/reason-codes";
import { defineCommand } from "citty";

import { refuseUnknown } from "./command-arguments.ts";
import { openStore } from "./open-store.ts";
import { textTable } from "./text-table.ts";
import { trustArgs, trustOptions } from "./trust-arguments.ts";

const args = {
  region: {
    type: "string",
    required: true,
    valueHint: "DIR|URL",
    description: "Region: a directory, https:// or s3://",
  },
  ...trustArgs,
  strict: {
    type: "boolean",
    default: false,
    description: "Also count synthetic figures as a fault",
  },
  json: { type: "boolean", default: false, description: "Print the verdict as JSON" },
} as const;

/** `gradeway region verify` */
export const regionVerify = defineCommand({
  meta: {
    name: "gradeway region verify",
    description: "Check a region: hashes, schemas, signature, ages; tells all faults at once",
  },
  args,
  async run({ args: given }) {
    refuseUnknown(given, args);
    const { policy, ...trust } = await trustOptions(given);
    const nowMs = Date.now();
    const verdict = await verifyRegion(await openStore("region", given.region, process.env), {
      ...trust,
      policy: { ...policy, strict: given.strict },
      nowMs: () => nowMs,
    });
    if (given.json) console.log(JSON.stringify(verdictJson(verdict, nowMs), undefined, 2));
    else console.log(verdictText(verdict));
    if (verdict.faults.length > 0) process.exitCode = 1;
  },
});

/** A verdict as plain data. */
export function verdictJson(verdict: RegionVerdict, nowMs: number): object {
  const { manifest, manifestSha256, signature, findings, faults } = verdict;
  return {
    isGood: faults.length === 0,
    name: manifest?.name,
    sequence: manifest?.sequence,
    manifestSha256,
    signature,
    faults: faults.map((fault) => ({
      ...fault.toJSON(),
      remedy: REASON_CODES[fault.reasonCode].remedy,
    })),
    assets: findings.map((finding) => readinessAt(finding, nowMs)),
  };
}

function verdictText(verdict: RegionVerdict): string {
  const { manifest, signature, findings, faults } = verdict;
  const checked = findings.filter(({ asset }) => asset !== undefined).length;
  const head =
    manifest === undefined
      ? "the manifest cannot be understood"
      : `${manifest.name} number ${manifest.sequence}, ${checked} assets, ${signature.state}`;
  const rows = faults.map((fault) => [
    fault.reasonCode,
    "asset" in fault.details ? fault.details.asset : "",
    fault.message,
  ]);
  const remedies = [...new Set(faults.map(({ reasonCode }) => reasonCode))].map(
    (code) => `${code}: ${REASON_CODES[code].remedy}`,
  );
  return faults.length === 0
    ? `${head}: no fault`
    : [`${head}: ${faults.length} faults`, "", textTable(rows), "", ...remedies].join("\n");
}
