import { mulberry32 } from "@gradeway/quality-gates";

/** Nodes along each side of the grid. */
const SIDE = 48;
const NODES = SIDE * SIDE;
const SEED = 20_260_212;
const FURTHEST = 2 ** 52;

/** A piece of work that never changes; calling it does it once. */
export type CalibrationKernel = () => number;

/**
 * What latencies are divided by, so that a figure of one machine can be compared with one of another:
 * Dijkstra on a fixed grid, with a heap and loops of its own. It has the make-up of a search (branches,
 * typed arrays, scattered reads) and shares no code with the product, so that no change of the product
 * moves it.
 */
export function createCalibrationKernel(): CalibrationKernel {
  const random = mulberry32(SEED);
  const cost = Int32Array.from({ length: 4 * NODES }, () => 1 + Math.floor(random() * 1000));
  const distance = new Float64Array(NODES);
  const heap = new Float64Array(8 * NODES);
  return () => {
    let size = 0;
    const push = (key: number): void => {
      let at = size++;
      while (at > 0) {
        const parent = (at - 1) >> 1;
        if (heap[parent]! <= key) break;
        heap[at] = heap[parent]!;
        at = parent;
      }
      heap[at] = key;
    };
    const pop = (): number => {
      const least = heap[0]!;
      const key = heap[--size]!;
      let at = 0;
      for (;;) {
        let child = 2 * at + 1;
        if (child >= size) break;
        if (child + 1 < size && heap[child + 1]! < heap[child]!) child++;
        if (heap[child]! >= key) break;
        heap[at] = heap[child]!;
        at = child;
      }
      heap[at] = key;
      return least;
    };
    distance.fill(FURTHEST);
    distance[0] = 0;
    push(0);
    let sum = 0;
    for (;;) {
      if (size === 0) return sum;
      const key = pop();
      const node = key % NODES;
      const reached = (key - node) / NODES;
      if (reached > distance[node]!) continue;
      sum += reached;
      for (let side = 0; side < 4; side++) {
        const next = neighbour(node, side);
        const along = reached + cost[4 * node + side]!;
        if (along >= distance[next]!) continue;
        distance[next] = along;
        push(along * NODES + next);
      }
    }
  };
}

/** The grid has no edge: what leaves it comes in on the other side. */
function neighbour(node: number, side: number): number {
  const row = Math.floor(node / SIDE);
  const column = node % SIDE;
  if (side === 0) return row * SIDE + ((column + 1) % SIDE);
  if (side === 1) return row * SIDE + ((column + SIDE - 1) % SIDE);
  if (side === 2) return ((row + 1) % SIDE) * SIDE + column;
  return ((row + SIDE - 1) % SIDE) * SIDE + column;
}
