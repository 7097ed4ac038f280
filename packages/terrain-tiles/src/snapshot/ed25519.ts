import {
  createPrivateKey,
  createPublicKey,
  type KeyObject,
  sign as signWithKey,
  verify as verifyWithKey,
} from "node:crypto";

import { sha256Of } from "../sha256.ts";

/** A signature that is kept apart from what it signs (Ed25519, RFC 8032). */
export interface DetachedSignature {
  /** Name of the key: see {@link keyIdOf}. */
  readonly keyId: string;
  /** The 64 bytes of the signature in base64. */
  readonly signature: string;
}

/** What {@link verifyBytes} found. */
export type SignatureVerdict =
  /** Signed, as it is, with a trusted key. */
  | "valid"
  /** The key that the signature names is not among the trusted ones. */
  | "key-unknown"
  /** The named key is trusted, but did not sign these bytes. */
  | "signature-invalid";

/**
 * Signs bytes.
 *
 * @param privateKeyPem - an Ed25519 key in PEM (PKCS #8)
 * @throws {RangeError} when it is not such a key; the message does not hold it
 */
export function signBytes(bytes: Uint8Array, privateKeyPem: string): DetachedSignature {
  const key = readKey(privateKeyPem, "private");
  const signature = signWithKey(null, bytes, key).toString("base64");
  return { keyId: idOf(createPublicKey(key)), signature };
}

/**
 * Checks a signature. The answer says nothing but whether it is good, so that it is of no help in
 * making one.
 *
 * @param signature - may come from anywhere; what is not of its form is not valid
 * @param trustedKeysPem - public Ed25519 keys in PEM (SPKI)
 * @throws {RangeError} when a trusted key is not such a key; a private key is refused too, because
 *   it has no place where signatures are only checked
 */
export function verifyBytes(
  bytes: Uint8Array,
  signature: DetachedSignature,
  trustedKeysPem: readonly string[],
): SignatureVerdict {
  const keys = trustedKeysPem.map((pem) => readKey(pem, "public"));
  const key = keys.find((candidate) => idOf(candidate) === signature.keyId);
  if (key === undefined) return "key-unknown";
  const raw = Buffer.from(signature.signature, "base64");
  // Other spellings of the same bytes are refused, so that a signature has one form only.
  const isCanonical = raw.toString("base64") === signature.signature;
  return isCanonical && verifyWithKey(null, bytes, key, raw) ? "valid" : "signature-invalid";
}

/**
 * Names a key: the sha256, in hexadecimal digits, of its public half in DER (SPKI).
 *
 * @param pem - the public key, or the private one, in PEM
 * @throws {RangeError} when it is not an Ed25519 key
 */
export function keyIdOf(pem: string): string {
  return idOf(readKey(pem, "either"));
}

function idOf(publicKey: KeyObject): string {
  return sha256Of(publicKey.export({ type: "spki", format: "der" }));
}

function readKey(pem: string, kind: "public" | "private" | "either"): KeyObject {
  const isPrivate = pem.includes("PRIVATE KEY");
  if (kind !== "either" && isPrivate !== (kind === "private")) {
    throw new RangeError(`A ${kind} key in PEM is needed here.`);
  }
  let key: KeyObject;
  try {
    key = kind === "private" ? createPrivateKey(pem) : createPublicKey(pem);
  } catch {
    // The cause is left out: it may quote what it could not read.
    throw new RangeError("The key is not a key in PEM.");
  }
  if (key.asymmetricKeyType !== "ed25519") throw new RangeError("The key is not an Ed25519 key.");
  return key;
}
