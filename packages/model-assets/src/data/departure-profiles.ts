import {
  DAY_KINDS,
  TRAFFIC_ROADS,
  type HourlyVolumeRow,
  type VolumeDelayRow,
} from "../schemas/departure-profiles.ts";
import { FREIGHT_MODEL } from "./sources.ts";

type DayKind = (typeof DAY_KINDS)[number];

/** Thousandths of a day's volume by hour from midnight; each line adds up to 1,000. */
const SHAPES = {
  all: {
    weekday: [
      7, 5, 4, 5, 9, 22, 45, 66, 72, 57, 51, 52, 54, 55, 58, 68, 78, 80, 66, 49, 36, 28, 20, 13,
    ],
    saturday: [
      14, 9, 7, 6, 8, 14, 23, 36, 52, 67, 76, 79, 78, 75, 71, 68, 67, 65, 55, 42, 31, 24, 19, 14,
    ],
    sunday: [
      15, 10, 7, 6, 6, 9, 14, 21, 34, 55, 73, 82, 84, 81, 79, 79, 79, 73, 61, 47, 33, 24, 17, 11,
    ],
  },
  hgv: {
    weekday: [
      19, 18, 19, 22, 30, 43, 56, 59, 60, 60, 60, 60, 60, 60, 59, 57, 52, 44, 36, 31, 28, 25, 22,
      20,
    ],
    saturday: [
      32, 28, 28, 32, 42, 55, 66, 70, 71, 70, 66, 61, 56, 50, 45, 40, 36, 31, 27, 23, 20, 19, 17,
      15,
    ],
    sunday: [
      22, 20, 20, 22, 26, 30, 35, 39, 43, 46, 48, 49, 49, 48, 47, 47, 47, 47, 49, 52, 54, 54, 53,
      53,
    ],
  },
} as const;

/** Volume of a day as a share of a weekday's. */
const DAY_FACTORS = {
  all: { weekday: 1, saturday: 0.9, sunday: 0.82, holiday: 0.8 },
  hgv: { weekday: 1, saturday: 0.3, sunday: 0.25, holiday: 0.25 },
} as const;

const origin = (note: string) =>
  ({ ...FREIGHT_MODEL, validFrom: "2026-01-01", provenance: "assumed", note }) as const;

const SHAPE_NOTE =
  "A typical shape by hand: all traffic 7.2 % at 8, 8 % at 17, below 1 % at 3; lorries flat from 6 to 16.";

/** How traffic spreads over the day; the shapes of all kinds of road are the same until counts exist. */
export const HOURLY_VOLUMES: readonly HourlyVolumeRow[] = TRAFFIC_ROADS.flatMap((road) =>
  DAY_KINDS.flatMap((day) =>
    (["all", "hgv"] as const).map((traffic) => ({
      ...origin(SHAPE_NOTE),
      id: `volume.${road}.${day}.${traffic}`,
      road,
      day,
      traffic,
      dayFactor: DAY_FACTORS[traffic][day],
      shareByHour: SHAPES[traffic][shapeOf(day)].map((thousandths) => thousandths / 1000),
    })),
  ),
);

/** A holiday runs like a Sunday. */
function shapeOf(day: DayKind): Exclude<DayKind, "holiday"> {
  return day === "holiday" ? "sunday" : day;
}

const DELAY_NOTE = "Middle of the ranges that the freight model gives; not calibrated.";

/** Volume-delay functions by kind of road. */
export const VOLUME_DELAYS: readonly VolumeDelayRow[] = (
  [
    ["motorway", 0.22, 7, 2100],
    ["dual", 0.22, 7, 1775],
    ["single", 0.5, 5, 1150],
    ["urban", 0.8, 4, 900],
  ] as const
).map(([road, alpha, beta, capacityPcuPerH]) => ({
  ...origin(DELAY_NOTE),
  id: `delay.${road}`,
  road,
  alpha,
  beta,
  capacityPcuPerH,
  hgvPcu: 2.25,
}));
