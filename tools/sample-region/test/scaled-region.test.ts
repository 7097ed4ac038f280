import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

import { osmSourceFromBytes, readRoadNetwork } from "@gradeway/route-core";
import type { OsmDataset } from "@gradeway/test-kit";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { buildScaledRegion } from "../src/build-scaled-region.ts";
import { HALF_HEIGHT_M, HALF_WIDTH_M } from "../src/county-frame.ts";
import { latticeOf } from "../src/county-lattice.ts";
import { createCountyNetwork } from "../src/county-network.ts";
import { latticeHeights } from "../src/lattice-terrain.ts";
import { scaledCounties } from "../src/scaled-network.ts";
import { createTerrain } from "../src/terrain.ts";
import { type ScaledRegion, writeScaledRegion } from "../src/write-scaled-region.ts";

const SEED = 20_260_212;
const terrain = createTerrain(SEED);

describe("a lattice of counties", () => {
  it("has about as many counties as are asked for, and is about as wide as high", () => {
    for (const scale of [0.1, 1, 4, 250, 2000]) {
      const { columns, rows, bbox } = latticeOf(scale);
      const wanted = Math.max(1, (scale * 1000) / 790);
      expect(columns * rows).toBeGreaterThan(0.6 * wanted);
      expect(columns * rows).toBeLessThan(1.6 * wanted);
      if (scale >= 250) expect((4 * columns) / (3 * rows)).toBeCloseTo(1, 0);
      expect(bbox[0]).toBeGreaterThan(-180);
      expect(bbox[3]).toBeLessThan(60);
    }
  });

  it("numbers nodes, ways and restrictions on from county to county", () => {
    const ids = { nodes: 0, ways: 0, relations: 0 };
    const nodes = new Set<number>();
    const ways = new Set<number>();
    let crossings = 0;
    for (const { dataset } of scaledCounties(latticeOf(5), terrain, SEED)) {
      const own = new Set(dataset.nodes.map(({ id }) => id));
      for (const kind of ["nodes", "ways", "relations"] as const) {
        for (const { id } of dataset[kind]) expect(id).toBe(++ids[kind]);
      }
      for (const id of own) nodes.add(id);
      for (const way of dataset.ways) {
        ways.add(way.id);
        expect(way.nodes.every((node) => nodes.has(node))).toBe(true);
        if (way.nodes.some((node) => !own.has(node))) crossings++;
      }
      for (const { members } of dataset.relations) {
        const known = members.every(({ type, ref }) => (type === "node" ? nodes : ways).has(ref));
        expect(known).toBe(true);
      }
    }
    // Two by three counties: three borders with five roads and a motorway, four with five roads.
    expect(crossings).toBe(3 * 6 + 4 * 5);
  });

  it("keeps the first county as it is, and draws the others anew", () => {
    const counties = [...scaledCounties(latticeOf(5), terrain, SEED)];
    const home = counties.filter(({ isHome }) => isHome);
    expect(home.length).toBe(1);
    expect(home[0]!.network.dataset).toEqual(createCountyNetwork(terrain, SEED).dataset);
    const sizes = new Set(counties.map(({ network }) => network.dataset.nodes.length));
    expect(sizes.size).toBeGreaterThan(counties.length / 2);
    const tolled = ({ ways }: OsmDataset): number =>
      ways.filter(({ tags }) => tags["toll"] !== undefined).length;
    for (const { dataset, isHome } of counties) expect(tolled(dataset) > 0).toBe(isHome);
  });

  it("has terrain that goes on across borders, and none of its own there", () => {
    const heightAtM = latticeHeights(terrain, SEED);
    for (let k = -20; k <= 20; k++) {
      const along = 1_300 * k;
      const east = (xM: number): number => heightAtM({ xM, yM: along });
      const north = (yM: number): number => heightAtM({ xM: along, yM });
      expect(Math.abs(east(HALF_WIDTH_M + 1) - east(HALF_WIDTH_M - 1))).toBeLessThan(2);
      expect(Math.abs(north(HALF_HEIGHT_M + 1) - north(HALF_HEIGHT_M - 1))).toBeLessThan(2);
    }
    const inside = { xM: 1_000, yM: 2_000 };
    expect(heightAtM(inside)).toBe(terrain.heightAtM(inside));
    const far = { xM: inside.xM + 6 * HALF_WIDTH_M, yM: inside.yM - 4 * HALF_HEIGHT_M };
    expect(heightAtM(far)).toBeCloseTo(terrain.heightAtM(inside), 6);
  });
});

describe("writeScaledRegion", () => {
  let folder = "";
  let written: ScaledRegion;
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "gradeway-scaled-"));
    written = await writeScaledRegion(path.join(folder, "source"), 2);
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it("writes the same bytes again, which the importer reads whole", async () => {
    const file = (name: string): string => path.join(folder, name, "sample.osm.pbf");
    await writeScaledRegion(path.join(folder, "again"), 2);
    const bytes = await readFile(file("source"));
    expect(bytes.equals(await readFile(file("again")))).toBe(true);
    const network = await readRoadNetwork(osmSourceFromBytes(bytes));
    expect(network.counts.missingNodeRefs).toBe(0);
    expect(network.restrictions.length).toBe(written.relations);
  });

  it("makes a region that hangs together, all of it on terrain", async () => {
    const report = await buildScaledRegion(
      written,
      path.join(folder, "source"),
      path.join(folder, "region"),
    );
    expect(report.summary.nodes).toBeGreaterThan(1_000 * written.counties * 0.6);
    expect(report.summary.largestComponentShare).toBeGreaterThan(0.98);
    expect(report.coverageRatio).toBe(1);
  });

  it("has heights everywhere from coarser tiles, too", async () => {
    const source = path.join(folder, "coarse");
    const coarse = await writeScaledRegion(source, 2, { mostTiles: 2 });
    expect(coarse.zoom).toBeLessThan(written.zoom);
    const report = await buildScaledRegion(coarse, source, path.join(folder, "coarse-region"));
    expect(report.coverageRatio).toBe(1);
  });
});
