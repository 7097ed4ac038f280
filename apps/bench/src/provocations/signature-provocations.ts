import { generateKeyPairSync } from "node:crypto";

import { openRegion, signRegion } from "@gradeway/model-assets";
import { keyIdOf } from "@gradeway/terrain-tiles";
import { editManifest } from "@gradeway/test-kit";

import type { ProvocationStand } from "./provocation-stand.ts";

/** A pair of Ed25519 keys in PEM. */
export interface KeyPair {
  readonly privatePem: string;
  readonly publicPem: string;
}

export function newKeys(): KeyPair {
  const { privateKey, publicKey } = generateKeyPairSync("ed25519", {
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
    publicKeyEncoding: { type: "spki", format: "pem" },
  });
  return { privatePem: privateKey, publicPem: publicKey };
}

/** Regions that nobody vouches for, or not who should. */
export function signatureProvocations(stand: ProvocationStand) {
  const [ours, theirs] = [newKeys(), newKeys()];
  const trustedKeysPem = [ours.publicPem];
  const signedBy = async ({ privatePem }: KeyPair): Promise<string> => {
    const directory = await stand.copyRegion();
    await signRegion(directory, privatePem);
    return directory;
  };
  return {
    asset_signature_missing: () => openRegion(stand.directory, { policy: { trustedKeysPem } }),
    asset_signature_invalid: async () => {
      const directory = await signedBy(ours);
      await editManifest(directory, (manifest) => ({ ...manifest, sequence: 9 }));
      return openRegion(directory, { policy: { trustedKeysPem } });
    },
    asset_key_untrusted: async () =>
      openRegion(await signedBy(theirs), { policy: { trustedKeysPem } }),
    asset_key_revoked: async () => {
      const revokedKeyIds = [keyIdOf(ours.publicPem)];
      return openRegion(await signedBy(ours), { policy: { trustedKeysPem, revokedKeyIds } });
    },
  };
}
