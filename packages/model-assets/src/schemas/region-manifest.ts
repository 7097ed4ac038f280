import { z } from "zod";

import { ASSET_KINDS } from "./asset-kinds.ts";

/** Version of the region directory's layout. */
export const REGION_FORMAT_VERSION = 1;

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

const asset = z.strictObject({
  kind: z.enum(ASSET_KINDS),
  /** Relative to the region directory. */
  path: z.string().regex(/^assets\/[a-z0-9.-]+$/),
  sha256,
  bytes: z.int().min(0),
});

const input = z.strictObject({
  role: z.enum(["osm", "elevation"]),
  name: z.string(),
  /** Hash of the file, or of the ids and bytes of the tiles that were read. */
  sha256: z.string(),
  licence: z.string(),
  attribution: z.string(),
});

/** What a region directory holds and what it was made from. */
export const regionManifest = z.strictObject({
  format: z.literal(REGION_FORMAT_VERSION),
  name: z.string().min(1),
  synthetic: z.boolean(),
  builder: z.strictObject({ name: z.literal("gradeway"), version: z.string() }),
  currency: z.string().regex(/^[A-Z]{3}$/),
  osmTimestamp: z.string().nullable(),
  elevation: z.strictObject({ source: z.string(), coverageRatio: z.number().min(0).max(1) }),
  inputs: z.array(input),
  assets: z.array(asset),
});

/** What a region directory holds and what it was made from. */
export type RegionManifest = z.infer<typeof regionManifest>;
