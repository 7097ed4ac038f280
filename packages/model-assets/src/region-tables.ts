import type { SpeedRules } from "@gradeway/route-core";

import type { DatedRow } from "./schemas/dated-row.ts";
import type { HourlyVolumeRow, VolumeDelayRow } from "./schemas/departure-profiles.ts";
import type { FerryTariffRow } from "./schemas/ferry-tariffs.ts";
import type { ScenarioProfileRow } from "./schemas/scenario-profiles.ts";
import type { SpeedLimitRow } from "./schemas/speed-rules.ts";
import type { CorrelationRow, TimeSpreadRow } from "./schemas/stochastic-calibration.ts";
import type { TollTariffRow } from "./schemas/toll-tariffs.ts";
import type { TollFacilityRow } from "./schemas/toll-topology.ts";
import type { VehicleRow } from "./schemas/vehicle-profiles.ts";
import type { ZoneChargeRow } from "./schemas/zone-charges.ts";

/** Every table of a region; the graph and the terrain are the only assets that are none. */
export interface RegionTables {
  readonly "vehicle-profiles": readonly VehicleRow[];
  readonly "speed-rules": {
    readonly source: string;
    readonly provenance: "assumed";
    /** What costing uses. */
    readonly classes: SpeedRules;
    /** What the laws of the region's countries say. */
    readonly limits: readonly SpeedLimitRow[];
  };
  readonly "operating-costs": readonly DatedRow[];
  readonly "fuel-prices": readonly DatedRow[];
  readonly "carbon-values": readonly DatedRow[];
  readonly "emission-factors": readonly DatedRow[];
  readonly "grid-intensity": readonly DatedRow[];
  readonly "toll-topology": readonly TollFacilityRow[];
  readonly "toll-tariffs": readonly TollTariffRow[];
  readonly "zone-charges": readonly ZoneChargeRow[];
  readonly "ferry-tariffs": readonly FerryTariffRow[];
  readonly "departure-profiles": {
    readonly volumes: readonly HourlyVolumeRow[];
    readonly delays: readonly VolumeDelayRow[];
  };
  readonly "stochastic-calibration": {
    readonly spreads: readonly TimeSpreadRow[];
    readonly correlations: readonly CorrelationRow[];
  };
  readonly "scenario-profiles": readonly ScenarioProfileRow[];
}

/** Kinds whose tables are rows with an id and a value, which `setRate` can change. */
export const ROW_KINDS = [
  "operating-costs",
  "fuel-prices",
  "emission-factors",
  "toll-tariffs",
] as const satisfies readonly (keyof RegionTables)[];
