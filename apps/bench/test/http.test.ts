import path from "node:path";

import { describe, expect, it } from "vitest";

import { benchmarkGates } from "../src/benchmark-gates.ts";
import { budgetsTable } from "../src/budgets-table.ts";
import { HTTP_OPERATIONS, measureRequests } from "../src/http/measure-requests.ts";
import { startServer } from "../src/http/server-process.ts";
import { bench, readJson } from "./run-bench.ts";
import { useSampleRegion } from "./sample-region.ts";

const folders = useSampleRegion();

describe("bench http", () => {
  it("measures a server in another process and shows both budgets", async () => {
    const json = path.join(folders.root, "http.json");
    const asked = ["--region", folders.region, "--json", json, "--enforce"];
    const few = ["--pairs", "12", "--warm-up", "5"];
    const { code, stdout, stderr } = await bench("http", ...asked, ...few);
    expect(stderr).toBe("");
    expect(code).toBe(0);
    expect(stdout).toMatch(/P95 of POST \/route +[\d.]+ ms +2,000 ms +brief +[\d.]+ % left/);
    expect(stdout).toMatch(/P95 of POST \/route +[\d.]+ ms +3 ms +target/);
    expect(stdout).toMatch(/P95 of POST \/pareto exact +[\d.]+ ms +50 ms +target/);
    const report = (await readJson(json)) as {
      operations: { trips: number; answered: number; serverCpuMs: { p50: number } }[];
    };
    expect(report).toMatchObject({
      status: "pass",
      warmUp: 5,
      environment: { node: process.version },
      region: { graphSha256: expect.stringMatching(/^\w{64}$/) },
    });
    expect(report.operations).toHaveLength(3);
    for (const { trips, answered, serverCpuMs } of report.operations) {
      expect(trips).toBe(12);
      expect(answered).toBeGreaterThan(6);
      expect(serverCpuMs.p50).toBeGreaterThan(0);
    }
  });

  it("counts what a server refuses or does not answer as failed work", async () => {
    const [route] = HTTP_OPERATIONS;
    const trips = [{ origin: [0, 0], destination: [1, 1] } as const];
    const server = await startServer(folders.region, 1);
    const measure = (fields: object) =>
      measureRequests(
        server,
        { ...route!, fields },
        trips,
        () => performance.now(),
        () => undefined,
      );
    try {
      const away = await measure({});
      expect(away).toMatchObject({ failures: [], withoutRoute: { routing_graph_coverage_gap: 1 } });
      const refused = await measure({ colour: "red" });
      expect(refused.failures[0]).toContain("400 request_invalid");
    } finally {
      await server.close();
    }
    const gone = await measure({});
    expect(gone.failures).toHaveLength(1);
    const [failedWork, latency] = benchmarkGates([gone]);
    expect((await failedWork!.measure()).score).toBe(0);
    await expect(latency!.measure()).rejects.toThrow("only 0 of 1");
  });

  it("says when no server could be started", async () => {
    await expect(startServer(path.join(folders.root, "nowhere"), 1)).rejects.toThrow(
      "the server ended with exit code 1",
    );
  });
});

describe("budgetsTable", () => {
  it("shows what is left and what is over", () => {
    const row = { title: "P95", unit: "ms" } as const;
    const text = budgetsTable([
      { ...row, observed: 20, budget: 2_000, kind: "brief" },
      { ...row, observed: 30, budget: 25, kind: "target" },
      { ...row, observed: Number.NaN, budget: 25, kind: "target" },
    ]);
    expect(text.split("\n").slice(1)).toEqual([
      "P95   20.0 ms  2,000 ms  brief   99.0 % left",
      "P95   30.0 ms     25 ms  target  20.0 % over",
      "P95         -     25 ms  target            -",
    ]);
  });
});
