import type { LegalRoad } from "@gradeway/route-core";

import type { RowOrigin } from "../schemas/dated-row.ts";
import type { SpeedLimitRow } from "../schemas/speed-rules.ts";
import type { VehicleClass } from "../schemas/vehicle-class.ts";
import {
  CODE_DE_LA_ROUTE,
  FROM_MEMORY,
  MONACO_TRAFFIC_CODE,
  SPANISH_TRAFFIC_CODE,
  STVO,
} from "./sources.ts";

const LIGHT: VehicleClass = { grossT: { to: 3.5 } };
const HEAVY: VehicleClass = { grossT: { above: 3.5 } };

/** Kilometres per hour by kind of road for one class of vehicles; signs in towns as the law has it. */
const limitsOf = (
  area: string,
  name: string,
  vehicles: VehicleClass,
  origin: Omit<RowOrigin, "id" | "area">,
  limits: Readonly<Partial<Record<LegalRoad, number>>>,
  raisedBySign?: SpeedLimitRow["raisedBySign"],
): SpeedLimitRow[] =>
  (Object.keys(limits) as LegalRoad[]).map((road) => ({
    ...origin,
    id: `speed.${road}.${name}`,
    area,
    road,
    vehicles,
    value: limits[road]!,
    unit: "km/h",
    ...(road === "urban" && raisedBySign !== undefined ? { raisedBySign } : {}),
  }));

const official = (source: Omit<RowOrigin, "id" | "validFrom" | "provenance">, validFrom: string) =>
  ({ ...source, validFrom, provenance: "official" }) as const;

const FRENCH = official({ ...CODE_DE_LA_ROUTE, section: "R413-8" }, "2018-07-01");

/** Without priority a heavy combination may drive 60 km/h; on priority roads 80. */
const FRANCE: readonly SpeedLimitRow[] = [
  ...limitsOf(
    "FR",
    "to-3.5t",
    LIGHT,
    official({ ...CODE_DE_LA_ROUTE, section: "R413-2, R413-3" }, "2018-07-01"),
    { motorway: 130, dual: 110, single: 80, urban: 50 },
    "for-all",
  ),
  ...limitsOf("FR", "to-12t", { grossT: { above: 3.5, to: 12 } }, FRENCH, {
    motorway: 90,
    dual: 90,
    single: 80,
    urban: 50,
  }),
  ...limitsOf("FR", "above-12t", { grossT: { above: 12 } }, FRENCH, {
    motorway: 90,
    dual: 80,
    single: 80,
    urban: 50,
  }),
  ...limitsOf("FR", "above-12t-articulated", { grossT: { above: 12 }, articulated: true }, FRENCH, {
    minor: 60,
  }),
];

const SPANISH = official(
  { ...SPANISH_TRAFFIC_CODE, section: "art. 48, with RD 1514/2018" },
  "2019-01-29",
);
const SPANISH_TOWNS = official(
  {
    ...SPANISH_TRAFFIC_CODE,
    section: "art. 50, with RD 970/2020",
    note: "30 km/h where there is one lane in each direction, 20 km/h without a pavement.",
  },
  "2021-05-11",
);

/** Vans and lorries have the same limits, and signs in towns raise them for all. A carriageway apart that is no autovía counts as single. */
const SPAIN: readonly SpeedLimitRow[] = [
  ...limitsOf("ES", "goods", {}, SPANISH, { motorway: 90, dual: 80, single: 80 }),
  ...limitsOf("ES", "goods", {}, SPANISH_TOWNS, { urban: 50 }, "up-to-class-limit"),
];

/** Signs outside towns leave the limits of vehicle classes as they are; within towns they are for all. */
const GERMAN = official(
  { ...STVO, section: "§ 3 Abs. 3, § 18 Abs. 5, Anlage 2 lfd. Nr. 49" },
  "2013-04-01",
);

const GERMANY: readonly SpeedLimitRow[] = [
  ...limitsOf("DE", "to-3.5t", LIGHT, GERMAN, { single: 100, urban: 50 }, "for-all"),
  ...limitsOf(
    "DE",
    "to-3.5t",
    LIGHT,
    { ...GERMAN, note: "The recommended speed; there is no limit." },
    { motorway: 130, dual: 130 },
  ),
  ...limitsOf(
    "DE",
    "above-3.5t",
    HEAVY,
    GERMAN,
    { motorway: 80, expressway: 80, urban: 50 },
    "for-all",
  ),
  ...limitsOf("DE", "to-7.5t", { grossT: { above: 3.5, to: 7.5 } }, GERMAN, {
    dual: 80,
    single: 80,
  }),
  ...limitsOf("DE", "above-7.5t", { grossT: { above: 7.5 } }, GERMAN, { dual: 60, single: 60 }),
];

/** The law has a limit in article 8 of Llei 12/2021, whose text was not found. */
const ANDORRAN = {
  ...FROM_MEMORY,
  note: "Llei 12/2021 del Codi de la circulació, article 8, was not read; lorries as in Spain and France.",
  validFrom: "2021-09-02",
  provenance: "assumed",
} as const;

const ANDORRA: readonly SpeedLimitRow[] = [
  ...limitsOf("AD", "to-3.5t", LIGHT, ANDORRAN, { dual: 90, single: 90, urban: 50 }),
  ...limitsOf("AD", "above-3.5t", HEAVY, ANDORRAN, { dual: 80, single: 80, urban: 50 }),
];

const MONACO = limitsOf(
  "MC",
  "all",
  {},
  official({ ...MONACO_TRAFFIC_CODE, section: "art. 11" }, "2007-10-12"),
  { dual: 50, single: 50, urban: 50 },
);

/** Speed limits of goods vehicles in France, Spain, Germany, Andorra and Monaco. */
export const SPEED_LIMITS_EU: readonly SpeedLimitRow[] = [
  ...FRANCE,
  ...SPAIN,
  ...GERMANY,
  ...ANDORRA,
  ...MONACO,
];
