import { z } from "zod";

/** The file beside a manifest that holds its signatures. */
export const signatureFile = z.strictObject({
  format: z.literal(1),
  algorithm: z.literal("ed25519"),
  /** Which manifest was signed, for people and for signing again; the signatures alone decide. */
  manifestSha256: z.string().regex(/^[0-9a-f]{64}$/),
  /** One per key: a region may be signed with the old and the new key while keys change. */
  signatures: z
    .array(
      z.strictObject({
        keyId: z.string().regex(/^[0-9a-f]{16,128}$/),
        signature: z.base64().max(128),
      }),
    )
    .min(1)
    .max(16),
});

/** The file beside a manifest that holds its signatures. */
export type SignatureFile = z.infer<typeof signatureFile>;
