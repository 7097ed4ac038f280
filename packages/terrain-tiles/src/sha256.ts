import { createHash } from "node:crypto";

/** Hash of bytes or of a text in UTF-8, in hexadecimal digits. */
export function sha256Of(content: Uint8Array | string): string {
  return createHash("sha256").update(content).digest("hex");
}
