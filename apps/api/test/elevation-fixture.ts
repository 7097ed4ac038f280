import type { Warning } from "@gradeway/reason-codes";
import {
  createMemoryTileSource,
  type ElevationSampler,
  openLiveTerrain,
  parseLiveTerrainSettings,
  type TerrainDiagnostics,
  type TileSource,
} from "@gradeway/terrain-tiles";
import { terrainTilesFor } from "@gradeway/test-kit";
import { expect } from "vitest";

import type { ServedRegion, ServedTerrain } from "../src/index.ts";
import { createTestApp, post } from "./app-fixture.ts";
import { createFakeRegion } from "./fake-region.ts";

/** Far to the east there is no tile; the ground rises by 1 m per 1/2000 degree eastward. */
export const TILES = new Map(
  terrainTilesFor([1.45, 42.45, 1.55, 42.55], 11, (lon) => 1000 + 2000 * (lon - 1.5)).map(
    ({ id, bytes }) => [`${id.z}/${id.x}/${id.y}`, bytes],
  ),
);
export const SOURCE = createMemoryTileSource(TILES, { name: "test tiles", attribution: "© Test" });

/** Live terrain over a source, without threads. */
export async function terrainOver(source: TileSource): Promise<ServedTerrain> {
  const now = (): number => 0;
  const settings = parseLiveTerrainSettings();
  const live = await openLiveTerrain(settings, { now, source, decodeThreads: 0 });
  return { live, now, hasSource: true, circuit: () => undefined };
}

/** Live terrain whose every request samples with the given sampler. */
export async function terrainWith(sampler: ElevationSampler): Promise<ServedTerrain> {
  const terrain = await terrainOver(SOURCE);
  const begin: ServedTerrain["live"]["begin"] = (options) => ({
    ...terrain.live.begin(options),
    sampler,
  });
  return { ...terrain, live: { ...terrain.live, begin } };
}

export const terrain = await terrainOver(SOURCE);
/** A region around the tiles, for what strict requests demand. */
const invented = createFakeRegion();
export const REGION: ServedRegion = {
  ...invented,
  summary: { ...invented.summary, bbox: [1.4, 42.4, 1.8, 42.6] },
};
export const OUTSIDE = [3, 42.5];

export interface Answer {
  readonly elevationM: (number | null)[];
  readonly distanceM: number[];
  readonly ascentM: number | null;
  readonly descentM: number | null;
  readonly coverageRatio: number;
  readonly tilesSha256: string;
  readonly warnings: Warning[];
  readonly diagnostics?: TerrainDiagnostics;
}

export interface ProblemBody {
  readonly reasonCode: string;
  readonly detail: string;
  readonly details: { readonly issues: { pointer: string; message: string }[] };
}

/** Asks an application with the test tiles, or with other terrain. */
export async function ask(
  body: unknown,
  served: ServedTerrain = terrain,
  query = "",
): Promise<Response> {
  const { app } = createTestApp({ terrain: served, region: () => REGION });
  return post(app, `/elevation${query}`, body);
}

/** Body of a good answer. */
export async function answerOf(body: unknown): Promise<Answer> {
  const response = await ask(body);
  expect(response.status).toBe(200);
  return (await response.json()) as Answer;
}

/** Body of a refusal. */
export async function problemOf(response: Response): Promise<ProblemBody> {
  expect(response.headers.get("content-type")).toBe("application/problem+json");
  return (await response.json()) as ProblemBody;
}
