/** Array types a section may have, by their code in the file. */
export const SECTION_TYPES = [
  Uint8Array,
  Uint16Array,
  Int32Array,
  Float32Array,
  Float64Array,
] as const;

/** Column sections of the format in file order, with the index of their type. */
export const COLUMN_SECTIONS = {
  nodeLonE7: 2,
  nodeLatE7: 2,
  nodeComponent: 2,
  componentNodes: 2,
  edgeTail: 2,
  edgeHead: 2,
  edgeLengthM: 4,
  edgeAccess: 0,
  edgeLimits: 1,
  firstPoint: 2,
  pointLonE7: 2,
  pointLatE7: 2,
  firstHeight: 2,
  heightM: 3,
  firstSpan: 2,
  spanEndM: 4,
  spanClass: 0,
  spanSpeedForwardKmh: 0,
  spanSpeedBackwardKmh: 0,
  spanFlags: 0,
  spanFacility: 0,
  spanTollEntry: 0,
  spanWayId: 4,
  firstBin: 2,
  binGrade: 0,
  binLengthM: 3,
  firstControl: 2,
  controlAtM: 4,
  controlKind: 0,
  banFrom: 2,
  banTo: 2,
  banKinds: 0,
  edgeIndex: 0,
} as const;

/** Name of a column section. */
export type ColumnName = keyof typeof COLUMN_SECTIONS;

/** A column as a typed array. */
export type Column = Uint8Array | Uint16Array | Int32Array | Float32Array | Float64Array;
