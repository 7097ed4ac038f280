import { readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { createRoutePlanner } from "@gradeway/route-core";
import { describe, expect, it } from "vitest";

import { loadRegion, MANIFEST_FILE, readManifest, setRate } from "../src/index.ts";
import {
  buildSmallRegion,
  editManifest,
  pathOf,
  type RawManifest,
  reasonOf,
  withTemporaryDirectory,
} from "./small-region.ts";

const now = (): number => 0;

describe("loadRegion", () => {
  it("loads what was built, ready to plan", async () => {
    await withTemporaryDirectory(async (directory) => {
      const { position } = await buildSmallRegion(directory);
      const region = await loadRegion(directory);
      const planner = createRoutePlanner(region, { now });
      const answer = planner.planPareto({ origin: position("A"), destination: position("F") });
      expect(answer.routes.length).toBeGreaterThan(0);
      expect(answer.provenance.region.name).toBe("small");
      expect(answer.provenance.graph.sha256).toMatch(/^[0-9a-f]{64}$/);
      expect(answer.warnings.map((warning) => warning.code)).toContain("terrain_not_available");
    });
  });

  it("builds the same bytes in two directories", async () => {
    await withTemporaryDirectory(async (one) =>
      withTemporaryDirectory(async (two) => {
        await buildSmallRegion(one);
        await buildSmallRegion(two);
        const manifest = await readFile(join(one, MANIFEST_FILE), "utf8");
        expect(await readFile(join(two, MANIFEST_FILE), "utf8")).toBe(manifest);
        for (const kind of ["routing-graph", "toll-tariffs"]) {
          const bytes = await readFile(await pathOf(one, kind));
          expect((await readFile(await pathOf(two, kind))).equals(bytes)).toBe(true);
        }
      }),
    );
  });

  it("refuses a changed byte in every asset", async () => {
    await withTemporaryDirectory(async (directory) => {
      await buildSmallRegion(directory);
      const { manifest } = await readManifest(directory);
      for (const { kind, path } of manifest.assets) {
        const file = join(directory, path);
        const bytes = await readFile(file);
        const damaged = Buffer.from(bytes);
        damaged[damaged.length - 1]! ^= 1;
        await writeFile(file, damaged);
        const strictly = () => loadRegion(directory, { policy: { strict: true } });
        expect(await reasonOf(strictly), kind).toBe("asset_hash_mismatch");
        await writeFile(file, bytes);
      }
      expect(await reasonOf(() => loadRegion(directory))).toBe("none");
    });
  });

  it("tells a graph of another version from a damaged one", async () => {
    await withTemporaryDirectory(async (directory) => {
      await buildSmallRegion(directory);
      const file = await pathOf(directory, "routing-graph");
      const bytes = await readFile(file);
      bytes.writeUInt32LE(99, 8);
      await writeFile(file, bytes);
      expect(await reasonOf(() => loadRegion(directory))).toBe("asset_version_unsupported");
    });
  });

  it("tells a truncated graph, a missing file and a missing region", async () => {
    await withTemporaryDirectory(async (directory) => {
      await buildSmallRegion(directory);
      const file = await pathOf(directory, "routing-graph");
      const bytes = await readFile(file);
      await writeFile(file, bytes.subarray(0, bytes.length / 2));
      expect(await reasonOf(() => loadRegion(directory))).toBe("asset_hash_mismatch");
      await rm(file);
      expect(await reasonOf(() => loadRegion(directory))).toBe("asset_missing");
      expect(await reasonOf(() => loadRegion(join(directory, "nowhere")))).toBe("asset_missing");
    });
  });

  it("checks the manifest itself", async () => {
    await withTemporaryDirectory(async (directory) => {
      await buildSmallRegion(directory);
      const original = await readFile(join(directory, MANIFEST_FILE));
      const after = async (edit: (manifest: RawManifest) => unknown) => {
        await editManifest(directory, edit);
        const reason = await reasonOf(() => loadRegion(directory));
        await writeFile(join(directory, MANIFEST_FILE), original);
        return reason;
      };
      expect(await after((manifest) => ({ ...manifest, format: 1 }))).toBe(
        "asset_version_unsupported",
      );
      expect(await after((manifest) => ({ ...manifest, extra: true }))).toBe("asset_field_unknown");
      expect(await after((manifest) => ({ ...manifest, assets: [] }))).toBe("asset_missing");
      await writeFile(join(directory, MANIFEST_FILE), "not json");
      expect(await reasonOf(() => loadRegion(directory))).toBe("asset_invalid");
    });
  });
});

describe("setRate", () => {
  it("replaces one figure, marks it assumed, and changes the provenance", async () => {
    await withTemporaryDirectory(async (directory) => {
      const { position } = await buildSmallRegion(directory);
      const before = await loadRegion(directory);
      const change = { id: "fuel.diesel", value: 2.4, source: "a test" };
      const rows = await setRate(directory, change);
      expect(rows.before.map((row) => row.value)).toEqual([1.2]);
      expect(rows.after).toMatchObject({ value: 2.4, source: "a test", provenance: "assumed" });
      const after = await loadRegion(directory);
      expect(after.provenance.rates.sha256).not.toBe(before.provenance.rates.sha256);
      expect(after.provenance.graph.sha256).toBe(before.provenance.graph.sha256);
      const trip = { origin: position("A"), destination: position("F"), geometry: "none" } as const;
      const fuel = (region: typeof after): number =>
        createRoutePlanner(region, { now })
          .planRoute(trip)
          .route.cost.lines.find((line) => line.item === "fuel")!.amount;
      expect(fuel(after)).toBeCloseTo(2 * fuel(before), 3);
    });
  });

  it("refuses what no price can be and leaves the region as it was", async () => {
    await withTemporaryDirectory(async (directory) => {
      await buildSmallRegion(directory);
      const manifest = await readFile(join(directory, MANIFEST_FILE), "utf8");
      for (const change of [
        { id: "operating.driver", value: -40, source: "a test" },
        { id: "fuel.diesel", value: Number.NaN, source: "a test" },
        { id: "fuel.diesel", value: 1, source: "" },
        { id: "fuel.diesel", value: 0, source: "a test" },
        { id: "operating.running", value: 1e12, source: "a test" },
        { id: "toll.ad-envalira", value: 1e6, source: "a test" },
        { id: "emission.diesel.ttw", value: 3, source: "a test" },
      ]) {
        await expect(setRate(directory, change)).rejects.toMatchObject({
          reasonCode: "request_invalid",
        });
      }
      expect(await readFile(join(directory, MANIFEST_FILE), "utf8")).toBe(manifest);
    });
  });

  it("keeps only the assets that the manifest lists", async () => {
    await withTemporaryDirectory(async (directory) => {
      await buildSmallRegion(directory);
      await setRate(directory, { id: "fuel.diesel", value: 2, source: "a test" });
      const { manifest } = await readManifest(directory);
      const files = await readdir(join(directory, "assets"));
      expect(files.map((name) => `assets/${name}`).sort()).toEqual(
        manifest.assets.map((asset) => asset.path).sort(),
      );
    });
  });

  it("sets one toll for every vehicle of a facility in place of its classes", async () => {
    await withTemporaryDirectory(async (directory) => {
      await buildSmallRegion(directory);
      const tollsOf = async (): Promise<(number | undefined)[]> => {
        const { rates } = await loadRegion(directory);
        return ["van-3.5t", "rigid-18t", "artic-40t"].map(
          (vehicle) => rates.byVehicle?.[vehicle]?.tollByFacility["ad-envalira"],
        );
      };
      expect(await tollsOf()).toEqual([14.2, 16.3, 20.3]);
      const change = { id: "toll.ad-envalira", value: 12, source: "what if" };
      const { before, after } = await setRate(directory, change);
      expect(before.map((row) => row.value)).toEqual([14.2, 16.3, 20.3]);
      expect(after).toMatchObject({ id: "toll.ad-envalira", vehicles: {}, provenance: "assumed" });
      expect(after).not.toHaveProperty("publisher");
      expect(after).not.toHaveProperty("note");
      expect(await tollsOf()).toEqual([12, 12, 12]);
      const again = await setRate(directory, { ...change, value: 13 });
      expect(again.before.map((row) => row.value)).toEqual([12]);
      expect(await tollsOf()).toEqual([13, 13, 13]);
    });
  });

  it("refuses an unknown row and names the known ones", async () => {
    await withTemporaryDirectory(async (directory) => {
      await buildSmallRegion(directory);
      const change = { id: "toll.nowhere", value: 1, source: "a test" };
      await expect(setRate(directory, change)).rejects.toMatchObject({
        reasonCode: "request_invalid",
        message: expect.stringContaining("toll.ad-envalira") as string,
      });
    });
  });
});
