import type { CostVector, SearchQuery } from "@gradeway/route-core/search";

/** One direction of an edge. Arc ids: 2e forward, 2e + 1 backward, so a ^ 1 is the reverse. */
export interface TrialArc {
  readonly tail: number;
  readonly head: number;
  readonly costs: CostVector;
  /** Access only: usable where the query opens it. */
  readonly restricted: boolean;
}

/** A road network as plain lists; `undefined` = not open in that direction. */
export interface TrialNetwork {
  readonly nodeCount: number;
  readonly arcs: readonly (TrialArc | undefined)[];
  /** Pairs of arcs of which the second may not follow the first. */
  readonly bans: readonly (readonly [arcIn: number, arcOut: number])[];
  /** Arcs, three or more, that may not be driven one right after the other. */
  readonly paths: readonly (readonly number[])[];
}

/** A network small enough to enumerate, and a question about it. */
export interface Trial {
  readonly network: TrialNetwork;
  readonly query: SearchQuery<CostVector>;
}

/** One route that a solver claims. */
export interface ClaimedRoute {
  readonly costs: CostVector;
  /** Arc ids, start arc to end arc inclusive; a direct route has one. */
  readonly path: readonly number[];
}

/** Anything that answers a trial with a front: a kernel, a service, or a broken one in a test. */
export type FrontSolver = (trial: Trial) => readonly ClaimedRoute[];
