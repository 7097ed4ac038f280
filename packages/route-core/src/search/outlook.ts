import { MIX_COUNT, type MixedBounds } from "./mixed-bounds.ts";
import { BOUND, MIX, type NodeRecords } from "./node-records.ts";
import type { SearchSpace } from "./search-space.ts";
import type { StaircaseFronts } from "./staircase-fronts.ts";
import type { Tolerance } from "./tolerance.ts";

/**
 * Tells labels apart that look well in each objective on its own, but of which no route can come that
 * the routes found do not stand for: see mixed-bounds.ts.
 */
export class Outlook {
  readonly #records: NodeRecords;
  readonly #fronts: StaircaseFronts;
  readonly #mixed: MixedBounds;
  readonly #tolerance: Tolerance | undefined;
  readonly #floors = new Float64Array(MIX_COUNT);

  constructor(
    records: NodeRecords,
    fronts: StaircaseFronts,
    mixed: MixedBounds,
    tolerance: Tolerance | undefined,
  ) {
    this.#records = records;
    this.#fronts = fronts;
    this.#mixed = mixed;
    this.#tolerance = tolerance;
  }

  /**
   * @param target row of the destination's record
   * @param row of the record of `node`
   * @param f2,f3 costs so far + bounds; of the apex where labels are merged
   */
  isHopeless(target: number, row: number, node: number, f2: number, f3: number): boolean {
    const { rows } = this.#records;
    if (rows[row + MIX]! < 0) this.#mixed.write(node, rows, row + MIX);
    const g2 = f2 - rows[row + BOUND + 1]!;
    const g3 = f3 - rows[row + BOUND + 2]!;
    const { coefficients } = this.#mixed;
    const tolerance = this.#tolerance;
    const floors = this.#floors;
    for (let mix = 0; mix < MIX_COUNT; mix++) {
      const a = coefficients[mix * 2]!;
      const b = coefficients[mix * 2 + 1]!;
      const least = a * g2 + b * g3 + rows[row + MIX + mix]!;
      // A point below a corner is at least one unit away from it in both costs.
      floors[mix] = tolerance === undefined ? least + a + b - 1 : tolerance.limit(least);
    }
    return tolerance === undefined
      ? !this.#fronts.hasRoom(target, f2, f3, coefficients, floors)
      : !this.#fronts.hasRoom(target, tolerance.limit(f2), tolerance.limit(f3), coefficients, floors);
  }
}

/** The outlook of a search whose space has mixed bounds; they have been begun. */
export function createOutlook(
  { records, staircases, mixed }: SearchSpace,
  tolerance: Tolerance | undefined,
): Outlook | undefined {
  return mixed === undefined ? undefined : new Outlook(records, staircases, mixed, tolerance);
}
