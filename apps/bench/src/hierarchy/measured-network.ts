import type { NetworkShape } from "@gradeway/route-core/hierarchy";

/** Metrics of every measured network. */
export const METRICS = 3;

/** A network to build a hierarchy of, with three costs per arc. */
export interface MeasuredNetwork {
  readonly name: string;
  readonly shape: NetworkShape;
  readonly metricNames: readonly string[];
  /** Three per arc; INF where the vehicle may not go. */
  readonly costs: Int32Array;
  /** Per arc: 1 = closed to through traffic. */
  readonly closed: Uint8Array;
  /** Where random trips begin and end: nodes that can mostly reach each other. */
  readonly nodes: Int32Array;
}
