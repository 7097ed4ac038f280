import { decodeGraph, wayInventory } from "@gradeway/route-core";

import type { RegionBundle } from "../loading/open-region.ts";
import {
  ASSET_KINDS,
  type AssetKind,
  isTableKind,
  type TableKind,
} from "../schemas/asset-kinds.ts";
import { diffRoads, type RoadsDiff } from "./diff-roads.ts";
import { diffTables, type TableDiff } from "./diff-tables.ts";

/** One of the two regions. */
export interface ComparedRegion {
  readonly name: string;
  readonly sequence: number;
  readonly manifestSha256: string;
  readonly osmTimestamp: string | null;
  readonly elevation: {
    readonly source: string;
    /** As in the manifest: share of the road length, structures aside. */
    readonly coverageRatio: number;
    /** Road length without a height in the finished graph. */
    readonly voidKm: number;
    readonly roadKm: number;
  };
}

/** An asset that is not the same in both regions. */
export interface AssetChange {
  readonly kind: AssetKind;
  /** Hash of the asset; null where the region has none. */
  readonly before: string | null;
  readonly after: string | null;
}

/** What changed from one region to another. */
export interface RegionDiff {
  readonly before: ComparedRegion;
  readonly after: ComparedRegion;
  readonly assets: readonly AssetChange[];
  readonly roads: RoadsDiff;
  /** Tables that differ. */
  readonly tables: Readonly<Partial<Record<TableKind, TableDiff>>>;
}

/** Compares two regions, as a rule two versions of the same one. */
export function diffRegions(before: RegionBundle, after: RegionBundle): RegionDiff {
  const [old, now] = [before, after].map(({ region }) => wayInventory(decodeGraph(region.graph)));
  const hashIn = ({ manifest }: RegionBundle, kind: AssetKind): string | null =>
    manifest.assets.find((asset) => asset.kind === kind)?.sha256 ?? null;
  const assets = ASSET_KINDS.map((kind) => ({
    kind,
    before: hashIn(before, kind),
    after: hashIn(after, kind),
  })).filter((change) => change.before !== change.after);
  const tables: Partial<Record<TableKind, TableDiff>> = {};
  for (const { kind } of assets) {
    if (!isTableKind(kind)) continue;
    tables[kind] = diffTables(before.tables[kind], after.tables[kind]);
  }
  return {
    before: describe(before, old!),
    after: describe(after, now!),
    assets,
    roads: diffRoads(old!, now!),
    tables,
  };
}

function describe(
  { manifest, manifestSha256 }: RegionBundle,
  { voidM, lengthM }: ReturnType<typeof wayInventory>,
): ComparedRegion {
  const { name, sequence, osmTimestamp, elevation } = manifest;
  return {
    name,
    sequence,
    manifestSha256,
    osmTimestamp,
    elevation: { ...elevation, voidKm: voidM / 1000, roadKm: lengthM / 1000 },
  };
}
