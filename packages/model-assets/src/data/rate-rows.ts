import type { DatedRow } from "../schemas/dated-row.ts";

const FREIGHT_MODEL = "Gradeway freight model, first price set";
const OWN = "MIT";
const OGL = "OGL-UK-3.0";

const assumed = (id: string, value: number, unit: string, source = FREIGHT_MODEL): DatedRow => ({
  id,
  value,
  unit,
  validFrom: "2026-01-01",
  source,
  licence: OWN,
  provenance: "assumed",
});

/** Hourly and distance costs of running a truck. */
export const OPERATING_COSTS: readonly DatedRow[] = [
  assumed("operating.driver", 23, "EUR/h"),
  assumed("operating.standing", 15, "EUR/h"),
  assumed("operating.running", 0.16, "EUR/km"),
];

/** Energy prices without value added tax. */
export const FUEL_PRICES: readonly DatedRow[] = [assumed("fuel.diesel", 1.2, "EUR/l")];

/** CO2e per litre of diesel at the pump, tank to wheel and well to tank apart. */
export const EMISSION_FACTORS: readonly DatedRow[] = [
  {
    id: "emission.diesel.ttw",
    value: 2.58354,
    unit: "kg CO2e/l",
    validFrom: "2026-06-11",
    source: "DESNZ greenhouse gas conversion factors 2026, diesel (average biofuel blend)",
    licence: OGL,
    provenance: "official",
  },
  {
    id: "emission.diesel.wtt",
    value: 0.61101,
    unit: "kg CO2e/l",
    validFrom: "2026-06-11",
    source: "DESNZ greenhouse gas conversion factors 2026, diesel (average biofuel blend), WTT",
    licence: OGL,
    provenance: "official",
  },
];

/** Flat tolls per passage. */
export const TOLL_TARIFFS: readonly DatedRow[] = [
  assumed("toll.ad-envalira", 25, "EUR/passage", "Tunnel d'Envalira, heavy goods vehicles"),
];
