/** Bytes of a version of a tile: whole only when every byte follows from the first eight. */
export function versionOf(y: number, version: number): Uint8Array {
  const bytes = Buffer.alloc(20_000 + (version % 7) * 1000, (y * 31 + version) % 256);
  bytes.writeUInt32LE(y, 0);
  bytes.writeUInt32LE(version, 4);
  return bytes;
}

/** Tells whether bytes are some version of a tile, whole. */
export function isVersionOf(y: number, bytes: Uint8Array): boolean {
  const view = Buffer.from(bytes);
  return view.readUInt32LE(0) === y && view.equals(versionOf(y, view.readUInt32LE(4)));
}
