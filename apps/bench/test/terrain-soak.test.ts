import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";

import { runGates } from "@gradeway/quality-gates";
import { ReasonError } from "@gradeway/reason-codes";
import {
  createElevationSampler,
  createMemoryTileSource,
  createTerrainRequest,
  formatTileId,
  type LiveTerrain,
} from "@gradeway/terrain-tiles";
import { beforeAll, describe, expect, it } from "vitest";

import { auditCache } from "../src/terrain-soak/soak-audit.ts";
import { createSoakBook, type SoakBook } from "../src/terrain-soak/soak-book.ts";
import { memoryGate, soakGates } from "../src/terrain-soak/soak-gates.ts";
import { runSoakRequests } from "../src/terrain-soak/soak-requests.ts";
import { memoryGrowthMb } from "../src/terrain-soak/soak-watch.ts";
import type { SoakResult } from "../src/terrain-soak/run-soak.ts";
import { openTileWorld, type TileWorld } from "../src/terrain/tile-world.ts";
import { bench, readJson } from "./run-bench.ts";
import { useSampleRegion } from "./sample-region.ts";

const folders = useSampleRegion();
const tiles = (): string => path.join(folders.source, "geotiff");

describe("bench terrain-soak", () => {
  it("soaks for seconds: heights right, files whole, budgets kept", async () => {
    const json = path.join(folders.root, "soak.json");
    const asked = ["--tiles", tiles(), "--seconds", "10", "--json", json];
    const { code, stdout } = await bench("terrain-soak", ...asked);
    expect(stdout).toContain("verdict: pass");
    expect(code).toBe(0);
    const report = (await readJson(json)) as SoakResult & { readonly status: string };
    expect(report.status).toBe("pass");
    expect(report.book.successes).toBeGreaterThan(10);
    expect(report.book.comparedHeights).toBeGreaterThan(1_000);
    expect(report.writers.kills).toBeGreaterThan(0);
    expect(Object.keys(report.faults).length).toBeGreaterThan(5);
    for (const tier of ["memory", "disk", "remote", "fallback"] as const) {
      expect(report.book.hits[tier]).toBeGreaterThan(0);
    }
    expect(report.watch.peakTiles).toBeGreaterThan(0);
  }, 180_000);
});

