import { type ArrayTaker, newArrays } from "../array-taker.ts";
import { type ArcFacts, arcFacts } from "./arc-flags.ts";
import { onlyArcsOn } from "./pass-through.ts";
import type { SearchGraph } from "./search-graph.ts";

/** What spaces of a graph know before any query; threads may share it. */
export interface GraphFacts extends ArcFacts {
  /** Per arc id, as `onlyArcsOn` gives them. */
  readonly next: Int32Array;
}

/**
 * Works out what searches of a graph begin with.
 *
 * @param arrays - where the facts go, or where they are already
 */
export function graphFacts(graph: SearchGraph, arrays: ArrayTaker = newArrays): GraphFacts {
  const facts = arcFacts(graph, arrays);
  return { ...facts, next: onlyArcsOn(graph, facts.flags, arrays) };
}
