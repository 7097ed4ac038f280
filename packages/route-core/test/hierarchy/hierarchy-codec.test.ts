import { ReasonError } from "@gradeway/reason-codes";
import { createSeededRandom } from "@gradeway/test-kit";
import { describe, expect, it } from "vitest";

import {
  decodeHierarchy,
  encodeHierarchy,
  HIERARCHY_FORMAT_VERSION,
  hierarchySha256,
} from "../../src/hierarchy/hierarchy-codec.ts";
import { sha256 } from "../networks.ts";
import { hierarchyOf, town } from "./arc-graphs.ts";

const hierarchy = hierarchyOf(town(8, 1));
const graphSha256 = "ab".repeat(32);
const BYTES = encodeHierarchy({ hierarchy, graphSha256 }, sha256);

function reasonOf(bytes: Uint8Array<ArrayBuffer>, check = true): string | undefined {
  try {
    decodeHierarchy(bytes.buffer, check ? sha256 : undefined);
    return undefined;
  } catch (error) {
    if (error instanceof ReasonError) return error.reasonCode;
    throw error;
  }
}

describe("the hierarchy file", () => {
  it("gives back every array and the graph it belongs to, from shared memory too", () => {
    expect(decodeHierarchy(BYTES.buffer, sha256)).toEqual({ hierarchy, graphSha256 });
    const shared = new SharedArrayBuffer(BYTES.length);
    new Uint8Array(shared).set(BYTES);
    const decoded = decodeHierarchy(shared);
    expect(decoded).toEqual({ hierarchy, graphSha256 });
    expect(decoded.hierarchy.upper.buffer).toBe(shared);
  });

  it("is the same, byte for byte, for the same network", () => {
    const again = encodeHierarchy({ hierarchy: hierarchyOf(town(8, 1)), graphSha256 }, sha256);
    expect(Buffer.compare(again, BYTES)).toBe(0);
    const hash = Buffer.from(sha256(BYTES.subarray(48))).toString("hex");
    expect(hierarchySha256(BYTES.buffer)).toBe(hash);
  });

  it("is refused when damaged, cut off, of another version or another kind", () => {
    const random = createSeededRandom(1);
    for (let round = 0; round < 100; round++) {
      const other = BYTES.slice();
      other[random.integer(16, other.length - 1)]! ^= 1 << random.integer(0, 7);
      expect(reasonOf(other)).toBe("asset_hash_mismatch");
    }
    for (let length = 0; length < BYTES.length; length += 97) {
      expect(reasonOf(BYTES.slice(0, length), false)).toBe("asset_invalid");
    }
    const newer = BYTES.slice();
    new DataView(newer.buffer).setUint32(8, HIERARCHY_FORMAT_VERSION + 1, true);
    expect(reasonOf(newer)).toBe("asset_version_unsupported");
    const stranger = BYTES.slice();
    stranger[0]! ^= 1;
    expect(reasonOf(stranger)).toBe("asset_invalid");
  });

  it("is refused when its arrays do not fit each other or it names no graph", () => {
    const short = (array: Int32Array) => array.subarray(0, array.length - 1);
    for (const name of [
      "rank",
      "parent",
      "firstBelow",
      "firstUp",
      "firstDown",
      "lower",
      "downArcs",
    ] as const) {
      const wrong = { ...hierarchy, [name]: short(hierarchy[name]) };
      const bytes = encodeHierarchy({ hierarchy: wrong, graphSha256 }, sha256);
      expect(reasonOf(bytes)).toBe("asset_invalid");
    }
    for (const name of [undefined, 7]) {
      const file = { hierarchy, graphSha256: name as unknown as string };
      expect(reasonOf(encodeHierarchy(file, sha256))).toBe("asset_invalid");
    }
  });
});
