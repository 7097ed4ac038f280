import { PbfWriter } from "pbf";

import type {
  OsmDataset,
  OsmMemberType,
  OsmNode,
  OsmRelation,
  OsmTags,
  OsmWay,
} from "./osm-data.ts";

const GRANULARITY_NANODEG = 100;
const UNITS_PER_DEGREE = 1e9 / GRANULARITY_NANODEG;
const MEMBER_TYPE_CODE: Readonly<Record<OsmMemberType, number>> = { node: 0, way: 1, relation: 2 };

/** Index 0 is reserved: dense nodes use it to end the tags of a node. */
interface StringTable {
  readonly strings: string[];
  indexOf(text: string): number;
}

function createStringTable(): StringTable {
  const strings = [""];
  const indexByText = new Map<string, number>();
  return {
    strings,
    indexOf(text) {
      const known = indexByText.get(text);
      if (known !== undefined) return known;
      const index = strings.length;
      strings.push(text);
      indexByText.set(text, index);
      return index;
    },
  };
}

function deltas(values: readonly number[]): number[] {
  return values.map((value, index) => value - (index === 0 ? 0 : values[index - 1]!));
}

function writeTags(pbf: PbfWriter, tags: OsmTags, table: StringTable): void {
  const entries = Object.entries(tags);
  pbf.writePackedVarint(
    2,
    entries.map(([key]) => table.indexOf(key)),
  );
  pbf.writePackedVarint(
    3,
    entries.map(([, value]) => table.indexOf(value)),
  );
}

/** The string table is field 1 but is only complete once the group has been written. */
function primitiveBlock(writeGroup: (table: StringTable) => Uint8Array): Uint8Array {
  const table = createStringTable();
  const group = writeGroup(table);
  const pbf = new PbfWriter();
  const encoder = new TextEncoder();
  pbf.writeMessage(
    1,
    (strings, inner) => {
      for (const text of strings) inner.writeBytesField(1, encoder.encode(text));
    },
    table.strings,
  );
  pbf.writeBytesField(2, group);
  return pbf.finish();
}

export function encodeDenseNodes(nodes: readonly OsmNode[]): Uint8Array {
  return primitiveBlock((table) => {
    const keysAndValues: number[] = [];
    for (const node of nodes) {
      for (const [key, value] of Object.entries(node.tags ?? {})) {
        keysAndValues.push(table.indexOf(key), table.indexOf(value));
      }
      keysAndValues.push(0);
    }
    // A block without any tag leaves the field out, as other writers do.
    const hasTags = keysAndValues.length > nodes.length;
    const pbf = new PbfWriter();
    pbf.writeMessage(
      2,
      (_, dense) => {
        dense.writePackedSVarint(1, deltas(nodes.map((node) => node.id)));
        dense.writePackedSVarint(
          8,
          deltas(nodes.map((node) => Math.round(node.lat * UNITS_PER_DEGREE))),
        );
        dense.writePackedSVarint(
          9,
          deltas(nodes.map((node) => Math.round(node.lon * UNITS_PER_DEGREE))),
        );
        if (hasTags) dense.writePackedVarint(10, keysAndValues);
      },
      undefined,
    );
    return pbf.finish();
  });
}

export function encodeWays(ways: readonly OsmWay[]): Uint8Array {
  return primitiveBlock((table) => {
    const pbf = new PbfWriter();
    for (const way of ways) {
      pbf.writeMessage(
        3,
        (_, inner) => {
          inner.writeVarintField(1, way.id);
          writeTags(inner, way.tags, table);
          inner.writePackedSVarint(8, deltas(way.nodes));
        },
        undefined,
      );
    }
    return pbf.finish();
  });
}

export function encodeRelations(relations: readonly OsmRelation[]): Uint8Array {
  return primitiveBlock((table) => {
    const pbf = new PbfWriter();
    for (const relation of relations) {
      pbf.writeMessage(
        4,
        ({ id, tags, members }, inner) => {
          inner.writeVarintField(1, id);
          writeTags(inner, tags, table);
          inner.writePackedVarint(
            8,
            members.map((member) => table.indexOf(member.role)),
          );
          inner.writePackedSVarint(9, deltas(members.map((member) => member.ref)));
          inner.writePackedVarint(
            10,
            members.map((member) => MEMBER_TYPE_CODE[member.type]),
          );
        },
        relation,
      );
    }
    return pbf.finish();
  });
}

export function encodeHeader(dataset: OsmDataset): Uint8Array {
  const pbf = new PbfWriter();
  if (dataset.nodes.length > 0) {
    pbf.writeMessage(1, writeBoundingBox, dataset.nodes);
  }
  pbf.writeStringField(4, "OsmSchema-V0.6");
  pbf.writeStringField(4, "DenseNodes");
  pbf.writeStringField(5, "Sort.Type_then_ID");
  pbf.writeStringField(16, "gradeway-test-kit");
  if (dataset.timestamp !== undefined) {
    const epochMs = Date.parse(dataset.timestamp);
    if (Number.isNaN(epochMs)) throw new TypeError(`not a timestamp: ${dataset.timestamp}`);
    pbf.writeVarintField(32, Math.floor(epochMs / 1000));
  }
  return pbf.finish();
}

function writeBoundingBox(nodes: readonly OsmNode[], pbf: PbfWriter): void {
  let [west, east, north, south] = [Infinity, -Infinity, -Infinity, Infinity];
  for (const { lon, lat } of nodes) {
    west = Math.min(west, lon);
    east = Math.max(east, lon);
    north = Math.max(north, lat);
    south = Math.min(south, lat);
  }
  pbf.writeSVarintField(1, nanodegrees(west));
  pbf.writeSVarintField(2, nanodegrees(east));
  pbf.writeSVarintField(3, nanodegrees(north));
  pbf.writeSVarintField(4, nanodegrees(south));
}

/** Header coordinates are nanodegrees; going through block units keeps them equal to the nodes'. */
function nanodegrees(degrees: number): number {
  return Math.round(degrees * UNITS_PER_DEGREE) * GRANULARITY_NANODEG;
}
