import type { DatedRow } from "../schemas/dated-row.ts";
import {
  DESNZ_2024,
  DESNZ_2025,
  DESNZ_2026,
  FEDA_2024,
  FREIGHT_MODEL,
  RTE_BILAN_2024,
  UBA_STROMMIX,
} from "./sources.ts";

const UNIT = "kg CO2e/kWh";

/** Parts of the UK's figure for a kWh from the socket, with the sheets they stand on. */
const UK_PARTS = {
  "grid.generation": "UK electricity, Electricity generated, kWh",
  "grid.losses": "Transmission and distribution!E22",
  "grid.generation-wtt": "WTT- UK electricity!E19",
  "grid.losses-wtt": "WTT- UK electricity!E24",
} as const;

type UkPart = keyof typeof UK_PARTS;

const ukRows = (
  origin: Pick<
    DatedRow,
    "source" | "publisher" | "reference" | "licence" | "validFrom" | "validTo"
  >,
  values: Readonly<Record<UkPart, number>>,
): DatedRow[] =>
  (Object.keys(UK_PARTS) as UkPart[]).map((id) => ({
    ...origin,
    id,
    area: "GB",
    value: values[id],
    unit: UNIT,
    section: UK_PARTS[id],
    provenance: "official",
  }));

/** CO2e of a kWh of electricity by country; an annual figure holds until the next is known. */
export const GRID_INTENSITY: readonly DatedRow[] = [
  ...ukRows(
    { ...DESNZ_2024, validFrom: "2024-07-08", validTo: "2025-06-09" },
    {
      "grid.generation": 0.20705,
      "grid.losses": 0.0183,
      "grid.generation-wtt": 0.0459,
      "grid.losses-wtt": 0.00397,
    },
  ),
  ...ukRows(
    { ...DESNZ_2025, validFrom: "2025-06-10", validTo: "2026-06-10" },
    {
      "grid.generation": 0.177,
      "grid.losses": 0.01853,
      "grid.generation-wtt": 0.0459,
      "grid.losses-wtt": 0.00397,
    },
  ),
  ...ukRows(
    { ...DESNZ_2026, validFrom: "2026-06-11" },
    {
      "grid.generation": 0.13096,
      "grid.losses": 0.01299,
      "grid.generation-wtt": 0.03682,
      "grid.losses-wtt": 0.00359,
    },
  ),
  {
    ...UBA_STROMMIX,
    id: "grid.generation",
    area: "DE",
    value: 0.363,
    unit: UNIT,
    validFrom: "2024-01-01",
    provenance: "official",
  },
  {
    ...RTE_BILAN_2024,
    id: "grid.generation",
    area: "FR",
    value: 0.0217,
    unit: UNIT,
    validFrom: "2024-01-01",
    provenance: "official",
  },
  {
    ...FEDA_2024,
    id: "grid.generation",
    area: "AD",
    value: 0.05131,
    unit: UNIT,
    validFrom: "2024-01-01",
    provenance: "official",
  },
  {
    ...FREIGHT_MODEL,
    id: "grid.generation",
    area: "ES",
    value: 0.098,
    unit: UNIT,
    validFrom: "2024-01-01",
    provenance: "assumed",
    note: "25.66 Mt of 2024 (Red Eléctrica) over a generation of 262 TWh, which is from memory.",
  },
  {
    ...FREIGHT_MODEL,
    id: "grid.generation",
    area: "MC",
    value: 0.0217,
    unit: UNIT,
    validFrom: "2024-01-01",
    provenance: "assumed",
    note: "Monaco's grid hangs on France's.",
  },
];
