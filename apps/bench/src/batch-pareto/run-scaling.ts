import { randomPairs } from "../random-pairs.ts";
import type { RegionUnderTest } from "../region-under-test.ts";
import type { Timing } from "../timed.ts";
import type { PairOutcome } from "./batch-outcomes.ts";
import { type OwnStand, openOwnStand } from "./batch-stand.ts";
import { createMachineScaling } from "./machine-scaling.ts";
import { send } from "./run-batch.ts";

/** What to measure and with what. */
export interface ScalingOptions {
  readonly directory: string;
  readonly pairCount: number;
  readonly seed: number;
  /** Planning threads of the faster side, and its pairs under way at the same time. */
  readonly threads: number;
  readonly rounds: number;
  readonly epsilon: number;
  readonly progress: (text: string) => void;
}

/** The same batch on one thread and on several, one after the other, each to its last byte. */
export interface ScalingRound {
  readonly one: Timing;
  readonly many: Timing;
  /** The same of fixed work that is not the product's, in between. */
  readonly machineOne: Timing;
  readonly machineMany: Timing;
}

/** A finished measurement. */
export interface ScalingRun {
  readonly region: RegionUnderTest["facts"];
  readonly threads: number;
  readonly pairCount: number;
  readonly seed: number;
  readonly epsilon: number;
  readonly rounds: readonly ScalingRound[];
  /** Of all rounds, the warming up included. */
  readonly outcomes: readonly PairOutcome[];
  /** Whether all rounds gave the same answers. */
  readonly isSame: boolean;
}

/** Batches that each side plans before anything is measured: its threads compile what they run. */
const WARM_UP_BATCHES = 3;

/**
 * Measures how many times as fast a batch is on several planning threads. The two sides take turns,
 * so that whoever else uses the machine slows both.
 *
 * @throws {ReasonError} those of `openRegion`
 */
export async function runScaling(options: ScalingOptions): Promise<ScalingRun> {
  const { directory, pairCount, seed, threads, epsilon, progress } = options;
  const open = (concurrency: number): Promise<OwnStand> =>
    openOwnStand({ directory, isReplay: false, concurrency, onPlanned: () => undefined });
  const one = await open(1);
  const many = await open(threads).catch(async (error: unknown) => {
    await one.close();
    throw error;
  });
  const machine = createMachineScaling(threads);
  try {
    const pairs = randomPairs(one.graph, pairCount, seed);
    const outcomes: PairOutcome[] = [];
    const answers = new Set<string>();
    const timed = async (stand: OwnStand): Promise<Timing> => {
      const sent = await send(stand, pairs, epsilon);
      outcomes.push(...sent.outcomes);
      answers.add(sent.outcomes.map(({ answerSha256 }) => answerSha256).join());
      return sent.timing;
    };
    // Each thread of the faster side sees a share of a batch only.
    for (let batch = 0; batch < WARM_UP_BATCHES * threads; batch++) {
      progress(`warming up: batch ${batch}`);
      if (batch < WARM_UP_BATCHES) await timed(one);
      await timed(many);
      await machine.many();
    }
    const rounds: ScalingRound[] = [];
    for (let round = 0; round < options.rounds; round++) {
      progress(`round ${round} of ${options.rounds}`);
      rounds.push({
        one: await timed(one),
        many: await timed(many),
        machineOne: await machine.one(),
        machineMany: await machine.many(),
      });
    }
    const isSame = answers.size === 1;
    const region = one.facts;
    return { region, threads, pairCount, seed, epsilon, rounds, outcomes, isSame };
  } finally {
    await Promise.all([one.close(), many.close(), machine.close()]);
  }
}
