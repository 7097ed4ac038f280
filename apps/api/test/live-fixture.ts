import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { assetReport, buildRegion, openRegion } from "@gradeway/model-assets";
import {
  decodeGraph,
  osmSourceFromBytes,
  type PlanRequest,
  roadFeatures,
} from "@gradeway/route-core";
import { generateSampleRegion } from "@gradeway/sample-region";
import {
  createElevationSampler,
  createMemoryTileSource,
  type LiveTerrainSettingsInput,
  parseLiveTerrainSettings,
  type TileSource,
} from "@gradeway/terrain-tiles";
import {
  type LoopbackTileServerOptions,
  type LoopbackTileServer,
  startLoopbackTileServer,
} from "@gradeway/test-kit";

import {
  createPlannerPool,
  createRoadTiles,
  openTerrain,
  type ServedRegion,
} from "../src/index.ts";
import { createTestApp, type LogLine, post } from "./app-fixture.ts";

/** The sample county, served by a real planner, with the tiles that it was built from. */
export interface LiveCounty {
  readonly region: ServedRegion;
  readonly trip: Pick<PlanRequest, "origin" | "destination">;
  readonly tiles: ReadonlyMap<string, Uint8Array>;
  close(): Promise<void>;
}

export async function startCounty(): Promise<LiveCounty> {
  const directory = await mkdtemp(join(tmpdir(), "gradeway-live-"));
  const sample = generateSampleRegion();
  const tiles = new Map(sample.tiles.map(({ id, bytes }) => [`${id.z}/${id.x}/${id.y}`, bytes]));
  await buildRegion({
    directory,
    name: sample.name,
    osm: osmSourceFromBytes(sample.pbf),
    osmInput: { name: "sample.osm.pbf", sha256: "0".repeat(64) },
    elevation: createElevationSampler(createMemoryTileSource(tiles, { name: "baked tiles" })),
  });
  const bundle = await openRegion(directory);
  const { region: regionData } = bundle;
  const planner = await createPlannerPool({ regionData, threads: 1 });
  const roads = createRoadTiles(roadFeatures(decodeGraph(regionData.graph)));
  const { from, to } = sample.demo;
  return {
    region: {
      summary: planner.summary,
      planner,
      roads,
      assets: () => assetReport(bundle, Date.now()),
    },
    trip: { origin: [from.lon, from.lat], destination: [to.lon, to.lat] },
    tiles,
    async close() {
      await planner.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

/** An application over the county whose live tiles come from a server that does as it is told. */
export interface LiveServer {
  readonly tileServer: LoopbackTileServer;
  readonly log: readonly LogLine[];
  /** Moves the clock of the terrain on. */
  advance(ms: number): void;
  post(path: string, body: unknown, signal?: AbortSignal): Promise<Response>;
  get(path: string): Promise<Response>;
}

export interface LiveServerOptions {
  readonly faults?: LoopbackTileServerOptions["faults"];
  readonly settings?: LiveTerrainSettingsInput;
  readonly fallback?: TileSource;
  /** Tiles of the server; default: those of the county. */
  readonly tiles?: ReadonlyMap<string, Uint8Array>;
  /** End of the URL template; default ".tif". */
  readonly extension?: string;
}

/** Runs work against such an application and closes it. */
export async function withLiveServer(
  county: LiveCounty,
  options: LiveServerOptions,
  work: (server: LiveServer) => Promise<void>,
): Promise<void> {
  const { faults, tiles = county.tiles } = options;
  const tileServer = await startLoopbackTileServer({
    tiles,
    ...(faults === undefined ? {} : { faults }),
  });
  let aheadMs = 0;
  const terrain = await openTerrain({
    settings: parseLiveTerrainSettings({
      urlTemplate: tileServer.urlTemplate.replace(/\.tif$/, options.extension ?? ".tif"),
      allowedHosts: [new URL(tileServer.origin).host],
      fetchRetries: 0,
      ...options.settings,
    }),
    fallback: options.fallback,
    now: () => Date.now() + aheadMs,
  });
  const { app, log } = createTestApp({ region: () => county.region, terrain });
  try {
    await work({
      tileServer,
      log,
      advance(ms) {
        aheadMs += ms;
      },
      post: (path, body, signal) =>
        signal === undefined
          ? post(app, path, body)
          : Promise.resolve(
              app.request(path, {
                method: "POST",
                headers: { "content-type": "application/json" },
                body: JSON.stringify(body),
                signal,
              }),
            ),
      get: async (path) => app.request(path),
    });
  } finally {
    await terrain.close();
    await tileServer.close();
  }
}
