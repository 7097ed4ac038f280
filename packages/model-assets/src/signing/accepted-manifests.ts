import { readFile } from "node:fs/promises";

import { ReasonError } from "@gradeway/reason-codes";
import { z } from "zod";

import { canonicalJsonBytes } from "../canonical-json.ts";
import { withLockFile } from "../lock-file.ts";
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
  /**
   * Remembers a manifest as the newest one.
   *
   * @param mayGoBack - also when a newer one is remembered; default false
   * @throws {ReasonError} asset_manifest_outdated when another process has accepted a newer one since
   *   this one was read
   */
  write(region: string, accepted: AcceptedManifest, mayGoBack?: boolean): Promise<void>;
}

/** Rows and not an object: a region may be called `__proto__`. */
const acceptedFile = z.array(
  z.strictObject({
    region: z.string(),
    sequence: z.int().min(1),
    sha256: z.string().regex(/^[0-9a-f]{64}$/),
  }),
);

/**
 * Keeps the accepted manifests in a JSON file, `[{ "region": "andorra", "sequence": 3, "sha256":
 * "..." }]`. Taking a region out of the file allows older versions of it again. Several processes may
 * use one file; a lock beside it is there only while it is changed.
 *
 * `read` throws a {@link ReasonError} asset_invalid or asset_field_unknown for a file that cannot be
 * understood: forgetting silently would let an older manifest in.
 */
export function createAcceptedFile(path: string): AcceptedManifests {
  async function readAll(): Promise<z.infer<typeof acceptedFile>> {
    let bytes: Uint8Array;
    try {
      bytes = await readFile(path);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
      throw error;
    }
    const asset = "accepted manifests";
    return parseSchema(asset, acceptedFile, parseJson(asset, bytes));
  }
  const read = async (region: string): Promise<AcceptedManifest | undefined> =>
    (await readAll()).find((row) => row.region === region);
  return {
    read,
    async write(region, { sequence, sha256 }, mayGoBack = false) {
      const isKnown = (known: AcceptedManifest | undefined): boolean =>
        known?.sequence === sequence && known.sha256 === sha256;
      if (isKnown(await read(region))) return;
      // Two processes that change the file at once would each forget what the other one accepted.
      await withLockFile(`${path}.lock`, async () => {
        const rows = await readAll();
        const known = rows.find((row) => row.region === region);
        const fault = mayGoBack ? undefined : outdatedFault(sequence, sha256, known);
        if (fault !== undefined) throw fault;
        const others = rows.filter((row) => row.region !== region);
        await writeFileAtomically(
          path,
          canonicalJsonBytes([...others, { region, sequence, sha256 }]),
        );
      });
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
