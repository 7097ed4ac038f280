/** What a store has at a path: the bytes, nothing, or more bytes than were asked for. */
export type StoredFile = Uint8Array<ArrayBuffer> | "missing" | "too_large";

/** How a file is read. */
export interface ReadFileOptions {
  /** A larger file is not read to its end. */
  readonly maxBytes: number;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Where the files of a region are kept. A store promises nothing about the bytes: whoever reads them
 * checks them against the manifest, and the manifest against its signature.
 */
export interface AssetStore {
  /** For messages; it holds no credentials. */
  readonly location: string;
  /**
   * Reads a file by its path below the store, with forward slashes.
   *
   * @throws {ReasonError} asset_fetch_failed, asset_source_resting, asset_host_not_allowed when the
   *   store cannot tell
   */
  read(path: string, options: ReadFileOptions): Promise<StoredFile>;
}
