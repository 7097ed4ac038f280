import { ReasonError } from "@gradeway/reason-codes";

import { canonicalJsonBytes } from "./canonical-json.ts";
import {
  parseJson,
  parseSchema,
  readAssetFile,
  readManifest,
  requireHash,
  writeAsset,
  writeManifest,
} from "./region-files.ts";
import { ROW_KINDS } from "./region-tables.ts";
import { datedRow, datedRows, type DatedRow } from "./schemas/dated-row.ts";

/** A figure of a region that is to be replaced. */
export interface RateChange {
  /** Id of a row, or `toll.FACILITY` for the toll of every vehicle there. */
  readonly id: string;
  readonly value: number;
  /** Where the new figure comes from; the row becomes an assumption. */
  readonly source: string;
}

/**
 * Replaces one figure of a region and writes the table and the manifest anew. The graph does not
 * change.
 *
 * @returns the row before and after
 * @throws {ReasonError} request_invalid for an unknown id or a figure that cannot be, such as a
 *   negative price, and those of loading a region; the region is unchanged then
 */
export async function setRate(
  directory: string,
  change: RateChange,
): Promise<{ before: DatedRow; after: DatedRow }> {
  const { manifest } = await readManifest(directory);
  const known: string[] = [];
  for (const [index, entry] of manifest.assets.entries()) {
    const kind = ROW_KINDS.find((one) => one === entry.kind);
    if (kind === undefined) continue;
    const bytes = await readAssetFile(directory, kind, entry.path);
    requireHash(entry, bytes);
    const rows = parseSchema(kind, datedRows, parseJson(kind, bytes));
    known.push(...rows.map((row) => row.id));
    const before = rows.find((row) => row.id === change.id);
    if (before === undefined) continue;
    const after: DatedRow = {
      ...before,
      value: change.value,
      source: change.source,
      provenance: "assumed",
    };
    requireRow(after);
    const changed = rows.map((row) => (row === before ? after : row));
    const assets = [...manifest.assets];
    assets[index] = await writeAsset(directory, kind, canonicalJsonBytes(changed));
    await writeManifest(directory, { ...manifest, assets });
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
  const issues = result.error.issues.map((issue) => ({
    pointer: `/${issue.path.map(String).join("/")}`,
    message: issue.message,
  }));
  const text = issues.map(({ pointer, message }) => `${pointer.slice(1)}: ${message}`).join("; ");
  throw new ReasonError("request_invalid", `${row.id} cannot be changed so: ${text}.`, { issues });
}
