import { ReasonError } from "@gradeway/reason-codes";
import type { z } from "zod";

import type { RateRow } from "../change-figure.ts";
import type { KnownAsset } from "../loading/read-manifest.ts";
import { ASSET_SCHEMAS, ASSET_VERSIONS, type AssetTables } from "../schemas/asset-kinds.ts";
import { describeTable } from "../schemas/describe-table.ts";
import { parseSchema } from "../schemas/parse-json.ts";
import { publicAddress } from "../store/http-client.ts";
import { ENGINE_VERSION } from "../version.ts";
import { assetNameOf, type FeedDefinition } from "./feed-definition.ts";
import {
  FEEDS_FOLDER,
  type FeedState,
  overlayPath,
  readFeedOverlay,
  readFeedState,
} from "./feed-state.ts";
import { mergeRows } from "./merge-rows.ts";
import { implausible, isRowOf } from "./read-feed-rows.ts";

/** Live rows that a region is opened with. They stand outside its signature. */
export interface LiveSource {
  /** Folder that keeps the rows of all feeds. */
  readonly folder: string;
  /** Feeds whose rows count; rows of others are left alone. */
  readonly feeds: readonly FeedDefinition[];
}

/** The rows in force of one feed, described like an asset of the region. */
export interface LiveRows {
  readonly asset: KnownAsset;
  readonly rows: readonly RateRow[];
  /** Why the rows cannot be used; there are none then. */
  readonly fault?: ReasonError;
}

/**
 * Reads the rows in force of feeds, and checks them against their hash, their schema and what the
 * definitions allow now. A feed that nothing is known of yet is left out.
 */
export async function readLiveRows({ folder, feeds }: LiveSource): Promise<readonly LiveRows[]> {
  const all: LiveRows[] = [];
  for (const feed of feeds) {
    let state: FeedState | undefined;
    try {
      state = await readFeedState(folder, feed.id);
      if (state?.inForce === undefined || state.inForce === null) continue;
      if (state.kind !== feed.kind) continue;
      const stored = await readFeedOverlay(folder, state, state.inForce.sha256);
      const rows = stored.filter((row) => feed.targets.some((each) => isRowOf(each, row)));
      requireBounds(feed, rows);
      all.push({ asset: assetOf(feed, state, rows), rows });
    } catch (error) {
      if (!(error instanceof ReasonError)) throw error;
      all.push({ asset: assetOf(feed, state, []), rows: [], fault: error });
    }
  }
  return all;
}

/**
 * Lays live rows over the tables of a region.
 *
 * @throws {ReasonError} asset_invalid when a table does not follow its schema any more
 */
export function withLiveRows(
  tables: Partial<AssetTables>,
  live: readonly LiveRows[],
): Partial<AssetTables> {
  const merged: Record<string, unknown> = { ...tables };
  for (const { asset, rows } of live) {
    if (rows.length === 0) continue;
    const table = (merged[asset.kind] ?? []) as readonly RateRow[];
    const schema = ASSET_SCHEMAS[asset.kind] as z.ZodType;
    merged[asset.kind] = parseSchema(asset.name, schema, mergeRows(table, rows));
  }
  return merged;
}

/** An asset with the date that its table has under live rows. */
export function datedByLive(asset: KnownAsset, live: readonly LiveRows[]): KnownAsset {
  let { asOf } = asset;
  for (const { asset: over, rows } of live) {
    if (over.kind !== asset.kind || rows.length === 0 || over.asOf === null) continue;
    if (asOf !== null && over.asOf > asOf) ({ asOf } = over);
  }
  return asOf === asset.asOf ? asset : { ...asset, asOf };
}

function requireBounds(feed: FeedDefinition, rows: readonly RateRow[]): void {
  const issues = rows.flatMap((row, index) => {
    const { min, max } = feed.targets.find((each) => isRowOf(each, row))!;
    if (row.value >= min && row.value <= max) return [];
    const message = `${row.id} of ${row.value} ${row.unit}: expected ${min} to ${max}`;
    return [{ pointer: `/${index}/value`, message }];
  });
  if (issues.length > 0) throw implausible(feed, issues);
}

function assetOf(
  feed: FeedDefinition,
  state: FeedState | undefined,
  rows: readonly RateRow[],
): KnownAsset {
  const { kind, origin } = feed;
  const inForce = state?.inForce ?? undefined;
  const sha256 = inForce?.sha256 ?? "";
  return {
    name: assetNameOf(feed),
    kind,
    version: ASSET_VERSIONS[kind],
    path: `${FEEDS_FOLDER}/${overlayPath(feed.id, sha256)}`,
    sha256,
    bytes: inForce?.bytes ?? 0,
    asOf: inForce?.asOf ?? null,
    ...(inForce === undefined ? {} : { maxAgeDays: feed.maxAgeDays }),
    builderVersion: ENGINE_VERSION,
    inputs: [
      {
        location: publicAddress(new URL(feed.url)),
        sha256,
        licence: origin.licence,
        attribution: `${origin.source} (${origin.licence})`,
      },
    ],
    provenance: describeTable(rows).provenance,
  };
}
