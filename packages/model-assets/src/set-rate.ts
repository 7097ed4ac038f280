import { ReasonError } from "@gradeway/reason-codes";

import { writeAsset, writeManifest } from "./building/write-region.ts";
import { canonicalJsonBytes } from "./canonical-json.ts";
import { examineAsset } from "./loading/examine-asset.ts";
import { knownAssets, readManifest } from "./loading/read-manifest.ts";
import { ROW_KINDS } from "./region-tables.ts";
import { datedRow, type DatedRow } from "./schemas/dated-row.ts";
import { describeTable } from "./schemas/describe-table.ts";
import { issuesOf } from "./schemas/parse-json.ts";
import { createDirectoryStore } from "./store/directory-store.ts";
import { ENGINE_VERSION } from "./version.ts";

/** A figure of a region that is to be replaced. */
export interface RateChange {
  /** Id of an existing row, for example `toll.ad-envalira`. */
  readonly id: string;
  readonly value: number;
  /** Where the new figure comes from; the row becomes an assumption. */
  readonly source: string;
}

/**
 * Replaces one figure of a region and writes the table and the manifest anew, under the next
 * number. The graph does not change. A signature goes: nobody has signed the new figure.
 *
 * @returns the row before and after
 * @throws {ReasonError} request_invalid for an unknown id or a figure that cannot be, such as a
 *   negative price, and those of opening a region; the region is unchanged then
 */
export async function setRate(
  directory: string,
  change: RateChange,
): Promise<{ before: DatedRow; after: DatedRow }> {
  const { manifest } = await readManifest(directory);
  const store = createDirectoryStore(directory);
  const known: string[] = [];
  for (const asset of knownAssets(manifest)) {
    if (!ROW_KINDS.some((kind) => kind === asset.kind)) continue;
    const rows = (await examineAsset(store, asset)) as readonly DatedRow[];
    known.push(...rows.map((row) => row.id));
    const before = rows.find((row) => row.id === change.id);
    if (before === undefined) continue;
    const { value, source } = change;
    const after: DatedRow = { ...before, value, source, provenance: "assumed" };
    requireRow(after);
    const changed = rows.map((row) => (row === before ? after : row));
    const written = {
      ...asset,
      ...(await writeAsset(directory, asset.kind, canonicalJsonBytes(changed))),
      ...describeTable(changed),
      builderVersion: ENGINE_VERSION,
    };
    await writeManifest(directory, {
      ...manifest,
      sequence: manifest.sequence + 1,
      assets: manifest.assets.map((each) => (each === asset ? written : each)),
    });
    return { before, after };
  }
  const message = `the region has no row ${change.id}; it has ${known.join(", ")}`;
  throw new ReasonError("request_invalid", `Unknown rate: ${message}.`, {
    issues: [{ pointer: "/id", message }],
  });
}

function requireRow(row: DatedRow): void {
  const result = datedRow.safeParse(row);
  if (result.success) return;
  const issues = issuesOf(result.error);
  const text = issues.map(({ pointer, message }) => `${pointer.slice(1)}: ${message}`).join("; ");
  throw new ReasonError("request_invalid", `${row.id} cannot be changed so: ${text}.`, { issues });
}
