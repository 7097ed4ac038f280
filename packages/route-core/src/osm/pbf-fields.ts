import { PbfReader } from "pbf";

/**
 * Opens a length-delimited field as a reader of its own and moves past it. Unlike the library's own
 * helpers it refuses a length that reaches past the parent message.
 *
 * @throws {RangeError} when the field does not fit
 */
export function readSub(parent: PbfReader, end: number): PbfReader {
  const bytes = parent.readVarint();
  const from = parent.pos;
  if (bytes > end - from) throw new RangeError("a field reaches past its message");
  const sub = new PbfReader(parent.buf);
  sub.pos = from;
  sub.length = from + bytes;
  parent.pos = from + bytes;
  return sub;
}

/** Skips a field of any wire type. */
export function skipField(pbf: PbfReader, tag: number, end: number): void {
  const wire = tag & 7;
  if (wire === 0) pbf.readVarint();
  else if (wire === 1) pbf.pos += 8;
  else if (wire === 2) readSub(pbf, end);
  else if (wire === 5) pbf.pos += 4;
  else throw new RangeError(`wire type ${wire} is not known`);
  if (pbf.pos > end) throw new RangeError("a field reaches past its message");
}

/** Field number of a tag. */
export function fieldOf(tag: number): number {
  return tag >>> 3;
}
