import { join } from "node:path";

import { type ElevationSampler, osmSourceFromBytes } from "@gradeway/route-core";
import { type AsciiNetworkOptions, networkFromAscii, writeOsmPbf } from "@gradeway/test-kit";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { diffTables } from "../src/comparing/diff-tables.ts";
import {
  DEFAULT_TABLES,
  buildRegion,
  type BuildRegionOptions,
  diffRegions,
  openRegion,
  type RegionDiff,
  sha256Hex,
} from "../src/index.ts";
import { withTemporaryDirectory } from "./small-region.ts";

/** Streets of 500 m from west to east and of 200 m from north to south. */
const MAP = `
  A----B----C
  |    |    |
  D----E----F
`;

/** Way ids count from 1 in this order. */
const BEFORE: AsciiNetworkOptions = {
  ways: {
    AB: { highway: "primary", maxspeed: "50" },
    BC: { highway: "primary", maxspeed: "70" },
    DE: { highway: "tertiary", maxheight: "3.8" },
    EF: { highway: "tertiary", maxweight: "7.5" },
    BE: { highway: "residential" },
    CF: { highway: "residential", maxspeed: "30" },
    AD: { highway: "residential", toll: "yes" },
  },
  restrictions: [{ from: "AB", via: "B", to: "BE", restriction: "no_right_turn" }],
};

const AFTER: AsciiNetworkOptions = {
  ways: {
    AB: { highway: "primary", maxspeed: "30" },
    BC: { highway: "secondary", maxspeed: "70" },
    DE: { highway: "tertiary", maxheight: "4.2" },
    EF: { highway: "tertiary" },
    BE: { highway: "residential", maxspeed: "20", maxwidth: "2.1", toll: "yes" },
    CF: { highway: "residential", oneway: "yes" },
  },
  restrictions: [{ from: "BC", via: "B", to: "BE", restriction: "no_left_turn" }],
};

/** A plain at 400 m. */
const PLAIN: ElevationSampler = {
  source: { name: "a plain", resolutionM: 1, attribution: "nobody" },
  sample(lonLat, outM) {
    outM.fill(400, 0, lonLat.length / 2);
    const sampled = lonLat.length / 2;
    return Promise.resolve({ sampled, voids: 0, missingTiles: [], tilesSha256: "" });
  },
};

async function buildMap(
  directory: string,
  network: AsciiNetworkOptions,
  options: Partial<BuildRegionOptions> = {},
): Promise<void> {
  const pbf = writeOsmPbf(networkFromAscii(MAP, network).dataset);
  await buildRegion({
    directory,
    name: "map",
    osm: osmSourceFromBytes(pbf),
    osmInput: { name: "map.osm.pbf", sha256: sha256Hex(pbf) },
    ...options,
  });
}

async function diffOf(
  before: AsciiNetworkOptions,
  after: AsciiNetworkOptions,
  options: Partial<BuildRegionOptions> = {},
): Promise<RegionDiff> {
  return withTemporaryDirectory(async (root) => {
    await buildMap(join(root, "before"), before);
    await buildMap(join(root, "after"), after, options);
    const [old, now] = [
      await openRegion(join(root, "before")),
      await openRegion(join(root, "after")),
    ];
    return diffRegions(old, now);
  });
}

