import { ReasonError } from "@gradeway/reason-codes";

import { writeAsset, writeManifest } from "./building/write-region.ts";
import { canonicalJsonBytes } from "./canonical-json.ts";
import { type ChangedTable, changeFigure, type RateChange, type RateRow } from "./change-figure.ts";
import { examineAsset } from "./loading/examine-asset.ts";
import { knownAssets, readManifest } from "./loading/read-manifest.ts";
import { newestStart, RATE_KINDS } from "./resolve-rates.ts";
import { describeTable } from "./schemas/describe-table.ts";
import { createDirectoryStore } from "./store/directory-store.ts";
import { ENGINE_VERSION } from "./version.ts";

/**
 * Replaces one figure of a region and writes the table and the manifest anew, under the next
 * number. The graph does not change. A signature goes: nobody has signed the new figure.
 *
 * @returns the rows that gave way, and the one in their place
 * @throws {ReasonError} request_invalid for an unknown id or a figure that cannot be, such as a
 *   negative price, and those of opening a region; the region is unchanged then
 */
export async function setRate(
  directory: string,
  change: RateChange,
): Promise<Pick<ChangedTable, "before" | "after">> {
  const { manifest } = await readManifest(directory);
  const store = createDirectoryStore(directory);
  const assets = knownAssets(manifest).filter(({ kind }) =>
    RATE_KINDS.some((each) => each === kind),
  );
  const tables = await Promise.all(
    assets.map(async (asset) => (await examineAsset(store, asset)) as readonly RateRow[]),
  );
  const on = newestStart(tables.flat());
  for (const [index, asset] of assets.entries()) {
    const changed = changeFigure(tables[index]!, change, on);
    if (changed === undefined) continue;
    const written = {
      ...asset,
      ...(await writeAsset(directory, asset.kind, canonicalJsonBytes(changed.rows))),
      ...describeTable(changed.rows),
      builderVersion: ENGINE_VERSION,
    };
    await writeManifest(directory, {
      ...manifest,
      sequence: manifest.sequence + 1,
      assets: manifest.assets.map((each) => (each === asset ? written : each)),
    });
    return { before: changed.before, after: changed.after };
  }
  const known = [...new Set(tables.flat().map((row) => row.id))];
  const message = `the region has no row ${change.id}; it has ${known.join(", ")}`;
  throw new ReasonError("request_invalid", `Unknown rate: ${message}.`, {
    issues: [{ pointer: "/id", message }],
  });
}
