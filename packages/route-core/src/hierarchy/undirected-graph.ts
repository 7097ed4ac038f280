/**
 * A simple undirected graph in compressed rows: node n is joined to
 * `neighbours[firstNeighbour[n] .. firstNeighbour[n + 1])`.
 */
export interface UndirectedGraph {
  readonly nodeCount: number;
  readonly firstNeighbour: Int32Array;
  readonly neighbours: Int32Array;
}

/**
 * Joins the two ends of every arc once, whatever its direction. Loops are dropped; rows ascend.
 *
 * @throws RangeError on arrays of different length and on nodes out of range
 */
export function undirectedGraph(
  nodeCount: number,
  tails: Int32Array,
  heads: Int32Array,
): UndirectedGraph {
  if (tails.length !== heads.length) throw new RangeError("tails and heads differ in length");
  const first = new Int32Array(nodeCount + 1);
  for (let arc = 0; arc < tails.length; arc++) {
    const tail = tails[arc]!;
    const head = heads[arc]!;
    if (tail < 0 || tail >= nodeCount || head < 0 || head >= nodeCount) {
      throw new RangeError(`arc ${arc} joins ${tail} and ${head}, not nodes 0..${nodeCount - 1}`);
    }
    if (tail === head) continue;
    first[tail + 1]!++;
    first[head + 1]!++;
  }
  for (let node = 0; node < nodeCount; node++) first[node + 1]! += first[node]!;
  const ends = new Int32Array(first[nodeCount]!);
  const next = first.slice();
  for (let arc = 0; arc < tails.length; arc++) {
    const tail = tails[arc]!;
    const head = heads[arc]!;
    if (tail === head) continue;
    ends[next[tail]!++] = head;
    ends[next[head]!++] = tail;
  }
  return withoutRepeats(nodeCount, first, ends);
}

/** Turning every row round once sorts all of them, so that repeats stand side by side. */
function withoutRepeats(nodeCount: number, first: Int32Array, ends: Int32Array): UndirectedGraph {
  const sorted = new Int32Array(ends.length);
  const filled = first.slice(0, nodeCount);
  for (let node = 0; node < nodeCount; node++) {
    for (let k = first[node]!; k < first[node + 1]!; k++) {
      const row = ends[k]!;
      const at = filled[row]!;
      if (at > first[row]! && sorted[at - 1] === node) continue;
      sorted[at] = node;
      filled[row] = at + 1;
    }
  }
  const firstNeighbour = new Int32Array(nodeCount + 1);
  let count = 0;
  for (let node = 0; node < nodeCount; node++) {
    const begin = first[node]!;
    const end = filled[node]!;
    sorted.copyWithin(count, begin, end);
    count += end - begin;
    firstNeighbour[node + 1] = count;
  }
  return { nodeCount, firstNeighbour, neighbours: sorted.slice(0, count) };
}
