import type { DatedRow } from "../schemas/dated-row.ts";
import { CARBON_APPRAISAL, UK_ETS_PENALTY } from "./sources.ts";

const UNIT = "GBP/t";

/** The central series of the appraisal guidance, in 2022 prices. */
const CENTRAL_2024 = 268.97;
const CENTRAL_2030 = 294.5;

const yearOf = (year: number) =>
  ({ validFrom: `${year}-01-01`, validTo: `${year}-12-31`, area: "GB", unit: UNIT }) as const;

const central = (year: number): number => {
  const value = CENTRAL_2024 + ((CENTRAL_2030 - CENTRAL_2024) * (year - 2024)) / (2030 - 2024);
  return Math.round(value * 1000) / 1000;
};

const interpolated = (year: number): DatedRow => ({
  ...CARBON_APPRAISAL,
  ...yearOf(year),
  id: "carbon.desnz-central",
  value: central(year),
  provenance: "derived",
  note: `Between ${CENTRAL_2024} (2024) and ${CENTRAL_2030} (2030), in a straight line; 2022 prices.`,
});

const penalty = (year: number, value: number): DatedRow => ({
  ...UK_ETS_PENALTY,
  ...yearOf(year),
  id: "carbon.uk-ets",
  value,
  provenance: "official",
});

/**
 * What a tonne of CO2e is said to be worth. Carbon is not money unless a request switches one of these
 * on by its name.
 */
export const CARBON_VALUES: readonly DatedRow[] = [
  {
    ...CARBON_APPRAISAL,
    ...yearOf(2024),
    id: "carbon.desnz-central",
    value: CENTRAL_2024,
    provenance: "official",
  },
  {
    ...CARBON_APPRAISAL,
    ...yearOf(2024),
    id: "carbon.desnz-high",
    value: 403.45,
    provenance: "official",
  },
  {
    ...CARBON_APPRAISAL,
    ...yearOf(2024),
    id: "carbon.desnz-low",
    value: CENTRAL_2024 / 2,
    provenance: "derived",
    note: "Half of the central value, as the guidance builds its series; 2022 prices.",
  },
  interpolated(2025),
  interpolated(2026),
  penalty(2021, 47.96),
  penalty(2022, 52.56),
  penalty(2023, 83.03),
  penalty(2024, 64.9),
];
