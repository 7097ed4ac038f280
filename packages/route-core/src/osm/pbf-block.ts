import { PbfReader } from "pbf";

import type { OsmMember, OsmTags, OsmVisitor } from "./osm-elements.ts";
import { fieldOf, readSub, skipField } from "./pbf-fields.ts";

const NO_TAGS: OsmTags = new Map();
const MEMBER_TYPES = ["node", "way", "relation"] as const;
const LON_LIMIT_E7 = 180e7;
const LAT_LIMIT_E7 = 90e7;

/** Decodes one inflated `PrimitiveBlock` and hands its elements to the visitor. */
export function readPrimitiveBlock(data: Uint8Array, visitor: OsmVisitor): void {
  const pbf = new PbfReader(data);
  let strings = new StringTable(data, []);
  let granularity = 100;
  let latOffset = 0;
  let lonOffset = 0;
  while (pbf.pos < data.length) {
    const tag = pbf.readVarint();
    const field = fieldOf(tag);
    if (field === 1) strings = StringTable.read(data, readSub(pbf, data.length));
    else if (field === 17) granularity = pbf.readVarint();
    else if (field === 19) latOffset = pbf.readVarint(true);
    else if (field === 20) lonOffset = pbf.readVarint(true);
    else skipField(pbf, tag, data.length);
  }
  const grid = { granularity, latOffset, lonOffset };
  // Groups may come before what they refer to, and a hostile block may hold millions of them: they
  // are read in a second run instead of being kept.
  pbf.pos = 0;
  while (pbf.pos < data.length) {
    const outerTag = pbf.readVarint();
    if (fieldOf(outerTag) !== 2) {
      skipField(pbf, outerTag, data.length);
      continue;
    }
    const group = readSub(pbf, data.length);
    while (group.pos < group.length) {
      const tag = group.readVarint();
      const field = fieldOf(tag);
      if (field === 1 && visitor.node)
        readPlainNode(readSub(group, group.length), grid, strings, visitor);
      else if (field === 2 && visitor.node)
        readDense(readSub(group, group.length), grid, strings, visitor);
      else if (field === 3 && visitor.way) readWay(readSub(group, group.length), strings, visitor);
      else if (field === 4 && visitor.relation)
        readRelation(readSub(group, group.length), strings, visitor);
      else skipField(group, tag, group.length);
    }
  }
}

interface Grid {
  readonly granularity: number;
  readonly latOffset: number;
  readonly lonOffset: number;
}

/** Nanodegrees to units of 1e-7 degrees; refuses what lies on no globe. */
function toE7(offset: number, granularity: number, value: number, limitE7: number): number {
  const e7 = Math.round((offset + granularity * value) / 100);
  if (!(Math.abs(e7) <= limitE7)) throw new RangeError("a node lies outside the globe");
  return e7;
}

function readDense(pbf: PbfReader, grid: Grid, strings: StringTable, visitor: OsmVisitor): void {
  let ids = empty(pbf);
  let lats = empty(pbf);
  let lons = empty(pbf);
  let keysVals = empty(pbf);
  while (pbf.pos < pbf.length) {
    const tag = pbf.readVarint();
    const field = fieldOf(tag);
    if (field === 1) ids = readSub(pbf, pbf.length);
    else if (field === 8) lats = readSub(pbf, pbf.length);
    else if (field === 9) lons = readSub(pbf, pbf.length);
    else if (field === 10) keysVals = readSub(pbf, pbf.length);
    else skipField(pbf, tag, pbf.length);
  }
  const { granularity, latOffset, lonOffset } = grid;
  const hasTags = keysVals.pos < keysVals.length;
  let id = 0;
  let lat = 0;
  let lon = 0;
  while (ids.pos < ids.length) {
    if (lats.pos >= lats.length || lons.pos >= lons.length) {
      throw new RangeError("a node has no coordinates");
    }
    id += ids.readSVarint();
    lat += lats.readSVarint();
    lon += lons.readSVarint();
    const tags = hasTags ? readDenseTags(keysVals, strings) : NO_TAGS;
    const lonE7 = toE7(lonOffset, granularity, lon, LON_LIMIT_E7);
    visitor.node?.(id, lonE7, toE7(latOffset, granularity, lat, LAT_LIMIT_E7), tags);
  }
}

function readDenseTags(pbf: PbfReader, strings: StringTable): OsmTags {
  let tags: Map<string, string> | undefined;
  while (pbf.pos < pbf.length) {
    const key = pbf.readVarint();
    if (key === 0) break;
    if (pbf.pos >= pbf.length) throw new RangeError("a tag has no value");
    tags ??= new Map();
    tags.set(strings.at(key), strings.at(pbf.readVarint()));
  }
  return tags ?? NO_TAGS;
}

