import { readFile } from "node:fs/promises";

import { createRoutePlanner, osmSourceFromBytes } from "@gradeway/route-core";
import { networkFromAscii, writeOsmPbf } from "@gradeway/test-kit";
import { describe, expect, it } from "vitest";

import { loadRegion, openRegion, sha256Hex, verifyRegion } from "../src/index.ts";
import {
  buildSmallRegion,
  damage,
  editManifest,
  pathOf,
  reasonOf,
  replaceAsset,
  withTemporaryDirectory,
} from "./small-region.ts";

const now = (): number => 0;
const STRICT = { policy: { strict: true } } as const;

/** Puts the hierarchy of another region in the place of a region's own. */
async function exchangeHierarchy(directory: string, other: string): Promise<void> {
  await replaceAsset(directory, "hierarchy", await readFile(await pathOf(other, "hierarchy")));
}

describe("the hierarchy of a region", () => {
  it("names the graph it belongs to, and its hash is in every answer", async () => {
    await withTemporaryDirectory(async (directory) => {
      const { position, report } = await buildSmallRegion(directory);
      expect(report.hierarchyArcs).toBeGreaterThanOrEqual(report.summary.edges);
      const region = await loadRegion(directory);
      expect(region.hierarchy).toBeInstanceOf(SharedArrayBuffer);
      const planner = createRoutePlanner(region, { now });
      const { provenance } = planner.planRoute({
        origin: position("A"),
        destination: position("F"),
      });
      expect(provenance.assets["hierarchy"]).toBe(
        sha256Hex(await readFile(await pathOf(directory, "hierarchy"))),
      );
    });
  });

  it("is refused beside another graph in strict mode, left out otherwise, and never planned on", async () => {
    await withTemporaryDirectory(async (directory) =>
      withTemporaryDirectory(async (other) => {
        const { position } = await buildSmallRegion(directory);
        // As many junctions and streets, elsewhere.
        const pbf = writeOsmPbf(
          networkFromAscii(
            `
  A--B--C
  |  |  |
  D--E--F
`,
            { ways: { ABC: {}, DEF: {}, AD: {}, BE: {}, CF: {} } },
          ).dataset,
        );
        const osm = osmSourceFromBytes(pbf);
        await buildSmallRegion(other, { osm, osmInput: { name: "other", sha256: sha256Hex(pbf) } });
        await exchangeHierarchy(directory, other);
        expect(await reasonOf(() => openRegion(directory, STRICT))).toBe(
          "hierarchy_graph_mismatch",
        );
        const { faults } = await verifyRegion(directory);
        expect(faults.map(({ reasonCode }) => reasonCode)).toEqual(["hierarchy_graph_mismatch"]);
        const { region, findings } = await openRegion(directory);
        expect(region.hierarchy).toBeUndefined();
        expect(Object.keys(region.provenance.assets)).not.toContain("hierarchy");
        expect(findings.find(({ kind }) => kind === "hierarchy")?.fault?.reasonCode).toBe(
          "hierarchy_graph_mismatch",
        );
        const planner = createRoutePlanner(region, { now });
        const trip = { origin: position("A"), destination: position("F") };
        expect(planner.planPareto(trip).routes.length).toBeGreaterThan(0);
        const { hierarchy } = await loadRegion(other);
        const mixed = { ...region, hierarchy: hierarchy! };
        expect(await reasonOf(async () => createRoutePlanner(mixed, { now }))).toBe(
          "hierarchy_graph_mismatch",
        );
      }),
    );
  });

  it.each(["is missing in a region that was built before there were any", "is damaged"])(
    "may be done without where it %s: the answers are the same",
    async (what) => {
      await withTemporaryDirectory(async (directory) => {
        const { position } = await buildSmallRegion(directory);
        const trip = { origin: position("A"), destination: position("F") };
        const routesOf = async () =>
          createRoutePlanner(await loadRegion(directory), { now }).planPareto(trip).routes;
        const expected = await routesOf();
        if (what === "is damaged") await damage(await pathOf(directory, "hierarchy"));
        else {
          await editManifest(directory, (manifest) => ({
            ...manifest,
            assets: manifest.assets.filter(({ kind }) => kind !== "hierarchy"),
          }));
        }
        expect((await loadRegion(directory)).hierarchy).toBeUndefined();
        expect(await routesOf()).toEqual(expected);
      });
    },
  );
});
