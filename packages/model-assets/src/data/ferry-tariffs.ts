import type { FerryTariffRow } from "../schemas/ferry-tariffs.ts";
import { FROM_MEMORY } from "./sources.ts";
import { TOLL_TARIFFS_GB_HOURS } from "./toll-tariffs-gb-hours.ts";

const PER_TONNE_KM = "kg CO2e/(t km)";

/** The Torpoint Ferry costs what the Tamar Bridge does: lorries pay going east, others going west. */
const TORPOINT: readonly FerryTariffRow[] = TOLL_TARIFFS_GB_HOURS.filter(
  (row) => row.facility === "gb-tamar-bridge" && row.direction === "east",
).map(({ facility: _facility, charge: _charge, free: _free, bands: _bands, ...row }) => ({
  ...row,
  id: row.id.replace("toll.gb-tamar-bridge", "ferry.gb-torpoint"),
  route: "gb-torpoint",
  direction: row.id.includes(".light") ? "west" : "east",
  unit: "GBP/crossing",
}));

/** Fares of ferries and the CO2e of crossing with them. A crossing without a row has no fare. */
export const FERRY_TARIFFS: readonly FerryTariffRow[] = [
  ...TORPOINT,
  {
    ...FROM_MEMORY,
    id: "ferry.emission.roro",
    vehicles: {},
    value: 0.0516,
    unit: PER_TONNE_KM,
    validFrom: "2024-07-08",
    provenance: "assumed",
    note: "DESNZ, Freighting goods, RoRo-Ferry, average; tank to wheel.",
  },
  {
    ...FROM_MEMORY,
    id: "ferry.emission.ropax",
    vehicles: {},
    value: 0.37667,
    unit: PER_TONNE_KM,
    validFrom: "2024-07-08",
    provenance: "assumed",
    note: "DESNZ, Freighting goods, Large RoPax ferry, average, of an earlier year; tank to wheel.",
  },
];
