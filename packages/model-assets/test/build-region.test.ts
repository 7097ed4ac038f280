import { mkdir, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { osmSourceFromBytes } from "@gradeway/route-core";
import {
  createDirectoryTileSource,
  createElevationSampler,
  createTileDecodePool,
  type DecodeTile,
} from "@gradeway/terrain-tiles";
import { networkFromAscii, terrainTilesFor, writeOsmPbf } from "@gradeway/test-kit";
import { describe, expect, it } from "vitest";

import {
  buildRegion,
  type BuildRegionOptions,
  type BuildReport,
  hashTiles,
  loadRegion,
  MANIFEST_FILE,
  readManifest,
  sha256Hex,
  signRegion,
  SIGNATURE_FILE,
} from "../src/index.ts";
import {
  buildSmallRegion,
  newKeys,
  pathOf,
  reasonOf,
  withTemporaryDirectory,
} from "./small-region.ts";

const NETWORK = networkFromAscii("A----B----C----D\n     |    |\n     E----F", {
  ways: { ABCD: { highway: "primary" }, BE: {}, EF: {}, CF: {} },
  origin: [1.5, 42.5],
  gridM: 800,
});
const PBF = writeOsmPbf(NETWORK.dataset);
const BOX = [1.49, 42.48, 1.56, 42.51] as const;

/** Writes tiles of a slope below a directory. */
async function writeTiles(directory: string, riseM: number): Promise<void> {
  const tiles = terrainTilesFor(BOX, 11, (lon) => 100 + riseM * (lon - 1.5));
  for (const { id, bytes } of tiles) {
    await mkdir(join(directory, "11", String(id.x)), { recursive: true });
    await writeFile(join(directory, "11", String(id.x), `${id.y}.tif`), bytes);
  }
}

/** Builds in `root/region` from tiles in `root/tiles`, keeping its steps. */
async function build(
  root: string,
  options: Partial<BuildRegionOptions> & { decode?: DecodeTile } = {},
): Promise<BuildReport> {
  const source = await createDirectoryTileSource(join(root, "tiles"));
  const { decode, ...rest } = options;
  return buildRegion({
    directory: join(root, "region"),
    workDirectory: join(root, "work"),
    name: "hills",
    osm: osmSourceFromBytes(PBF),
    osmInput: { name: "hills.osm.pbf", sha256: sha256Hex(PBF) },
    elevation: createElevationSampler(source, { decode }),
    elevationSha256: (bbox) => hashTiles(source, 11, bbox),
    ...rest,
  });
}

/** Every file of a region with its content. */
async function contentOf(directory: string): Promise<Record<string, string>> {
  const assets = (await readdir(join(directory, "assets"))).map((name) => `assets/${name}`);
  const files = [MANIFEST_FILE, ...assets].sort();
  const hashes = await Promise.all(
    files.map(async (f) => sha256Hex(await readFile(join(directory, f)))),
  );
  return Object.fromEntries(files.map((file, index) => [file, hashes[index]!]));
}

describe("the steps of a build", () => {
  it("give the same bytes in two directories, kept or not, with one thread and with two", async () => {
    await withTemporaryDirectory(async (one) =>
      withTemporaryDirectory(async (two) => {
        for (const root of [one, two]) await writeTiles(join(root, "tiles"), 4000);
        await build(one);
        const pool = createTileDecodePool({ threads: 2 });
        const { reusedSteps } = await build(two, { decode: pool.decode, threads: 2 });
        await pool.close();
        expect(reusedSteps).toEqual([]);
        const content = await contentOf(join(one, "region"));
        expect(await contentOf(join(two, "region"))).toEqual(content);
        const source = await createDirectoryTileSource(join(one, "tiles"));
        await buildRegion({
          directory: join(two, "other"),
          name: "hills",
          osm: osmSourceFromBytes(PBF),
          osmInput: { name: "hills.osm.pbf", sha256: sha256Hex(PBF) },
          elevation: createElevationSampler(source),
        });
        expect(await contentOf(join(two, "other"))).toEqual(content);
      }),
    );
  });

  it("are not run again for the same inputs, and nothing is written", async () => {
    await withTemporaryDirectory(async (root) => {
      await writeTiles(join(root, "tiles"), 4000);
      const first = await build(root);
      expect(first).toMatchObject({ isUnchanged: false, sequence: 1, reusedSteps: [] });
      const { privatePem } = newKeys();
      await signRegion(join(root, "region"), privatePem);
      const before = await timesOf(join(root, "region"));
      const steps: string[] = [];
      const again = await build(root, { progress: (step) => steps.push(step) });
      expect(again).toEqual({
        ...first,
        isUnchanged: true,
        reusedSteps: ["import", "elevation", "graph", "hierarchy"],
      });
      expect(steps).not.toContain("read");
      // Not even the time of a file, and the signature stays.
      expect(await timesOf(join(root, "region"))).toEqual(before);
      expect(Object.keys(before)).toContain(SIGNATURE_FILE);
    });
  });

  it("go on after a build that was stopped in the middle, to the same bytes", async () => {
    await withTemporaryDirectory(async (whole) =>
      withTemporaryDirectory(async (stopped) => {
        for (const root of [whole, stopped]) await writeTiles(join(root, "tiles"), 4000);
        await build(whole);
        for (const at of ["elevation", "finish", "hierarchy"] as const) {
          await expect(
            build(stopped, {
              progress: (step) => {
                if (step === at) throw new Error(`stopped at ${at}`);
              },
            }),
          ).rejects.toThrow("stopped");
          expect(await reasonOf(() => loadRegion(join(stopped, "region")))).toBe("asset_missing");
        }
        const { reusedSteps } = await build(stopped);
        expect(reusedSteps).toEqual(["import", "elevation", "graph"]);
        expect(await contentOf(join(stopped, "region"))).toEqual(
          await contentOf(join(whole, "region")),
        );
      }),
    );
  });

  it("are run again from the first whose inputs changed", async () => {
    await withTemporaryDirectory(async (root) => {
      await writeTiles(join(root, "tiles"), 4000);
      await build(root);
      const graph = await readFile(await pathOf(join(root, "region"), "routing-graph"));
      await writeTiles(join(root, "tiles"), 5000);
      const steeper = await build(root);
      expect(steeper).toMatchObject({ reusedSteps: ["import"], sequence: 2, isUnchanged: false });
      const changed = await readFile(await pathOf(join(root, "region"), "routing-graph"));
      expect(changed.equals(graph)).toBe(false);
      const smoother = await build(root, { smoothingM: 0 });
      expect(smoother).toMatchObject({ reusedSteps: ["import", "elevation"], sequence: 3 });
      const renamed = await build(root, { smoothingM: 0, countries: ["AD"] });
      expect(renamed).toMatchObject({
        reusedSteps: ["import", "elevation", "graph", "hierarchy"],
        sequence: 4,
        isUnchanged: false,
      });
    });
  });

  it("samples again when nobody can tell whether the tiles changed", async () => {
    await withTemporaryDirectory(async (root) => {
      await writeTiles(join(root, "tiles"), 4000);
      const source = await createDirectoryTileSource(join(root, "tiles"));
      const options = { elevation: createElevationSampler(source) };
      const unknown = { ...options, elevationSha256: undefined } as never;
      await build(root, unknown);
      // The heights are the same, so that the graph need not be made again.
      expect((await build(root, unknown)).reusedSteps).toEqual(["import", "graph", "hierarchy"]);
    });
  });

  it("do not trust results that were damaged, nor a graph that is gone", async () => {
    await withTemporaryDirectory(async (root) => {
      await writeTiles(join(root, "tiles"), 4000);
      await build(root);
      const content = await contentOf(join(root, "region"));
      const work = join(root, "work");
      const damages: [string, () => Promise<void>, string[]][] = [
        [
          "import",
          () => writeFile(join(work, "import.bin"), "x"),
          ["elevation", "graph", "hierarchy"],
        ],
        ["steps", () => writeFile(join(work, "steps.json"), "{"), []],
        [
          "graph",
          async () => rm(await pathOf(join(root, "region"), "routing-graph")),
          ["import", "elevation", "hierarchy"],
        ],
        [
          "hierarchy",
          async () => rm(await pathOf(join(root, "region"), "hierarchy")),
          ["import", "elevation", "graph"],
        ],
        ["everything", () => rm(work, { recursive: true }), []],
      ];
      for (const [what, spoil, reused] of damages) {
        await spoil();
        expect((await build(root)).reusedSteps, what).toEqual(reused);
        expect(await contentOf(join(root, "region")), what).toEqual(content);
      }
    });
  });
});

async function timesOf(directory: string): Promise<Record<string, number>> {
  const times: Record<string, number> = {};
  for (const name of await readdir(directory, { recursive: true })) {
    times[name] = (await stat(join(directory, name))).mtimeMs;
  }
  return times;
}

describe("the manifest of a build", () => {
  it("says of each asset what it is, how old, of which class and what it was made from", async () => {
    await withTemporaryDirectory(async (root) => {
      await writeTiles(join(root, "tiles"), 4000);
      await build(root, {
        facts: { "fuel-prices": { maxAgeDays: 30 } },
        timeZone: "Europe/Andorra",
        countries: ["AD"],
      });
      const { manifest } = await readManifest(join(root, "region"));
      expect(manifest).toMatchObject({
        format: 2,
        sequence: 1,
        timeZone: "Europe/Andorra",
        countries: ["AD"],
      });
      const asset = (kind: string) => manifest.assets.find((each) => each.kind === kind);
      expect(asset("routing-graph")).toMatchObject({
        provenance: "derived",
        builderVersion: "0.1.0",
        inputs: [
          { location: "hills.osm.pbf", sha256: sha256Hex(PBF), licence: "ODbL-1.0" },
          { location: "directory tiles z11" },
        ],
      });
      expect(asset("fuel-prices")).toMatchObject({
        asOf: "2026-01-01",
        maxAgeDays: 30,
        provenance: "assumed",
      });
      expect(asset("emission-factors")).toMatchObject({ provenance: "assumed" });
      const text = await readFile(join(root, "region", MANIFEST_FILE), "utf8");
      // No time of the build, no place on this machine.
      expect(text).not.toContain(root);
      expect(text).not.toContain(new Date().toISOString().slice(0, 10));
    });
  });

  it("takes the number that it is given, else goes on from the one that is there", async () => {
    await withTemporaryDirectory(async (directory) => {
      const number = async (options: Partial<BuildRegionOptions>) =>
        (await buildSmallRegion(directory, options)).report.sequence;
      expect(await number({ sequence: 41 })).toBe(41);
      expect(await number({})).toBe(41);
      expect(await number({ countries: ["AD"] })).toBe(42);
      await writeFile(join(directory, MANIFEST_FILE), '{"format":1}');
      expect(await number({})).toBe(1);
    });
  });

  it("is not written for tables that do not fit", async () => {
    await withTemporaryDirectory(async (directory) => {
      await buildSmallRegion(directory);
      const before = await readFile(join(directory, MANIFEST_FILE), "utf8");
      const tables = (value: unknown) => ({ tables: { "fuel-prices": value } }) as never;
      const refusal = (options: never) => reasonOf(() => buildSmallRegion(directory, options));
      expect(await refusal(tables([{ id: "fuel.diesel" }]))).toBe("asset_invalid");
      expect(await refusal(tables([]))).toBe("figure_missing");
      expect(await refusal({ currency: "GBP" } as never)).toBe("figure_currency_mismatch");
      expect(await readFile(join(directory, MANIFEST_FILE), "utf8")).toBe(before);
    });
  });
});
