import path from "node:path";

import { serve } from "@gradeway/api";
import { describe, expect, it } from "vitest";

import { batchGates } from "../src/batch-pareto/batch-gates.ts";
import { allFailed, readOutcomes } from "../src/batch-pareto/batch-outcomes.ts";
import { runBatch } from "../src/batch-pareto/run-batch.ts";
import { openRegionApp, poolOf } from "../src/region-app.ts";
import { damageRegion } from "./damaged-region.ts";
import { bench, readJson } from "./run-bench.ts";
import { useSampleRegion } from "./sample-region.ts";

const folders = useSampleRegion();
const json = (name: string): string => path.join(folders.root, `${name}.json`);
const flags = ["--pair-count", "40", "--seed", "20260212"];

interface Report {
  readonly status: string;
  readonly outcomes: readonly { readonly status: string; readonly routes?: number }[];
}

describe("bench batch-pareto", () => {
  it.each(["inprocess-fake", "inprocess"])("%s plans a batch without errors", async (mode) => {
    const file = json(mode);
    const asked = ["--mode", mode, "--region", folders.region, "--json", file, "--enforce"];
    const { code, stdout, stderr } = await bench("batch-pareto", ...asked, ...flags);
    expect(stderr).toBe("");
    expect(code).toBe(0);
    expect(stdout).toContain("0 errors");
    expect(stdout).toMatch(/P95 of a pair +[\d.]+ ms +2,000 ms +brief +[\d.]+ % left/);
    expect(stdout.includes("without a road search")).toBe(mode === "inprocess-fake");
    const report = (await readJson(file)) as Report;
    expect(report).toMatchObject({
      status: "pass",
      seed: 20_260_212,
      environment: { node: process.version },
      region: { graphSha256: expect.stringMatching(/^\w{64}$/) },
      assets: { region: { manifestSha256: expect.stringMatching(/^\w{64}$/) } },
      errors: {},
    });
    expect(report.outcomes).toHaveLength(40);
    const answered = report.outcomes.filter(({ status }) => status === "ok");
    expect(answered.length).toBeGreaterThan(30);
    for (const { routes } of answered) expect(routes).toBeGreaterThan(0);
  });

  it("reports an error of every pair for a region whose graph fails its hash", async () => {
    const region = await damageRegion(folders.region, path.join(folders.root, "damaged"));
    const file = json("damaged");
    for (const mode of ["inprocess-fake", "inprocess"]) {
      const asked = ["--mode", mode, "--region", region, "--json", file];
      const { code, stdout } = await bench("batch-pareto", ...asked);
      expect(code).toBe(1);
      expect(stdout).toContain("100 errors (asset_hash_mismatch 100)");
      expect(await readJson(file)).toMatchObject({ errors: { asset_hash_mismatch: 100 } });
    }
  });

  it("tells pairs without a route from pairs that err", async () => {
    const file = json("reference");
    const asked = ["--mode", "inprocess", "--pairs", "reference", "--region", folders.region];
    const { code, stdout } = await bench("batch-pareto", ...asked, "--json", file);
    expect(stdout).toContain("100 without a route (routing_graph_coverage_gap 100), 0 errors");
    expect(stdout).toContain("only 0 of 100 pairs have a route");
    expect(code).toBe(2);
    expect(await readJson(file)).toMatchObject({
      errors: {},
      withoutRoute: { routing_graph_coverage_gap: 100 },
    });
  });

  it("asks a server, and reports an error of every pair when there is none", async () => {
    const served = await openRegionApp(folders.region, poolOf(1));
    const server = await serve({ app: served.app, port: 0 });
    const options = {
      mode: "live",
      directory: undefined,
      baseUrl: server.url,
      pairCount: 25,
      pairSource: "region",
      seed: 1,
      concurrency: 1,
      epsilon: 0.01,
      progress: () => undefined,
    } as const;
    try {
      const boxed = await runBatch(options);
      expect(boxed.assets).toMatchObject({
        region: { manifestSha256: served.facts.manifestSha256 },
      });
      expect(boxed.outcomes.map(({ status }) => status)).toContain("ok");
      const onRoads = await runBatch({ ...options, directory: folders.region });
      const count = onRoads.outcomes.filter(({ status }) => status === "ok").length;
      expect(count).toBeGreaterThan(15);
    } finally {
      await server.close(0);
      await served.close();
    }
    const gone = await bench("batch-pareto", "--mode", "live", "--backend-url", server.url);
    expect(gone.stdout).toMatch(/0 answered, 0 without a route, 100 errors/);
    expect(gone.stdout).toContain("ECONNREFUSED");
    expect(gone.code).toBe(1);
  });

  it.each([
    [["--mode", "dream"], "--mode: expected inprocess-fake or inprocess or live"],
    [["--base-url", "http://x", "--mode", "inprocess"], "asks no server"],
    [["--mode", "live", "--concurrency", "2"], "BATCH_CONCURRENCY"],
  ])("answers %j with exit code 2", async (args, reason) => {
    const { code, stderr } = await bench("batch-pareto", ...args);
    expect(stderr).toContain(reason);
    expect(code).toBe(2);
  });
});

describe("batchGates", () => {
  const run = {
    mode: "inprocess",
    drawn: "",
    seed: 1,
    concurrency: 1,
    epsilon: 0,
    region: null,
    assets: null,
    timing: { wallMs: 1, cpuMs: 1 },
  } as const;
  const scores = async (outcomes: Parameters<typeof batchGates>[0]["outcomes"]) =>
    Promise.all(
      batchGates({ ...run, outcomes }).map((gate) =>
        gate.measure().then(
          ({ score }) => score >= gate.threshold,
          () => "not measured",
        ),
      ),
    );
  const ok = (elapsedMs: number, dropped: readonly string[] = []) =>
    ({ status: "ok", elapsedMs, routes: 2, dropped }) as const;

  it("are red for one error, a lost route, slow pairs, and too few answers", async () => {
    const good = Array.from({ length: 19 }, () => ok(10));
    expect(await scores(good)).toEqual([true, true, true]);
    expect(await scores([...good, ...allFailed(new Error("No."), [undefined])])).toEqual([
      false,
      true,
      true,
    ]);
    expect(await scores([...good, ok(10, ["point 1 has no route"])])).toEqual([true, false, true]);
    expect(await scores(good.map(() => ok(2_001)))).toEqual([true, true, false]);
    expect(await scores([ok(10), { status: "noRoute" }, { status: "noRoute" }])).toEqual([
      true,
      true,
      "not measured",
    ]);
  });

  it("count what an answer lacks of its front", () => {
    const pair = { origin: [7, 47], destination: [8, 47] } as const;
    const routes = [{ id: "a", durationS: 10, cost: { amount: 1 }, co2eKg: { total: 2 } }];
    const points = [
      [10, 1, 2],
      [20, 1, 1],
    ];
    const front = { size: 2, points, routeIds: ["a", "b"] };
    const answered = { status: "ok", elapsedMs: 1, answer: { front, routes, diagnostics: {} } };
    const chunks = [Buffer.from(JSON.stringify({ results: [answered] }))];
    const [outcome] = readOutcomes({ isOk: true, chunks }, [pair]);
    expect(outcome).toMatchObject({ routes: 1, dropped: ["point 1 has no route"] });
  });
});
