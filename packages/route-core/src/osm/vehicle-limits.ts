import type { OsmTags } from "./osm-elements.ts";

/** Size and weight limits of a road; `Infinity` where there is none. */
export interface RoadLimits {
  readonly heightM: number;
  readonly widthM: number;
  readonly lengthM: number;
  /** Actual mass. */
  readonly massT: number;
  /** Plated maximum mass of the vehicle (`maxweightrating`). */
  readonly ratingT: number;
  readonly axleLoadT: number;
}

/** Columns of {@link RoadLimits} in storage order. */
export const LIMIT_COLUMNS = [
  "heightM",
  "widthM",
  "lengthM",
  "massT",
  "ratingT",
  "axleLoadT",
] as const satisfies readonly (keyof RoadLimits)[];

const LENGTH_UNITS: Readonly<Record<string, number>> = { m: 1, ft: 0.3048, "'": 0.3048, cm: 0.01 };
const MASS_UNITS: Readonly<Record<string, number>> = {
  t: 1,
  kg: 0.001,
  lbs: 0.00045359237,
  st: 0.90718474,
};

/** Metres of a value such as `4.2`, `4,2 m` or `13'6"`; Infinity when it states no number. */
export function parseLengthM(value: string | undefined): number {
  if (value === undefined) return Infinity;
  const feet = /^(\d+)\s*'\s*(?:(\d+(?:\.\d+)?)\s*"?)?$/.exec(value);
  if (feet !== null) return Number(feet[1]) * 0.3048 + Number(feet[2] ?? 0) * 0.0254;
  return parseWithUnit(value, LENGTH_UNITS, "m");
}

/** Tonnes of a value such as `7.5` or `7500 kg`; Infinity when it states no number. */
export function parseMassT(value: string | undefined): number {
  return value === undefined ? Infinity : parseWithUnit(value, MASS_UNITS, "t");
}

function parseWithUnit(
  value: string,
  units: Readonly<Record<string, number>>,
  unitWhenBare: string,
): number {
  const match = /^(\d+(?:[.,]\d+)?)\s*([a-z']*)$/i.exec(value.trim());
  if (match === null) return Infinity;
  const factor = units[match[2] === "" ? unitWhenBare : match[2]!.toLowerCase()];
  if (factor === undefined) return Infinity;
  return Number(match[1]!.replace(",", ".")) * factor;
}

/** Limits that the tags of a way state, or undefined when there are none. */
export function roadLimits(tags: OsmTags): RoadLimits | undefined {
  const limits: RoadLimits = {
    heightM: Math.min(
      parseLengthM(tags.get("maxheight")),
      parseLengthM(tags.get("maxheight:physical")),
    ),
    widthM: Math.min(
      parseLengthM(tags.get("maxwidth")),
      parseLengthM(tags.get("maxwidth:physical")),
    ),
    lengthM: parseLengthM(tags.get("maxlength")),
    massT: Math.min(parseMassT(tags.get("maxweight")), parseMassT(tags.get("maxweight:hgv"))),
    ratingT: Math.min(
      parseMassT(tags.get("maxweightrating")),
      parseMassT(tags.get("maxweightrating:hgv")),
    ),
    axleLoadT: parseMassT(tags.get("maxaxleload")),
  };
  return LIMIT_COLUMNS.some((column) => limits[column] < Infinity) ? limits : undefined;
}
