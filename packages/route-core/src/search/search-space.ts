import { ArcFlags } from "./arc-flags.ts";
import { createBackwardDijkstra } from "./backward-dijkstra.ts";
import type { GraphFacts } from "./graph-facts.ts";
import { LabelRows } from "./label-rows.ts";
import { LegalMoves } from "./legal-moves.ts";
import { ListFronts } from "./list-fronts.ts";
import type { BoundsSource, LowerBounds } from "./lower-bounds.ts";
import { MemoryMeter } from "./memory-meter.ts";
import type { MixedBounds } from "./mixed-bounds.ts";
import {
  BOUND,
  END_OUT,
  FIRST_END,
  FIRST_OUT,
  NodeRecords,
  RECORD_SHIFT,
  SET_UP,
} from "./node-records.ts";
import { OpenHeap } from "./open-heap.ts";
import { OpenQueue } from "./open-queue.ts";
import { PassThrough } from "./pass-through.ts";
import { PathTree } from "./path-tree.ts";
import type { SearchBudget } from "./search-budget.ts";
import { MOST_OBJECTIVES, type SearchGraph } from "./search-graph.ts";
import type { SearchQuery } from "./search-query.ts";
import type { SearchStatus } from "./search-result.ts";
import { StaircaseFronts } from "./staircase-fronts.ts";
import { StateTable } from "./state-table.ts";
import { TargetFront } from "./target-front.ts";
import type { TruncatedFronts } from "./truncated-fronts.ts";

/** Scratch that does not depend on costs: one for all the costings of a road network in a thread. */
export class SearchScratch {
  readonly meter = new MemoryMeter();
  readonly labels = new LabelRows(this.meter);
  readonly queue = new OpenQueue(this.labels, this.meter);
  readonly heap = new OpenHeap(this.meter);
  readonly paths = new PathTree(this.meter);
  readonly records: NodeRecords;
  /** One number per arc id, and per further state of a costing (see turn-states.ts). */
  readonly states: StateTable;
  readonly staircases: StaircaseFronts;
  readonly targetFront: TargetFront;
  #lists: ListFronts | undefined;

  constructor({ nodeCount, arcIdCount }: Pick<SearchGraph, "nodeCount" | "arcIdCount">) {
    this.records = new NodeRecords(nodeCount);
    this.states = new StateTable(arcIdCount);
    this.staircases = new StaircaseFronts(this.records, this.meter, 2);
    this.targetFront = new TargetFront(this.staircases);
  }

  /** Fronts for a number of objectives. */
  frontsFor(objectiveCount: number): TruncatedFronts {
    if (objectiveCount <= 3) return this.staircases;
    this.#lists ??= new ListFronts(this.records, this.meter, 3);
    return this.#lists;
  }