describe("judging the requests of a soak", () => {
  let world: TileWorld;
  beforeAll(async () => {
    world = await openTileWorld(tiles(), 11);
  });

  /** A terrain that is right unless it is bent. */
  function terrainOf(bend: {
    readonly heights?: (heightM: Float64Array) => void;
    readonly error?: unknown;
    readonly remoteTiles?: number;
    readonly staleUses?: number;
    readonly fallbackUses?: number;
  }): LiveTerrain {
    const served = world.tiles.map(({ id, bytes }) => [formatTileId(id), bytes] as const);
    const right = createElevationSampler(createMemoryTileSource(new Map(served)));
    return {
      info: { name: "bent", attribution: "" },
      begin() {
        const request = createTerrainRequest({ budgetTiles: 4 });
        return {
          sampler: {
            source: right.source,
            async sample(lonLat, outM, options) {
              if (bend.error !== undefined) throw bend.error;
              const summary = await right.sample(lonLat, outM, options);
              bend.heights?.(outM);
              return summary;
            },
          },
          warm: () => Promise.resolve(true),
          diagnostics: () => ({ ...request.diagnostics(), ...bend }),
        };
      },
      stats: () => ({
        memory: { tiles: 0, bytes: 0 },
        disk: undefined,
        diskFailures: 0,
        circuit: undefined,
        decoding: undefined,
      }),
      close: () => Promise.resolve(),
    } satisfies LiveTerrain;
  }

  async function judge(
    terrain: LiveTerrain,
    isAlwaysStale = false,
    saidAbsent: (tile: string) => boolean = () => false,
    inWorld: TileWorld = world,
  ): Promise<SoakBook> {
    const until = new AbortController();
    return runSoakRequests(
      {
        world: inWorld,
        terrains: [{ name: "bent", terrain, allowsFallback: false, isAlwaysStale }],
        seed: 1,
        concurrency: 3,
        budgetTiles: 4,
        budgetBytes: 1e6,
        saidAbsent,
        progress: ({ requests }) => {
          if (requests >= 12) until.abort();
        },
      },
      until.signal,
    );
  }

  it("finds nothing wrong with what is right", async () => {
    const book = await judge(terrainOf({}));
    expect(book.violations).toEqual({ height: [], reason: [], budget: [] });
    expect(book.successes).toBeGreaterThan(8);
    expect(book.comparedHeights).toBeGreaterThan(500);
  });

  it.each([
    ["a centimetre too much", (outM: Float64Array) => (outM[3]! += 0.01)],
    ["a void", (outM: Float64Array) => (outM[3] = Number.NaN)],
    ["a height of zero", (outM: Float64Array) => (outM[3] = 0)],
  ])("finds %s in one point", async (_, bendOne) => {
    const book = await judge(terrainOf({ heights: (outM) => void bendOne(outM) }));
    expect(book.violations.height.length).toBeGreaterThan(8);
  });

  it("finds errors without a reason, and reasons that do not fit", async () => {
    const plain = await judge(terrainOf({ error: new TypeError("broken") }));
    expect(plain.violations.reason[0]).toContain("broken");
    expect(plain.successes).toBe(0);
    const details = { requiredRatio: 0.96, observedRatio: 0, missingTiles: ["11/1/1"] };
    const coverage = new ReasonError("terrain_dem_coverage_insufficient", "Too little.", details);
    expect((await judge(terrainOf({ error: coverage }))).violations.reason[0]).toContain(
      "coverage",
    );
    const honest = await judge(terrainOf({ error: coverage }), false, () => true);
    expect(honest.violations.reason).toEqual([]);
    expect(honest.failures.get("terrain_dem_coverage_insufficient")).toBeGreaterThan(8);
    const budget = new ReasonError("terrain_tile_budget_exceeded", "Spent.", {
      limit: 4,
      needed: 5,
    });
    const early = await judge(terrainOf({ error: budget, remoteTiles: 1 }));
    expect(early.violations.reason[0]).toContain("budget");
    const unknown = new ReasonError("no_route_candidates", "No route.", {});
    expect((await judge(terrainOf({ error: unknown }))).violations.reason).not.toEqual([]);
  });

  it("takes too little coverage for right where the tiles themselves have a void, only there", async () => {
    const inVoid = terrainOf({ heights: (outM) => void outM.fill(Number.NaN) });
    const holes = { ...world, heights: { ...world.heights, at: () => Number.NaN } };
    const book = await judge(inVoid, false, () => false, holes);
    expect(book.violations).toEqual({ height: [], reason: [], budget: [] });
    expect(book.failures.get("terrain_dem_coverage_insufficient")).toBeGreaterThan(0);
    const details = { requiredRatio: 0.96, observedRatio: 0, missingTiles: [] };
    const error = new ReasonError("terrain_dem_coverage_insufficient", "Too little.", details);
    const { violations } = await judge(terrainOf({ error }));
    expect(violations.reason[0]).toContain("coverage");
  });

  it("finds budgets that are exceeded and stand-ins that are not allowed", async () => {
    expect((await judge(terrainOf({ remoteTiles: 5 }))).violations.budget).not.toEqual([]);
    expect((await judge(terrainOf({ fallbackUses: 1 }))).violations.reason).not.toEqual([]);
    expect((await judge(terrainOf({ staleUses: 1 }))).violations.reason).not.toEqual([]);
    // Half of the requests are strict, and those may not use a copy that is too old.
    const half = await judge(terrainOf({ staleUses: 1 }), true);
    expect(half.violations.reason.length).toBeGreaterThan(0);
    expect(half.violations.reason.length).toBeLessThan(half.requests);
  });
});

