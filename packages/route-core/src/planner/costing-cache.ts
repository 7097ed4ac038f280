import { ArrayArena, newArrays } from "../array-taker.ts";
import {
  canonicalText,
  costingKey,
  type CostingInputs,
  type CostingKey,
} from "../costing-store/costing-key.ts";
import type { CostingMemory } from "../costing-store/costing-memory.ts";
import { type CostingLease, CostingStore } from "../costing-store/costing-store.ts";
import { type CarbonPrice, carbonPriceOf } from "../costing/carbon-price.ts";
import type { Weather } from "../costing/weather.ts";
import type { Rates } from "../costing/rates.ts";
import type { Poll } from "../hierarchy/basic-weights.ts";
import { OBJECTIVES, type PlanRequest } from "./plan-types.ts";
import type { PrepareCosting, PreparedCosting } from "./prepare-costing.ts";
import type { RegionData } from "./region-data.ts";
import { resolveVehicle } from "./resolve-vehicle.ts";

/** Prepares costings and keeps them by everything that they depend on. */
export interface CostingCache {
  /**
   * The costing of a request; good until `release`, or until the next one is prepared.
   *
   * @param poll - called while it is made or waited for; stops that by throwing
   * @throws {ReasonError} those of `carbonPriceOf`, of `resolveVehicle` and of `ratesOf`
   */
  prepare(request: PlanRequest, poll: Poll): PreparedCosting;
  /** Gives back what was prepared last, so that it may make room for another one. */
  release(): void;
}

/** What a cache keeps costings in, and with what it makes them. */
export interface CostingCacheOptions {
  readonly region: RegionData;
  readonly prepare: PrepareCosting;
  readonly memory: CostingMemory;
  /** Names this thread among those that share the memory. */
  readonly token: number;
}

/** Costing that a thread has arrays and scratch for. */
interface Opened {
  readonly slot: number;
  readonly generation: number;
  readonly prepared: PreparedCosting;
}

/** Creates a cache over memory that other threads may use, too. */
export function createCostingCache(options: CostingCacheOptions): CostingCache {
  const { region, prepare } = options;
  const store = new CostingStore(options.memory, options.token);
  const keyFor = createKeyMaker();
  let lease: CostingLease | undefined;
  /** Scratch for one costing is all that a thread keeps beside the store. */
  let opened: Opened | undefined;

  /** The same object for the same price, so that its key is made once. */
  let counting: Rates = region.rates;
  function ratesWith(carbon: CarbonPrice | undefined): Rates {
    if (carbon === undefined) return region.rates;
    const last = counting.carbon;
    if (last?.perTonne !== carbon.perTonne || last.name !== carbon.name) {
      counting = { ...region.rates, carbon };
    }
    return counting;
  }

  /** As with rates: the same object for the same weather. */
  let met: Weather | undefined;
  function sameWeather(weather: Weather | undefined): Weather | undefined {
    if (weather === undefined) return undefined;
    if (met === undefined || canonicalText(met) !== canonicalText(weather)) met = weather;
    return met;
  }

  function release(): void {
    if (lease !== undefined) store.release(lease.slot);
    lease = undefined;
  }

  function obtain(inputs: CostingInputs, poll: Poll): PreparedCosting {
    release();
    const granted = store.acquire(keyFor(inputs), poll);
    if (granted === undefined) return prepare(inputs, newArrays, poll);
    const { slot, generation, bytes, isFilled } = granted;
    lease = granted;
    if (opened?.slot === slot && opened.generation === generation) return opened.prepared;
    let prepared: PreparedCosting;
    try {
      prepared = prepare(inputs, new ArrayArena(bytes, isFilled), poll);
    } catch (error) {
      lease = undefined;
      if (isFilled) store.release(slot);
      else store.abandon(granted);
      throw error;
    }
    if (!isFilled) store.publish(granted);
    opened = { slot, generation, prepared };
    return prepared;
  }

  return {
    prepare(request, poll) {
      const { vehicle, payloadKg } = resolveVehicle(region, request);
      const rates = ratesWith(carbonPriceOf(request.carbonPrice, region.carbonPrices));
      const { speedRules: rules } = region;
      const weather = sameWeather(request.weather);
      const objectiveMask = maskOf(request);
      return obtain({ vehicle, payloadKg, rules, rates, weather, objectiveMask }, poll);
    },
    release,
  };
}

/** Makes keys; the one before is made only once, as most requests ask for what the last one did. */
function createKeyMaker(): (inputs: CostingInputs) => CostingKey {
  let last: { readonly inputs: CostingInputs; readonly key: CostingKey } | undefined;
  return (inputs) => {
    if (last === undefined || !isSame(last.inputs, inputs)) {
      last = { inputs, key: costingKey(inputs) };
    }
    return last.key;
  };
}

/** Whether inputs are the same objects and numbers; others may still be equal. */
function isSame(one: CostingInputs, other: CostingInputs): boolean {
  const names = Object.keys(one) as (keyof CostingInputs)[];
  return names.every((name) => one[name] === other[name]);
}

function maskOf(request: PlanRequest): number {
  const wanted = request.objectives ?? OBJECTIVES;
  let mask = 0;
  for (const [index, objective] of OBJECTIVES.entries()) {
    if (wanted.includes(objective)) mask |= 1 << index;
  }
  return mask;
}
