import { copyFile } from "node:fs/promises";
import path from "node:path";

import { REASON_CODES, type ReasonCode } from "@gradeway/reason-codes";
import { startLoopbackTileServer, type TileFault, writeTerrainTile } from "@gradeway/test-kit";
import { describe, expect, it } from "vitest";

import {
  createElevationSampler,
  createHttpTileSource,
  createMemoryTileSource,
  createTileDecodePool,
  type LiveTerrainSettingsInput,
  openLiveTerrain,
  openTerrainSnapshot,
  openTileSource,
  parseLiveTerrainSettings,
  sampleProfile,
  tileAt,
  writeTerrainSnapshot,
} from "../src/index.ts";
import { inTemporaryDirectory } from "./cache/temporary-directory.ts";
import { KEY, OTHER_KEY } from "./snapshot/snapshot-bench.ts";

const HERE = [1.5, 42.55] as const;
const THERE = [1.9, 42.55] as const;
const ID = tileAt(HERE[0], HERE[1], 11)!;
const NAME = `${ID.z}/${ID.x}/${ID.y}`;
const TILES = new Map([[NAME, writeTerrainTile(ID, () => 1000)]]);
const SOURCE = createMemoryTileSource(TILES);
const ANDORRA = [1.4, 42.4, 1.8, 42.7] as const;

/** Samples points against a server with one tile, whose answers `fault` spoils. */
async function ask(
  points: readonly (readonly [number, number])[],
  fault: TileFault = {},
  settings: LiveTerrainSettingsInput = {},
): Promise<unknown> {
  const server = await startLoopbackTileServer({ tiles: TILES, faults: () => fault });
  const terrain = await openLiveTerrain(
    parseLiveTerrainSettings({
      urlTemplate: server.urlTemplate,
      allowedHosts: [new URL(server.origin).host],
      ...settings,
    }),
    { now: () => Date.now(), retryDelayMs: 1, decodeThreads: 0 },
  );
  try {
    const { sampler } = terrain.begin({ strict: true });
    return await sampler.sample(Float64Array.from(points.flat()), new Float64Array(points.length));
  } finally {
    await terrain.close();
    await server.close();
  }
}

function lineOf(region: { readonly west: number }): Promise<unknown> {
  const [west, south, east, north] = ANDORRA;
  const bbox = [west + region.west, south, east + region.west, north] as const;
  return sampleProfile(createElevationSampler(SOURCE), [HERE, THERE], {
    region: { bbox, strict: true, minimumRatio: 0.96 },
  });
}

/** Opens a snapshot that was written with a key, after a change. */
function openSnapshot(trustedKey: string, change: "none" | "signature"): Promise<unknown> {
  return inTemporaryDirectory(async (temporary) => {
    const write = (name: string, createdAt: string) =>
      writeTerrainSnapshot(SOURCE, {
        directory: path.join(temporary, name),
        tiles: { ids: [ID] },
        licence: "CC0-1.0",
        createdAt,
        privateKeyPem: KEY.privatePem,
      });
    await write("snapshot", "2026-01-31T12:00:00Z");
    if (change === "signature") {
      // The signature of another snapshot, which is good for that one.
      await write("other", "2026-01-31T12:00:01Z");
      const file = "manifest.signature.json";
      await copyFile(path.join(temporary, "other", file), path.join(temporary, "snapshot", file));
    }
    return openTerrainSnapshot(path.join(temporary, "snapshot"), { trustedKeys: [trustedKey] });
  });
}

async function decodeMany(): Promise<unknown> {
  const pool = createTileDecodePool({ threads: 1, maxWaiting: 0 });
  try {
    const bytes = TILES.get(NAME)!;
    return await Promise.all([pool.decode(bytes, ID), pool.decode(bytes, ID)]);
  } finally {
    await pool.close();
  }
}

const PROVOKED: Readonly<Partial<Record<ReasonCode, () => Promise<unknown>>>> = {
  terrain_fetch_failed: () => ask([HERE], { status: 503 }),
  terrain_circuit_open: () => ask([HERE], { reset: true }, { circuitBreakerFailures: 1 }),
  terrain_host_not_allowed: async () =>
    createHttpTileSource({ urlTemplate: "https://example.org/{z}/{x}/{y}.tif" }),
  terrain_tile_corrupt: () => ask([HERE], { body: Buffer.from("<html>") }),
  terrain_dem_asset_unavailable: () => openTileSource("./no/such/directory"),
  terrain_dem_coverage_insufficient: () => lineOf({ west: 0 }),
  terrain_region_unsupported: () => lineOf({ west: 100 }),
  terrain_dem_url_missing: () => ask([HERE], {}, { urlTemplate: "" }),
  terrain_tile_budget_exceeded: () => ask([HERE, THERE], {}, { maxRemoteTilesPerRoute: 1 }),
  terrain_decoder_overloaded: decodeMany,
  terrain_snapshot_untrusted: () => openSnapshot(OTHER_KEY.publicPem, "none"),
  terrain_snapshot_signature_invalid: () => openSnapshot(KEY.publicPem, "signature"),
};

describe("every reason of the terrain", () => {
  const codes = Object.entries(REASON_CODES).flatMap(([code, { family }]) =>
    family === "terrain" ? [code as ReasonCode] : [],
  );

  it.each(codes)("%s comes from its cause", async (reasonCode) => {
    expect(PROVOKED).toHaveProperty(reasonCode);
    await expect(PROVOKED[reasonCode]!()).rejects.toMatchObject({ reasonCode });
  });

  it("and without a cause there is none", async () => {
    expect(await ask([HERE])).toMatchObject({ voids: 0 });
    expect(await openSnapshot(KEY.publicPem, "none")).toHaveProperty("manifest");
  });
});
