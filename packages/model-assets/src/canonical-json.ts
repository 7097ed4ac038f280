import canonicalize from "canonicalize";

/**
 * Bytes of a value as canonical JSON (RFC 8785): the same value always gives the same bytes.
 *
 * @throws {TypeError} for a value that JSON cannot express
 */
export function canonicalJsonBytes(value: unknown): Uint8Array {
  const text = canonicalize(value);
  if (text === undefined) throw new TypeError("the value cannot be written as JSON");
  return new TextEncoder().encode(text);
}
