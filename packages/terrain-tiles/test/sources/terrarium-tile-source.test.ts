import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";

import { ReasonError } from "@gradeway/reason-codes";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { createElevationSampler, openTileSource } from "../../src/index.ts";
import { createMemoryTileSource } from "../../src/sources/memory-tile-source.ts";
import { createTerrariumTileSource } from "../../src/sources/terrarium-tile-source.ts";
import { heightsAt } from "../small-world.ts";
import { expectPlane, plane, PLACES, planeTiles } from "./terrarium-plane.ts";

const tiles = { 256: planeTiles(256), 512: planeTiles(512) };
describe("Terrarium tiles", () => {
  it.each([256, 512] as const)("of %d pixels are seamless", async (sizePx) => {
    const source = createTerrariumTileSource(createMemoryTileSource(tiles[sizePx]), { sizePx });
    expectPlane(await heightsAt(source, PLACES));
  });

  it("end the other reads without a reason that would pass for an answer", async () => {
    const signals: (AbortSignal | undefined)[] = [];
    const source = createTerrariumTileSource({
      info: { name: "test", attribution: "" },
      async getTile({ x, y }, { signal } = {}) {
        signals.push(signal);
        if (x % 2 === 1 && y % 2 === 1) throw new ReasonError("terrain_dem_url_missing", "x", {});
        await new Promise((resolve) => signal?.addEventListener("abort", resolve));
        signal?.throwIfAborted();
        return undefined;
      },
    });
    const failing = source.getTile({ z: 11, x: 1, y: 1 });
    await expect(failing).rejects.toMatchObject({ reasonCode: "terrain_dem_url_missing" });
    expect(signals).toHaveLength(4);
    for (const signal of signals) expect(signal?.reason).toMatchObject({ name: "AbortError" });
  });

  it("void a quarter that is absent, and are absent without any quarter", async () => {
    const some = new Map(tiles[256]);
    some.delete("12/2064/1510");
    const source = createTerrariumTileSource(createMemoryTileSource(some));
    const [here, there] = await heightsAt(source, [
      [100, 100],
      [300, 100],
    ]);
    expect(here).toBeNaN();
    expect(there).toBeCloseTo(plane(299.5, 99.5), 5);
    expect(await source.getTile({ z: 11, x: 5, y: 5 })).toBeUndefined();
  });

  it("of the wrong size, or damaged, are named as they are stored", async () => {
    const wrong = createTerrariumTileSource(createMemoryTileSource(tiles[512]), { sizePx: 512 });
    await expect(
      createTerrariumTileSource({
        info: wrong.info,
        getTile: async () => tiles[512].values().next().value,
      }).getTile({ z: 11, x: 1032, y: 755 }),
    ).rejects.toMatchObject({
      reasonCode: "terrain_tile_corrupt",
      details: { tile: "12/2064/1510", problem: "it has 512 x 512 pixels instead of 256 x 256" },
    });
  });

  it("pass on a failure of their source and end the other reads", async () => {
    const failure = new Error("outage");
    let ended = 0;
    const source = createTerrariumTileSource({
      info: { name: "", attribution: "" },
      getTile: (id, { signal } = {}) =>
        id.x % 2 === 1 && id.y % 2 === 1
          ? Promise.reject(failure)
          : new Promise((_, reject) => {
              signal!.addEventListener("abort", () => {
                ended += 1;
                reject(new Error("ended"));
              });
            }),
    });
    await expect(source.getTile({ z: 3, x: 1, y: 1 })).rejects.toBe(failure);
    expect(ended).toBe(3);
  });
});

describe("openTileSource", () => {
  let directory = "";
  beforeAll(async () => {
    directory = await mkdtemp(path.join(tmpdir(), "terrarium-"));
    for (const [name, bytes] of tiles[256]) {
      const file = path.join(directory, `${name}.png`);
      await mkdir(path.dirname(file), { recursive: true });
      await writeFile(file, bytes);
    }
  });
  afterAll(() => rm(directory, { recursive: true, force: true }));

  it("tells a directory of PNG files by its files", async () => {
    expectPlane(await heightsAt(await openTileSource(directory), PLACES));
    const asGeotiff = await openTileSource(directory, { format: "geotiff" });
    expect(await asGeotiff.getTile({ z: 12, x: 2064, y: 1510 })).toBeUndefined();
  });

  it("tells a template by its ending, also before a query", async () => {
    const server = createServer((request, response) => {
      const bytes = tiles[256].get(/^\/(.*)\.png\?key=1$/.exec(request.url!)?.[1] ?? "");
      response.writeHead(bytes === undefined ? 404 : 200).end(bytes);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
    const template = `http://${host}/{z}/{x}/{y}.png?key=1`;
    const source = await openTileSource(template, { allowedHosts: [host], fetch });
    expectPlane(await heightsAt(source, PLACES));
    const outM = new Float64Array(1);
    const far = await createElevationSampler(source).sample(new Float64Array([50, 10]), outM);
    expect(far.missingTiles).toHaveLength(1);
    server.closeAllConnections();
    server.close();
  });
});
