import { ANYTIME_STEPS } from "@gradeway/route-core/search";

/** What a front can be proven to: exact, within a step of anytime searches, within more, or nothing. */
const STEPS: readonly number[] = [0, ...ANYTIME_STEPS.toReversed(), Infinity];

/** Names of the steps, the most exact first; the last stands for fronts that nothing is proven of. */
export const EPSILON_STEPS: readonly string[] = [...STEPS.map(nameOf), "none"];

/** How many of some fronts have come to each step and to none closer, in the order of `EPSILON_STEPS`. */
export function countSteps(epsilons: readonly (number | null)[]): number[] {
  const counts = EPSILON_STEPS.map(() => 0);
  for (const epsilon of epsilons) {
    counts[epsilon === null ? STEPS.length : STEPS.findIndex((step) => epsilon <= step)]!++;
  }
  return counts;
}

function nameOf(step: number): string {
  if (step === 0) return "exact";
  return step === Infinity ? "more" : `${100 * step} %`;
}
