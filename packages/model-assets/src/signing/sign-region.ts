import { join } from "node:path";

import { isReasonError } from "@gradeway/reason-codes";
import { signBytes } from "@gradeway/terrain-tiles";

import { canonicalJsonBytes } from "../canonical-json.ts";
import { verifyRegion } from "../loading/open-region.ts";
import { MANIFEST_FILE } from "../loading/read-manifest.ts";
import { parseJson, parseSchema } from "../schemas/parse-json.ts";
import { type SignatureFile, signatureFile } from "../schemas/signature-file.ts";
import { sha256Hex } from "../sha256.ts";
import { createDirectoryStore } from "../store/directory-store.ts";
import { writeFileAtomically } from "../write-file.ts";
import { MAX_SIGNATURE_FILE_BYTES, SIGNATURE_FILE } from "./examine-signature.ts";

/** What was signed. */
export interface SignedRegion {
  readonly keyId: string;
  readonly manifestSha256: string;
  /** All keys whose signatures on this manifest lie beside it. */
  readonly keyIds: readonly string[];
}

/**
 * Signs the manifest of a region directory, and so every file that it lists. Signatures of other
 * keys on the same manifest stay.
 *
 * @throws {ReasonError} the first fault of the region, which is not signed then
 * @throws {RangeError} when the text is no private Ed25519 key in PEM
 */
export async function signRegion(directory: string, privateKeyPem: string): Promise<SignedRegion> {
  const store = createDirectoryStore(directory);
  const { faults, manifestSha256 = "" } = await verifyRegion(store);
  // Whoever loads the region judges its age, and a broken file of signatures is replaced.
  const fault = faults.find(
    ({ reasonCode, details }) =>
      reasonCode !== "asset_expired" && !("asset" in details && details.asset === "signature"),
  );
  if (fault !== undefined) throw fault;
  const manifest = await store.read(MANIFEST_FILE, { maxBytes: Infinity });
  if (typeof manifest === "string" || sha256Hex(manifest) !== manifestSha256) {
    throw new Error("the manifest changed while it was being signed");
  }
  const signature = signBytes(manifest, privateKeyPem);
  const others = (await signaturesOn(manifestSha256, directory)).filter(
    ({ keyId }) => keyId !== signature.keyId,
  );
  const file: SignatureFile = {
    format: 1,
    algorithm: "ed25519",
    manifestSha256,
    signatures: [...others, signature],
  };
  await writeFileAtomically(join(directory, SIGNATURE_FILE), canonicalJsonBytes(file));
  const keyIds = file.signatures.map(({ keyId }) => keyId);
  return { keyId: signature.keyId, manifestSha256, keyIds };
}

async function signaturesOn(
  manifestSha256: string,
  directory: string,
): Promise<SignatureFile["signatures"]> {
  const bytes = await createDirectoryStore(directory).read(SIGNATURE_FILE, {
    maxBytes: MAX_SIGNATURE_FILE_BYTES,
  });
  if (typeof bytes === "string") return [];
  try {
    const file = parseSchema("signature", signatureFile, parseJson("signature", bytes));
    return file.manifestSha256 === manifestSha256 ? file.signatures : [];
  } catch (error) {
    if (isReasonError(error)) return [];
    throw error;
  }
}
