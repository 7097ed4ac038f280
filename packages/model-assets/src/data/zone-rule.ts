import type { RowOrigin } from "../schemas/dated-row.ts";
import type { VehicleClass } from "../schemas/vehicle-class.ts";
import type { ZoneChargeRow } from "../schemas/zone-charges.ts";

/** Where a rule comes from and when it holds. */
export type ZoneOrigin = Omit<RowOrigin, "id" | "area">;

/** Diesel goods vehicles above 3.5 t below Euro VI. */
export const HGV_BELOW_6: VehicleClass = {
  grossT: { above: 3.5 },
  euroClass: { below: 6 },
  energy: "diesel",
};
/** Diesel vans below Euro 6. */
export const VAN_BELOW_6: VehicleClass = {
  grossT: { to: 3.5 },
  euroClass: { below: 6 },
  energy: "diesel",
};

/** Makes the row of a rule of a British zone. */
export const zoneRule = (
  zone: string,
  name: string,
  row: Pick<ZoneChargeRow, "name" | "effect" | "vehicles" | "value" | "bands">,
  origin: ZoneOrigin,
): ZoneChargeRow => ({
  ...origin,
  ...row,
  id: `zone.${zone}.${name}`,
  area: "GB",
  zone,
  unit: row.effect === "charge" || row.effect === "levy" ? "GBP/day" : "GBP/offence",
});
