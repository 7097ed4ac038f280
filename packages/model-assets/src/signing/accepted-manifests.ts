import { readFile } from "node:fs/promises";

import { ReasonError } from "@gradeway/reason-codes";
import { z } from "zod";

import { canonicalJsonBytes } from "../canonical-json.ts";
import { parseJson, parseSchema } from "../schemas/parse-json.ts";
import { writeFileAtomically } from "../write-file.ts";

/** The newest manifest of a region that was used. */
export interface AcceptedManifest {
  readonly sequence: number;
  readonly sha256: string;
}

/** Remembers which manifests were used, so that nobody can bring back an older one. */
export interface AcceptedManifests {
  read(region: string): Promise<AcceptedManifest | undefined>;
  write(region: string, accepted: AcceptedManifest): Promise<void>;
}

const acceptedFile = z.record(
  z.string(),
  z.strictObject({
    sequence: z.int().min(1),
    sha256: z.string().regex(/^[0-9a-f]{64}$/),
  }),
);

/**
 * Keeps the accepted manifests in a JSON file, `{ "andorra": { "sequence": 3, "sha256": "..." } }`.
 * Taking a region out of the file allows older versions of it again.
 *
 * `read` throws a {@link ReasonError} asset_invalid or asset_field_unknown for a file that cannot be
 * understood: forgetting silently would let an older manifest in.
 */
export function createAcceptedFile(path: string): AcceptedManifests {
  async function readAll(): Promise<Map<string, AcceptedManifest>> {
    let bytes: Uint8Array;
    try {
      bytes = await readFile(path);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ENOENT") return new Map();
      throw error;
    }
    const asset = "accepted manifests";
    return new Map(Object.entries(parseSchema(asset, acceptedFile, parseJson(asset, bytes))));
  }
  return {
    read: async (region) => (await readAll()).get(region),
    async write(region, accepted) {
      const all = await readAll();
      const known = all.get(region);
      if (known?.sequence === accepted.sequence && known.sha256 === accepted.sha256) return;
      all.set(region, accepted);
      await writeFileAtomically(path, canonicalJsonBytes(Object.fromEntries(all)));
    },
  };
}

/** What is wrong with a manifest in view of the one that was accepted before. */
export function outdatedFault(
  sequence: number,
  sha256: string,
  accepted: AcceptedManifest | undefined,
): ReasonError<"asset_manifest_outdated"> | undefined {
  if (accepted === undefined || sequence > accepted.sequence) return undefined;
  if (sequence === accepted.sequence && sha256 === accepted.sha256) return undefined;
  const what =
    sequence === accepted.sequence
      ? `is another one than was accepted under the number ${sequence}`
      : `has the number ${sequence}; number ${accepted.sequence} was accepted before`;
  return new ReasonError("asset_manifest_outdated", `The region's manifest ${what}.`, {
    asset: "manifest",
    sequence,
    acceptedSequence: accepted.sequence,
  });
}
