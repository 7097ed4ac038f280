import type { CarbonPrices } from "../costing/carbon-price.ts";
import type { Rates } from "../costing/rates.ts";
import type { SpeedRules } from "../costing/speed-rules.ts";
import type { VehicleProfile } from "../costing/vehicle-profile.ts";
import type { Provenance } from "./plan-types.ts";

/**
 * A loaded region as plain data: it can be sent to worker threads, which then share the memory of
 * graph and hierarchy when these are SharedArrayBuffers.
 */
export interface RegionData {
  readonly name: string;
  readonly synthetic: boolean;
  /** Serialized routing graph, already verified. */
  readonly graph: ArrayBufferLike;
  /** Serialized hierarchy of that graph, already verified; without one, searches are slower. */
  readonly hierarchy?: ArrayBufferLike;
  readonly vehicles: readonly VehicleProfile[];
  readonly speedRules: SpeedRules;
  readonly rates: Rates;
  /** What a request may name to count carbon as money. */
  readonly carbonPrices?: CarbonPrices;
  /** Data that are assumed rather than published and that every answer rests on, for its warning. */
  readonly assumptions: readonly string[];
  /** The same of what only answers for one vehicle rest on, by its id. */
  readonly vehicleAssumptions?: Readonly<Record<string, readonly string[]>>;
  readonly provenance: Provenance;
}
