import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import { networkFromAscii, writeOsmPbf } from "../src/index.ts";
import type { OsmDataset } from "../src/index.ts";
import { decodeOsmPbf } from "./decode-osm-pbf.ts";
import { isCommandPresent } from "./command-present.ts";

const hasOgrinfo = isCommandPresent("ogrinfo");

const tagsArbitrary = fc.dictionary(fc.string({ minLength: 1 }), fc.string({ unit: "grapheme" }), {
  noNullPrototype: true,
  maxKeys: 4,
});
const idArbitrary = fc.integer({ min: 1, max: 12_000_000_000 });
const datasetArbitrary: fc.Arbitrary<OsmDataset> = fc.record({
  nodes: fc.uniqueArray(
    fc.record({
      id: idArbitrary,
      lon: fc.integer({ min: -1_800_000_000, max: 1_800_000_000 }).map((units) => units / 1e7),
      lat: fc.integer({ min: -850_000_000, max: 850_000_000 }).map((units) => units / 1e7),
      tags: tagsArbitrary,
    }),
    { selector: (node) => node.id, maxLength: 30 },
  ),
  ways: fc.uniqueArray(
    fc.record({ id: idArbitrary, nodes: fc.array(idArbitrary), tags: tagsArbitrary }),
    { selector: (way) => way.id, maxLength: 10 },
  ),
  relations: fc.uniqueArray(
    fc.record({
      id: idArbitrary,
      members: fc.array(
        fc.record({
          type: fc.constantFrom("node" as const, "way" as const, "relation" as const),
          ref: idArbitrary,
          role: fc.string(),
        }),
      ),
      tags: tagsArbitrary,
    }),
    { selector: (relation) => relation.id, maxLength: 10 },
  ),
});

const byId = (a: { id: number }, b: { id: number }): number => a.id - b.id;

describe("writeOsmPbf", () => {
  it("round-trips any dataset through an independent decoder, sorted by id", () => {
    fc.assert(
      fc.property(
        datasetArbitrary,
        fc.boolean(),
        fc.integer({ min: 1, max: 12 }),
        (dataset, compress, blockSize) => {
          const decoded = decodeOsmPbf(writeOsmPbf(dataset, { compress, blockSize }));
          expect(decoded.nodes).toEqual(dataset.nodes.toSorted(byId));
          expect(decoded.ways).toEqual(dataset.ways.toSorted(byId));
          expect(decoded.relations).toEqual(dataset.relations.toSorted(byId));
          const blocks = [dataset.nodes, dataset.ways, dataset.relations]
            .map((entities) => Math.ceil(entities.length / blockSize))
            .reduce((total, count) => total + count, 0);
          expect(decoded.blobTypes).toEqual([
            "OSMHeader",
            ...Array.from({ length: blocks }, () => "OSMData"),
          ]);
        },
      ),
    );
  });

  it("states its features, timestamp and bounding box in the header", () => {
    const bytes = writeOsmPbf({
      nodes: [
        { id: 2, lon: 7.25, lat: 47.5 },
        { id: 1, lon: -1.5, lat: 46.125 },
      ],
      ways: [],
      relations: [],
      timestamp: "2026-01-01T00:00:00Z",
    });
    const header = decodeOsmPbf(bytes);
    expect(header.requiredFeatures).toEqual(["OsmSchema-V0.6", "DenseNodes"]);
    expect(header.optionalFeatures).toEqual(["Sort.Type_then_ID"]);
    expect(header.replicationTimestampS).toBe(1_767_225_600);
    expect(header.bboxNanodegrees).toEqual([
      -1_500_000_000, 7_250_000_000, 47_500_000_000, 46_125_000_000,
    ]);
  });

  it("gives the same bytes for the same dataset", () => {
    const network = networkFromAscii("A-B-C", { ways: { ABC: { name: "Été 🚛" } } });
    expect(writeOsmPbf(network.dataset)).toEqual(writeOsmPbf(network.dataset));
  });

  it.skipIf(!hasOgrinfo)("is read by GDAL's OSM driver (skipped where ogrinfo is absent)", () => {
    const network = networkFromAscii("A-B-C\n|\nD", {
      ways: { ABC: { highway: "trunk", name: "Long Road" }, AD: {} },
      nodes: { B: { highway: "traffic_signals" } },
    });
    const folder = mkdtempSync(path.join(tmpdir(), "gradeway-pbf-"));
    try {
      const file = path.join(folder, "network.osm.pbf");
      writeFileSync(file, writeOsmPbf(network.dataset, { blockSize: 2 }));
      const report = execFileSync("ogrinfo", ["-al", "-ro", file, "lines"], { encoding: "utf8" });
      expect(report.match(/^OGRFeature/gm)).toHaveLength(2);
      expect(report).toContain("name (String) = Long Road");
      expect(report).toContain("highway (String) = primary");
      const points = execFileSync("ogrinfo", ["-al", "-ro", file, "points"], { encoding: "utf8" });
      expect(points).toContain("highway (String) = traffic_signals");
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
