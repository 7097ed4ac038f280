import { generateKeyPairSync } from "node:crypto";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { isReasonError, type ReasonCode } from "@gradeway/reason-codes";
import { osmSourceFromBytes } from "@gradeway/route-core";
import { signBytes } from "@gradeway/terrain-tiles";
import { networkFromAscii, writeOsmPbf } from "@gradeway/test-kit";

import {
  buildRegion,
  type BuildRegionOptions,
  type BuildReport,
  canonicalJsonBytes,
  MANIFEST_FILE,
  sha256Hex,
  SIGNATURE_FILE,
} from "../src/index.ts";

export {
  damage,
  editManifest,
  pathOf,
  type RawManifest,
  replaceAsset,
  replaceTable,
} from "@gradeway/test-kit";

/** A directory that is removed when the test is over. */
export async function withTemporaryDirectory<T>(
  run: (directory: string) => Promise<T>,
): Promise<T> {
  const directory = await mkdtemp(join(tmpdir(), "gradeway-region-"));
  try {
    return await run(directory);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

/** Six junctions and seven streets. */
export const SMALL_NETWORK = networkFromAscii(
  `
  A----B----C
  |    |    |
  D----E----F
`,
  {
    ways: {
      ABC: { highway: "primary" },
      DEF: { highway: "secondary" },
      AD: {},
      BE: { highway: "residential" },
      CF: { maxweight: "7.5" },
    },
  },
);

/** Builds a region of six junctions without elevation. */
export async function buildSmallRegion(
  directory: string,
  options: Partial<BuildRegionOptions> = {},
): Promise<{ position: (name: string) => [number, number]; report: BuildReport }> {
  const pbf = writeOsmPbf(SMALL_NETWORK.dataset);
  const report = await buildRegion({
    directory,
    name: "small",
    osm: osmSourceFromBytes(pbf),
    osmInput: { name: "small.osm.pbf", sha256: sha256Hex(pbf) },
    ...options,
  });
  const position = (name: string) => [...SMALL_NETWORK.position(name)] as [number, number];
  return { position, report };
}

/** A table of a kind that no trip needs. */
export const CARBON_VALUES = [
  {
    id: "carbon.gb.central",
    value: 277,
    unit: "GBP/t",
    validFrom: "2026-01-01",
    source: "a test",
    publisher: "nobody",
    reference: "section 1",
    licence: "OGL-UK-3.0",
    provenance: "official",
  },
] as const;

/** The code with which something is refused, or "none". */
export async function reasonOf(run: () => Promise<unknown>): Promise<ReasonCode | "none"> {
  try {
    await run();
    return "none";
  } catch (error) {
    if (isReasonError(error)) return error.reasonCode;
    throw error;
  }
}

/** A pair of Ed25519 keys in PEM. */
export function newKeys(): { readonly privatePem: string; readonly publicPem: string } {
  const { privateKey, publicKey } = generateKeyPairSync("ed25519", {
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
    publicKeyEncoding: { type: "spki", format: "pem" },
  });
  return { privatePem: privateKey, publicPem: publicKey };
}

/** Signs a manifest as it is, also one that `signRegion` would refuse. */
export async function signAnyway(directory: string, privatePems: readonly string[]): Promise<void> {
  const manifest = await readFile(join(directory, MANIFEST_FILE));
  const file = {
    format: 1,
    algorithm: "ed25519",
    manifestSha256: sha256Hex(manifest),
    signatures: privatePems.map((pem) => signBytes(manifest, pem)),
  };
  await writeFile(join(directory, SIGNATURE_FILE), canonicalJsonBytes(file));
}
