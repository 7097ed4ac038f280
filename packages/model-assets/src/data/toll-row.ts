import type { RowOrigin } from "../schemas/dated-row.ts";
import type { TollTariffRow } from "../schemas/toll-tariffs.ts";
import type { VehicleClass } from "../schemas/vehicle-class.ts";

/** Writes a British toll per passage; a price of 0 is a free passage. */
export function passage(
  facility: string,
  name: string,
  vehicles: VehicleClass,
  value: number,
  origin: Omit<RowOrigin, "id" | "area">,
  when: Pick<TollTariffRow, "bands" | "direction" | "account"> = {},
): TollTariffRow {
  return {
    ...origin,
    id: `toll.${facility}.${name}`,
    area: "GB",
    facility,
    vehicles,
    charge: { by: "passage" },
    value,
    unit: "GBP/passage",
    ...(value === 0 ? { free: true } : {}),
    ...when,
  };
}
