import { ARC_ID, type SearchGraph } from "./search-graph.ts";

/** Finds the access-only arcs of a graph by their ids. */
export class RestrictedArcs {
  readonly #graph: SearchGraph;
  /** Ascending. */
  readonly #ids: Int32Array;
  /** Where each begins in `outArcs`, or -1 when the graph lacks it. */
  readonly #places: Int32Array;

  constructor(graph: SearchGraph) {
    const { restricted, outArcs, arcStride } = graph;
    this.#graph = graph;
    this.#ids = new Int32Array(restricted.reduce((sum, flag) => sum + (flag === 0 ? 0 : 1), 0));
    this.#places = new Int32Array(this.#ids.length).fill(-1);
    let count = 0;
    for (let arc = 0; arc < restricted.length; arc++) {
      if (restricted[arc] !== 0) this.#ids[count++] = arc;
    }
    for (let at = 0; at < outArcs.length; at += arcStride) {
      const arc = outArcs[at + ARC_ID]!;
      if (restricted[arc] !== 0) this.#places[lowerBound(this.#ids, arc)] = at;
    }
  }

  /** Where an arc begins in `outArcs`, or -1 when it is none of these. */
  placeOf(arc: number): number {
    const index = lowerBound(this.#ids, arc);
    return this.#ids[index] === arc ? this.#places[index]! : -1;
  }

  /** The node that the arc at a place of `outArcs` leaves. */
  tailAt(place: number): number {
    const { firstOut, arcStride } = this.#graph;
    // Nodes without arcs stand before the row that begins where they do.
    return lowerBound(firstOut, place / arcStride + 1) - 1;
  }
}

/** The first place in an ascending array whose number is not less. */
function lowerBound(ascending: Int32Array, number: number): number {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ascending[middle]! < number) low = middle + 1;
    else high = middle;
  }
  return low;
}
