import { ReasonError } from "@gradeway/reason-codes";
import { PbfReader } from "pbf";

import type { OsmHeader, OsmVisitor } from "./osm-elements.ts";
import type { OsmSource } from "./osm-source.ts";
import { invalidPbf, readBlobs } from "./pbf-blobs.ts";
import { readPrimitiveBlock } from "./pbf-block.ts";
import { fieldOf, readSub, skipField } from "./pbf-fields.ts";

/** Features a file may require and that this reader understands. */
const KNOWN_FEATURES: ReadonlySet<string> = new Set(["OsmSchema-V0.6", "DenseNodes"]);

/**
 * Reads an OSM PBF file from beginning to end, block by block.
 *
 * @throws {ReasonError} osm_pbf_invalid for a file that is cut off, damaged, or no PBF at all
 */
export async function readOsmPbf(source: OsmSource, visitor: OsmVisitor): Promise<void> {
  let sawHeader = false;
  for await (const blob of readBlobs(source)) {
    try {
      if (blob.type === "OSMHeader") {
        sawHeader = true;
        visitor.header?.(decodeHeader(blob.data));
      } else if (blob.type === "OSMData") {
        if (!sawHeader) throw new RangeError("data comes before the file header");
        readPrimitiveBlock(blob.data, visitor);
      }
    } catch (error) {
      if (error instanceof ReasonError) throw error;
      const problem = error instanceof Error ? error.message : "the block cannot be decoded";
      throw invalidPbf(blob.offset, problem, error);
    }
    visitor.progress?.(blob.offset + blob.data.byteLength);
  }
  if (!sawHeader) throw invalidPbf(0, "the file has no OSM header");
}

function decodeHeader(data: Uint8Array): OsmHeader {
  const pbf = new PbfReader(data);
  const text = new TextDecoder();
  const readText = (): string => {
    const sub = readSub(pbf, data.length);
    return text.decode(data.subarray(sub.pos, sub.length));
  };
  let timestampS = 0;
  let writingProgram = "";
  while (pbf.pos < data.length) {
    const tag = pbf.readVarint();
    const field = fieldOf(tag);
    if (field === 4) {
      const feature = readText();
      if (!KNOWN_FEATURES.has(feature)) {
        throw new RangeError(`the file requires the feature ${feature}, which is not supported`);
      }
    } else if (field === 16) writingProgram = readText();
    else if (field === 32) timestampS = pbf.readVarint();
    else skipField(pbf, tag, data.length);
  }
  const timestamp = timestampS > 0 ? new Date(timestampS * 1000).toISOString() : null;
  return { timestamp, writingProgram };
}
