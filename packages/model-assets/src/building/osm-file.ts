import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { basename } from "node:path";

import { ReasonError } from "@gradeway/reason-codes";
import type { OsmSource } from "@gradeway/route-core";

import { sha256OfFile } from "../sha256.ts";

/** An OSM file on disk with what a manifest says about it. */
export interface OsmFile {
  readonly source: OsmSource;
  readonly input: { readonly name: string; readonly sha256: string };
}

/**
 * Opens an OSM file and hashes it.
 *
 * @throws {ReasonError} asset_missing
 */
export async function openOsmFile(path: string): Promise<OsmFile> {
  const missing = (cause?: unknown): ReasonError<"asset_missing"> =>
    new ReasonError(
      "asset_missing",
      `The OSM file ${path} cannot be read.`,
      { asset: "osm", path },
      { cause },
    );
  const info = await stat(path).catch((error: unknown) => {
    throw missing(error);
  });
  if (!info.isFile()) throw missing();
  return {
    source: { byteLength: info.size, open: () => createReadStream(path) },
    input: { name: basename(path), sha256: await sha256OfFile(path) },
  };
}
