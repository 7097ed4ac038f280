/** What stands beside a cached tile in `{y}.json`. */
export interface TileSidecar {
  /** Hash of the bytes of the tile. */
  readonly sha256: string;
  readonly sizeBytes: number;
  /** Time in milliseconds since 1970 at which the tile came from its origin. */
  readonly fetchedAtMs: number;
  /** Name of its source, when that is known. */
  readonly origin?: string;
}

/** Reads a sidecar; `undefined` when it is damaged. */
export function parseSidecar(bytes: Uint8Array): TileSidecar | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(bytes).toString("utf8"));
    if (typeof value !== "object" || value === null) return undefined;
    const { sha256, sizeBytes, fetchedAtMs, origin } = value as Record<keyof TileSidecar, unknown>;
    if (typeof sha256 !== "string" || !/^[0-9a-f]{64}$/.test(sha256)) return undefined;
    if (typeof sizeBytes !== "number" || typeof fetchedAtMs !== "number") return undefined;
    const named = typeof origin === "string" ? { origin } : {};
    return { sha256, sizeBytes, fetchedAtMs, ...named };
  } catch {
    return undefined;
  }
}
