import type { SpeedRules, TollFacility, VehicleProfile } from "@gradeway/route-core";

import { EMISSION_FACTORS, FUEL_PRICES, OPERATING_COSTS, TOLL_TARIFFS } from "./data/rate-rows.ts";
import { SPEED_RULES } from "./data/speed-rules.ts";
import { TOLL_TOPOLOGY } from "./data/toll-topology.ts";
import { VEHICLE_PROFILES } from "./data/vehicle-profiles.ts";
import type { DatedRow } from "./schemas/dated-row.ts";

/** Every table of a region; the graph is the only asset that is not one. */
export interface RegionTables {
  readonly "vehicle-profiles": readonly VehicleProfile[];
  readonly "speed-rules": {
    readonly source: string;
    readonly provenance: "assumed";
    readonly classes: SpeedRules;
  };
  readonly "operating-costs": readonly DatedRow[];
  readonly "fuel-prices": readonly DatedRow[];
  readonly "emission-factors": readonly DatedRow[];
  readonly "toll-topology": readonly TollFacility[];
  readonly "toll-tariffs": readonly DatedRow[];
}

/** Kinds whose rows are figures with an id. */
export const ROW_KINDS = [
  "operating-costs",
  "fuel-prices",
  "emission-factors",
  "toll-tariffs",
] as const satisfies readonly (keyof RegionTables)[];

/** The tables that a region gets unless something else is given. */
export const DEFAULT_TABLES: RegionTables = {
  "vehicle-profiles": VEHICLE_PROFILES,
  "speed-rules": {
    source: "Gradeway freight model: generic truck speeds by road class",
    provenance: "assumed",
    classes: SPEED_RULES,
  },
  "operating-costs": OPERATING_COSTS,
  "fuel-prices": FUEL_PRICES,
  "emission-factors": EMISSION_FACTORS,
  "toll-topology": TOLL_TOPOLOGY,
  "toll-tariffs": TOLL_TARIFFS,
};
