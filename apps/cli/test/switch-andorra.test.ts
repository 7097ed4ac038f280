import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import {
  activateVersion,
  addVersion,
  buildRegion,
  openOsmFile,
  rollBack,
} from "@gradeway/model-assets";
import type { ParetoAnswer, RouteAnswer } from "@gradeway/route-core";
import { createElevationSampler, openTileSource } from "@gradeway/terrain-tiles";
import { findDataDir } from "@gradeway/test-kit";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { type RegionServer, serveRegion } from "../src/index.ts";
import { runCli } from "./run-cli.ts";

const dataDir = findDataDir();
if (dataDir === undefined) console.warn("skipped: switching regions (no GRADEWAY_DATA_DIR)");

const SWITCHES = 6;
const CLIENTS = 6;
/** Requests that must have been answered before the next switch. */
const BETWEEN = 12;
/** Nothing here may run on for ever. */
const MOST_REQUESTS = 4000;

const PLACES = [
  [1.5218, 42.5063],
  [1.7333, 42.5425],
  [1.4914, 42.4636],
  [1.5195, 42.5553],
  [1.5995, 42.5665],
] as const;

interface Hashes {
  readonly manifest: string;
  readonly graph: string;
  readonly assets: string;
}

describe.skipIf(dataDir === undefined)("a server that follows a region home", () => {
  let directory: string;
  let home: string;
  let server: RegionServer;
  const regions: string[] = [];

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), "gradeway-switch-"));
    home = join(directory, "home");
    const tiles = createElevationSampler(await openTileSource(join(dataDir!, "andorra/geotiff")));
    for (const [index, extract] of ["andorra-2023-05-02", "andorra-2025-01-18"].entries()) {
      const osm = await openOsmFile(join(dataDir!, `andorra/${extract}.osm.pbf`));
      const region = join(directory, extract);
      await buildRegion({
        directory: region,
        name: "Andorra",
        sequence: index + 1,
        osm: osm.source,
        osmInput: osm.input,
        elevation: tiles,
      });
      regions.push(region);
    }
    const { version } = await addVersion(home, regions[0]!);
    await activateVersion(home, version);
    server = await serveRegion({
      directory: home,
      port: 0,
      environment: { GRADEWAY_THREADS: "2" },
      logRequests: false,
    });
    await server.ready;
  });
  afterAll(async () => {
    await server?.close();
    await rm(directory, { recursive: true, force: true });
  });

  it("switches under load without a failed request, and never mixes data", async () => {
    const seen = new Map<string, Hashes>();
    const failures: string[] = [];
    let answered = 0;
    const load = { isOver: false };

    const ask = async (request: number): Promise<void> => {
      const path = request % 2 === 0 ? "pareto" : "route";
      const origin = PLACES[request % PLACES.length];
      const destination = PLACES[(request + 1 + (request % 3)) % PLACES.length];
      const response = await fetch(`${server.url}/${path}`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ origin, destination, payloadKg: 12_650, geometry: "none" }),
      });
      const body = (await response.json()) as ParetoAnswer & RouteAnswer;
      if (response.status !== 200) {
        failures.push(`${response.status} ${JSON.stringify(body)}`);
        return;
      }
      const { region, graph, assets } = body.provenance;
      const found: Hashes = {
        manifest: region.manifestSha256,
        graph: graph.sha256,
        assets: JSON.stringify(assets),
      };
      const known = seen.get(found.manifest);
      if (known === undefined) seen.set(found.manifest, found);
      else if (known.graph !== found.graph || known.assets !== found.assets) {
        failures.push(`mixed: ${JSON.stringify([known, found])}`);
      }
      if (assets["routing-graph"] !== graph.sha256) failures.push("two graphs in one answer");
    };
    let next = 0;
    const client = async (): Promise<void> => {
      while (!load.isOver && next < MOST_REQUESTS) {
        await ask(next++);
        answered += 1;
      }
    };
    const clients = Array.from({ length: CLIENTS }, client);
    const activeIn = async (): Promise<string> => {
      const { activation } = (await (await fetch(`${server.url}/assets`)).json()) as {
        activation: { active: string; last: { outcome: string } };
      };
      // The server may have looked by itself a moment before it was asked to.
      expect(["activated", "unchanged"]).toContain(activation.last.outcome);
      return activation.active;
    };
    try {
      const order = [await activeIn()];
      for (let round = 0; round < SWITCHES; round++) {
        const before = answered;
        await expect.poll(() => answered, { timeout: 60_000 }).toBeGreaterThan(before + BETWEEN);
        if (round === 0) {
          const { version } = await addVersion(home, regions[1]!);
          await activateVersion(home, version);
        } else await rollBack(home);
        await server.refresh();
        order.push(await activeIn());
      }
      expect(new Set(order).size).toBe(2);
      for (let at = 1; at < order.length; at++) expect(order[at]).not.toBe(order[at - 1]);
    } finally {
      load.isOver = true;
      await Promise.all(clients);
    }
    expect(failures).toEqual([]);
    expect(answered).toBeGreaterThan(SWITCHES * BETWEEN);
    expect(seen.size).toBe(2);
    expect(new Set([...seen.values()].map(({ graph }) => graph)).size).toBe(2);
  });

  it("is told by the command line", async () => {
    const listed = JSON.parse(
      (await runCli(["region", "versions", "--home", home, "--json"])).stdout,
    ) as {
      version: string;
      isActive: boolean;
    }[];
    expect(listed).toHaveLength(2);
    const back = await runCli(["region", "rollback", "--home", home, "--json"]);
    expect(back.code).toBe(0);
    const { active } = JSON.parse(back.stdout) as { active: string };
    expect(listed.find(({ isActive }) => isActive)?.version).not.toBe(active);
    await server.refresh();
    const assets = (await (await fetch(`${server.url}/assets`)).json()) as {
      region: { manifestSha256: string };
    };
    expect(active).toContain(assets.region.manifestSha256.slice(0, 16));
    expect((await runCli(["region", "prune", "--home", home, "--keep", "1"])).stdout).toContain(
      "0 versions",
    );
    const nothing = await runCli(["region", "activate", "--home", home]);
    expect(nothing.code).toBe(1);
    expect(nothing.stderr).toContain("request_invalid");
    const planned = await runCli([
      "plan",
      "--region",
      home,
      "--from",
      "1.5218,42.5063",
      "--to",
      "1.7333,42.5425",
      "--json",
    ]);
    expect(planned.code).toBe(0);
  });
});
