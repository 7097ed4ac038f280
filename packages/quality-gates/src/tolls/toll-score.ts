import { type Gate, LEAST_SCORE, type Measurement } from "../gate.ts";
import type { LabelledToll } from "./labelled-tolls.ts";

/** Says what a passage costs, or undefined where it has no one price. */
export type TollResolver = (passage: LabelledToll) => number | undefined;

/** A resolver with the passages that it has to know. */
export interface TolledRegion {
  readonly passages: readonly LabelledToll[];
  readonly resolve: TollResolver;
}

/** Half a hundredth of the currency. */
const SAME_AMOUNT = 0.005;

/** The gate of flat tolls: who is charged, and how much. */
export function tollScore(open: () => Promise<TolledRegion>): Gate {
  return {
    id: "toll-passages",
    subsystem: "tolls",
    title: "tolls of labelled passages",
    rationale:
      "Passages with a published price must cost that price, and passages without one price must not " +
      "be given any. Precision is the share of right amounts among those charged, recall among those " +
      "that should be charged; a free passage that costs nothing counts for neither, one without an answer " +
      "as not recalled. The score is the lesser of the two, of the operator that comes off worst.",
    threshold: LEAST_SCORE,
    async measure() {
      const { passages, resolve } = await open();
      return judge(passages, resolve);
    },
  };
}

interface Tally {
  charged: number;
  due: number;
  right: number;
}

function judge(passages: readonly LabelledToll[], resolve: TollResolver): Measurement {
  const failures: string[] = [];
  const operators = new Map<string, Tally>();
  let errorSum = 0;
  let errors = 0;
  for (const passage of passages) {
    const tally = operators.get(passage.facility) ?? { charged: 0, due: 0, right: 0 };
    operators.set(passage.facility, tally);
    const given = resolve(passage);
    const { amount } = passage;
    if (given !== undefined && (given !== 0 || amount === null)) tally.charged++;
    // That a passage is free has to be known as well: no answer is not nothing.
    if (amount !== null && (amount !== 0 || given === undefined)) tally.due++;
    const isRight =
      amount === null
        ? given === undefined
        : given !== undefined && Math.abs(given - amount) < SAME_AMOUNT;
    if (isRight && amount !== null && amount !== 0) tally.right++;
    if (amount !== null && amount > 0 && given !== undefined) {
      errorSum += Math.abs(given / amount - 1);
      errors++;
    }
    if (!isRight) failures.push(describe(passage, given));
  }
  const tallies = [...operators.values()];
  const total = { charged: sum(tallies, "charged"), due: sum(tallies, "due") };
  if (total.due === 0) throw new RangeError("no labelled passage has a price");
  const right = sum(tallies, "right");
  return {
    score: Math.min(...tallies.map((each) => 100 * shareOf(each))),
    facts: {
      passages: passages.length,
      precision: total.charged === 0 ? null : right / total.charged,
      recall: right / total.due,
      meanAmountErrorPercent: errors === 0 ? null : (100 * errorSum) / errors,
    },
    failures,
  };
}

/** The lesser of precision and recall. */
function shareOf({ charged, due, right }: Tally): number {
  const largest = Math.max(charged, due);
  return largest === 0 ? 1 : right / largest;
}

function sum(tallies: readonly Tally[], column: keyof Tally): number {
  return tallies.reduce((total, tally) => total + tally[column], 0);
}

function describe(passage: LabelledToll, given: number | undefined): string {
  const { facility, vehicle, on, account, amount, currency } = passage;
  const payer = account === undefined ? "" : ` with ${account}`;
  const asked = `${facility}, ${vehicle} on ${on}${payer}`;
  return `${asked}: ${given ?? "no price"}, published is ${amount ?? "no one price"} (${currency})`;
}
