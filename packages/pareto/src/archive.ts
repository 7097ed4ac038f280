import type { FlatCosts } from "./costs.ts";

/** A growing set of vectors of which none dominates another. */
export interface ParetoArchive {
  readonly dimensions: number;
  readonly size: number;
  /**
   * Offers the vector at `offset` of an array. Refused if a member is nowhere worse, equal ones
   * included; else it comes in and the members that it dominates go.
   *
   * @param tag - a number that stays with the vector, an index of the caller's for example
   * @throws {RangeError} for NaN or infinity, or too few values; the archive stays as it was
   */
  insert(costs: ArrayLike<number>, tag?: number, offset?: number): boolean;
  /** Tells whether a member is nowhere worse than the vector at `offset`: it would be refused. */
  covers(costs: ArrayLike<number>, offset?: number): boolean;
  /** Copies of the members in the order in which they came, and of their tags. */
  flat(): FlatCosts & { readonly values: Float64Array };
  tags(): number[];
  clear(): void;
}

/**
 * An empty archive for vectors of `dimensions` objectives. An offer is compared with each member, in
 * one pass that allocates nothing.
 *
 * @throws {RangeError} for a number of objectives that is not whole and positive
 */
export function createParetoArchive(dimensions: number): ParetoArchive {
  if (!Number.isSafeInteger(dimensions) || dimensions < 1) {
    throw new RangeError(`${dimensions} is no number of objectives`);
  }
  let size = 0;
  let values = new Float64Array(16 * dimensions);
  let tags = new Float64Array(16);

  const check = (costs: ArrayLike<number>, offset: number): void => {
    for (let k = 0; k < dimensions; k++) {
      if (Number.isFinite(costs[offset + k])) continue;
      throw new RangeError(`objective ${k} is not finite: ${costs[offset + k]}`);
    }
  };
  const covers = (costs: ArrayLike<number>, offset: number): boolean => {
    for (let at = 0; at < size * dimensions; at += dimensions) {
      let k = 0;
      while (k < dimensions && values[at + k]! <= costs[offset + k]!) k++;
      if (k === dimensions) return true;
    }
    return false;
  };
  const removeDominated = (costs: ArrayLike<number>, offset: number): void => {
    let kept = 0;
    for (let member = 0; member < size; member++) {
      const at = member * dimensions;
      let k = 0;
      while (k < dimensions && costs[offset + k]! <= values[at + k]!) k++;
      if (k === dimensions) continue;
      if (kept < member) {
        values.copyWithin(kept * dimensions, at, at + dimensions);
        tags[kept] = tags[member]!;
      }
      kept++;
    }
    size = kept;
  };
  const grow = (): void => {
    const [oldValues, oldTags] = [values, tags];
    values = new Float64Array(2 * oldValues.length);
    values.set(oldValues);
    tags = new Float64Array(2 * oldTags.length);
    tags.set(oldTags);
  };

  return {
    dimensions,
    get size() {
      return size;
    },
    insert(costs, tag = -1, offset = 0) {
      check(costs, offset);
      if (covers(costs, offset)) return false;
      removeDominated(costs, offset);
      if (size === tags.length) grow();
      for (let k = 0; k < dimensions; k++) values[size * dimensions + k] = costs[offset + k]!;
      tags[size++] = tag;
      return true;
    },
    covers(costs, offset = 0) {
      check(costs, offset);
      return covers(costs, offset);
    },
    flat: () => ({ dimensions, values: values.slice(0, size * dimensions) }),
    tags: () => [...tags.subarray(0, size)],
    clear() {
      size = 0;
    },
  };
}
