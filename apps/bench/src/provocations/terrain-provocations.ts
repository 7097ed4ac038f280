import { copyFile, rmdir } from "node:fs/promises";
import path from "node:path";

import { openTerrain } from "@gradeway/api";
import {
  createMemoryTileSource,
  createTileDecodePool,
  formatTileId,
  type LiveTerrainSettingsInput,
  openTerrainSnapshot,
  parseLiveTerrainSettings,
  tileAt,
  writeTerrainSnapshot,
} from "@gradeway/terrain-tiles";
import { startLoopbackTileServer, type TileFault, writeTerrainTile } from "@gradeway/test-kit";

import { type ProvocationStand } from "./provocation-stand.ts";
import { openProvokedApp } from "./provoked-app.ts";
import { TRIP } from "./request-provocations.ts";
import { type KeyPair, newKeys } from "./signature-provocations.ts";

const ZOOM = 11;
const TILE = tileAt(...TRIP.origin, ZOOM)!;
const TILES = new Map([[formatTileId(TILE), writeTerrainTile(TILE, () => 500)]]);
const LINE = { line: [TRIP.origin, TRIP.destination], strict: true } as const;
const SIGNATURE_FILE = "manifest.signature.json";

/** Tiles that do not come, or are not what they should be. */
export function terrainProvocations(stand: ProvocationStand) {
  const ask = (
    fault: TileFault,
    settings: LiveTerrainSettingsInput = {},
    body: object = LINE,
  ): Promise<unknown> => askForHeights(stand, fault, settings, body);
  const keys = newKeys();
  return {
    terrain_fetch_failed: () => ask({ status: 503 }),
    terrain_circuit_open: () =>
      ask({ reset: true }, { circuitBreakerFailures: 1, fetchRetries: 1 }),
    terrain_host_not_allowed: () =>
      ask({ status: 302, headers: { location: "https://tiles.example/x.tif" } }),
    terrain_tile_corrupt: () => ask({ body: Buffer.from("<html>Sign in</html>") }),
    terrain_dem_asset_unavailable: () => askWithoutFolder(stand),
    terrain_dem_coverage_insufficient: () => ask({ status: 404 }),
    terrain_region_unsupported: () => ask({}, {}, { points: [[120, 10]], strict: true }),
    terrain_dem_url_missing: () => ask({}, { urlTemplate: "" }),
    terrain_tile_budget_exceeded: () =>
      ask({}, { maxRemoteTilesPerRoute: 1 }, { line: [TRIP.origin, [TRIP.origin[0] + 1, 47]] }),
    terrain_decoder_overloaded: () => decodeTwiceAtOnce(stand),
    terrain_snapshot_untrusted: () => openSnapshot(stand, keys, newKeys(), "as written"),
    terrain_snapshot_signature_invalid: () => openSnapshot(stand, keys, keys, "another signature"),
  };
}

/** `POST /elevation` of an application whose tiles come from a server of one tile. */
async function askForHeights(
  stand: ProvocationStand,
  fault: TileFault,
  settings: LiveTerrainSettingsInput,
  body: object,
): Promise<unknown> {
  const server = await startLoopbackTileServer({ tiles: TILES, faults: () => fault });
  stand.atEnd(() => server.close());
  const terrain = await openTerrain({
    settings: parseLiveTerrainSettings({
      urlTemplate: server.urlTemplate,
      allowedHosts: [new URL(server.origin).host],
      fetchRetries: 0,
      ...settings,
    }),
    now: () => Date.now(),
  });
  stand.atEnd(() => terrain.close());
  return (await openProvokedApp(stand, { terrain })).post("/elevation", body);
}

/** A folder of tiles that was there when the server was started. */
async function askWithoutFolder(stand: ProvocationStand): Promise<unknown> {
  const tiles = await stand.newDirectory();
  const settings = parseLiveTerrainSettings();
  const terrain = await openTerrain({ settings, tiles, now: () => Date.now() });
  stand.atEnd(() => terrain.close());
  await rmdir(tiles);
  return (await openProvokedApp(stand, { terrain })).post("/elevation", LINE);
}

/** Two tiles for a decoder of one thread and without a waiting room. */
async function decodeTwiceAtOnce(stand: ProvocationStand): Promise<unknown> {
  const pool = createTileDecodePool({ threads: 1, maxWaiting: 0 });
  stand.atEnd(() => pool.close());
  const bytes = TILES.get(formatTileId(TILE))!;
  return Promise.all([pool.decode(bytes, TILE), pool.decode(bytes, TILE)]);
}

/** Opens a snapshot of the tile that trusts one key and was signed with another or the same one. */
async function openSnapshot(
  stand: ProvocationStand,
  signing: KeyPair,
  trusted: KeyPair,
  state: "as written" | "another signature",
): Promise<unknown> {
  const write = async (createdAt: string): Promise<string> => {
    const directory = path.join(await stand.newDirectory(), "snapshot");
    await writeTerrainSnapshot(createMemoryTileSource(TILES), {
      directory,
      tiles: { ids: [TILE] },
      licence: "CC0-1.0",
      createdAt,
      privateKeyPem: signing.privatePem,
    });
    return directory;
  };
  const snapshot = await write("2026-01-31T12:00:00Z");
  if (state === "another signature") {
    // A good signature, of a snapshot that was made a second later.
    const later = await write("2026-01-31T12:00:01Z");
    await copyFile(path.join(later, SIGNATURE_FILE), path.join(snapshot, SIGNATURE_FILE));
  }
  return openTerrainSnapshot(snapshot, { trustedKeys: [trusted.publicPem] });
}
