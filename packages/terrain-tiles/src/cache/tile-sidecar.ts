/** What stands beside a cached tile in `{y}.json`. */
export interface TileSidecar {
  /** Hash of the bytes of the tile. */
  readonly sha256: string;
  readonly sizeBytes: number;
  /** Time in milliseconds since 1970 at which the tile came from its origin. */
  readonly fetchedAtMs: number;
}

/** Reads a sidecar; `undefined` when it is damaged. */
export function parseSidecar(bytes: Uint8Array): TileSidecar | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(bytes).toString("utf8"));
    if (typeof value !== "object" || value === null) return undefined;
    const { sha256, sizeBytes, fetchedAtMs } = value as Record<keyof TileSidecar, unknown>;
    if (typeof sha256 !== "string" || !/^[0-9a-f]{64}$/.test(sha256)) return undefined;
    if (typeof sizeBytes !== "number" || typeof fetchedAtMs !== "number") return undefined;
    return { sha256, sizeBytes, fetchedAtMs };
  } catch {
    return undefined;
  }
}
