import { ArrivalKinds } from "./arrival-kinds.ts";
import { type BackwardDijkstra, createBackwardDijkstra } from "./backward-dijkstra.ts";
import { LabelArena } from "./label-arena.ts";
import { LegalMoves } from "./legal-moves.ts";
import type { LowerBounds } from "./lower-bounds.ts";
import { MemoryMeter } from "./memory-meter.ts";
import { OpenHeap } from "./open-heap.ts";
import type { SearchBudget } from "./search-budget.ts";
import type { SearchGraph } from "./search-graph.ts";
import type { SearchQuery } from "./search-query.ts";
import type { SearchStatus } from "./search-result.ts";
import { StaircaseFronts } from "./staircase-fronts.ts";
import { StateTable } from "./state-table.ts";

/**
 * The scratch of one thread for one graph: one search at a time, any number one after another.
 * Workers that share a graph have a space each.
 */
export class SearchSpace {
  readonly graph: SearchGraph;
  readonly moves: LegalMoves;
  readonly kinds: ArrivalKinds;
  readonly backward: BackwardDijkstra;
  readonly meter = new MemoryMeter();
  readonly labels = new LabelArena(this.meter);
  readonly open = new OpenHeap(this.meter);
  /** Fronts 0 .. nodeCount - 1 per node, then one per arc id, then the destination's. */
  readonly fronts: StaircaseFronts;
  /** One number per arc id and one for the destination. */
  readonly states: StateTable;

  constructor(graph: SearchGraph) {
    this.graph = graph;
    this.moves = new LegalMoves(graph);
    this.kinds = new ArrivalKinds(graph);
    this.backward = createBackwardDijkstra(graph);
    this.fronts = new StaircaseFronts(graph.nodeCount + graph.arcIdCount + 1, this.meter);
    this.states = new StateTable(graph.arcIdCount + 1);
  }

  /**
   * Computes the bounds of a query once, for several searches of it: pass them to each kernel.
   * They are valid until the space's next `boundsFor`, or next search without bounds.
   */
  boundsFor(
    query: SearchQuery,
    budget: SearchBudget,
  ): { readonly status: SearchStatus; readonly bounds: LowerBounds } {
    this.moves.begin(query);
    return { status: this.backward.run(this.moves, budget), bounds: this.backward };
  }

  /** For the kernels: empties everything and makes sure of bounds. */
  begin(
    query: SearchQuery,
    budget: SearchBudget,
    labelStride: number,
    bounds: LowerBounds | undefined,
  ): { readonly status: SearchStatus; readonly bounds: LowerBounds } {
    const held = this.labels.heldBytes + this.open.heldBytes + this.fronts.heldBytes;
    if (held > budget.maxBytes) {
      this.labels.release();
      this.open.release();
      this.fronts.release();
    }
    this.meter.begin(budget.maxBytes);
    this.labels.begin(labelStride);
    this.open.begin();
    this.fronts.begin();
    this.states.begin();
    this.kinds.begin(query);
    if (bounds === undefined) return this.boundsFor(query, budget);
    this.moves.begin(query);
    return { status: "complete", bounds };
  }
}

/** Allocates the scratch for searches on `graph`. */
export function createSearchSpace(graph: SearchGraph): SearchSpace {
  return new SearchSpace(graph);
}
