/** An OpenStreetMap file that can be read more than once (the import makes two passes). */
export interface OsmSource {
  /** Starts reading from the first byte. */
  open(): AsyncIterable<Uint8Array>;
  /** Size in bytes, for progress; undefined when unknown. */
  readonly byteLength?: number;
}

/** An in-memory file as an {@link OsmSource}. */
export function osmSourceFromBytes(bytes: Uint8Array): OsmSource {
  return {
    byteLength: bytes.byteLength,
    // eslint-disable-next-line typescript/require-await -- the port is asynchronous
    async *open() {
      yield bytes;
    },
  };
}
