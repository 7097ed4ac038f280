import { describe, expect, it } from "vitest";

import type { LiveTerrain, TerrainDiagnostics } from "../../src/index.ts";
import {
  FAILING,
  type FaultScene,
  inFaultScene,
  LIVE_BYTES,
  OLD_BYTES,
  OTHER,
  TILE_NAME,
} from "./fault-scene.ts";
import { FAULT_MODES, FAULT_ROWS, type FaultMode, type FaultRow } from "./origin-fault-rows.ts";
import type { Outcome } from "./outcome.ts";
import { type Answer, askForLine, expectKept, expectOutcome, expectTier } from "./walk-faults.ts";

/** One way into a mode: some modes can be had in two ways. */
interface Way {
  readonly mode: FaultMode;
  readonly strict: boolean;
  readonly allowSignedFallback: boolean;
}

const WAYS: readonly Way[] = [
  { mode: "strict", strict: true, allowSignedFallback: false },
  { mode: "fallback", strict: true, allowSignedFallback: true },
  { mode: "fallback", strict: false, allowSignedFallback: true },
  { mode: "warm", strict: true, allowSignedFallback: false },
  { mode: "warm", strict: false, allowSignedFallback: true },
  { mode: "stale", strict: true, allowSignedFallback: false },
  { mode: "stand-in", strict: true, allowSignedFallback: true },
  { mode: "stand-in", strict: false, allowSignedFallback: false },
];

async function ask(
  scene: FaultScene,
  terrain: LiveTerrain,
  { prelude, deadlineMs }: FaultRow,
  strict: boolean,
): Promise<Answer> {
  if (prelude === "other-tile-fails") {
    const failing = terrain.begin().warm(FAILING);
    await expect(failing).rejects.toMatchObject({ reasonCode: "terrain_fetch_failed" });
  }
  const deadlineAtMs = deadlineMs === undefined ? undefined : scene.nowMs + deadlineMs;
  return askForLine(terrain, { strict, deadlineAtMs }, async (run) => {
    if (prelude === "other-tile-fetched") await run.warm(OTHER);
  });
}

async function walk(row: FaultRow, way: Way): Promise<void> {
  await inFaultScene(async (scene) => {
    const { mode, strict, allowSignedFallback } = way;
    const outcome = row.outcomes[FAULT_MODES.findIndex(({ id }) => id === mode)]!;
    if (mode === "warm") await scene.keepCopy(6);
    else if (mode === "stale" || mode === "stand-in") await scene.keepCopy(8);
    scene.startFaults(row.rules ?? [], row.retryAfterS);
    if (row.prelude === "origin-gone") await scene.closeOrigin();

    // As many failures as there are open the circuit; where nothing counts, a single one would.
    const circuitBreakerFailures = Math.max(1, row.failures + (row.recovers === true ? 1 : 0));
    const settings = { circuitBreakerFailures, allowSignedFallback, ...row.settings };
    const answer = await scene
      .withTerrain(settings, (terrain) => ask(scene, terrain, row, strict))
      .catch((error: unknown) => ({ profile: undefined, error, diagnostics: undefined }));

    expectOutcome(answer, outcome);
    if (answer.diagnostics !== undefined) expectBooks(answer.diagnostics, row, way, outcome);
    else expect(row.refusedAt, "no request was begun").toBeDefined();
    expect(scene.asked()).toBe(mode === "warm" ? 0 : row.requests);
    expect(scene.askedElsewhere()).toBe(0);

    await expectKept(scene, keptCopy(mode, outcome));
  });
}

function expectBooks(
  diagnostics: TerrainDiagnostics,
  row: FaultRow,
  { mode }: Way,
  outcome: Outcome,
): void {
  const others = row.prelude === "other-tile-fetched" ? 1 : 0;
  const isAsked = mode !== "warm" && row.refusedAt === undefined;
  expect(diagnostics.remoteTiles).toBe(others + (isAsked ? (row.budgetTiles ?? 1) : 0));
  const hasOrigin = row.settings?.urlTemplate === undefined;
  const circuit = row.failures > 0 && row.recovers !== true ? "open" : "closed";
  expect(diagnostics.circuit).toBe(hasOrigin && (isAsked || others > 0) ? circuit : undefined);
  expectTier(diagnostics, outcome);
  // The first column tells why, also where something stood in.
  const isFailure = isAsked && !["live", "void"].includes(outcome);
  expect(diagnostics.failures).toEqual(
    isFailure ? [{ tile: TILE_NAME, reasonCode: row.outcomes[0] }] : [],
  );
}

/** What lies on disk afterwards: a fault neither leaves anything there nor takes anything away. */
function keptCopy(mode: FaultMode, outcome: Outcome): Uint8Array | undefined {
  if (outcome === "live") return LIVE_BYTES;
  if (outcome === "void") return undefined;
  return mode === "strict" || mode === "fallback" ? undefined : OLD_BYTES;
}

describe.each(FAULT_ROWS)("origin: $fault", (row) => {
  const ways = WAYS.filter(({ strict }) => strict || row.isStrictOnly !== true);
  it.concurrent.each(ways)("$mode (strict $strict, snapshot allowed $allowSignedFallback)", (way) =>
    walk(row, way),
  );
});
