import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { diffRegions, openRegion, type RegionDiff } from "@gradeway/model-assets";
import { ROAD_CLASSES } from "@gradeway/route-core";
import { findDataDir } from "@gradeway/test-kit";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";

import { type DecodedPbf, decodeOsmPbf } from "../../../packages/test-kit/test/decode-osm-pbf.ts";
import { runCli } from "./run-cli.ts";

const dataDir = findDataDir();
if (dataDir === undefined) console.warn("skipped: real builds and diffs (no GRADEWAY_DATA_DIR)");

// Each build is a process of its own, and a machine under load starts them slowly.
vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 });

let root = "";
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "gradeway-real-diff-"));
});
afterAll(() => rm(root, { recursive: true, force: true }));

async function build(out: string, osm: string, tiles: string, ...more: string[]): Promise<void> {
  const run = await runCli([
    "region",
    "build",
    "--osm",
    join(dataDir!, osm),
    "--tiles",
    join(dataDir!, tiles),
    "--out",
    join(root, out),
    "--name",
    "real",
    ...more,
  ]);
  expect(run).toMatchObject({ code: 0, stderr: "" });
}

type Way = DecodedPbf["ways"][number];

/** Roads by their id, read without our importer. */
async function roadsIn(osm: string): Promise<ReadonlyMap<number, Way>> {
  const { ways } = decodeOsmPbf(await readFile(join(dataDir!, osm)));
  const noRoad = new Set(["parking_aisle", "drive-through", "emergency_access"]);
  const roads = ways.filter(
    ({ tags, nodes }) =>
      (ROAD_CLASSES as readonly string[]).includes(tags["highway"] ?? "") &&
      tags["area"] !== "yes" &&
      nodes.length > 1 &&
      !(tags["highway"] === "service" && noRoad.has(tags["service"] ?? "")),
  );
  return new Map(roads.map((way) => [way.id, way]));
}

describe.skipIf(dataDir === undefined)("two builds of Monaco", () => {
  it("with one and with two workers in two directories are the same, byte for byte", async () => {
    for (const workers of ["1", "2"]) {
      await build(
        `monaco-${workers}`,
        "monaco/monaco-2016-03-04.osm.pbf",
        "monaco/geotiff",
        "--workers",
        workers,
      );
    }
    const [one, two] = ["monaco-1", "monaco-2"].map((name) => join(root, name));
    const assets = await readdir(join(one!, "assets"));
    expect(assets.length).toBeGreaterThanOrEqual(8);
    expect(await readdir(join(two!, "assets"))).toEqual(assets);
    for (const file of ["manifest.json", ...assets.map((name) => `assets/${name}`)]) {
      const bytes = await readFile(join(one!, file));
      expect((await readFile(join(two!, file))).equals(bytes), file).toBe(true);
    }
  });
});

