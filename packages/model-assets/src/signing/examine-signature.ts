import { ReasonError } from "@gradeway/reason-codes";
import { keyIdOf, verifyBytes } from "@gradeway/terrain-tiles";

import type { LoadPolicy } from "../loading/load-policy.ts";
import { invalidAsset, parseJson, parseSchema } from "../schemas/parse-json.ts";
import { type SignatureFile, signatureFile } from "../schemas/signature-file.ts";
import type { AssetStore } from "../store/asset-store.ts";

/** Name of the file beside the manifest that holds its signatures. */
export const SIGNATURE_FILE = "manifest.sig.json";

/** A manifest has a few signatures; nothing larger is read. */
export const MAX_SIGNATURE_FILE_BYTES = 65_536;

/** What is known of a region's signature. */
export interface SignatureStatus {
  /**
   * `verified`: a trusted key signed the manifest. `unchecked`: it is signed, but no keys are
   * trusted. `unsigned`: there is no signature. `refused`: see the faults.
   */
  readonly state: "verified" | "unchecked" | "unsigned" | "refused";
  /** The keys that signed, as far as the state vouches for them. */
  readonly keyIds: readonly string[];
}

/** Rules about signatures. */
export type SignaturePolicy = Pick<
  LoadPolicy,
  "requireSignature" | "trustedKeysPem" | "revokedKeyIds"
>;

/**
 * Checks the signatures of a manifest. One good signature of a trusted key is enough.
 *
 * @param manifest - the bytes of the manifest as they were read
 * @throws {ReasonError} those of the store when it cannot tell
 */
export async function examineSignature(
  store: AssetStore,
  manifest: Uint8Array,
  policy: SignaturePolicy,
  signal?: AbortSignal,
): Promise<{ status: SignatureStatus; faults: readonly ReasonError[] }> {
  const refuse = (...faults: ReasonError[]) =>
    ({ status: { state: "refused", keyIds: [] }, faults }) as const;
  const bytes = await store.read(SIGNATURE_FILE, { maxBytes: MAX_SIGNATURE_FILE_BYTES, signal });
  if (bytes === "missing") {
    if (!policy.requireSignature) return { status: { state: "unsigned", keyIds: [] }, faults: [] };
    const message = `The region at ${store.location} has no ${SIGNATURE_FILE}.`;
    return refuse(new ReasonError("asset_signature_missing", message, { asset: "manifest" }));
  }
  let file: SignatureFile;
  try {
    if (bytes === "too_large") {
      throw invalidAsset("signature", [{ pointer: "", message: "too large" }]);
    }
    file = parseSchema("signature", signatureFile, parseJson("signature", bytes));
  } catch (error) {
    if (!(error instanceof ReasonError)) throw error;
    return refuse(error);
  }
  const keyIds = file.signatures.map(({ keyId }) => keyId);
  const trusted = policy.trustedKeysPem.filter(
    (pem) => !policy.revokedKeyIds.includes(keyIdOf(pem)),
  );
  const good = file.signatures.filter(
    (signature) => verifyBytes(manifest, signature, trusted) === "valid",
  );
  if (good.length > 0) {
    return { status: { state: "verified", keyIds: good.map(({ keyId }) => keyId) }, faults: [] };
  }
  const trustedIds = new Set(trusted.map(keyIdOf));
  const isUnchecked = policy.trustedKeysPem.length === 0 && !policy.requireSignature;
  const faults = keyIds.flatMap((keyId) => {
    if (policy.revokedKeyIds.includes(keyId)) return [fault("asset_key_revoked", keyId)];
    if (trustedIds.has(keyId)) return [fault("asset_signature_invalid", keyId)];
    return isUnchecked ? [] : [fault("asset_key_untrusted", keyId)];
  });
  return faults.length > 0 ? refuse(...faults) : { status: { state: "unchecked", keyIds }, faults };
}

function fault(
  code: "asset_key_revoked" | "asset_signature_invalid" | "asset_key_untrusted",
  keyId: string,
): ReasonError {
  const short = `${keyId.slice(0, 16)}...`;
  const text = {
    asset_key_revoked: `The region is signed with the key ${short}, which was revoked.`,
    asset_signature_invalid: `The signature of the key ${short} does not belong to this manifest.`,
    asset_key_untrusted: `The region is signed with the key ${short}, which is not trusted.`,
  };
  return new ReasonError(code, text[code], { asset: "manifest", keyId });
}
