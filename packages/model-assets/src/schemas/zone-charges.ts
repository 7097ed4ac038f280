import { z } from "zod";

import { areaCode, checkFigure, checkOrigin, report, rowOrigin, rowTable } from "./dated-row.ts";
import type { DeepReadonly } from "./deep-readonly.ts";
import { timeBand } from "./time-band.ts";
import { slug } from "./toll-topology.ts";
import { vehicleClass } from "./vehicle-class.ts";
import { plainText } from "./plain-text.ts";

/**
 * What a zone does to some vehicles: a `charge` per local day, a `ban` with a penalty per offence, a
 * `permit` without which there is that penalty, or a `levy` for the use of all roads of a country.
 */
export const ZONE_EFFECTS = ["charge", "ban", "permit", "levy"] as const;

/** A rule of an emission, safety or charging zone for a class of vehicles. */
export const zoneCharge = z
  .strictObject({
    ...rowOrigin,
    area: areaCode,
    zone: slug,
    name: plainText,
    effect: z.enum(ZONE_EFFECTS),
    vehicles: vehicleClass,
    value: z.number().positive(),
    /** `GBP/day` of a charge or levy, `GBP/offence` of a ban or a missing permit. */
    unit: z.string().min(1),
    /** When the rule holds, in local time; absent: always. */
    bands: z.array(timeBand).min(1).optional(),
  })
  .check(checkOrigin, checkFigure, ({ value: row, issues }) => {
    if (!row.id.startsWith(`zone.${row.zone}.`)) {
      report(row, issues, "id", `the id begins with zone.${row.zone}`);
    }
    const per = row.effect === "charge" || row.effect === "levy" ? "/day" : "/offence";
    if (!row.unit.endsWith(per)) {
      report(row, issues, "unit", `${row.unit} is no unit of a ${row.effect}`);
    }
  });

/** A rule of a zone. */
export type ZoneChargeRow = DeepReadonly<z.infer<typeof zoneCharge>>;

/** Rules of the zones of a region. */
export const zoneCharges = rowTable(zoneCharge);
