import { z } from "zod";

import { areaCode, provenanceClass } from "./dated-row.ts";
import { plainText, printableText } from "./plain-text.ts";

/** Version of the region directory's layout and of its manifest. */
export const REGION_FORMAT_VERSION = 2;

/** Largest asset that a manifest may announce. */
export const MAX_ASSET_BYTES = 2 ** 34;

/** Oldest age in days that a manifest may allow. */
const MAX_AGE_DAYS = 36_500;

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const text = plainText.max(500);

/** A path, a name, or a URL without credentials: an address with a query may hold a signature. */
const location = text.refine((value) => {
  const url = /^[a-z][a-z0-9+.-]*:\/\//i.test(value) ? URL.parse(value) : undefined;
  if (url === undefined) return true;
  return url !== null && url.username === "" && url.password === "" && url.search === "";
}, "an address must have no credentials and no query");

/** A file that an asset was made from. */
const assetInput = z.strictObject({
  location,
  /** Hash of the file, or of the ids and bytes of the tiles that were read. */
  sha256,
  licence: text,
  attribution: text,
});

/** One file of a region. */
export const assetEntry = z
  .strictObject({
    name: z.string().regex(/^[a-z0-9][a-z0-9-]{0,63}$/),
    /** One of the known kinds; an unknown one is told apart from a malformed manifest. */
    kind: z.string().regex(/^[a-z0-9][a-z0-9-]{0,63}$/),
    /** Version of the kind's form. */
    version: z.int().min(1).max(1_000_000),
    /** Relative to the manifest. */
    path: z.string().regex(/^assets\/[a-z0-9][a-z0-9-]*(?:\.[a-z0-9]+)+$/),
    sha256,
    bytes: z.int().min(0).max(MAX_ASSET_BYTES),
    /** Date that the data speak of; null when nobody knows. */
    asOf: z.iso.date().nullable(),
    /** Days after `asOf` through which the data may be used; absent: for ever. */
    maxAgeDays: z.int().min(0).max(MAX_AGE_DAYS).optional(),
    /** Version of the program that made the asset. */
    builderVersion: plainText.max(64),
    inputs: z.array(assetInput).max(64),
    /** The weakest class among the asset's figures. */
    provenance: provenanceClass,
  })
  .refine((asset) => asset.maxAgeDays === undefined || asset.asOf !== null, {
    path: ["maxAgeDays"],
    message: "data without a date cannot have a largest age",
  });

/** One file of a region. */
export type AssetEntry = z.infer<typeof assetEntry>;

/** What a region directory holds and what it was made from. */
export const regionManifest = z.strictObject({
  format: z.literal(REGION_FORMAT_VERSION),
  name: plainText.max(200),
  /** Grows with every version of the region; an older one than was accepted before is refused. */
  sequence: z.int().min(1),
  synthetic: z.boolean(),
  currency: z.string().regex(/^[A-Z]{3}$/),
  /** IANA name, for example `Europe/Andorra`. */
  timeZone: plainText.max(64).optional(),
  /** Countries (ISO 3166-1 alpha-2) or parts of them (ISO 3166-2) whose rules apply, home first. */
  countries: z.array(areaCode).max(64),
  osmTimestamp: printableText.max(40).nullable(),
  elevation: z.strictObject({
    source: printableText.max(500),
    coverageRatio: z.number().min(0).max(1),
  }),
  assets: z
    .array(assetEntry)
    .max(64)
    .check(({ value, issues }) => {
      for (const key of ["name", "kind", "path"] as const) {
        const seen = new Set<string>();
        for (const [index, asset] of value.entries()) {
          if (seen.has(asset[key])) {
            const message = `two assets have the same ${key}`;
            issues.push({ code: "custom", input: value, path: [index, key], message });
          }
          seen.add(asset[key]);
        }
      }
    }),
});

/** What a region directory holds and what it was made from. */
export type RegionManifest = z.infer<typeof regionManifest>;
