import type { DatedRow } from "../schemas/dated-row.ts";
import { FREIGHT_MODEL, ROAD_FUEL_PRICES } from "./sources.ts";

/** Value added tax on fuel in the UK, which a haulier gets back. */
const UK_VAT_FACTOR = 1.2;

/** Pump prices of diesel in pounds, with the day from which each is used. */
const UK_PUMP_PRICES = [
  {
    value: 1.416,
    validFrom: "2025-09-08",
    validTo: "2026-02-22",
    provenance: "official",
    note: "The price of the first week; those of the weeks after it were not read.",
  },
  {
    value: 1.415,
    validFrom: "2026-02-23",
    validTo: "2026-03-22",
    provenance: "assumed",
    note: "As stored by another program; the publication was not read.",
  },
  {
    value: 1.669,
    validFrom: "2026-03-23",
    provenance: "assumed",
    note: "As stored by another program; the publication was not read.",
  },
] as const;

/** Price without tax: derived where the pump price is official, as weak as it where it is not. */
const withoutVat = (pump: (typeof UK_PUMP_PRICES)[number]): DatedRow => ({
  ...ROAD_FUEL_PRICES,
  ...pump,
  id: "fuel.diesel",
  area: "GB",
  value: Math.round((pump.value / UK_VAT_FACTOR) * 1e5) / 1e5,
  unit: "GBP/l",
  provenance: pump.provenance === "official" ? "derived" : "assumed",
  note: `Pump price of ${pump.value} GBP/l over ${UK_VAT_FACTOR}.`,
});

const assumed = (id: string, value: number, unit: string, area?: string): DatedRow => ({
  ...FREIGHT_MODEL,
  id,
  ...(area === undefined ? {} : { area }),
  value,
  unit,
  validFrom: "2026-01-01",
  provenance: "assumed",
});

/** Prices of fuel and electricity without value added tax; `.pump` prices are with it. */
export const FUEL_PRICES: readonly DatedRow[] = [
  assumed("fuel.diesel", 1.2, "EUR/l"),
  assumed("electricity.depot", 0.2, "EUR/kWh"),
  assumed("electricity.public", 0.5, "EUR/kWh"),
  ...UK_PUMP_PRICES.map((pump): DatedRow => ({
    ...ROAD_FUEL_PRICES,
    ...pump,
    id: "fuel.diesel-pump",
    area: "GB",
    unit: "GBP/l",
  })),
  ...UK_PUMP_PRICES.map(withoutVat),
  assumed("fuel.adblue", 0.5, "GBP/l", "GB"),
  assumed("electricity.depot", 0.235, "GBP/kWh", "GB"),
  assumed("electricity.public", 0.55, "GBP/kWh", "GB"),
];
