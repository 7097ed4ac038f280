import { deflateSync } from "node:zlib";

import { ReasonError } from "@gradeway/reason-codes";
import {
  createSeededRandom,
  encodeFileBlock,
  networkFromAscii,
  writeOsmPbf,
} from "@gradeway/test-kit";
import { PbfWriter } from "pbf";
import { describe, expect, it } from "vitest";

import { readOsmPbf } from "../../src/osm/osm-reader.ts";
import { osmSourceFromBytes } from "../../src/osm/osm-source.ts";
import { readRoadNetwork } from "../../src/osm/road-network.ts";

const GOOD = writeOsmPbf(
  networkFromAscii("A---B---C\n    |\n    D", {
    ways: { ABC: { maxspeed: "80" }, BD: { highway: "residential" } },
    nodes: { B: { highway: "traffic_signals" } },
    restrictions: [{ from: "ABC", via: "B", to: "BD", restriction: "no_right_turn" }],
    timestamp: "2025-01-18T21:20:03Z",
  }).dataset,
  { blockSize: 2 },
);
const HEADER = writeOsmPbf({ nodes: [], ways: [], relations: [] });

const READ_ALL = {
  header: () => undefined,
  node: () => undefined,
  way: () => undefined,
  relation: () => undefined,
};

async function failureOf(bytes: Uint8Array): Promise<unknown> {
  try {
    await readOsmPbf(osmSourceFromBytes(bytes), READ_ALL);
  } catch (error) {
    return error;
  }
  return undefined;
}

/** The offset that the error names; fails when it is any other error, or none. */
function offsetOf(error: unknown): number {
  if (!(error instanceof ReasonError)) throw new Error("no ReasonError", { cause: error });
  expect(error.reasonCode).toBe("osm_pbf_invalid");
  const { offset } = error.details as { offset: number };
  return offset;
}

async function expectRefused(bytes: Uint8Array, offset: number): Promise<void> {
  expect(offsetOf(await failureOf(bytes))).toBe(offset);
}

const join = (...parts: Uint8Array[]): Uint8Array => new Uint8Array(Buffer.concat(parts));
const text = (value: string): Uint8Array => new TextEncoder().encode(value);

/** Where each block of a file begins, and its end. */
function blockStarts(bytes: Uint8Array): number[] {
  const starts: number[] = [];
  let at = 0;
  while (at < bytes.length) {
    starts.push(at);
    const header = new DataView(bytes.buffer, bytes.byteOffset + at).getUint32(0);
    // The writer puts the block's length last, as one varint of one or two bytes.
    const end = at + 4 + header;
    const tail = bytes.subarray(at + 4, end);
    const tag = tail.lastIndexOf(0x18);
    let size = 0;
    for (let i = tail.length - 1; i > tag; i--) size = size * 128 + (tail[i]! & 0x7f);
    at = end + size;
  }
  return [...starts, bytes.length];
}

/** A data block with its compressed part and its claimed size given separately. */
function packedBlock(packed: Uint8Array, claimedSize: number): Uint8Array {
  const blob = new PbfWriter();
  blob.writeVarintField(2, claimedSize);
  blob.writeBytesField(3, packed);
  return framed("OSMData", blob.finish());
}

function framed(type: string, blob: Uint8Array): Uint8Array {
  const header = new PbfWriter();
  header.writeStringField(1, type);
  header.writeVarintField(3, blob.length);
  const bytes = header.finish();
  const prefix = new Uint8Array(4);
  new DataView(prefix.buffer).setUint32(0, bytes.length);
  return join(prefix, bytes, blob);
}

