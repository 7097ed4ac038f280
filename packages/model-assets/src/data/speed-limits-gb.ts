import type { LegalRoad } from "@gradeway/route-core";

import type { RowOrigin } from "../schemas/dated-row.ts";
import type { SpeedLimitRow } from "../schemas/speed-rules.ts";
import type { VehicleClass } from "../schemas/vehicle-class.ts";
import { NI_SPEED_LIMITS, RTRA_1984 } from "./sources.ts";

/** Classes of Schedule 6: goods vehicles up to 7.5 t, the articulated ones among them, and heavier. */
const CLASSES: Readonly<Record<string, VehicleClass>> = {
  "to-7.5t": { grossT: { to: 7.5 }, articulated: false },
  "to-7.5t-articulated": { grossT: { to: 7.5 }, articulated: true },
  "above-7.5t": { grossT: { above: 7.5 } },
};

type Limits = Readonly<Record<Exclude<LegalRoad, "expressway" | "minor">, number>>;

const LIGHT: Limits = { motorway: 70, dual: 60, single: 50, urban: 30 };
const LIGHT_ARTICULATED: Limits = { ...LIGHT, motorway: 60 };

/** Miles per hour for the three classes in one part of the UK. */
const limitsOf = (
  area: string,
  origin: Omit<RowOrigin, "id" | "area">,
  heavy: Limits,
): SpeedLimitRow[] =>
  Object.entries({
    "to-7.5t": LIGHT,
    "to-7.5t-articulated": LIGHT_ARTICULATED,
    "above-7.5t": heavy,
  }).flatMap(([name, limits]) =>
    (Object.keys(limits) as (keyof Limits)[]).map((road) => ({
      ...origin,
      id: `speed.${road}.${name}`,
      area,
      road,
      vehicles: CLASSES[name]!,
      value: limits[road],
      unit: "mi/h",
      // The limit of restricted roads is one of the road: signs lift it, but not Schedule 6.
      ...(road === "urban" ? { raisedBySign: "up-to-class-limit" as const } : {}),
    })),
  );

/** SI 2014/3552 raised the limits of heavy goods vehicles in England and Wales. */
const ENGLAND_AND_WALES = {
  ...RTRA_1984,
  section: "Part I, item 5, with SI 2014/3552",
  validFrom: "2015-04-06",
  provenance: "official",
} as const;

const SCOTLAND = {
  ...RTRA_1984,
  section: "Part I, item 5",
  validFrom: "2015-04-06",
  note: "A rise to 50 and 60 mi/h is announced without a date; 50 mi/h on single carriageways of the A9 between Perth and Inverness (SSI 2014/274).",
  provenance: "official",
} as const;

const HEAVY: Limits = { motorway: 60, dual: 60, single: 50, urban: 30 };
const HEAVY_SCOTLAND: Limits = { motorway: 60, dual: 50, single: 40, urban: 30 };

/** Wales lowered the limit of restricted roads to 20 mi/h for all vehicles. */
const WELSH_URBAN = {
  source: "Restricted Roads (20 mph Speed Limit) (Wales) Order 2022",
  publisher: "Welsh Government",
  reference: "SI 2022/800 (W. 177)",
  licence: "OGL-UK-3.0",
  validFrom: "2023-09-17",
  provenance: "official",
} as const;

const welsh = limitsOf("GB-WLS", ENGLAND_AND_WALES, HEAVY).flatMap((row): SpeedLimitRow[] =>
  row.road === "urban"
    ? [
        { ...row, validTo: "2023-09-16" },
        { ...row, section: undefined, ...WELSH_URBAN, value: 20 },
      ]
    : [row],
);

/** Speed limits of goods vehicles in the parts of the United Kingdom. */
export const SPEED_LIMITS_GB: readonly SpeedLimitRow[] = [
  ...limitsOf("GB-ENG", ENGLAND_AND_WALES, HEAVY),
  ...welsh,
  ...limitsOf("GB-SCT", SCOTLAND, HEAVY_SCOTLAND),
  ...limitsOf(
    "GB-NIR",
    { ...NI_SPEED_LIMITS, validFrom: "2008-01-01", provenance: "assumed" },
    HEAVY_SCOTLAND,
  ),
];
