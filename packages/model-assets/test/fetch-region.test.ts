import { readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { decodeGraph } from "@gradeway/route-core";
import { createHttpTileSource, createSafeFetch } from "@gradeway/terrain-tiles";
import {
  type FileFault,
  networkFromAscii,
  startLoopbackFileServer,
  terrainTilesFor,
  writeOsmPbf,
} from "@gradeway/test-kit";
import { afterEach, describe, expect, it } from "vitest";

import {
  createHttpClient,
  fetchRegion,
  type FetchProgress,
  openRegion,
  readRecipe,
  type RegionRecipe,
  sha256Hex,
  shippedRecipes,
} from "../src/index.ts";
import { reasonOf, withTemporaryDirectory } from "./small-region.ts";

const EXTRACT = "/europe/small-latest.osm.pbf";
const network = (maxspeed: string) =>
  networkFromAscii("A----B----C\n|    |    |\nD----E----F", {
    ways: { ABC: { highway: "primary", maxspeed }, DEF: {}, AD: {}, BE: {}, CF: {} },
    origin: [1.5, 42.5],
    gridM: 800,
    timestamp: "2026-11-20T00:00:00Z",
  });
const pbfOf = (maxspeed: string): Uint8Array => writeOsmPbf(network(maxspeed).dataset);
const BOX = [1.49, 42.47, 1.62, 42.51] as const;

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

/** A site with one extract and its tiles, and a fetch from it. */
async function site(
  faults: (path: string, index: number) => FileFault | undefined = () => undefined,
) {
  const files = new Map<string, Uint8Array>([[EXTRACT, pbfOf("70")]]);
  for (const [folder, baseM] of [
    ["tiles", 900],
    ["mirror", 1200],
  ] as const) {
    for (const { id, bytes } of terrainTilesFor(BOX, 11, (lon) => baseM + 2000 * (lon - 1.5))) {
      files.set(`/${folder}/${id.z}/${id.x}/${id.y}.tif`, bytes);
    }
  }
  const server = await startLoopbackFileServer({
    files,
    faults: (index, { path }) => faults(path, index),
  });
  const fetch = createSafeFetch({ allowedHosts: [server.host], allowLoopback: true });
  closing.push(
    () => fetch.close(),
    () => server.close(),
  );
  const recipeOf = (urlTemplate: string): RegionRecipe => ({
    format: 1,
    name: "small",
    extract: { url: `${server.origin}${EXTRACT}` },
    tiles: { urlTemplate, zoom: 11 },
    bbox: [...BOX],
    timeZone: "Europe/Andorra",
    currency: "EUR",
    countries: ["AD"],
    maxAgeDays: { "routing-graph": 30 },
  });
  const run = (
    directory: string,
    progress?: (progress: FetchProgress) => void,
    tiles = "tiles/{z}/{x}/{y}.tif",
  ) => {
    const urlTemplate = `${server.origin}/${tiles}`;
    return fetchRegion({
      recipe: recipeOf(urlTemplate),
      directory,
      client: createHttpClient({ fetch, retryDelayMs: 1, retries: 40, breakerFailures: 100 }),
      tiles: createHttpTileSource({
        urlTemplate,
        allowedHosts: [server.host],
        fetch,
        retryDelayMs: 1,
        attribution: "made up",
      }),
      ...(progress === undefined ? {} : { progress }),
    });
  };
  return { files, server, run };
}

describe("fetchRegion", () => {
  it("downloads, builds, and says in the manifest where everything came from", async () => {
    await withTemporaryDirectory(async (directory) => {
      const { server, run } = await site();
      const seen: FetchProgress[] = [];
      const fetched = await run(directory, (progress) => seen.push(progress));
      expect(fetched).toMatchObject({
        extract: { sha256: sha256Hex(pbfOf("70")), isUnchanged: false },
        tiles: { absent: [], present: 0 },
        build: { coverageRatio: 1, sequence: 1 },
      });
      expect(new Set(seen.map(({ step }) => step))).toEqual(new Set(["extract", "tiles", "build"]));
      const { manifest } = await openRegion(directory);
      expect(manifest).toMatchObject({
        name: "small",
        timeZone: "Europe/Andorra",
        countries: ["AD"],
      });
      const graph = manifest.assets.find(({ kind }) => kind === "routing-graph")!;
      expect(graph.maxAgeDays).toBe(30);
      expect(graph.inputs.map(({ location, attribution }) => [location, attribution])).toEqual([
        [`${server.origin}${EXTRACT}`, "© OpenStreetMap contributors (ODbL 1.0)"],
        [`${server.host} tiles z11`, "made up"],
      ]);
    });
  });

  it("does nothing twice, and builds anew when there is a new extract", async () => {
    await withTemporaryDirectory(async (directory) => {
      const { files, server, run } = await site();
      const first = await run(directory);
      const asked = server.requests.length;
      const again = await run(directory);
      expect(again).toMatchObject({
        extract: { isUnchanged: true },
        tiles: { fetched: 0, present: first.tiles.total },
        build: { isUnchanged: true, reusedSteps: ["import", "elevation", "graph", "hierarchy"] },
      });
      // Whether the extract is still the same, and nothing else.
      expect(server.requests.length).toBe(asked + 1);
      files.set(EXTRACT, pbfOf("50"));
      expect(await run(directory)).toMatchObject({
        extract: { isUnchanged: false },
        tiles: { fetched: 0 },
        build: { isUnchanged: false, sequence: 2 },
      });
    });
  });

  it("takes no tile of one address for one of another", async () => {
    await withTemporaryDirectory(async (directory) => {
      const { files, run } = await site();
      const heightsM = async () =>
        Array.from(decodeGraph((await openRegion(directory)).region.graph).heightM);
      const { tiles } = await run(directory);
      const before = await heightsM();
      const mirror = "mirror/{z}/{x}/{y}.tif";
      const other = await run(directory, undefined, mirror);
      expect(other).toMatchObject({ tiles: { fetched: tiles.total, present: 0 } });
      for (const [node, heightM] of (await heightsM()).entries()) {
        expect(heightM - before[node]!).toBeCloseTo(300, 0);
      }
      // The key in an address may change, and a folder that was filled by hand is nobody's else.
      const again = await run(directory, undefined, `${mirror}?key=secret`);
      expect(again.tiles).toMatchObject({ fetched: 0, present: tiles.total });
      const note = join(directory, "sources/tiles.source.json");
      expect(await readFile(note, "utf8")).not.toContain("secret");
      await rm(note);
      expect((await run(directory)).tiles).toMatchObject({ fetched: 0, present: tiles.total });
      // What broke off while it changed sides has no tile of the other side.
      const tile = [...files.keys()].find((path) => path.startsWith("/mirror/"));
      files.set(tile!, Buffer.from("no tile"));
      expect(await reasonOf(() => run(directory, undefined, mirror))).toBe("terrain_tile_corrupt");
      expect((await run(directory)).tiles).toMatchObject({ fetched: tiles.total, present: 0 });
    });
  });

  it("goes on after it broke off, with what it has", async () => {
    await withTemporaryDirectory(async (whole) =>
      withTemporaryDirectory(async (broken) => {
        await (await site()).run(whole);
        let isDown = true;
        const { server, run } = await site((path) =>
          isDown && path.startsWith("/tiles/") ? { status: 500 } : undefined,
        );
        expect(await reasonOf(() => run(broken))).toBe("terrain_fetch_failed");
        isDown = false;
        const { extract, tiles } = await run(broken);
        expect(extract.isUnchanged).toBe(true);
        const heights = await Promise.all(
          [whole, broken].map(async (directory) => {
            const { region } = await openRegion(directory);
            return decodeGraph(region.graph).heightM;
          }),
        );
        expect(heights[0]).toEqual(heights[1]);
        const kept = await readdir(join(broken, "sources/tiles"), { recursive: true });
        const tile = kept.find((name) => name.endsWith(".tif"));
        await rm(join(broken, "sources/tiles", tile!));
        const before = server.requests.length;
        expect((await run(broken)).tiles).toMatchObject({ fetched: 1, present: tiles.total - 1 });
        // The extract's version, and the one tile.
        expect(server.requests.length - before).toBe(2);
      }),
    );
  });

  it("tells tiles that do not exist, and does not keep tiles that are none", async () => {
    await withTemporaryDirectory(async (directory) => {
      const { files, run } = await site();
      const tile = [...files.keys()].find((path) => path.startsWith("/tiles/"))!;
      const bytes = files.get(tile)!;
      files.set(tile, bytes.subarray(0, 100));
      expect(await reasonOf(() => run(directory))).toBe("terrain_tile_corrupt");
      files.delete(tile);
      const { tiles, build } = await run(directory);
      expect(tiles.absent).toEqual([tile.replace("/tiles/", "").replace(".tif", "")]);
      expect(build.coverageRatio).toBeLessThan(1);
      files.set(tile, bytes);
      // It is asked for again, because it may exist by now.
      expect(await run(directory)).toMatchObject({
        tiles: { fetched: 1 },
        build: { coverageRatio: 1 },
      });
    });
  });
});

describe("recipes", () => {
  it("that are shipped can be read", async () => {
    const names = await shippedRecipes();
    expect(names).toEqual(["andorra", "isle-of-man", "monaco", "rhein-neckar"]);
    for (const name of names) {
      const recipe = await readRecipe(name);
      expect(recipe.name).toBe(name);
      expect(new URL(recipe.extract.url).host).toBe("download.geofabrik.de");
      expect(new URL(recipe.extract.url).protocol).toBe("https:");
    }
  });

  it("are refused with the field that is wrong", async () => {
    await withTemporaryDirectory(async (directory) => {
      const file = join(directory, "recipe.json");
      const recipe = await readRecipe("monaco");
      const read = async (change: object) => {
        await writeFile(file, JSON.stringify({ ...recipe, ...change }));
        return reasonOf(() => readRecipe(file));
      };
      expect(await read({})).toBe("none");
      expect(await read({ timeZone: "Europe/Atlantis" })).toBe("asset_invalid");
      expect(await read({ bbox: [7.5, 43, 7.4, 44] })).toBe("asset_invalid");
      expect(await read({ extract: { url: "file:///etc/passwd" } })).toBe("asset_invalid");
      expect(await read({ countries: [] })).toBe("asset_invalid");
      expect(await read({ maxAgeDays: { "no-such-kind": 3 } })).toBe("asset_field_unknown");
      expect(await read({ colour: "green" })).toBe("asset_field_unknown");
      await rm(file);
      expect(await reasonOf(() => readRecipe(file))).toBe("request_invalid");
    });
  });
});