describe("a damaged OSM file is refused", () => {
  it("when it ends too soon, at whatever byte", async () => {
    const starts = blockStarts(GOOD);
    let cuts = 0;
    for (let length = 0; length < GOOD.length; length++) {
      const error = await failureOf(GOOD.slice(0, length));
      if (length > 0 && starts.includes(length)) {
        // Whole blocks are a complete, shorter file.
        expect(error).toBeUndefined();
        continue;
      }
      cuts++;
      expect(offsetOf(error)).toBe(starts.findLast((start) => start <= length));
    }
    expect(cuts).toBeGreaterThan(GOOD.length - starts.length - 1);
  });

  it("when it is empty, a web page or noise", async () => {
    await expectRefused(new Uint8Array(0), 0);
    await expectRefused(text("<!DOCTYPE html><html><body>404 Not Found</body></html>"), 0);
    const random = createSeededRandom(97);
    for (let round = 0; round < 300; round++) {
      const noise = Uint8Array.from({ length: random.integer(1, 400) }, () =>
        random.integer(0, 255),
      );
      offsetOf(await failureOf(noise));
      // Noise behind a plausible length prefix gets further into the decoder.
      const framedNoise = join(new Uint8Array([0, 0, 0, random.integer(1, 30)]), noise);
      offsetOf(await failureOf(framedNoise));
    }
  });

  it("when any byte of a compressed file is changed, or it is read like the original", async () => {
    const random = createSeededRandom(5);
    let refused = 0;
    for (let round = 0; round < 400; round++) {
      const bytes = GOOD.slice();
      const at = random.integer(0, bytes.length - 1);
      bytes[at]! ^= 1 << random.integer(0, 7);
      const error = await failureOf(bytes);
      if (error === undefined) continue;
      offsetOf(error);
      refused++;
    }
    expect(refused).toBeGreaterThan(300);
  });

  it("when noise stands inside a block", async () => {
    const random = createSeededRandom(11);
    for (let round = 0; round < 1500; round++) {
      const noise = Uint8Array.from({ length: random.integer(0, 60) }, () =>
        random.chance(0.5)
          ? random.integer(0, 255)
          : random.pick([0x0a, 0x12, 0x1a, 0x22, 1, 2, 4]),
      );
      const error = await failureOf(join(HEADER, encodeFileBlock("OSMData", noise, false)));
      if (error !== undefined) expect(offsetOf(error)).toBe(HEADER.length);
    }
  });

  it("when its header is missing or comes late", async () => {
    await expectRefused(GOOD.slice(blockStarts(GOOD)[1]), 0);
    await expectRefused(join(GOOD.slice(blockStarts(GOOD)[1]), HEADER), 0);
    await expectRefused(framed("Something", new Uint8Array([0x0a, 0])), 0);
  });

  it("when it requires what this reader does not know", async () => {
    const header = new PbfWriter();
    header.writeStringField(4, "OsmSchema-V0.6");
    header.writeStringField(4, "HistoricalInformation");
    const error = await failureOf(encodeFileBlock("OSMHeader", header.finish(), true));
    expect(offsetOf(error)).toBe(0);
    expect(String(error)).toContain("HistoricalInformation");
  });

  it("when a block inflates to another size than it claims", async () => {
    // Empty groups: valid in any number.
    const plain = Uint8Array.from({ length: 5000 }, (_, i) => (i % 2 === 0 ? 0x12 : 0));
    const right = packedBlock(deflateSync(plain), 5000);
    expect(await failureOf(join(HEADER, right))).toBeUndefined();
    for (const claimed of [0, 1, 4999, 5001, 33 * 1024 * 1024, 2 ** 40]) {
      await expectRefused(join(HEADER, packedBlock(deflateSync(plain), claimed)), HEADER.length);
    }
  });

  it("when a small block inflates hugely, without inflating it", async () => {
    const bomb = deflateSync(new Uint8Array(256 * 1024 * 1024));
    const file = join(HEADER, packedBlock(bomb, 1000));
    const before = process.memoryUsage().rss;
    await expectRefused(file, HEADER.length);
    expect(process.memoryUsage().rss - before).toBeLessThan(64 * 1024 * 1024);
  });

  it("when a length reaches past its message", async () => {
    for (const block of [
      new Uint8Array([0x12, 0x7f]),
      new Uint8Array([0x0a, 0x05, 0x0a, 0x7f, 1, 2, 3]),
      new Uint8Array([0x12, 0x04, 0x1a, 0x7f, 0, 0]),
      new Uint8Array([0x12, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f]),
      new Uint8Array([0x09, 1, 2]),
      new Uint8Array([0x0b]),
      new Uint8Array([0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]),
    ]) {
      await expectRefused(join(HEADER, encodeFileBlock("OSMData", block, false)), HEADER.length);
    }
    await expectRefused(join(HEADER, new Uint8Array([0, 0, 0xff, 0xff])), HEADER.length);
    const huge = new PbfWriter();
    huge.writeStringField(1, "OSMData");
    huge.writeVarintField(3, 2 ** 35);
    const bytes = huge.finish();
    await expectRefused(
      join(HEADER, new Uint8Array([0, 0, 0, bytes.length]), bytes),
      HEADER.length,
    );
  });

  it("when a relation's members lack types or a node lies outside the globe", async () => {
    const block = (field: number, write: (inner: PbfWriter) => void): Uint8Array => {
      const pbf = new PbfWriter();
      pbf.writeMessage(
        2,
        (_, group) => group.writeMessage(field, (_none, inner) => write(inner), 0),
        0,
      );
      return encodeFileBlock("OSMData", pbf.finish(), false);
    };
    const untyped = block(4, (inner) => inner.writePackedSVarint(9, [1, 2, 3]));
    await expectRefused(join(HEADER, untyped), HEADER.length);
    const lost = block(2, (inner) => {
      inner.writePackedSVarint(1, [1]);
      inner.writePackedSVarint(8, [47e7]);
      inner.writePackedSVarint(9, [181e7]);
    });
    await expectRefused(join(HEADER, lost), HEADER.length);
  });

  it("when compression is of a kind that is not supported", async () => {
    const blob = new PbfWriter();
    blob.writeVarintField(2, 10);
    blob.writeBytesField(4, new Uint8Array(10));
    await expectRefused(join(HEADER, framed("OSMData", blob.finish())), HEADER.length);
  });
});

describe("a hostile but well-formed block", () => {
  it("of millions of empty groups takes time, not memory", async () => {
    const plain = new Uint8Array(8 * 1024 * 1024);
    for (let at = 0; at < plain.length; at += 2) plain[at] = 0x12;
    const file = join(HEADER, packedBlock(deflateSync(plain), plain.length));
    const before = process.memoryUsage().rss;
    let peak = 0;
    await readOsmPbf(osmSourceFromBytes(file), {
      progress: () => (peak = Math.max(peak, process.memoryUsage().rss)),
    });
    expect(peak - before).toBeLessThan(200 * 1024 * 1024);
  });

  it("stops the import with the same error", async () => {
    const source = osmSourceFromBytes(GOOD.slice(0, -5));
    await expect(readRoadNetwork(source)).rejects.toMatchObject({ reasonCode: "osm_pbf_invalid" });
  });
});
