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
  lb: 0.00045359237,
  lbs: 0.00045359237,
  st: 0.90718474,
};

/** Values that say that there is no limit of its own, or none beyond what the law sets anyway. */
const NO_LIMIT: ReadonlySet<string> = new Set([
  "default",
  "none",
  "no",
  "unsigned",
  "no_sign",
  "no_indications",
  "below_default",
]);

/**
 * Metres of a value such as `4.2`, `4,2 m` or `13'6"`, the smallest of several; Infinity when it
 * states no limit and NaN when it cannot be read.
 */
export function parseLengthM(value: string | undefined): number {
  return smallest(value, (text) => {
    const feet = /^(\d+)\s*(?:'|ft)\s*(?:(\d+(?:\.\d+)?)\s*(?:"|in)?)?$/.exec(text);
    if (feet !== null) return Number(feet[1]) * 0.3048 + Number(feet[2] ?? 0) * 0.0254;
    return parseWithUnit(text, LENGTH_UNITS, "m");
  });
}

/** Tonnes of a value such as `7.5` or `7500 kg`; otherwise as {@link parseLengthM}. */
export function parseMassT(value: string | undefined): number {
  return smallest(value, (text) => parseWithUnit(text, MASS_UNITS, "t"));
}

function smallest(value: string | undefined, parse: (text: string) => number): number {
  if (value === undefined) return Infinity;
  // Math.min hands NaN on: one unreadable part makes the whole value unreadable.
  return Math.min(
    ...value.split(";").map((part) => {
      const text = part.trim();
      return NO_LIMIT.has(text) ? Infinity : parse(text);
    }),
  );
}

function parseWithUnit(
  text: string,
  units: Readonly<Record<string, number>>,
  unitWhenBare: string,
): number {
  const match = /^(\d+(?:[.,]\d+)?)\s*([a-z']*)$/i.exec(text);
  if (match === null) return Number.NaN;
  const factor = units[match[2] === "" ? unitWhenBare : match[2]!.toLowerCase()];
  if (factor === undefined) return Number.NaN;
  return Number(match[1]!.replace(",", ".")) * factor;
}

/** Limits of a way, and whether one of its tags could not be read (and counts as no limit). */
export interface RoadLimitsReading {
  /** Undefined when the tags state none. */
  readonly limits: RoadLimits | undefined;
  readonly hasUnreadable: boolean;
}

/** Reads the limits that the tags of a way state. */
export function readRoadLimits(tags: OsmTags): RoadLimitsReading {
  let hasUnreadable = false;
  const limitOf = (parse: (value: string | undefined) => number, ...keys: string[]): number => {
    let limit = Infinity;
    for (const key of keys) {
      const value = parse(tags.get(key));
      if (Number.isNaN(value)) hasUnreadable = true;
      else limit = Math.min(limit, value);
    }
    return limit;
  };
  const limits: RoadLimits = {
    heightM: limitOf(parseLengthM, "maxheight", "maxheight:physical", "maxheight:hgv"),
    widthM: limitOf(parseLengthM, "maxwidth", "maxwidth:physical"),
    lengthM: limitOf(parseLengthM, "maxlength", "maxlength:hgv"),
    massT: limitOf(parseMassT, "maxweight", "maxweight:hgv"),
    ratingT: limitOf(parseMassT, "maxweightrating", "maxweightrating:hgv"),
    axleLoadT: limitOf(parseMassT, "maxaxleload"),
  };
  const hasLimit = LIMIT_COLUMNS.some((column) => limits[column] < Infinity);
  return { limits: hasLimit ? limits : undefined, hasUnreadable };
}
