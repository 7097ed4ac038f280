import { type OsmDataset, writeOsmPbf } from "@gradeway/test-kit";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { readOsmPbf } from "../../src/osm/osm-reader.ts";
import { type OsmSource, osmSourceFromBytes } from "../../src/osm/osm-source.ts";

/** Reads everything back into the writer's own form. */
async function readAll(source: OsmSource): Promise<OsmDataset> {
  const nodes: OsmDataset["nodes"][number][] = [];
  const ways: OsmDataset["ways"][number][] = [];
  const relations: OsmDataset["relations"][number][] = [];
  let timestamp: string | null = null;
  await readOsmPbf(source, {
    header: (header) => (timestamp = header.timestamp),
    node: (id, lonE7, latE7, tags) => {
      const place = { id, lon: lonE7 / 1e7, lat: latE7 / 1e7 };
      nodes.push(tags.size === 0 ? place : { ...place, tags: Object.fromEntries(tags) });
    },
    way: (id, tags, refs) => ways.push({ id, nodes: [...refs], tags: Object.fromEntries(tags) }),
    relation: (id, tags, members) =>
      relations.push({ id, members: [...members], tags: Object.fromEntries(tags) }),
  });
  return { nodes, ways, relations, ...(timestamp !== null && { timestamp }) };
}

/** The same bytes in pieces. */
function inChunks(bytes: Uint8Array, size: number): OsmSource {
  return {
    // eslint-disable-next-line typescript/require-await -- the port is asynchronous
    async *open() {
      for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
    },
  };
}

const SMALL: OsmDataset = {
  timestamp: "2025-01-18T21:20:03.000Z",
  nodes: [
    { id: 1, lon: 7, lat: 47 },
    { id: 2, lon: -179.9999999, lat: -89.9999999, tags: { barrier: "gate", name: "Tür ß 日本" } },
    { id: 35_184_372_088_832, lon: 179.9999999, lat: 89.9999999 },
  ],
  ways: [
    { id: 3, nodes: [1, 2, 35_184_372_088_832, 1], tags: { highway: "primary", "name:de": "" } },
    { id: 12_345_678_901, nodes: [], tags: {} },
  ],
  relations: [
    {
      id: 4,
      members: [
        { type: "way", ref: 3, role: "from" },
        { type: "node", ref: 1, role: "via" },
        { type: "relation", ref: 4, role: "" },
      ],
      tags: { type: "restriction" },
    },
  ],
};

const tags = fc.dictionary(fc.string({ minLength: 1 }), fc.string(), { maxKeys: 3 });
const ids = fc.integer({ min: 1, max: 2 ** 40 });
const degrees = (most: number) =>
  fc.integer({ min: -most * 1e7, max: most * 1e7 }).map((e7) => e7 / 1e7);

const datasets = fc.record({
  nodes: fc.uniqueArray(
    fc.record({ id: ids, lon: degrees(180), lat: degrees(90), tags }).map((node) => {
      const { tags: some, ...place } = node;
      return Object.keys(some).length === 0 ? place : node;
    }),
    { selector: (node) => node.id, maxLength: 12 },
  ),
  ways: fc.uniqueArray(fc.record({ id: ids, nodes: fc.array(ids, { maxLength: 5 }), tags }), {
    selector: (way) => way.id,
    maxLength: 6,
  }),
  relations: fc.uniqueArray(
    fc.record({
      id: ids,
      members: fc.array(
        fc.record({
          type: fc.constantFrom("node" as const, "way" as const, "relation" as const),
          ref: ids,
          role: fc.string(),
        }),
        { maxLength: 4 },
      ),
      tags,
    }),
    { selector: (relation) => relation.id, maxLength: 4 },
  ),
});

/** The writer sorts by id; a name that is set twice on an object stays one. */
function sorted(dataset: OsmDataset): OsmDataset {
  const byId = (a: { id: number }, b: { id: number }): number => a.id - b.id;
  return {
    ...dataset,
    nodes: dataset.nodes.toSorted(byId),
    ways: dataset.ways.toSorted(byId),
    relations: dataset.relations.toSorted(byId),
  };
}

describe("the OSM reader", () => {
  it("gives back what the writer wrote", async () => {
    const bytes = writeOsmPbf(SMALL);
    expect(await readAll(osmSourceFromBytes(bytes))).toEqual(SMALL);
  });

  it("reads uncompressed files, small blocks and chunks of any size alike", async () => {
    for (const compress of [true, false]) {
      const bytes = writeOsmPbf(SMALL, { compress, blockSize: 1 });
      for (const size of [1, 3, 64, 1000]) {
        expect(await readAll(inChunks(bytes, size))).toEqual(SMALL);
      }
    }
  });

  it("gives back any dataset", async () => {
    await fc.assert(
      fc.asyncProperty(
        datasets,
        fc.boolean(),
        fc.integer({ min: 1, max: 5 }),
        async (made, compress, blockSize) => {
          const bytes = writeOsmPbf(made, { compress, blockSize });
          expect(await readAll(osmSourceFromBytes(bytes))).toEqual(sorted(made));
        },
      ),
      { numRuns: 150 },
    );
  });

  it("says null for a file without a timestamp", async () => {
    let timestamp: string | null | undefined;
    await readOsmPbf(osmSourceFromBytes(writeOsmPbf({ nodes: [], ways: [], relations: [] })), {
      header: (header) => (timestamp = header.timestamp),
    });
    expect(timestamp).toBeNull();
  });

  it("reports progress up to the end, never backwards", async () => {
    const bytes = writeOsmPbf(SMALL, { blockSize: 1, compress: false });
    const seen: number[] = [];
    await readOsmPbf(osmSourceFromBytes(bytes), { progress: (read) => seen.push(read) });
    expect(seen).toEqual(seen.toSorted((a, b) => a - b));
    expect(seen.at(-1)).toBeGreaterThan(bytes.length * 0.8);
    expect(seen.at(-1)).toBeLessThanOrEqual(bytes.length);
  });
});