describe("diffRegions", () => {
  it("tells every change of a road by its way", async () => {
    const { roads, assets } = await diffOf(BEFORE, AFTER);
    expect(assets.map(({ kind }) => kind)).toEqual(["routing-graph", "hierarchy"]);
    expect(roads).toMatchObject({
      waysBefore: 7,
      waysAfter: 6,
      waysAdded: 0,
      waysRemoved: 1,
      waysChanged: 6,
      reclassified: { changed: [{ wayId: 2, before: "primary", after: "secondary" }] },
      speeds: {
        changed: [{ wayId: 1, before: "50 km/h", after: "30 km/h" }],
        added: [{ wayId: 5, before: null, after: "20 km/h" }],
        removed: [{ wayId: 6, before: "30 km/h", after: null }],
      },
      limits: {
        heightM: {
          added: [],
          removed: [],
          changed: [{ wayId: 3, before: "3.8 m", after: "4.2 m" }],
        },
        massT: { added: [], removed: [{ wayId: 4, before: "7.5 t", after: null }], changed: [] },
        widthM: { added: [{ wayId: 5, before: null, after: "2.1 m" }], removed: [], changed: [] },
        lengthM: { added: [], removed: [], changed: [] },
      },
      access: { added: [], removed: [], changed: [{ wayId: 6 }] },
      tolls: {
        added: [{ wayId: 5, before: null, after: "unresolved" }],
        removed: [{ wayId: 7, before: "unresolved", after: null }],
        changed: [],
      },
      restrictions: { added: ["2>5"], removed: ["1>5"] },
    });
    expect(roads.access.changed[0]).toMatchObject({
      before: "hgv open/open, van open/open",
      after: expect.stringContaining("none") as string,
    });
  });

  it("adds up kilometres by class", async () => {
    const { byClass } = (await diffOf(BEFORE, AFTER)).roads;
    const km = (name: keyof typeof byClass) =>
      Object.fromEntries(
        Object.entries(byClass[name]!).map(([column, value]) => [
          column,
          Math.round(value * 100) / 100,
        ]),
      );
    expect(km("primary")).toEqual({
      beforeKm: 1,
      afterKm: 0.5,
      addedKm: 0,
      removedKm: 0,
      changedKm: 0.5,
    });
    expect(km("secondary")).toEqual({
      beforeKm: 0,
      afterKm: 0.5,
      addedKm: 0,
      removedKm: 0,
      changedKm: 0.5,
    });
    expect(km("residential")).toEqual({
      beforeKm: 0.6,
      afterKm: 0.4,
      addedKm: 0,
      removedKm: 0.2,
      changedKm: 0.4,
    });
  });

  it("is the mirror of the diff the other way round", async () => {
    const there = (await diffOf(BEFORE, AFTER)).roads;
    const back = (await diffOf(AFTER, BEFORE)).roads;
    expect([back.waysAdded, back.waysRemoved, back.waysChanged]).toEqual([1, 0, 6]);
    expect(back.restrictions).toEqual({
      added: there.restrictions.removed,
      removed: there.restrictions.added,
    });
    for (const figure of ["speeds", "tolls", "reclassified"] as const) {
      expect(back[figure].added.map(({ wayId }) => wayId)).toEqual(
        there[figure].removed.map(({ wayId }) => wayId),
      );
      expect(back[figure].changed).toEqual(
        there[figure].changed.map(({ wayId, before, after }) => ({
          wayId,
          before: after,
          after: before,
        })),
      );
    }
  });

  it("tells how much of the roads has no height on either side", async () => {
    const { before, after, roads } = await diffOf(BEFORE, BEFORE, { elevation: PLAIN });
    expect(before.elevation).toMatchObject({ source: "none", coverageRatio: 0 });
    expect(before.elevation.voidKm).toBeCloseTo(before.elevation.roadKm, 9);
    expect(before.elevation.roadKm).toBeCloseTo(2.6, 2);
    expect(after.elevation).toMatchObject({ source: "a plain", coverageRatio: 1, voidKm: 0 });
    expect(roads.waysChanged).toBe(0);
  });

  it("tells nothing of a region and itself, and rows of tables by their id", async () => {
    const same = await diffOf(BEFORE, BEFORE);
    expect(same.assets).toEqual([]);
    expect(same.tables).toEqual({});
    expect(same.roads).toMatchObject({ waysAdded: 0, waysRemoved: 0, waysChanged: 0 });
    const { tables } = await diffOf(BEFORE, BEFORE, {
      tables: {
        "toll-tariffs": [
          {
            id: "toll.new",
            facility: "new",
            vehicles: {},
            charge: { by: "passage" },
            value: 3,
            unit: "EUR/passage",
            validFrom: "2026-02-01",
            source: "a test",
            licence: "MIT",
            provenance: "assumed",
          },
        ],
      },
    });
    const keyOf = (row: { readonly id: string; readonly validFrom: string }): string =>
      `${row.id} AD ${row.validFrom}`;
    const removed = DEFAULT_TABLES["toll-tariffs"].map(keyOf);
    expect(removed).toContain("toll.ad-envalira.class-4 AD 2026-01-01");
    expect(tables).toEqual({
      "toll-tariffs": { added: ["toll.new"], removed: removed.sort(), changed: [] },
    });
  });
});

describe("diffTables", () => {
  it("finds values in rows and in objects, wherever they stand", () => {
    const before = {
      source: "a",
      rows: [
        { id: "x", value: 1 },
        { id: "y", value: 2 },
      ],
      grid: [1, 2],
    };
    const after = {
      source: "b",
      rows: [
        { id: "y", value: 2 },
        { id: "x", value: 5 },
      ],
      grid: [1, 3],
    };
    expect(diffTables(before, after)).toEqual({
      added: [],
      removed: [],
      changed: [
        { at: "grid", before: [1, 2], after: [1, 3] },
        { at: "rows/x/value", before: 1, after: 5 },
        { at: "source", before: "a", after: "b" },
      ],
    });
    expect(diffTables(undefined, [{ id: "x" }])).toEqual({
      added: [],
      removed: [],
      changed: [{ at: "", before: undefined, after: [{ id: "x" }] }],
    });
  });

  it("finds exactly what was changed in a table of rows", () => {
    const ids = fc.uniqueArray(fc.string({ minLength: 1, maxLength: 3 }), { maxLength: 12 });
    fc.assert(
      fc.property(ids, ids, fc.integer({ min: 1, max: 3 }), (before, after, step) => {
        const rows = (list: readonly string[], change: number) =>
          list.map((id) => ({ id, value: id.length + change }));
        const diff = diffTables(rows(before, 0), rows(after, step).toReversed());
        const gone = before.filter((id) => !after.includes(id));
        const kept = before.filter((id) => after.includes(id));
        expect(diff.added).toEqual(after.filter((id) => !before.includes(id)).sort());
        expect(diff.removed).toEqual(gone.sort());
        expect(diff.changed.map(({ at }) => at)).toEqual(kept.sort().map((id) => `${id}/value`));
      }),
      { seed: 4, numRuns: 300 },
    );
  });
});
