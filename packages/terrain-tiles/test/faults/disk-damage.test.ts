import { CACHE_DAMAGES, damageTileCache } from "@gradeway/test-kit";
import { describe, expect, it } from "vitest";

import { DAMAGE_MODES, DAMAGE_ROWS, type DamageMode, type DamageRow } from "./disk-damage-rows.ts";
import { inFaultScene, LIVE_BYTES, OLD_BYTES, OTHER_BYTES, TILE_NAME } from "./fault-scene.ts";
import { askForLine, expectKept, expectOutcome, expectTier } from "./walk-faults.ts";

function walk({ damage, withSnapshot, outcomes }: DamageRow, mode: DamageMode): Promise<void> {
  return inFaultScene(async (scene) => {
    const outcome = outcomes[DAMAGE_MODES.findIndex(({ id }) => id === mode)]!;
    await scene.keepCopy(mode === "stale" ? 8 : 6);
    await damageTileCache(scene.directory, TILE_NAME, damage, OTHER_BYTES);
    if (withSnapshot === true) await scene.damageSnapshot();
    scene.startFaults(mode === "origin-answers" ? [] : [{ fault: "server-error" }]);

    const settings = { fetchRetries: 0, allowSignedFallback: mode === "fallback" };
    const answer = await scene.withTerrain(settings, (terrain) =>
      askForLine(terrain, { strict: mode !== "stale" }),
    );
    expectOutcome(answer, outcome);
    expectTier(answer.diagnostics!, outcome);
    const isSnapshotAsked = withSnapshot === true && mode === "fallback";
    expect(answer.diagnostics!.fallbackFailures).toEqual(
      isSnapshotAsked ? [{ tile: TILE_NAME, reasonCode: "asset_hash_mismatch" }] : [],
    );
    const isAsked = outcome !== "cached";
    expect(answer.diagnostics!.remoteTiles).toBe(isAsked ? 1 : 0);
    expect(scene.asked()).toBe(isAsked ? 1 : 0);
    const isWhole = outcome === "cached" || outcome === "stale";
    await expectKept(scene, outcome === "live" ? LIVE_BYTES : isWhole ? OLD_BYTES : undefined);
  });
}

describe.each(DAMAGE_ROWS)("disk: $title", (row) => {
  it.concurrent.each(DAMAGE_MODES)("$title", ({ id }) => walk(row, id));
});

it("every damage is in the table", () => {
  const walked = new Set(DAMAGE_ROWS.map(({ damage }) => damage));
  expect([...walked].toSorted()).toEqual(CACHE_DAMAGES.toSorted());
});
