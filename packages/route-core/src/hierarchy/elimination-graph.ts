import type { UndirectedGraph } from "./undirected-graph.ts";

/** Room for a row that may still grow by a neighbour or two before it has to move. */
const SPARE = 2;

/**
 * An undirected graph from which nodes are taken out one by one, their neighbours being joined with
 * one another. Rows grow in one pool; a full row moves to the pool's end.
 */
export class EliminationGraph {
  /** Neighbours left, per node. */
  readonly degree: Int32Array;
  readonly #start: Int32Array;
  readonly #room: Int32Array;
  #pool: Int32Array;
  #used: number;

  constructor(graph: UndirectedGraph) {
    const { nodeCount, firstNeighbour, neighbours } = graph;
    this.degree = new Int32Array(nodeCount);
    this.#start = new Int32Array(nodeCount);
    this.#room = new Int32Array(nodeCount);
    this.#pool = new Int32Array(neighbours.length + SPARE * nodeCount + 1024);
    let used = 0;
    for (let node = 0; node < nodeCount; node++) {
      const begin = firstNeighbour[node]!;
      const degree = firstNeighbour[node + 1]! - begin;
      this.#start[node] = used;
      this.degree[node] = degree;
      this.#room[node] = degree + SPARE;
      for (let k = 0; k < degree; k++) this.#pool[used + k] = neighbours[begin + k]!;
      used += degree + SPARE;
    }
    this.#used = used;
  }

  neighbour(node: number, k: number): number {
    return this.#pool[this.#start[node]! + k]!;
  }

  /** Takes a node out; its own row stays readable until another elimination. */
  eliminate(node: number): void {
    const degree = this.degree[node]!;
    for (let k = 0; k < degree; k++) this.#remove(this.neighbour(node, k), node);
    for (let i = 0; i < degree; i++) {
      const a = this.neighbour(node, i);
      for (let j = i + 1; j < degree; j++) {
        const b = this.neighbour(node, j);
        if (this.#has(a, b)) continue;
        this.#add(a, b);
        this.#add(b, a);
      }
    }
  }

  #has(node: number, other: number): boolean {
    const pool = this.#pool;
    const begin = this.#start[node]!;
    const end = begin + this.degree[node]!;
    for (let at = begin; at < end; at++) if (pool[at] === other) return true;
    return false;
  }

  #remove(node: number, other: number): void {
    const pool = this.#pool;
    const last = this.#start[node]! + --this.degree[node]!;
    let at = this.#start[node]!;
    while (pool[at] !== other) at++;
    pool[at] = pool[last]!;
  }

  #add(node: number, other: number): void {
    const degree = this.degree[node]!;
    if (degree === this.#room[node]!) this.#move(node, degree);
    this.#pool[this.#start[node]! + degree] = other;
    this.degree[node] = degree + 1;
  }

  #move(node: number, degree: number): void {
    const room = 2 * degree + SPARE;
    if (this.#used + room > this.#pool.length) {
      const larger = new Int32Array(Math.ceil(this.#pool.length * 1.5) + room);
      larger.set(this.#pool);
      this.#pool = larger;
    }
    const begin = this.#start[node]!;
    this.#pool.copyWithin(this.#used, begin, begin + degree);
    this.#start[node] = this.#used;
    this.#room[node] = room;
    this.#used += room;
  }
}
