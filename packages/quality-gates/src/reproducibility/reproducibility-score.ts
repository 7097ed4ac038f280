import { caseScore, type JudgedCase } from "../case-score.ts";
import { type Gate, LEAST_SCORE } from "../gate.ts";

/** What a run left behind: a hash, or the text itself, by name. */
export type Traces = ReadonlyMap<string, string>;

/** Something that must come out the same every time. */
export interface RepeatedRun {
  /** For example "sample region, 1 and 2 threads". */
  readonly name: string;
  /** Called twice; the runs may differ in what must not matter, such as the number of threads. */
  readonly run: (attempt: 0 | 1) => Promise<Traces>;
}

/** The gate of equal bytes from equal inputs. */
export function reproducibilityScore(runs: readonly RepeatedRun[]): Gate {
  return {
    id: "reproducibility",
    subsystem: "reproducibility",
    title: "the same bytes twice",
    rationale:
      "Everything is made twice: the same names must come out, each with the same bytes. The score is " +
      "the share of equal ones of the run that comes off worst; a lost or an added name is an unequal one.",
    threshold: LEAST_SCORE,
    async measure() {
      const cases: JudgedCase[] = [];
      for (const { name, run } of runs) {
        const first = await run(0);
        const second = await run(1);
        if (first.size === 0) throw new RangeError(`${name} left nothing behind`);
        for (const key of new Set([...first.keys(), ...second.keys()])) {
          const isEqual = first.get(key) === second.get(key);
          const failure = isEqual ? undefined : `${name}: ${key} differs between two runs`;
          cases.push({ group: name, failure });
        }
      }
      const { score, ...rest } = caseScore(cases, { runs: runs.length });
      // Of thousands of equal bytes one unequal file is still no reproduction.
      return {
        ...rest,
        score: rest.failures.length === 0 ? score : Math.min(score, LEAST_SCORE - 0.1),
      };
    },
  };
}
