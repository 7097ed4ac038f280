import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

import { findDataDir, tileAt } from "@gradeway/test-kit";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { toLocal } from "../src/county-frame.ts";
import { createCountyNetwork } from "../src/county-network.ts";
import type { SampleRegion } from "../src/index.ts";
import { generateSampleRegion, writeSampleRegion } from "../src/index.ts";
import { createTerrain } from "../src/terrain.ts";
import { isDrivable, reachableFrom, reversed, roadGraph } from "./road-graph.ts";

const hasGdal = ["gdalinfo", "ogrinfo"].every(
  (command) => spawnSync(command, ["--version"]).error === undefined,
);
const dataDir = findDataDir();
const realTile = path.join(dataDir ?? "", "andorra/geotiff/11/1032/754.tif");
const hasRealTile = dataDir !== undefined && existsSync(realTile);

describe("generateSampleRegion", () => {
  const folder = mkdtempSync(path.join(tmpdir(), "gradeway-sample-"));
  let region: SampleRegion;
  let generationMs = 0;
  beforeAll(async () => {
    const startedAtMs = performance.now();
    region = await writeSampleRegion(folder);
    generationMs = performance.now() - startedAtMs;
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it("gives the same bytes for the same seed, and others for another", () => {
    const again = generateSampleRegion();
    expect(Buffer.compare(region.pbf, again.pbf)).toBe(0);
    for (const [index, { id, bytes }] of region.tiles.entries()) {
      expect(id).toEqual(again.tiles[index]?.id);
      expect(Buffer.compare(bytes, again.tiles[index]!.bytes)).toBe(0);
    }
    const other = createCountyNetwork(createTerrain(7), 7);
    expect(other.dataset.nodes).not.toEqual(region.dataset.nodes);
    expect(generationMs).toBeLessThan(20_000);
  });

  it.each([20_260_212, 1, 2, 3])("holds together for seed %i", (seed) => {
    const terrain = createTerrain(seed);
    const { dataset } = createCountyNetwork(terrain, seed);
    const heightAtM = (lon: number, lat: number): number => terrain.heightAtM(toLocal(lon, lat));
    expect(dataset.nodes.length).toBeGreaterThan(3_000);
    expect(dataset.nodes.length).toBeLessThan(15_000);
    const known = new Set(dataset.nodes.map(({ id }) => id));
    for (const way of dataset.ways) {
      expect(way.nodes.every((node) => known.has(node))).toBe(true);
      expect(way.nodes.every((node, index) => node !== way.nodes[index + 1])).toBe(true);
      expect(way.tags["source"]).toBe("synthetic");
    }
    const arcs = roadGraph(dataset, heightAtM);
    const drivable = new Set(
      dataset.ways.filter((way) => isDrivable(way.tags)).flatMap((way) => way.nodes),
    );
    const pass = dataset.nodes.find((node) => node.tags?.["mountain_pass"] === "yes")!.id;
    const forward = reachableFrom(arcs, pass);
    const backward = reachableFrom(reversed(arcs), pass);
    const main = [...drivable].filter((node) => forward.has(node) && backward.has(node));
    expect(main.length / drivable.size).toBeGreaterThan(0.98);
    expect(main.length).toBeLessThan(drivable.size);
    for (const { lon, lat } of dataset.nodes) expect(heightAtM(lon, lat)).toBeGreaterThan(300);
  });

  it("carries every tag family that a truck router must understand", () => {
    const has = (tags: Record<string, string>): boolean =>
      [...region.dataset.ways, ...region.dataset.nodes].some((entity) =>
        Object.entries(tags).every(([key, value]) => entity.tags?.[key] === value),
      );
    for (const tags of [
      { highway: "motorway", tunnel: "yes", toll: "yes", name: "Ridge Tunnel" },
      { name: "Ridge Tunnel Approach", toll: "yes" },
      { barrier: "toll_booth" },
      { junction: "roundabout" },
      { highway: "traffic_signals" },
      { highway: "give_way" },
      { oneway: "-1" },
      { maxweight: "7.5" },
      { "maxweightrating:hgv": "7.5" },
      { maxheight: "3.5", tunnel: "yes" },
      { hgv: "no" },
      { hgv: "destination" },
      { access: "private" },
      { bridge: "yes", highway: "secondary" },
      { route: "ferry", duration: "00:14" },
      { highway: "track" },
      ...["30", "50", "80", "90", "110"].map((maxspeed) => ({ maxspeed })),
    ]) {
      expect(has(tags), JSON.stringify(tags)).toBe(true);
    }
    const kinds = region.dataset.relations.map(({ tags }) => tags["restriction"]);
    expect(new Set(kinds)).toEqual(new Set(["no_left_turn", "no_u_turn", "only_straight_on"]));
    const byId = new Map(region.dataset.ways.map((way) => [way.id, way]));
    for (const { members } of region.dataset.relations) {
      const via = members.find(({ role }) => role === "via")!.ref;
      for (const { ref } of members.filter(({ type }) => type === "way")) {
        const { nodes } = byId.get(ref)!;
        expect([nodes[0], nodes.at(-1)]).toContain(via);
      }
    }
  });

  it.skipIf(!hasGdal)("is read by GDAL's OSM driver (skipped where GDAL is absent)", () => {
    const report = execFileSync(
      "ogrinfo",
      ["-al", "-ro", "-geom=NO", path.join(folder, "sample.osm.pbf"), "lines"],
      { encoding: "utf8", maxBuffer: 64 * 1024 * 1024 },
    );
    const areas = region.dataset.ways.filter((way) => way.tags["natural"] === "water").length;
    expect(report.match(/^OGRFeature/gm)).toHaveLength(region.dataset.ways.length - areas);
    expect(report.match(/name \(String\) = Ridge Tunnel$/gm)).toHaveLength(2);
  });

  it.skipIf(!hasGdal || !hasRealTile)(
    "has tiles like the real ones (skipped without GDAL or data)",
    () => {
      const { id } = region.tiles[0]!;
      const file = path.join(folder, "geotiff", String(id.z), String(id.x), `${id.y}.tif`);
      expect(tileProfile(file)).toEqual(tileProfile(realTile));
    },
  );

  it("has a few voids, in the outermost tiles only", () => {
    const { lon, lat } = region.demo.from;
    expect(region.heightAtM(lon, lat)).toBeGreaterThan(350);
    const [voidLon, voidLat] = [6.5149, 47.1975];
    expect(region.heightAtM(voidLon, voidLat)).toBeNaN();
    const tile = tileAt(voidLon, voidLat, 11);
    expect(region.tiles.map(({ id }) => id)).toContainEqual(tile);
    expect(region.tiles).toHaveLength(20);
  });
});

/** What gdalinfo says about a tile, apart from where it is. */
function tileProfile(file: string): string {
  return execFileSync("gdalinfo", [file], { encoding: "utf8" })
    .replaceAll(file, "")
    .replaceAll(/-?\d+\.\d{6,}/g, (number) => Number(number).toFixed(6))
    .replace(/^Origin = .*$/m, "")
    .replaceAll(/^(?:Upper|Lower|Center).*$/gm, "");
}
