import { TRAFFIC_ROADS } from "../schemas/departure-profiles.ts";
import type { CorrelationRow, TimeSpreadRow } from "../schemas/stochastic-calibration.ts";
import { FREIGHT_MODEL } from "./sources.ts";

const origin = {
  ...FREIGHT_MODEL,
  validFrom: "2026-01-01",
  provenance: "assumed",
} as const;

/** Spread of travel times: the urban formula of TAG, as remembered, and incident rates as placeholders. */
export const TIME_SPREADS: readonly TimeSpreadRow[] = TRAFFIC_ROADS.map((road) => ({
  ...origin,
  id: `spread.${road}`,
  road,
  covFactor: 0.16,
  covCongestionExponent: 1.02,
  covDistanceExponent: -0.39,
  incidentsPer100VehicleKm: road === "motorway" ? 0.6 : 0.9,
  incidentMeanS: 900,
  incidentCov: 1.2,
  note: "TAG's urban formula from memory; the four incident figures have no source. Calibrate before a probability is shown.",
}));

/** What the edges of a trip have in common. */
export const CORRELATIONS: readonly CorrelationRow[] = [
  {
    ...origin,
    id: "correlation.default",
    commonShare: 0.15,
    regionalShare: 0.25,
    fuelLogStdDev: 0.06,
  },
];
