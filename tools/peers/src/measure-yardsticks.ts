import { textTable } from "@gradeway/quality-gates";

import type { FrontPair } from "./front-pairs.ts";
import type { Yardstick, YardstickFronts } from "./yardstick-process.ts";
import type { YardstickAnswer } from "./yardstick-reply.ts";

/** One pair, solved by every variant in turn. */
export interface MeasuredPair {
  readonly pair: FrontPair;
  readonly answers: Readonly<Partial<Record<YardstickFronts, YardstickAnswer>>>;
}

/** One variant over the pairs that it solved. */
export interface VariantTotal {
  readonly fronts: YardstickFronts;
  readonly solved: number;
  /** Solved pairs whose front has another size than the published one. */
  readonly differing: number;
  readonly boundsS: number;
  readonly searchS: number;
  readonly totalS: number;
  /** Of the published implementation for the same pairs, on its authors' machine. */
  readonly referenceTimeS: number;
}

/** Solves pair after pair with each variant, so that a busy moment of the machine hits all alike. */
export async function measureYardsticks(
  yardsticks: ReadonlyMap<YardstickFronts, Pick<Yardstick, "solve">>,
  pairs: readonly FrontPair[],
  limitS: number,
  progress: (done: MeasuredPair) => void = () => undefined,
): Promise<MeasuredPair[]> {
  const measured: MeasuredPair[] = [];
  for (const pair of pairs) {
    const answers: Partial<Record<YardstickFronts, YardstickAnswer>> = {};
    for (const [fronts, yardstick] of yardsticks) {
      answers[fronts] = await yardstick.solve({ ...pair, limitS });
    }
    measured.push({ pair, answers });
    progress({ pair, answers });
  }
  return measured;
}

/** Sums one variant up over the pairs that it solved exactly. */
export function totalOf(measured: readonly MeasuredPair[], fronts: YardstickFronts): VariantTotal {
  const total = { solved: 0, differing: 0, boundsS: 0, searchS: 0, totalS: 0, referenceTimeS: 0 };
  for (const { pair, answers } of measured) {
    const answer = answers[fronts];
    if (answer?.outcome !== "exact") continue;
    total.solved++;
    if (answer.size !== pair.frontSize) total.differing++;
    total.boundsS += answer.boundsS;
    total.searchS += answer.searchS;
    total.totalS += answer.totalS;
    total.referenceTimeS += pair.referenceTimeS;
  }
  return { fronts, ...total };
}

/**
 * What is wrong with a variant as a yardstick: a front of another size, or a total above that of the
 * published implementation, which would flatter whatever is compared with it.
 */
export function faultsOf(total: VariantTotal): string[] {
  const { fronts, solved, differing, totalS, referenceTimeS } = total;
  const faults: string[] = [];
  if (solved === 0) faults.push(`${fronts}: no pair was solved`);
  if (differing > 0) faults.push(`${fronts}: ${differing} fronts differ from the published sizes`);
  if (totalS > referenceTimeS) {
    const times = `${totalS.toFixed(2)} s, published ${referenceTimeS.toFixed(2)} s`;
    faults.push(`${fronts}: slower than the published implementation (${times})`);
  }
  return faults;
}

/** One row per pair: sizes, then bounds, search and labels of every variant. */
export function pairsTable(
  measured: readonly MeasuredPair[],
  variants: readonly YardstickFronts[],
): string {
  const head = ["source", "target", "published", "reference s"];
  for (const fronts of variants) {
    head.push(`${fronts} size`, "bounds s", "search s", "total s", "labels");
  }
  const rows = measured.map(({ pair, answers }) => {
    const row = [pair.source, pair.target, pair.frontSize].map(String);
    row.push(pair.referenceTimeS.toFixed(4));
    for (const fronts of variants) row.push(...answerCells(pair, answers[fronts]));
    return row;
  });
  return textTable([head, ...rows], new Set(head.keys()));
}

function answerCells(pair: FrontPair, answer: YardstickAnswer | undefined): string[] {
  if (answer === undefined) return ["-", "-", "-", "-", "-"];
  const { outcome, size, boundsS, searchS, totalS, expanded } = answer;
  const equal = size === pair.frontSize ? String(size) : `${size} DIFFERS`;
  return [
    outcome === "exact" ? equal : outcome,
    ...[boundsS, searchS, totalS].map((seconds) => seconds.toFixed(4)),
    String(expanded),
  ];
}

/** One row per variant. */
export function totalsTable(totals: readonly VariantTotal[]): string {
  const head = ["fronts", "solved", "differing", "bounds s", "search s", "total s", "reference s"];
  const rows = totals.map((total) => [
    total.fronts,
    String(total.solved),
    String(total.differing),
    ...[total.boundsS, total.searchS, total.totalS, total.referenceTimeS].map((s) => s.toFixed(2)),
  ]);
  return textTable([head, ...rows], new Set([...head.keys()].slice(1)));
}
