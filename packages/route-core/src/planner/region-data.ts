import type { Rates } from "../costing/rates.ts";
import type { SpeedRules } from "../costing/speed-rules.ts";
import type { VehicleProfile } from "../costing/vehicle-profile.ts";
import type { Provenance } from "./plan-types.ts";

/**
 * A loaded region as plain data: it can be sent to worker threads, which then share the graph's
 * memory when `graph` is a SharedArrayBuffer.
 */
export interface RegionData {
  readonly name: string;
  readonly synthetic: boolean;
  /** Serialized routing graph, already verified. */
  readonly graph: ArrayBufferLike;
  readonly vehicles: readonly VehicleProfile[];
  readonly speedRules: SpeedRules;
  readonly rates: Rates;
  /** Data of the region that is assumed rather than published, for the answer's warning. */
  readonly assumptions: readonly string[];
  readonly provenance: Provenance;
}