  /** Empties everything. What earlier queries grew is kept where it fits into `maxBytes`. */
  begin(maxBytes: number, labelShift: number): void {
    const { labels, queue, heap, paths } = this;
    const fronts = [this.staircases, ...(this.#lists === undefined ? [] : [this.#lists])];
    const held = [labels, queue, heap, paths, ...fronts];
    if (held.reduce((sum, { heldBytes }) => sum + heldBytes, 0) > maxBytes) {
      for (const one of held) one.release();
    }
    this.meter.begin(maxBytes);
    labels.begin(labelShift);
    queue.begin();
    heap.begin();
    paths.begin();
    for (const one of fronts) one.begin();
    this.records.begin();
    this.states.begin();
  }
}

/** Where a space gets its memory and its bounds from. */
export interface SearchSpaceOptions {
  /** Made for this graph when left out. */
  readonly scratch?: SearchScratch;
  /** Whole backward searches when left out. */
  readonly bounds?: BoundsSource;
  /** Of the graph, where they are known already. */
  readonly facts?: GraphFacts;
  /** For three objectives whose second and third are at odds; they cost time where these are not. */
  readonly mixed?: MixedBounds;
}

/**
 * A graph with what a thread needs to search it: one search at a time, any number one after another.
 * Workers that share a graph have a space each.
 */
export class SearchSpace {
  readonly graph: SearchGraph;
  readonly arcs: ArcFlags;
  readonly moves: LegalMoves;
  readonly passes: PassThrough;
  readonly meter: MemoryMeter;
  readonly labels: LabelRows;
  readonly queue: OpenQueue;
  readonly heap: OpenHeap;
  readonly paths: PathTree;
  readonly records: NodeRecords;
  readonly states: StateTable;
  readonly fronts: TruncatedFronts;
  readonly staircases: StaircaseFronts;
  /** For up to three objectives. */
  readonly targetFront: TargetFront | undefined;
  readonly mixed: MixedBounds | undefined;
  readonly #scratch: SearchScratch;
  readonly #bounds: BoundsSource;

  /** @throws RangeError on mixed bounds for other than three objectives */
  constructor(graph: SearchGraph, { scratch, bounds, mixed, facts }: SearchSpaceOptions) {
    if (mixed !== undefined && graph.objectiveCount !== 3) {
      throw new RangeError(`mixed bounds for ${graph.objectiveCount} objectives`);
    }
    this.#scratch = scratch ?? new SearchScratch(graph);
    this.graph = graph;
    this.arcs = new ArcFlags(graph, facts);
    this.moves = new LegalMoves(graph, this.arcs);
    this.passes = new PassThrough(graph, this.arcs, facts?.next);
    this.meter = this.#scratch.meter;
    this.labels = this.#scratch.labels;
    this.queue = this.#scratch.queue;
    this.heap = this.#scratch.heap;
    this.paths = this.#scratch.paths;
    this.records = this.#scratch.records;
    this.states = this.#scratch.states;
    // The costings of a network may differ in what trucks have to remember.
    this.states.reserve(graph.arcIdCount + graph.turnBans.states.arcs.length);
    this.fronts = this.#scratch.frontsFor(graph.objectiveCount);
    this.staircases = this.#scratch.staircases;
    this.targetFront = graph.objectiveCount > 3 ? undefined : this.#scratch.targetFront;
    this.mixed = mixed;
    this.#bounds = bounds ?? createBackwardDijkstra(graph);
  }

  /**
   * Finds the bounds of a query once, for several searches of it: pass them to each kernel.
   * They are valid until the space's next `boundsFor`, or next search without bounds.
   */
  boundsFor(
    query: SearchQuery,
    budget: SearchBudget,
  ): { readonly status: SearchStatus; readonly bounds: LowerBounds } {
    this.arcs.begin(query);
    this.moves.begin(query);
    this.passes.begin(query);
    const found = this.#bounds.boundsTo(this, query, budget);
    if (found.status !== "complete" || this.mixed === undefined) return found;
    return { ...found, status: this.mixed.begin(query, budget) };
  }

  /** Fronts for a number of objectives, the first of them the order in which labels come. */
  frontsFor(objectiveCount: number): TruncatedFronts {
    return this.#scratch.frontsFor(objectiveCount);
  }

  /** Row of a node's record, set up for the current search. */
  rowOf(node: number, bounds: LowerBounds): number {
    const { graph, moves, records } = this;
    const known = node << RECORD_SHIFT;
    if (records.rows[known + SET_UP] === records.stamp) return known;
    const row = records.setUp(node);
    const { rows } = records;
    rows[row + FIRST_OUT] = graph.firstOut[node]! * graph.arcStride;
    rows[row + END_OUT] = graph.firstOut[node + 1]! * graph.arcStride;
    rows[row + FIRST_END] = moves.firstEndAt(node);
    for (let k = graph.objectiveCount; k < MOST_OBJECTIVES; k++) rows[row + BOUND + k] = 0;
    bounds.write(node, rows, row + BOUND);
    return row;
  }

  /** For the kernels: empties everything and makes sure of bounds. */
  begin(
    query: SearchQuery,
    budget: SearchBudget,
    labelShift: number,
    bounds: LowerBounds | undefined,
  ): { readonly status: SearchStatus; readonly bounds: LowerBounds } {
    this.#scratch.begin(budget.maxBytes, labelShift);
    if (bounds === undefined) return this.boundsFor(query, budget);
    this.arcs.begin(query);
    this.moves.begin(query);
    this.passes.begin(query);
    return { status: "complete", bounds };
  }
}

/** Prepares a graph for the searches of one thread. */
export function createSearchSpace(
  graph: SearchGraph,
  options: SearchSpaceOptions = {},
): SearchSpace {
  return new SearchSpace(graph, options);
}
