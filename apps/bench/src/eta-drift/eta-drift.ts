import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";

import { sha256Hex } from "@gradeway/model-assets";
import { defineCommand } from "citty";

import { ArgumentError, parseCount, refuseUnknown } from "../command-arguments.ts";
import { readCsv } from "../csv-rows.ts";
import { reportRun } from "../report-run.ts";
import { etaBands, etaDrift, etaErrors, etaMonths, type EtaRow } from "./eta-errors.ts";
import { etaGates, etaText } from "./eta-gates.ts";

const args = {
  "input-csv": {
    type: "string",
    required: true,
    valueHint: "FILE.csv",
    description: "Columns predicted_eta_s and observed_eta_s; optional: at (ISO date), band",
  },
  "mae-threshold-s": { type: "string", default: "120", description: "Most mean absolute error" },
  "mape-threshold-pct": { type: "string", default: "10", description: "Most of it in per cent" },
  "bias-threshold-pct": { type: "string", default: "5", description: "Most bias in per cent" },
  "drift-threshold-pct": {
    type: "string",
    default: "2",
    description: "Most change of the relative error per 30 days, in percentage points",
  },
  json: { type: "string", valueHint: "FILE", description: "Write the JSON report here" },
  enforce: { type: "boolean", default: false, description: "Exit 1 when a threshold is exceeded" },
} as const;

/** `bench eta-drift` */
export const etaDriftCommand = defineCommand({
  meta: { name: "bench eta-drift", description: "Compare predicted with observed durations" },
  args,
  async run({ args: given }) {
    refuseUnknown(given, args);
    const file = given["input-csv"];
    const threshold = (name: keyof typeof args): number => parseCount(name, String(given[name]), 0);
    const limits = {
      maeS: threshold("mae-threshold-s"),
      mapePercent: threshold("mape-threshold-pct"),
      biasPercent: threshold("bias-threshold-pct"),
      drift: threshold("drift-threshold-pct"),
    };
    const rows = await readEtaRows(file);
    const byName = (groups: ReadonlyMap<string, readonly EtaRow[]>): object =>
      Object.fromEntries([...groups].map(([name, group]) => [name, etaErrors(group)]));
    await reportRun({
      gates: etaGates(rows, limits),
      text: etaText(rows),
      context: {
        inputSha256: sha256Hex(await readFile(file)),
        limits,
        errors: etaErrors(rows),
        bands: byName(etaBands(rows)),
        months: byName(etaMonths(rows)),
        drift: etaDrift(rows) ?? null,
      },
      json: given.json,
      enforce: given.enforce,
    });
  },
});

/** @throws {ArgumentError} naming the line at fault: a row that is passed over would be a silent one */
export async function readEtaRows(file: string): Promise<EtaRow[]> {
  if (!existsSync(file)) throw new ArgumentError(`--input-csv: there is no ${file}`);
  return (await readCsv(file)).map((row, index) => {
    const atMs = row.has("at") ? Date.parse(row.text("at")) : undefined;
    if (Number.isNaN(atMs)) {
      throw new ArgumentError(`${file}, line ${index + 2}: at is ${row.text("at")}, not a date`);
    }
    return {
      predictedS: row.number("predicted_eta_s", 0),
      // A trip of no duration has no relative error.
      observedS: row.number("observed_eta_s", 1),
      atMs,
      band: row.has("band") ? row.text("band") : undefined,
    };
  });
}