function readPlainNode(
  pbf: PbfReader,
  grid: Grid,
  strings: StringTable,
  visitor: OsmVisitor,
): void {
  let id = 0;
  let lat = 0;
  let lon = 0;
  let keys = empty(pbf);
  let vals = empty(pbf);
  while (pbf.pos < pbf.length) {
    const tag = pbf.readVarint();
    const field = fieldOf(tag);
    if (field === 1) id = pbf.readSVarint();
    else if (field === 2) keys = readSub(pbf, pbf.length);
    else if (field === 3) vals = readSub(pbf, pbf.length);
    else if (field === 8) lat = pbf.readSVarint();
    else if (field === 9) lon = pbf.readSVarint();
    else skipField(pbf, tag, pbf.length);
  }
  const { granularity, latOffset, lonOffset } = grid;
  const lonE7 = toE7(lonOffset, granularity, lon, LON_LIMIT_E7);
  const latE7 = toE7(latOffset, granularity, lat, LAT_LIMIT_E7);
  visitor.node?.(id, lonE7, latE7, readTags(keys, vals, strings));
}

function readWay(pbf: PbfReader, strings: StringTable, visitor: OsmVisitor): void {
  let id = 0;
  let keys = empty(pbf);
  let vals = empty(pbf);
  const refs: number[] = [];
  while (pbf.pos < pbf.length) {
    const tag = pbf.readVarint();
    const field = fieldOf(tag);
    if (field === 1) id = pbf.readVarint();
    else if (field === 2) keys = readSub(pbf, pbf.length);
    else if (field === 3) vals = readSub(pbf, pbf.length);
    else if (field === 8) {
      const sub = readSub(pbf, pbf.length);
      let ref = 0;
      while (sub.pos < sub.length) refs.push((ref += sub.readSVarint()));
    } else skipField(pbf, tag, pbf.length);
  }
  visitor.way?.(id, readTags(keys, vals, strings), refs);
}

function readRelation(pbf: PbfReader, strings: StringTable, visitor: OsmVisitor): void {
  let id = 0;
  let keys = empty(pbf);
  let vals = empty(pbf);
  let roles = empty(pbf);
  let refs = empty(pbf);
  let types = empty(pbf);
  while (pbf.pos < pbf.length) {
    const tag = pbf.readVarint();
    const field = fieldOf(tag);
    if (field === 1) id = pbf.readVarint();
    else if (field === 2) keys = readSub(pbf, pbf.length);
    else if (field === 3) vals = readSub(pbf, pbf.length);
    else if (field === 8) roles = readSub(pbf, pbf.length);
    else if (field === 9) refs = readSub(pbf, pbf.length);
    else if (field === 10) types = readSub(pbf, pbf.length);
    else skipField(pbf, tag, pbf.length);
  }
  const members: OsmMember[] = [];
  let ref = 0;
  while (refs.pos < refs.length) {
    if (types.pos >= types.length || roles.pos >= roles.length) {
      throw new RangeError(`relation ${id} has a member without type or role`);
    }
    ref += refs.readSVarint();
    const type = MEMBER_TYPES[types.readVarint()];
    if (type === undefined) throw new RangeError(`relation ${id} has a member of unknown type`);
    members.push({ type, ref, role: strings.at(roles.readVarint()) });
  }
  visitor.relation?.(id, readTags(keys, vals, strings), members);
}

function readTags(keys: PbfReader, vals: PbfReader, strings: StringTable): OsmTags {
  if (keys.pos >= keys.length) return NO_TAGS;
  const tags = new Map<string, string>();
  while (keys.pos < keys.length) {
    if (vals.pos >= vals.length) throw new RangeError("a tag has no value");
    tags.set(strings.at(keys.readVarint()), strings.at(vals.readVarint()));
  }
  return tags;
}

function empty(pbf: PbfReader): PbfReader {
  const none = new PbfReader(pbf.buf);
  none.length = 0;
  return none;
}

/** The strings of a block, decoded when first asked for. */
class StringTable {
  readonly #data: Uint8Array;
  /** Start and end of string i at 2i and 2i + 1. */
  readonly #spans: readonly number[];
  readonly #decoded: (string | undefined)[] = [];
  readonly #decoder = new TextDecoder();

  constructor(data: Uint8Array, spans: readonly number[]) {
    this.#data = data;
    this.#spans = spans;
  }

  static read(data: Uint8Array, pbf: PbfReader): StringTable {
    const spans: number[] = [];
    while (pbf.pos < pbf.length) {
      const tag = pbf.readVarint();
      if (fieldOf(tag) === 1) {
        const text = readSub(pbf, pbf.length);
        spans.push(text.pos, text.length);
      } else skipField(pbf, tag, pbf.length);
    }
    return new StringTable(data, spans);
  }

  at(index: number): string {
    const known = this.#decoded[index];
    if (known !== undefined) return known;
    const from = this.#spans[2 * index];
    const to = this.#spans[2 * index + 1];
    if (from === undefined || to === undefined)
      throw new RangeError(`string ${index} is not in the table`);
    const text = this.#decoder.decode(this.#data.subarray(from, to));
    this.#decoded[index] = text;
    return text;
  }
}
