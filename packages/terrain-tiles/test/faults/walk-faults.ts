import { isReasonError } from "@gradeway/reason-codes";
import { expect } from "vitest";

import {
  type ElevationProfile,
  type LiveTerrain,
  requireCoverage,
  sampleProfile,
  type TerrainDiagnostics,
} from "../../src/index.ts";
import { type FaultScene, HEIGHTS, LIVE_BYTES, lookIntoCache, TILE_NAME } from "./fault-scene.ts";
import type { Outcome } from "./outcome.ts";

/** A line of 1 km in the middle of the tile. */
const LINE = [
  [1.48, 42.48],
  [1.49, 42.485],
] as const;

/** What came of a request. */
export interface Answer {
  readonly profile: ElevationProfile | undefined;
  /** What was thrown instead. */
  readonly error: unknown;
  readonly diagnostics: TerrainDiagnostics | undefined;
}

/** Asks for the heights of a line in the tile. */
export async function askForLine(
  terrain: LiveTerrain,
  begin: Parameters<LiveTerrain["begin"]>[0],
  before: (run: ReturnType<LiveTerrain["begin"]>) => Promise<unknown> = async () => undefined,
): Promise<Answer> {
  let diagnostics: (() => TerrainDiagnostics) | undefined;
  try {
    const run = terrain.begin(begin);
    diagnostics = () => run.diagnostics();
    await before(run);
    const profile = await sampleProfile(run.sampler, LINE);
    return { profile, error: undefined, diagnostics: diagnostics() };
  } catch (error) {
    return { profile: undefined, error, diagnostics: diagnostics?.() };
  }
}

/** Checks heights or error, and that only an absent tile is a matter of coverage. */
export function expectOutcome({ profile, error }: Answer, outcome: Outcome): void {
  if (outcome === "void") {
    expect(error).toBeUndefined();
    expect(profile!.elevationM.every(Number.isNaN)).toBe(true);
    expect(profile!.missingTiles).toEqual([TILE_NAME]);
    // That there is no tile, and only that, is a matter of coverage.
    expect(() => requireCoverage(profile!)).toThrow(
      expect.objectContaining({
        reasonCode: "terrain_dem_coverage_insufficient",
        details: expect.objectContaining({ missingTiles: [TILE_NAME] }) as object,
      }),
    );
  } else if (outcome in HEIGHTS) {
    expect(error).toBeUndefined();
    const heightM = HEIGHTS[outcome as keyof typeof HEIGHTS];
    expect(new Set(profile!.elevationM)).toEqual(new Set([heightM]));
    expect(profile!.missingTiles).toEqual([]);
    requireCoverage(profile!);
  } else {
    expect(profile).toBeUndefined();
    expect(isReasonError(error)).toBe(true);
    expect(error).toMatchObject({ reasonCode: outcome });
  }
}

/** Checks where the request says that it has its heights from. */
export function expectTier(diagnostics: TerrainDiagnostics, outcome: Outcome): void {
  const found = diagnostics.tiles.find(({ tile }) => tile === TILE_NAME);
  const tiers = { live: "remote", cached: "disk", stale: "disk", snapshot: "fallback" } as const;
  if (outcome in tiers) {
    const tier = tiers[outcome as keyof typeof tiers];
    expect(found).toMatchObject({ tier, isStale: outcome === "stale" });
  } else expect(found?.sha256).toBeUndefined();
  expect(diagnostics.staleUses).toBe(outcome === "stale" ? 1 : 0);
  expect(diagnostics.fallbackUses).toBe(outcome === "snapshot" ? 1 : 0);
  expect(diagnostics.absent).toBe(outcome === "void" ? 1 : 0);
}

/**
 * Checks that the cache directory holds what it should and nothing wrong: in its files, and for a
 * process that has nothing but the directory.
 */
export async function expectKept(scene: FaultScene, kept: Uint8Array | undefined): Promise<void> {
  const { copy, isSound } = await lookIntoCache(scene.directory);
  expect(isSound).toBe(true);
  expect(copy && Buffer.from(copy)).toEqual(kept && Buffer.from(kept));
  const left = await scene.withTerrain({ urlTemplate: "" }, async (terrain) =>
    sampleProfile(terrain.begin().sampler, LINE).catch((error: unknown) => error),
  );
  if (kept === undefined) {
    expect(left).toMatchObject({ reasonCode: "terrain_dem_url_missing" });
    return;
  }
  const heightM = kept === LIVE_BYTES ? HEIGHTS.live : HEIGHTS.cached;
  expect(new Set((left as ElevationProfile).elevationM)).toEqual(new Set([heightM]));
}
