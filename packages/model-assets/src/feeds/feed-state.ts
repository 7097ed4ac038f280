import { mkdir, readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";

import { REASON_CODES, type ReasonCode, ReasonError } from "@gradeway/reason-codes";
import { z } from "zod";

import { canonicalJsonBytes } from "../canonical-json.ts";
import type { RateRow } from "../change-figure.ts";
import { ASSET_SCHEMAS } from "../schemas/asset-kinds.ts";
import type { DeepReadonly } from "../schemas/deep-readonly.ts";
import { parseJson, parseSchema } from "../schemas/parse-json.ts";
import { sha256Hex } from "../sha256.ts";
import { writeFileAtomically } from "../write-file.ts";
import { assetNameOf, FEED_KINDS, type FeedDefinition } from "./feed-definition.ts";

/** Name of the folder of live rows beside a region or in a region home. */
export const FEEDS_FOLDER = "feeds";

const STATE_FILE = "state.json";
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const reasonCode = z.custom<ReasonCode>(
  (code) => typeof code === "string" && Object.hasOwn(REASON_CODES, code),
);

const stateFile = z.strictObject({
  format: z.literal(1),
  id: z.string(),
  kind: z.enum(FEED_KINDS),
  /** Address without its query. */
  location: z.string(),
  maxAgeDays: z.int().min(0),
  /** Hash of the definition that the rows were fetched under. */
  definitionSha256: sha256,
  inForce: z.strictObject({ sha256, bytes: z.int().min(0), asOf: z.iso.date() }).nullable(),
  /** Entity tag of the answer in force. */
  etag: z.string().nullable(),
  lastSuccessAt: z.iso.datetime().nullable(),
  lastAttempt: z.strictObject({
    at: z.iso.datetime(),
    /** `updated`: other rows are in force now; `refused`: what was sent, or not sent, is no good. */
    outcome: z.enum(["updated", "unchanged", "refused"]),
    reasonCode: reasonCode.optional(),
    message: z.string().optional(),
  }),
});

/** What is remembered of a feed. */
export type FeedState = DeepReadonly<z.infer<typeof stateFile>>;

/** Rows of a feed on disk. */
const overlayFile = z.strictObject({
  format: z.literal(1),
  feed: z.string(),
  kind: z.enum(FEED_KINDS),
  rows: z.unknown(),
});

/** Path of a file of rows below the folder of feeds. */
export function overlayPath(id: string, sha256OfRows: string): string {
  return `${id}/rows-${sha256OfRows}.json`;
}

/** The hash by which a change of a definition shows, without showing the address. */
export function definitionSha256(feed: FeedDefinition): string {
  return sha256Hex(canonicalJsonBytes(feed));
}

/**
 * Reads what is remembered of a feed; undefined when nothing is.
 *
 * @throws {ReasonError} asset_invalid, asset_field_unknown
 */
export async function readFeedState(folder: string, id: string): Promise<FeedState | undefined> {
  const bytes = await readIfThere(join(folder, id, STATE_FILE));
  const asset = assetNameOf({ id });
  return bytes === undefined ? undefined : parseSchema(asset, stateFile, parseJson(asset, bytes));
}

/** Ids of the feeds that something is remembered of. */
export async function listFeedIds(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(
    (error: NodeJS.ErrnoException) => {
      if (error.code === "ENOENT" || error.code === "ENOTDIR") return [];
      throw error;
    },
  );
  return entries.flatMap((entry) => (entry.isDirectory() ? [entry.name] : [])).sort();
}

/**
 * Reads the rows in force of a feed.
 *
 * @throws {ReasonError} asset_missing, asset_hash_mismatch, asset_invalid, asset_field_unknown
 */
export async function readFeedOverlay(
  folder: string,
  { id, kind }: Pick<FeedState, "id" | "kind">,
  expectedSha256: string,
): Promise<readonly RateRow[]> {
  const asset = assetNameOf({ id });
  const path = overlayPath(id, expectedSha256);
  const bytes = await readIfThere(join(folder, path));
  if (bytes === undefined) {
    const message = `The rows in force of the feed ${id} are missing: there is no ${path}.`;
    throw new ReasonError("asset_missing", message, { asset, path });
  }
  const observedSha256 = sha256Hex(bytes);
  if (observedSha256 !== expectedSha256) {
    const message = `The rows of the feed ${id} are not the ones that were fetched.`;
    throw new ReasonError("asset_hash_mismatch", message, {
      asset,
      expectedSha256,
      observedSha256,
    });
  }
  const { rows } = parseSchema(asset, overlayFile, parseJson(asset, bytes));
  return parseSchema(asset, ASSET_SCHEMAS[kind] as z.ZodType<readonly RateRow[]>, rows);
}

/** The bytes of a file of rows. They hold no time of fetching: equal rows have equal hashes. */
export function overlayBytes(
  { id, kind }: Pick<FeedDefinition, "id" | "kind">,
  rows: readonly RateRow[],
): Uint8Array {
  return canonicalJsonBytes({ format: 1, feed: id, kind, rows });
}

/** Writes rows; they are not in force until a state names them. */
export async function writeFeedOverlay(
  folder: string,
  id: string,
  bytes: Uint8Array,
): Promise<void> {
  await writeFileAtomically(join(folder, overlayPath(id, sha256Hex(bytes))), bytes);
}

/** Writes what is remembered of a feed, and with it which rows are in force. */
export async function writeFeedState(folder: string, state: FeedState): Promise<void> {
  await mkdir(join(folder, state.id), { recursive: true });
  await writeFileAtomically(join(folder, state.id, STATE_FILE), canonicalJsonBytes(state));
}

/** Removes rows that are no longer in force, and what a broken-off write left. */
export async function removeOldOverlays(
  folder: string,
  id: string,
  kept: readonly string[],
): Promise<void> {
  const names = new Set(kept.map((each) => `rows-${each}.json`));
  for (const name of await readdir(join(folder, id))) {
    if (!name.startsWith("rows-") || names.has(name)) continue;
    await rm(join(folder, id, name), { recursive: true, force: true });
  }
}

async function readIfThere(path: string): Promise<Uint8Array | undefined> {
  try {
    return await readFile(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT" || code === "ENOTDIR") return undefined;
    throw error;
  }
}
