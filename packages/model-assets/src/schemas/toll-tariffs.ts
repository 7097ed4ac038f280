import { z } from "zod";

import { checkFigure, checkOrigin, report, rowOrigin, rowTable } from "./dated-row.ts";
import type { DeepReadonly } from "./deep-readonly.ts";
import { timeBand } from "./time-band.ts";
import { slug } from "./toll-topology.ts";
import { vehicleClass } from "./vehicle-class.ts";

/**
 * What is paid for: a passage of the facility, its distance, passing one gate, or the way between the
 * gates of entry and exit.
 */
const charge = z.discriminatedUnion("by", [
  z.strictObject({ by: z.literal("passage") }),
  z.strictObject({ by: z.literal("distance") }),
  z.strictObject({ by: z.literal("gate"), gate: slug }),
  z.strictObject({ by: z.literal("gates"), entry: slug, exit: slug }),
]);

/** What a passage of a toll facility costs some vehicles at some times. */
export const tollTariff = z
  .strictObject({
    ...rowOrigin,
    facility: slug,
    vehicles: vehicleClass,
    charge,
    value: z.number().nonnegative(),
    /** `EUR/passage`, or `EUR/km` for a charge by distance. */
    unit: z.string().min(1),
    /** True says that the passage costs nothing; a zero without it is refused. */
    free: z.literal(true).optional(),
    /** When the price holds, in local time; absent: always. */
    bands: z.array(timeBand).min(1).optional(),
    /** Way of driving to which the price belongs; absent: every way. */
    direction: z.enum(["north", "east", "south", "west"]).optional(),
    /** Account that the price presumes; absent: without one. */
    account: slug.optional(),
  })
  .check(checkOrigin, ({ value: row, issues }) => {
    if (row.id !== `toll.${row.facility}` && !row.id.startsWith(`toll.${row.facility}.`)) {
      report(row, issues, "id", `the id begins with toll.${row.facility}`);
    }
    if (!row.unit.endsWith(row.charge.by === "distance" ? "/km" : "/passage")) {
      report(row, issues, "unit", `${row.unit} is no unit of a charge by ${row.charge.by}`);
    }
    if ((row.free === true) !== (row.value === 0)) {
      report(row, issues, "free", "a price of 0 says that it is free, and no other does");
    }
    if (row.free !== true) checkFigure({ value: row, issues });
  });

/** What a passage of a toll facility costs. */
export type TollTariffRow = DeepReadonly<z.infer<typeof tollTariff>>;

/** Tariffs of the toll facilities of a region. */
export const tollTariffs = rowTable(tollTariff);
