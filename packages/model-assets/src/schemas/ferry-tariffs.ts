import { z } from "zod";

import { checkFigure, checkOrigin, report, rowOrigin, rowTable } from "./dated-row.ts";
import type { DeepReadonly } from "./deep-readonly.ts";
import { slug } from "./toll-topology.ts";
import { vehicleClass } from "./vehicle-class.ts";

/** A fare of one crossing, or the CO2e of carrying a tonne over a kilometre of water. */
export const ferryTariff = z
  .strictObject({
    ...rowOrigin,
    /** The crossing; absent: any crossing. */
    route: slug.optional(),
    vehicles: vehicleClass,
    value: z.number().positive(),
    /** `EUR/crossing` or `kg CO2e/(t km)`. */
    unit: z.string().min(1),
    /** Way of driving that is charged; absent: both. */
    direction: z.enum(["north", "east", "south", "west"]).optional(),
    account: slug.optional(),
  })
  .check(checkOrigin, checkFigure, ({ value: row, issues }) => {
    if (row.route === undefined && row.unit.endsWith("/crossing")) {
      report(row, issues, "route", "a fare names its crossing");
    }
  });

/** A fare or an emission factor of ferries. */
export type FerryTariffRow = DeepReadonly<z.infer<typeof ferryTariff>>;

/** Fares and emission factors of the ferries of a region. */
export const ferryTariffs = rowTable(ferryTariff);
