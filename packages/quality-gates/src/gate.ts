/** A fact of a measurement: what a reader needs to believe the score. */
export type Fact = number | string | boolean | null;

/** What a gate found. */
export interface Measurement {
  /** 0 to 100. */
  readonly score: number;
  readonly facts: Readonly<Record<string, Fact>>;
  /** What went wrong, one line each; also where the score is still high enough. */
  readonly failures: readonly string[];
}

/** One question about the product that is answered by measuring. */
export interface Gate {
  /** Stable, kebab-case. */
  readonly id: string;
  /** Part of the system it speaks of, for example "search". */
  readonly subsystem: string;
  readonly title: string;
  /** Why this is measured, and why the threshold is what it is. */
  readonly rationale: string;
  /** The least score that passes. */
  readonly threshold: number;
  /** Rejects when it cannot be measured, for whatever reason. */
  measure(): Promise<Measurement>;
}

/** Part of the system that is listed without a score. */
export interface AbsentGate {
  readonly id: string;
  readonly subsystem: string;
  readonly title: string;
  /** `not_built`: there is no model yet; `no_reference`: there is nothing to compare it with here. */
  readonly status: "not_built" | "no_reference";
  /** What would have to be there. */
  readonly reason: string;
}

/** The least score of a subsystem that passes, unless its rationale says otherwise. */
export const LEAST_SCORE = 95;
