import type { HierarchyEnd, LazyPotentials } from "./lazy-potentials.ts";

/**
 * Distances from several starts to several targets, one row of a matrix at a time.
 *
 * @param potentials made with the direction `from-ends`
 * @param starts each with its own costs; one row per start
 * @param targets graph nodes
 * @returns for start s and target t, `metricCount` costs from `(s * targets.length + t) * metricCount`;
 *   INF = there is no path
 */
export function costMatrix(
  potentials: LazyPotentials,
  starts: readonly HierarchyEnd[],
  targets: Int32Array,
): Int32Array {
  const { metricCount, values } = potentials;
  const matrix = new Int32Array(starts.length * targets.length * metricCount);
  let at = 0;
  for (const start of starts) {
    potentials.begin([start]);
    for (let k = 0; k < targets.length; k++) {
      const from = potentials.at(targets[k]!);
      for (let metric = 0; metric < metricCount; metric++) matrix[at++] = values[from + metric]!;
    }
  }
  return matrix;
}
