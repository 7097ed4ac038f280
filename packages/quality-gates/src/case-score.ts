import type { Fact, Measurement } from "./gate.ts";

/** One question with a known answer. */
export interface JudgedCase {
  /** Cases that stand or fall together, for example those of one vehicle. */
  readonly group: string;
  /** What was wrong, as one line; absent where the answer was right. */
  readonly failure?: string | undefined;
}

/**
 * The score of questions with known answers: the share of right ones in the group that has fewest.
 * A broken group cannot hide behind the others.
 *
 * @throws {RangeError} without cases
 */
export function caseScore(
  cases: readonly JudgedCase[],
  facts: Readonly<Record<string, Fact>> = {},
): Measurement {
  if (cases.length === 0) throw new RangeError("there is no case to judge");
  const groups = Map.groupBy(cases, ({ group }) => group);
  let score = 100;
  let worstGroup: string | null = null;
  for (const [group, members] of groups) {
    const right = members.filter(({ failure }) => failure === undefined).length;
    const share = (100 * right) / members.length;
    if (share >= score) continue;
    score = share;
    worstGroup = group;
  }
  return {
    score,
    facts: { ...facts, cases: cases.length, groups: groups.size, worstGroup },
    failures: cases.flatMap(({ failure }) => failure ?? []),
  };
}
