import type { ElevationSampler, ElevationSummary } from "./elevation-port.ts";
import type { SamplingScratch, ScratchPool } from "./sampling-scratch.ts";
import type { PointGroup } from "./point-runs.ts";
import { createUsedTiles, type UsedTiles } from "./used-tiles.ts";

/** Points of one call, sorted, and what is done with a group of them. */
export interface GroupWork {
  readonly groups: readonly PointGroup[];
  /** Points in no group. */
  readonly outside: number;
  /** Writes the heights of a group; gives how many of them are void. */
  readonly sampleGroup: (
    group: PointGroup,
    used: UsedTiles,
    signal: AbortSignal,
  ) => Promise<number>;
}

/** Sorts the points of one call. */
export type PlanGroups = (
  lonLat: Float64Array,
  count: number,
  outM: Float64Array,
  scratch: SamplingScratch,
) => GroupWork;

/**
 * Makes the function of a sampler out of a way to sort points and to sample a group of them: up to
 * `concurrency` groups at the same time, in scratch memory that is used again.
 */
export function sampleByGroups(
  plan: PlanGroups,
  scratches: ScratchPool,
  concurrency: number,
): ElevationSampler["sample"] {
  return async (lonLat, outM, { signal } = {}) => {
    const count = lonLat.length / 2;
    if (!Number.isInteger(count)) throw new RangeError("lonLat must hold two numbers per point.");
    if (outM.length < count) throw new RangeError(`outM must have room for ${count} heights.`);
    const scratch = scratches.take();
    try {
      signal?.throwIfAborted();
      const work = plan(lonLat, count, outM, scratch);
      return { sampled: count, ...(await runGroups(work, concurrency, signal)) };
    } catch (error) {
      outM.fill(Number.NaN, 0, count);
      throw error;
    } finally {
      scratches.give(scratch);
    }
  };
}

async function runGroups(
  { groups, outside, sampleGroup }: GroupWork,
  concurrency: number,
  callerSignal: AbortSignal | undefined,
): Promise<Omit<ElevationSummary, "sampled">> {
  const used = createUsedTiles();
  const failure = new AbortController();
  const signal =
    callerSignal === undefined ? failure.signal : AbortSignal.any([callerSignal, failure.signal]);
  const remaining = groups.values();
  let voids = outside;
  const work = async (): Promise<void> => {
    // The workers share the iterator, so each group is taken once.
    for (const group of remaining) {
      signal.throwIfAborted();
      const found = await sampleGroup(group, used, signal);
      voids += found;
    }
  };
  const workers = Array.from({ length: Math.min(concurrency, groups.length) }, work);
  try {
    await Promise.all(workers);
  } catch (error) {
    // Nobody may write to the heights any more when the caller learns of the failure.
    failure.abort(error);
    await Promise.allSettled(workers);
    throw error;
  }
  return { voids, ...used.summary() };
}
