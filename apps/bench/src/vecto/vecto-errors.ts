import type { CaseResult, TierFigures } from "./run-vecto.ts";

/** A tier of the freight model. */
export type TierName = "evaluation" | "search";

/** Errors of one tier over all cases, percent. */
export interface TierErrors {
  readonly fuelMean: number;
  readonly fuelRms: number;
  /** The largest without its sign. */
  readonly fuelWorst: number;
  readonly timeRms: number;
  readonly timeWorst: number;
}

/** Sums up the errors of a tier; there must be cases. */
export function tierErrors(results: readonly CaseResult[], tier: TierName): TierErrors {
  const column = (name: keyof TierFigures): number[] => results.map((row) => row[tier][name]);
  const fuel = column("fuelErrorPercent");
  const time = column("timeErrorPercent");
  return {
    fuelMean: fuel.reduce((sum, error) => sum + error, 0) / fuel.length,
    fuelRms: rms(fuel),
    fuelWorst: worst(fuel),
    timeRms: rms(time),
    timeWorst: worst(time),
  };
}

function rms(errors: readonly number[]): number {
  return Math.sqrt(errors.reduce((sum, error) => sum + error * error, 0) / errors.length);
}

function worst(errors: readonly number[]): number {
  return Math.max(...errors.map(Math.abs));
}