describe("the verdict on a soak", () => {
  const RESULT: SoakResult = {
    book: { ...createSoakBook(), successes: 10, comparedHeights: 100 },
    faults: new Map([["reset", 3]]),
    strayRequests: 0,
    writers: { kills: 2, writes: 100, failures: [] },
    watch: { peakTiles: 20, peakBytes: 1000, rssMb: Array.from({ length: 50 }, () => 200) },
    audit: { tiles: 10, leftBehind: 1, corrupt: [], notHealed: [] },
    limits: { budgetTiles: 4, budgetBytes: 1e6, diskTiles: 80, diskBytes: 1e6 },
    diskFailures: 0,
  };
  const now = (): number => 0;
  const verdictOn = (change: Partial<SoakResult>) =>
    runGates(soakGates({ ...RESULT, ...change }), { now });
  const withViolation = (kind: keyof SoakBook["violations"]): Partial<SoakResult> => ({
    book: {
      ...RESULT.book,
      violations: { ...RESULT.book.violations, [kind]: ["something"] },
    },
  });

  it("passes what is right", async () => {
    expect(await verdictOn({})).toMatchObject({ exitCode: 0 });
  });

  it.each([
    ["no answers", { book: { ...createSoakBook() } }],
    ["no faults", { faults: new Map() }],
    ["no kills", { writers: { kills: 0, writes: 0, failures: [] } }],
  ] satisfies [string, Partial<SoakResult>][])("is not measured with %s", async (_, change) => {
    expect(await verdictOn(change)).toMatchObject({ status: "not_measured", exitCode: 2 });
  });

  it.each([
    ["a wrong height", withViolation("height")],
    ["an unexpected reason", withViolation("reason")],
    ["a budget exceeded", withViolation("budget")],
    ["a request to another host", { strayRequests: 1 }],
    ["a corrupt file", { audit: { ...RESULT.audit, corrupt: ["11/1/1"] } }],
    ["a directory that does not heal", { audit: { ...RESULT.audit, notHealed: ["11/1/1"] } }],
    ["a failure of the disk", { diskFailures: 1 }],
    ["a writer that ended by itself", { writers: { ...RESULT.writers, failures: ["exit 1"] } }],
    ["too many tiles on disk", { watch: { ...RESULT.watch, peakTiles: 81 } }],
    ["too many bytes on disk", { watch: { ...RESULT.watch, peakBytes: 1_000_001 } }],
  ] satisfies [string, Partial<SoakResult>][])("fails with %s", async (_, change) => {
    expect(await verdictOn(change)).toMatchObject({ status: "fail", exitCode: 1 });
  });

  it("tells memory that grows from memory that was taken at the start", async () => {
    const rssMb = Array.from({ length: 50 }, (_, at) => (at < 5 ? 100 : 400));
    expect(memoryGrowthMb(rssMb)).toBe(0);
    expect(memoryGrowthMb(rssMb.map((mb, at) => mb + 4 * at))).toBe(120);
    const growing = {
      ...RESULT,
      watch: { ...RESULT.watch, rssMb: rssMb.map((mb, at) => mb + 4 * at) },
    };
    const status = async (result: SoakResult, seconds: number) =>
      (await runGates([memoryGate(result, seconds)], { now })).status;
    expect(await status(growing, 60)).toBe("fail");
    expect(await status(RESULT, 60)).toBe("pass");
    expect(await status(RESULT, 59)).toBe("not_measured");
  });
});

describe("the audit of a cache directory", () => {
  it("tells corrupt files from what a killed writer leaves", async () => {
    const source = { id: { z: 11, x: 5, y: 6 }, bytes: Buffer.from("a tile") };
    const other = { id: { z: 11, x: 5, y: 7 }, bytes: Buffer.from("other") };
    const directory = path.join(folders.root, "audited");
    const limits = { directory, maxTiles: 16, maxBytes: 1e6 };
    const column = path.join(directory, "11/5");
    await mkdir(column, { recursive: true });
    await mkdir(path.join(directory, ".tmp"));
    await writeFile(path.join(directory, ".tmp/half.tif"), "hal");
    await writeFile(path.join(column, "8.tif"), "without a hash");
    await writeFile(path.join(column, "7.tif"), "damaged");
    await writeFile(path.join(column, "7.json"), JSON.stringify({ sha256: "0", sizeBytes: 7 }));
    expect(await auditCache(limits, [source, other])).toEqual({
      tiles: 1,
      leftBehind: 2,
      corrupt: ["11/5/7 does not fit the hash beside it"],
      notHealed: [],
    });
    expect(await auditCache(limits, [source])).toMatchObject({ corrupt: [], notHealed: [] });
    expect(await auditCache(limits, [{ ...source, bytes: Buffer.from("another") }])).toMatchObject({
      corrupt: ["11/5/6 is not its source"],
    });
  });
});
