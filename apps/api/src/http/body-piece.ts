/** Part of a body: text, or UTF-8 that is written already. */
export type BodyPiece = string | Uint8Array;

/** A piece as it is sent. */
export function bytesOf(piece: BodyPiece): Uint8Array {
  return typeof piece === "string" ? new TextEncoder().encode(piece) : piece;
}
