import { coverageFactor, hypervolume } from "@gradeway/pareto";

/** Costs of a route. */
export type Vector = readonly number[];

/** What is shown against all there is, of one trip. */
export interface ChoiceSample {
  readonly shown: number;
  readonly recall: number;
  readonly factor: number;
  readonly volumeRatio: number;
}

/** The same over many trips. */
export interface ChoiceQuality {
  readonly trips: number;
  readonly shownMean: number;
  /** Share of the true front that is shown. */
  readonly recallMean: number;
  /** Each route of the true front is within this factor of a shown one in every objective. */
  readonly factorMean: number;
  readonly factorWorst: number;
  /** Hypervolume of what is shown by that of the true front. */
  readonly volumeRatioMean: number;
  readonly volumeRatioWorst: number;
}

/** The hypervolume ends this share of each range beyond the nadir. */
const MARGIN = 0.1;

/** Compares what is shown with the true front. */
export function sampleOf(truth: readonly Vector[], shown: readonly Vector[]): ChoiceSample {
  const keys = new Set(shown.map(String));
  const reference = truth[0]!.map((_, k) => {
    const values = truth.map((vector) => vector[k]!);
    const [least, most] = [Math.min(...values), Math.max(...values)];
    return most + MARGIN * (most - least) + Number.EPSILON * most;
  });
  return {
    shown: shown.length,
    recall: truth.filter((vector) => keys.has(String(vector))).length / truth.length,
    factor: coverageFactor(truth, shown),
    volumeRatio: hypervolume(shown, reference) / hypervolume(truth, reference),
  };
}

/** Adds up the trips of one setting; undefined when there are none. */
export function qualityOf(samples: readonly ChoiceSample[]): ChoiceQuality | undefined {
  if (samples.length === 0) return undefined;
  const mean = (of: (sample: ChoiceSample) => number): number =>
    samples.reduce((sum, sample) => sum + of(sample), 0) / samples.length;
  return {
    trips: samples.length,
    shownMean: mean(({ shown }) => shown),
    recallMean: mean(({ recall }) => recall),
    factorMean: mean(({ factor }) => factor),
    factorWorst: Math.max(...samples.map(({ factor }) => factor)),
    volumeRatioMean: mean(({ volumeRatio }) => volumeRatio),
    volumeRatioWorst: Math.min(...samples.map(({ volumeRatio }) => volumeRatio)),
  };
}

/** Vector by vector: nothing of the filters that the product uses. */
export function nonDominated(all: readonly Vector[]): Vector[] {
  const distinct = [...new Map(all.map((vector) => [String(vector), vector])).values()];
  return distinct.filter(
    (vector) =>
      !distinct.some((other) => other !== vector && other.every((cost, k) => cost <= vector[k]!)),
  );
}

/** Vectors that only one of two fronts has. */
export function differences(a: readonly Vector[], b: readonly Vector[]): number {
  const [inA, inB] = [new Set(a.map(String)), new Set(b.map(String))];
  const only = (of: ReadonlySet<string>, other: ReadonlySet<string>): number =>
    [...of].filter((key) => !other.has(key)).length;
  return only(inA, inB) + only(inB, inA);
}
