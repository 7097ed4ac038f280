import { ratesOf, type Rates } from "../costing/rates.ts";
import type { SpeedRules } from "../costing/speed-rules.ts";
import type { Weather } from "../costing/weather.ts";
import type { VehicleProfile } from "../costing/vehicle-profile.ts";

/** Everything that the weights of one graph depend on. */
export interface CostingInputs {
  readonly vehicle: VehicleProfile;
  readonly payloadKg: number;
  /** Left out where it is that of the anchors. */
  readonly weather?: Weather | undefined;
  /** Of the region; the law for other vehicles does not count. */
  readonly rules: SpeedRules;
  /** Of the region; those of other vehicles do not count. */
  readonly rates: Rates;
  /** Bit k set = objective k counts. */
  readonly objectiveMask: number;
}

/** A costing's name in a store: equal for equal inputs, and only for these. */
export interface CostingKey {
  /** The inputs as UTF-8. */
  readonly bytes: Uint8Array;
  /** A hash of them, so that few keys are compared byte by byte. */
  readonly hash: number;
}

/** Names a costing by all of its inputs. */
export function costingKey(inputs: CostingInputs): CostingKey {
  const { id } = inputs.vehicle;
  const { byVehicle: _, ...rates } = ratesOf(inputs.rates, inputs.vehicle);
  const { legalByVehicle, ...assumed } = inputs.rules;
  const rules = { ...assumed, legal: legalByVehicle?.[id] };
  const bytes = new TextEncoder().encode(canonicalText({ ...inputs, rates, rules }));
  return { bytes, hash: hashOf(bytes) };
}

/** JSON with the fields of every object in one order, whatever the order in which they were set. */
export function canonicalText(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    typeof part === "object" && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([one], [other]) => (one < other ? -1 : 1)))
      : exactNumber(part),
  );
}

/** JSON knows no infinity, which is another number than none at all. */
function exactNumber(part: unknown): unknown {
  return typeof part === "number" && !Number.isFinite(part) ? String(part) : part;
}

/** 32-bit FNV-1a (G. Fowler, L. C. Noll, K.-P. Vo, 1991). */
function hashOf(bytes: Uint8Array): number {
  let hash = 0x811c9dc5;
  for (const byte of bytes) hash = Math.imul(hash ^ byte, 0x01000193);
  return hash | 0;
}
