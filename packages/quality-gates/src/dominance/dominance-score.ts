import type { Gate, Measurement } from "../gate.ts";
import { mulberry32 } from "../mulberry32.ts";
import { reasonText } from "../run-gates.ts";
import { bruteForceFront } from "./brute-force-front.ts";
import { uncoveredPoint, unrealRoute, wrongExactFront } from "./judge-front.ts";
import { randomTrial } from "./random-trial.ts";
import type { FrontSolver, Trial } from "./trial.ts";

const PERCENT = 1;
/** Networks that take longer to enumerate are drawn again. */
const MAX_STEPS = 50_000;
/** Below this share of trials with two or more routes the score would say nothing about fronts. */
const LEAST_FRONT_SHARE = 0.25;

/** What is compared, how often, and from which seed. */
export interface DominanceScoreOptions {
  readonly trials: number;
  readonly seed: number;
  /** Claims exact fronts. */
  readonly solve: FrontSolver;
  /** Claims fronts within 1 %. */
  readonly epsilonSolve: FrontSolver;
}

/** The gate that compares fronts with enumeration; see its rationale. */
export function dominanceScore(options: DominanceScoreOptions): Gate {
  return {
    id: "dominance",
    subsystem: "search",
    title: "fronts against brute force",
    rationale:
      "Random small networks are enumerated walk by walk and compared with what the search finds. " +
      "An exact front must be equal as a set, a 1 % front must come within a factor of 1.01 of every " +
      "point, and every route must be legal and cost what it claims. The score is the share of " +
      "trials in which all of this holds. The threshold is 100, not the usual 95: a front is " +
      "promised with a proof, and one counterexample in 200 trials refutes a proof, while it would " +
      "still score 99.5.",
    threshold: 100,
    // A port that throws synchronously must still reject.
    measure: async () => compareTrials(options),
  };
}

/** @throws RangeError when the trials cannot tell a right solver from a wrong one */
function compareTrials({ trials, seed, solve, epsilonSolve }: DominanceScoreOptions): Measurement {
  if (!(Number.isSafeInteger(trials) && trials > 0)) throw new RangeError(`${trials} trials`);
  const random = mulberry32(seed);
  const failures: string[] = [];
  let redrawn = 0;
  let withRoute = 0;
  let withFront = 0;
  let largest = 0;
  let merged = 0;
  for (let number = 0; number < trials; number++) {
    let trial = randomTrial(random);
    let truth = bruteForceFront(trial, MAX_STEPS);
    while (truth === undefined) {
      redrawn++;
      trial = randomTrial(random);
      truth = bruteForceFront(trial, MAX_STEPS);
    }
    if (truth.length > 0) withRoute++;
    if (truth.length > 1) withFront++;
    largest = Math.max(largest, truth.length);
    const exact = judge(solve, trial, (routes) => wrongExactFront(truth, routes));
    const near = judge(epsilonSolve, trial, (routes) =>
      uncoveredPoint(
        truth,
        routes.map(({ costs }) => costs),
        PERCENT,
      ),
    );
    if (near.problem === undefined && near.size < truth.length) merged++;
    const problems = [
      ...(exact.problem === undefined ? [] : [`exact: ${exact.problem}`]),
      ...(near.problem === undefined ? [] : [`${PERCENT} %: ${near.problem}`]),
    ];
    if (problems.length > 0) failures.push(`trial ${number}: ${problems.join("; ")}`);
  }
  if (withFront < LEAST_FRONT_SHARE * trials) {
    throw new RangeError(`only ${withFront} of ${trials} trials have more than one route`);
  }
  const score = (100 * (trials - failures.length)) / trials;
  const facts = { trials, seed, withRoute, withFront, largestFront: largest, merged, redrawn };
  return { score, facts, failures };
}

/** Asks a solver; one that throws is wrong, as it gives no answer to a question that has one. */
function judge(
  solver: FrontSolver,
  trial: Trial,
  complaint: (routes: ReturnType<FrontSolver>) => string | undefined,
): { readonly problem: string | undefined; readonly size: number } {
  try {
    const routes = solver(trial);
    return { problem: unrealRoute(trial, routes) ?? complaint(routes), size: routes.length };
  } catch (error) {
    return { problem: reasonText(error), size: 0 };
  }
}
