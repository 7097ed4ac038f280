import type { ScenarioProfileRow } from "../schemas/scenario-profiles.ts";
import { FREIGHT_MODEL } from "./sources.ts";

const origin = {
  ...FREIGHT_MODEL,
  validFrom: "2026-01-01",
  provenance: "assumed",
  note: "A proposal, not a measurement. Empty running of about 30 % is the UK's average.",
} as const;

/** Modes of sharing as levers. */
export const SCENARIO_PROFILES: readonly ScenarioProfileRow[] = [
  {
    ...origin,
    id: "scenario.no-sharing",
    mode: "no_sharing",
    loadFactor: 0.6,
    emptyShare: 0.3,
    informationAgeMin: null,
    prediction: false,
    dwellMeanMin: 45,
    dwellCov: 0.6,
    detourShare: 0,
    sites: "public",
  },
  {
    ...origin,
    id: "scenario.partial-sharing",
    mode: "partial_sharing",
    loadFactor: 0.7,
    emptyShare: 0.22,
    informationAgeMin: 30,
    prediction: false,
    dwellMeanMin: 35,
    dwellCov: 0.4,
    detourShare: 0.04,
    sites: "partner",
  },
  {
    ...origin,
    id: "scenario.full-sharing",
    mode: "full_sharing",
    loadFactor: 0.8,
    emptyShare: 0.12,
    informationAgeMin: 0,
    prediction: true,
    dwellMeanMin: 25,
    dwellCov: 0.25,
    detourShare: 0.07,
    sites: "pooled",
  },
];
