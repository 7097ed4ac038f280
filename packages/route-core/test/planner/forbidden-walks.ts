import type { RoutingGraph } from "../../src/graph/routing-graph.ts";

/** The forbidden paths of a graph for a kind of vehicle (1 hgv, 2 van), read off its columns. */
export class ForbiddenWalks {
  readonly #paths: readonly (readonly number[])[];
  readonly #memory: number;

  constructor(graph: RoutingGraph, kind: number) {
    this.#paths = Array.from(graph.banPathKinds, (kinds, k) => {
      const { firstBanPathArc: first, banPathArcs } = graph;
      return (kinds & kind) === 0 ? [] : [...banPathArcs.subarray(first[k], first[k + 1])];
    }).filter((path) => path.length > 0);
    this.#memory = Math.max(1, ...this.#paths.map((path) => path.length - 1));
  }

  /** Whether going on over an arc completes one. */
  forbid(driven: readonly number[], arc: number): boolean {
    const walk = [...driven, arc];
    return this.#paths.some((path) =>
      path.every((one, k) => walk[walk.length - path.length + k] === one),
    );
  }

  /** As many of the last arcs as matter for how a walk may go on. */
  memoryOf(driven: readonly number[]): readonly number[] {
    return driven.slice(-this.#memory);
  }
}
