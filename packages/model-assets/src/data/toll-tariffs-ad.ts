import type { TollTariffRow } from "../schemas/toll-tariffs.ts";
import type { VehicleClass } from "../schemas/vehicle-class.ts";
import { ENVALIRA } from "./sources.ts";

const FACILITY = "ad-envalira";

/**
 * Classes of the operator: up to 3.5 t by height, above by axles. A lorry is also who is higher than
 * 3 m at less than 3.5 t; no profile is.
 */
const CLASSES: Readonly<Record<"class-2" | "class-3" | "class-4", VehicleClass>> = {
  "class-2": { grossT: { to: 3.5 }, heightM: { above: 2, to: 3 } },
  "class-3": { grossT: { above: 3.5 }, axles: { to: 2 } },
  "class-4": { grossT: { above: 3.5 }, axles: { above: 2 } },
};

type EnvaliraClass = keyof typeof CLASSES;

const yearOf = (
  year: number,
  reference: string,
  prices: Readonly<Record<EnvaliraClass, number>>,
): TollTariffRow[] =>
  (Object.keys(CLASSES) as EnvaliraClass[]).map((name) => ({
    ...ENVALIRA,
    id: `toll.${FACILITY}.${name}`,
    area: "AD",
    facility: FACILITY,
    vehicles: CLASSES[name],
    charge: { by: "passage" },
    value: prices[name],
    unit: "EUR/passage",
    validFrom: `${year}-01-01`,
    validTo: `${year}-12-31`,
    reference,
    note: "With 4.5 % IGI. Dangerous goods pay 10 EUR more; free while the pass is closed.",
    provenance: "official",
  }));

/** Tolls of the tunnel d'Envalira. */
export const TOLL_TARIFFS_AD: readonly TollTariffRow[] = [
  ...yearOf(
    2023,
    "https://forum.ad/saproven-les-noves-tarifes-del-tunel-denvalira-per-a-lany-2023/",
    { "class-2": 13.1, "class-3": 15, "class-4": 18.8 },
  ),
  ...yearOf(2024, "https://tuneldenvalira.com/tarifes", {
    "class-2": 13.7,
    "class-3": 15.7,
    "class-4": 19.6,
  }),
  ...yearOf(
    2025,
    "https://elperiodic.ad/actualitzades-les-tarifes-del-tunel-denvalira-per-al-2025/",
    {
      "class-2": 13.9,
      "class-3": 15.9,
      "class-4": 19.9,
    },
  ),
  ...yearOf(
    2026,
    "https://forum.ad/noves-tarifes-del-tunel-denvalira-per-al-2026-i-renovacio-de-la-reduccio-tarifaria-per-als-residents-i-treballadors-al-pas/",
    { "class-2": 14.2, "class-3": 16.3, "class-4": 20.3 },
  ),
];