describe.skipIf(dataDir === undefined)("Andorra, 2023 and 2025", () => {
  const OLD = "andorra/andorra-2023-05-02.osm.pbf";
  const NEW = "andorra/andorra-2025-01-18.osm.pbf";
  let diff: RegionDiff;
  let old: ReadonlyMap<number, Way>;
  let now: ReadonlyMap<number, Way>;

  beforeAll(async () => {
    await build("old", OLD, "andorra/geotiff");
    await build("now", NEW, "andorra/geotiff");
    diff = diffRegions(await openRegion(join(root, "old")), await openRegion(join(root, "now")));
    [old, now] = [await roadsIn(OLD), await roadsIn(NEW)];
  });

  const inBoth = () => [...old.values()].filter(({ id }) => now.has(id));

  it("have the ways that a second reader of the extracts finds", () => {
    expect(diff.roads.waysBefore).toBe(old.size);
    expect(diff.roads.waysAfter).toBe(now.size);
    expect(diff.roads.waysAdded).toBe([...now.keys()].filter((id) => !old.has(id)).length);
    expect(diff.roads.waysRemoved).toBe(old.size - inBoth().length);
    expect(diff.roads.waysAdded).toBeGreaterThan(200);
  });

  it("differ in class where the tag differs", () => {
    const expected = inBoth()
      .map(({ id, tags }) => ({
        wayId: id,
        before: tags["highway"],
        after: now.get(id)!.tags["highway"],
      }))
      .filter(({ before, after }) => before !== after)
      .sort((a, b) => a.wayId - b.wayId);
    expect(diff.roads.reclassified).toEqual({ added: [], removed: [], changed: expected });
  });

  it("differ in posted speed where the tags differ", () => {
    const speedTags = ({ tags }: Way): string =>
      Object.entries(tags)
        .filter(([key]) => key.startsWith("maxspeed"))
        .map((tag) => tag.join("="))
        .sort()
        .join(" ");
    const { added, removed, changed } = diff.roads.speeds;
    const told = new Set([...added, ...removed, ...changed].map(({ wayId }) => wayId));
    for (const id of told) expect(speedTags(old.get(id)!)).not.toBe(speedTags(now.get(id)!));
    // Where nothing but a plain number is posted, the other direction holds as well.
    const plain = ({ tags }: Way): string | undefined => {
      const keys = Object.keys(tags).filter((key) => key.startsWith("maxspeed"));
      return keys.every((key) => key === "maxspeed") ? (tags["maxspeed"] ?? "none") : undefined;
    };
    const isNumber = (text: string | undefined) => text === "none" || /^\d+$/.test(text ?? "");
    for (const way of inBoth()) {
      const [before, after] = [plain(way), plain(now.get(way.id)!)];
      if (!isNumber(before) || !isNumber(after)) continue;
      expect(told.has(way.id), String(way.id)).toBe(before !== after);
    }
  });

  it("differ in height limit where the tag differs", () => {
    const expected = inBoth().filter(
      ({ id, tags }) => tags["maxheight"] !== now.get(id)!.tags["maxheight"],
    );
    const { added, removed, changed } = diff.roads.limits.heightM;
    expect([...added, ...removed, ...changed].map(({ wayId }) => wayId)).toEqual(
      expected.map(({ id }) => id),
    );
  });

  it("add up to the kilometres of the new and the old ways", async () => {
    const positions = async (osm: string) => {
      const { nodes } = decodeOsmPbf(await readFile(join(dataDir!, osm)));
      return new Map(nodes.map(({ id, lon, lat }) => [id, [lon, lat] as const]));
    };
    const [oldAt, nowAt] = [await positions(OLD), await positions(NEW)];
    const lengthKm = ({ nodes }: Way, at: typeof oldAt): number => {
      const points = nodes.flatMap((id) => (at.has(id) ? [at.get(id)!] : []));
      return points.slice(1).reduce((sum, point, i) => sum + haversineKm(points[i]!, point), 0);
    };
    const total = (column: "addedKm" | "removedKm") =>
      Object.values(diff.roads.byClass).reduce((sum, change) => sum + change[column], 0);
    const added = [...now.values()].filter(({ id }) => !old.has(id));
    const removed = [...old.values()].filter(({ id }) => !now.has(id));
    const sum = (ways: readonly Way[], at: typeof oldAt) =>
      ways.reduce((km, way) => km + lengthKm(way, at), 0);
    expect(total("addedKm") / sum(added, nowAt)).toBeCloseTo(1, 2);
    expect(total("removedKm") / sum(removed, oldAt)).toBeCloseTo(1, 2);
  });

  it("are covered with elevation, both of them", () => {
    for (const { elevation } of [diff.before, diff.after]) {
      expect(elevation.coverageRatio).toBe(1);
      expect(elevation.voidKm).toBeLessThan(1);
    }
    expect(diff.tables).toEqual({});
  });
});

function haversineKm(a: readonly [number, number], b: readonly [number, number]): number {
  const rad = Math.PI / 180;
  const h =
    Math.sin(((b[1] - a[1]) * rad) / 2) ** 2 +
    Math.cos(a[1] * rad) * Math.cos(b[1] * rad) * Math.sin(((b[0] - a[0]) * rad) / 2) ** 2;
  return 2 * 6371.0088 * Math.asin(Math.sqrt(h));
}
