import type { MixedBounds } from "./mixed-bounds.ts";
import { BOUND, MIX, type NodeRecords } from "./node-records.ts";
import type { SearchSpace } from "./search-space.ts";
import type { StaircaseFronts } from "./staircase-fronts.ts";

/**
 * Tells labels apart that look well in each objective on its own, but of which no route can come that
 * the routes found do not stand for: see mixed-bounds.ts.
 */
export class Outlook {
  readonly #records: NodeRecords;
  readonly #fronts: StaircaseFronts;
  readonly #mixed: MixedBounds;

  constructor(records: NodeRecords, fronts: StaircaseFronts, mixed: MixedBounds) {
    this.#records = records;
    this.#fronts = fronts;
    this.#mixed = mixed;
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
    const lines = this.#mixed.coefficients;
    const least1 = lines[0]! * g2 + lines[1]! * g3 + rows[row + MIX]!;
    const least2 = lines[2]! * g2 + lines[3]! * g3 + rows[row + MIX + 1]!;
    const fronts = this.#fronts;
    // A point below a corner is at least one unit away from it in both costs.
    const floor1 = least1 + lines[0]! + lines[1]! - 1;
    const floor2 = least2 + lines[2]! + lines[3]! - 1;
    return !fronts.hasRoom(target, f2, f3, lines, floor1, floor2);
  }
}

/** The outlook of a search whose space has mixed bounds; they have been begun. */
export function createOutlook({ records, staircases, mixed }: SearchSpace): Outlook | undefined {
  return mixed === undefined ? undefined : new Outlook(records, staircases, mixed);
}
