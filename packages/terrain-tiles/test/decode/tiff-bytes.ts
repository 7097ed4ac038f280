/** One entry of the first directory of a small-endian classic TIFF file. */
interface EntryChange {
  readonly type?: number;
  readonly count?: number;
  /** Value, or distance of the values from the start of the file. */
  readonly value?: number;
}

/** Copies a file and changes one entry of its first directory. */
export function withEntry(file: Uint8Array, tag: number, change: EntryChange): Uint8Array {
  const copy = Uint8Array.from(file);
  const view = new DataView(copy.buffer);
  const start = view.getUint32(4, true);
  const count = view.getUint16(start, true);
  for (let at = start + 2; at < start + 2 + count * 12; at += 12) {
    if (view.getUint16(at, true) !== tag) continue;
    if (change.type !== undefined) view.setUint16(at + 2, change.type, true);
    if (change.count !== undefined) view.setUint32(at + 4, change.count, true);
    if (change.value !== undefined) view.setUint32(at + 8, change.value, true);
    return copy;
  }
  throw new Error(`there is no tag ${tag}`);
}

/** Copies a file and sets where its directory is followed by the next one. */
export function withNextDirectory(file: Uint8Array, offset: number): Uint8Array {
  const copy = Uint8Array.from(file);
  const view = new DataView(copy.buffer);
  const start = view.getUint32(4, true);
  view.setUint32(start + 2 + view.getUint16(start, true) * 12, offset, true);
  return copy;
}

/** Copies a file and replaces the bytes of its only block. */
export function withBlock(file: Uint8Array, block: Uint8Array): Uint8Array {
  const longer = Buffer.concat([file, block]);
  const moved = withEntry(longer, 273, { value: file.length });
  return withEntry(moved, 279, { value: block.length });
}
