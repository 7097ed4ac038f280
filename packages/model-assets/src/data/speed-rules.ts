import type { SpeedRules } from "@gradeway/route-core";

/**
 * Typical speeds by road class: what is driven where nothing is posted, and the share of the limit that
 * is driven on average. Where a country's law is not known, limits for trucks that are common outside
 * towns, and on motorways the EU speed limiter (90 km/h, Directive 92/6/EEC). Assumptions.
 */
export const SPEED_RULES: SpeedRules["classes"] = {
  motorway: { defaultKmh: 110, truckLimitKmh: 90, practicalShare: 1 },
  motorway_link: { defaultKmh: 60, truckLimitKmh: 80, practicalShare: 0.8 },
  trunk: { defaultKmh: 90, truckLimitKmh: 80, practicalShare: 0.95 },
  trunk_link: { defaultKmh: 50, truckLimitKmh: 60, practicalShare: 0.8 },
  primary: { defaultKmh: 70, truckLimitKmh: 70, practicalShare: 0.9 },
  primary_link: { defaultKmh: 50, truckLimitKmh: 60, practicalShare: 0.8 },
  secondary: { defaultKmh: 60, truckLimitKmh: 60, practicalShare: 0.85 },
  secondary_link: { defaultKmh: 45, truckLimitKmh: 60, practicalShare: 0.8 },
  tertiary: { defaultKmh: 50, truckLimitKmh: 60, practicalShare: 0.8 },
  tertiary_link: { defaultKmh: 40, truckLimitKmh: 60, practicalShare: 0.8 },
  unclassified: { defaultKmh: 40, truckLimitKmh: 60, practicalShare: 0.7 },
  residential: { defaultKmh: 30, truckLimitKmh: 50, practicalShare: 0.7 },
  living_street: { defaultKmh: 10, truckLimitKmh: 20, practicalShare: 1 },
  road: { defaultKmh: 30, truckLimitKmh: 50, practicalShare: 0.7 },
  service: { defaultKmh: 15, truckLimitKmh: 30, practicalShare: 0.6 },
};
