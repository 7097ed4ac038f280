/**
 * Fronts of what is left of labels without their first cost, many at once. As a search takes labels in
 * order of their first cost, the others decide dominance (truncated dominance: Pulido, Mandow, Perez
 * de la Cruz, Computers & OR 64 (2015)). A front belongs to a record (node-records.ts) and is named by
 * where the record's row begins.
 */
export interface TruncatedFronts {
  /** Bytes of blocks held, whatever the current query counts. */
  readonly heldBytes: number;
  /** Forgets every front; the records are reset by their own `begin`. */
  begin(): void;
  /** Drops what earlier queries grew. */
  release(): void;
  /** True when some point of the front is at most the given one in every cost. */
  isDominated(row: number, second: number, third: number, fourth: number): boolean;
  /**
   * Adds a point that is not dominated and drops the points it dominates.
   * @returns false when memory is used up
   */
  insert(row: number, second: number, third: number, fourth: number): boolean;
}
