import {
  createHash,
  createPrivateKey,
  createPublicKey,
  type KeyObject,
  sign,
  verify,
} from "node:crypto";

/** A signature beside the bytes that it speaks of. */
export interface DetachedSignature {
  /** Which key made it; see {@link keyIdOf}. */
  readonly keyId: string;
  /** 64 bytes (RFC 8032) in base64. */
  readonly signature: string;
}

/**
 * Signs bytes with an Ed25519 key.
 *
 * @throws {TypeError} when the text is no private Ed25519 key in PEM (PKCS #8)
 */
export function signBytes(bytes: Uint8Array, privateKeyPem: string): DetachedSignature {
  const key = readKey(privateKeyPem, createPrivateKey);
  return {
    keyId: idOf(createPublicKey(key)),
    signature: sign(null, bytes, key).toString("base64"),
  };
}

/**
 * Tells whether one of the trusted keys made a signature. The key is chosen by its id; the answer is
 * yes or no and never what a right signature would be.
 *
 * @throws {TypeError} when a trusted key is no public Ed25519 key in PEM
 */
export function verifyBytes(
  bytes: Uint8Array,
  { keyId, signature }: DetachedSignature,
  trustedKeysPem: readonly string[],
): boolean {
  const made = Buffer.from(signature, "base64");
  return trustedKeysPem
    .map((pem) => readKey(pem, createPublicKey))
    .some((key) => idOf(key) === keyId && verify(null, bytes, key, made));
}

/**
 * The id of a key pair, from either of its keys: the sha256 of the public key in DER (SPKI, RFC 8410)
 * as hex.
 *
 * @throws {TypeError} when the text is no Ed25519 key in PEM
 */
export function keyIdOf(pem: string): string {
  // The public key follows from the private one.
  return idOf(readKey(pem, createPublicKey));
}

function idOf(publicKey: KeyObject): string {
  const der = publicKey.export({ type: "spki", format: "der" });
  return createHash("sha256").update(der).digest("hex");
}

function readKey(pem: string, read: (pem: string) => KeyObject): KeyObject {
  let key: KeyObject | undefined;
  try {
    key = read(pem);
  } catch {
    // The cause could hold parts of a private key.
  }
  if (key?.asymmetricKeyType !== "ed25519")
    throw new TypeError("The text is no Ed25519 key in PEM.");
  return key;
}
