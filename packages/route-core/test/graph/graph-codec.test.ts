import { ReasonError } from "@gradeway/reason-codes";
import { createSeededRandom } from "@gradeway/test-kit";
import { describe, expect, it } from "vitest";

import {
  decodeGraph,
  encodeGraph,
  encodeGraphParts,
  graphSha256,
} from "../../src/graph/graph-codec.ts";
import { summarizeGraph } from "../../src/graph/graph-summary.ts";
import { GRAPH_FORMAT_VERSION } from "../../src/graph/routing-graph.ts";
import { createEdgeLocator } from "../../src/snap/edge-locator.ts";
import { buildFromAscii, formulaSampler, gridMetres, sha256 } from "../networks.ts";

const build = () =>
  buildFromAscii(
    `
    A--B--C
    |  |  |
    D--E--F
    `,
    {
      ways: {
        ABC: { toll: "yes", tunnel: "yes" },
        DEF: { maxheight: "4", maxspeed: "50" },
        AD: { oneway: "yes" },
        BE: { highway: "tertiary" },
        CF: { "hgv:conditional": "no @ (22:00-06:00)" },
      },
      nodes: { B: { highway: "traffic_signals" } },
      restrictions: [{ from: "ABC", via: "B", to: "BE", restriction: "no_right_turn" }],
      timestamp: "2025-01-18T21:20:03Z",
    },
    {
      elevation: formulaSampler((lon, lat) => 500 + gridMetres(lon, lat)[0] / 20),
      tollFacilities: [{ id: "t", name: "T", near: [7, 47], radiusM: 500, charged: "tunnel" }],
    },
  );

const { graph } = await build();
const BYTES = encodeGraph(graph, sha256);

function reasonOf(bytes: Uint8Array<ArrayBuffer>, check = true): string | undefined {
  try {
    decodeGraph(bytes.buffer, check ? sha256 : undefined);
    return undefined;
  } catch (error) {
    if (error instanceof ReasonError) return error.reasonCode;
    throw error;
  }
}

describe("the graph file", () => {
  it("gives back every column and the metadata", () => {
    const decoded = decodeGraph(BYTES.buffer, sha256);
    expect(graph).toMatchObject(decoded);
    expect(decoded.meta.limits[1]).toMatchObject({ heightM: 4, massT: Infinity });
  });

  it("is opened without copying, also from shared memory", () => {
    const shared = new SharedArrayBuffer(BYTES.length);
    new Uint8Array(shared).set(BYTES);
    const decoded = decodeGraph(shared);
    expect(decoded.heightM.buffer).toBe(shared);
    expect(graph).toMatchObject(decoded);
    const near = createEdgeLocator(decoded).nearest([7, 47], 10, () => true);
    expect(near?.distanceM).toBeLessThan(0.1);
  });

  it("is the same, byte for byte, for the same input", async () => {
    const again = encodeGraph((await build()).graph, sha256);
    expect(Buffer.compare(again, BYTES)).toBe(0);
    expect(graphSha256(again.buffer)).toMatch(/^[0-9a-f]{64}$/);
    expect(graphSha256(again.buffer)).toBe(Buffer.from(sha256(again.subarray(48))).toString("hex"));
  });

  it("is the same in parts, of which none is a copy of a column", () => {
    const parts = encodeGraphParts(graph, (hashed) => sha256(Buffer.concat(hashed)));
    expect(Buffer.compare(Buffer.concat(parts), BYTES)).toBe(0);
    const isColumn = ({ buffer }: Uint8Array): boolean => buffer === graph.heightM.buffer;
    expect(parts.filter((part) => isColumn(part))).toHaveLength(1);
  });

  it("of another version is refused", () => {
    const other = BYTES.slice();
    new DataView(other.buffer).setUint32(8, GRAPH_FORMAT_VERSION + 1, true);
    expect(reasonOf(other)).toBe("asset_version_unsupported");
  });

  it("with another magic, or hardly any bytes, is refused", () => {
    const other = BYTES.slice();
    other[0]! ^= 1;
    expect(reasonOf(other)).toBe("asset_invalid");
    for (const length of [0, 7, 47]) expect(reasonOf(BYTES.slice(0, length))).toBe("asset_invalid");
  });

  it("with any flipped bit of its content is refused by its hash", () => {
    const random = createSeededRandom(3);
    for (let round = 0; round < 300; round++) {
      const other = BYTES.slice();
      other[random.integer(16, other.length - 1)]! ^= 1 << random.integer(0, 7);
      expect(reasonOf(other)).toBe("asset_hash_mismatch");
    }
  });

  it("cut off or with a damaged section table is refused without the hash too", () => {
    const random = createSeededRandom(4);
    const tableEnd = 48 + 32 * new DataView(BYTES.buffer).getUint32(12, true);
    for (let length = 48; length < BYTES.length; length += 131) {
      expect(reasonOf(BYTES.slice(0, length), false)).toBe("asset_invalid");
    }
    for (let round = 0; round < 2000; round++) {
      const other = BYTES.slice();
      other[random.integer(48, tableEnd - 1)]! ^= 1 << random.integer(0, 7);
      expect(["asset_invalid", undefined]).toContain(reasonOf(other, false));
    }
  });
});

describe("the summary of a graph", () => {
  it("adds up kilometres and climb per class", () => {
    const summary = summarizeGraph(graph);
    expect(summary.nodes).toBe(graph.nodeCount);
    expect(summary.lengthKm).toBeCloseTo(graph.edgeLengthM.reduce((a, b) => a + b, 0) / 1000, 9);
    const classes = Object.values(summary.kmByClass).reduce((a, b) => a + b, 0);
    expect(classes).toBeCloseTo(summary.lengthKm, 9);
    expect(summary.turnBans).toBe(graph.banFrom.length);
    // A slope of 5 % driven both ways climbs 25 m/km on average; the north-south road is level.
    expect(summary.climbMPerKmByClass.tertiary).toBeLessThan(3);
    expect(summary.climbMPerKmByClass.primary).toBeGreaterThan(5);
  });
});
