import type { DatedRow } from "../schemas/dated-row.ts";
import { DESNZ_2023, DESNZ_2024, DESNZ_2025, DESNZ_2026, FROM_MEMORY } from "./sources.ts";

/** Each year's factors hold from their publication until the next ones. */
const YEAR_2023 = { ...DESNZ_2023, validFrom: "2023-06-07", validTo: "2024-07-07" } as const;
const YEAR_2024 = { ...DESNZ_2024, validFrom: "2024-07-08", validTo: "2025-06-09" } as const;
const YEAR_2025 = { ...DESNZ_2025, validFrom: "2025-06-10", validTo: "2026-06-10" } as const;
const YEAR_2026 = { ...DESNZ_2026, validFrom: "2026-06-11" } as const;

const PUMP_TTW = { id: "emission.diesel.ttw", area: "GB", section: "Fuels!D72" } as const;
const PUMP_WTT = { id: "emission.diesel.wtt", area: "GB", section: "WTT- fuels!D71" } as const;
const OFFICIAL = { unit: "kg CO2e/l", provenance: "official" } as const;

/** What the UK's factor is elsewhere: the nearest thing to a figure of the country itself. */
const ELSEWHERE = {
  unit: "kg CO2e/l",
  provenance: "assumed",
  note: "The UK's average blend, for want of a row of the country.",
} as const;

/**
 * CO2e per litre of fuel: burnt (tank to wheel) and for making it (well to tank). `diesel` is what
 * filling stations sell, with its biofuel.
 */
export const EMISSION_FACTORS: readonly DatedRow[] = [
  { ...YEAR_2023, ...PUMP_TTW, ...OFFICIAL, value: 2.51206 },
  { ...YEAR_2023, ...PUMP_WTT, ...OFFICIAL, value: 0.61101 },
  { ...YEAR_2024, ...PUMP_TTW, ...OFFICIAL, value: 2.51279 },
  { ...YEAR_2024, ...PUMP_WTT, ...OFFICIAL, value: 0.61101 },
  { ...YEAR_2025, ...PUMP_TTW, ...OFFICIAL, value: 2.57082 },
  { ...YEAR_2025, ...PUMP_WTT, ...OFFICIAL, value: 0.61101 },
  { ...YEAR_2026, ...PUMP_TTW, ...OFFICIAL, value: 2.58354 },
  { ...YEAR_2026, ...PUMP_WTT, ...OFFICIAL, value: 0.61101 },
  { ...YEAR_2026, ...ELSEWHERE, id: "emission.diesel.ttw", value: 2.58354 },
  { ...YEAR_2026, ...ELSEWHERE, id: "emission.diesel.wtt", value: 0.61101 },
  {
    ...DESNZ_2025,
    ...OFFICIAL,
    id: "emission.diesel-mineral.ttw",
    value: 2.66155,
    validFrom: "2025-06-10",
    section: "Fuels, Diesel (100% mineral diesel), litres",
    note: "Read in two public transcriptions. The most that a litre of diesel can emit.",
  },
  {
    ...FROM_MEMORY,
    id: "emission.diesel-mineral.wtt",
    value: 0.62665,
    unit: "kg CO2e/l",
    validFrom: "2025-06-10",
    provenance: "assumed",
    note: "One site gives this value for average diesel; it fits mineral diesel or gas oil.",
  },
  {
    ...DESNZ_2025,
    ...OFFICIAL,
    id: "emission.hvo.ttw",
    value: 0.03558,
    validFrom: "2025-06-10",
    section: "Bioenergy, HVO, litres",
    note: "Read in two public transcriptions. Biogenic CO2 is reported apart.",
  },
];
