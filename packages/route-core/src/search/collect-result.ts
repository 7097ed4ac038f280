import type { SearchResult, SearchStatus } from "./search-result.ts";

/** Where a kernel keeps what a route is read from, in rows of its label arena. */
export interface RouteColumns {
  readonly stride: number;
  /** First of three columns with the real costs, valid for labels at the destination. */
  readonly costs: number;
  readonly parent: number;
  /** Column of the arc; `arcShift` low bits of it are flags. */
  readonly arc: number;
  readonly arcShift: number;
}

/** What a kernel counted. */
export interface SearchCounts {
  readonly status: SearchStatus;
  readonly pops: number;
  readonly labels: number;
}

/** The result of a search that stopped before it had labels. */
export function emptyResult(status: SearchStatus): SearchResult {
  return {
    status,
    costs: new Int32Array(0),
    paths: [],
    unreachable: status === "complete",
    pops: 0,
    labels: 0,
  };
}

/** Sorts the labels that reached the destination, drops dominated ones, and reads their paths. */
export function collectResult(
  data: Int32Array,
  solutions: readonly number[],
  columns: RouteColumns,
  counts: SearchCounts,
): SearchResult {
  const routes = nonDominated(data, solutions, columns);
  const costs = new Int32Array(routes.length * 3);
  const paths: Int32Array[] = [];
  for (const label of routes) {
    const at = label * columns.stride + columns.costs;
    costs.set(data.subarray(at, at + 3), paths.length * 3);
    paths.push(pathTo(data, label, columns));
  }
  return {
    ...counts,
    costs,
    paths,
    unreachable: counts.status === "complete" && paths.length === 0,
  };
}

function nonDominated(data: Int32Array, solutions: readonly number[], columns: RouteColumns) {
  const offset = (label: number) => label * columns.stride + columns.costs;
  const sorted = [...solutions].sort((x, y) => {
    const a = offset(x);
    const b = offset(y);
    return (
      data[a]! - data[b]! || data[a + 1]! - data[b + 1]! || data[a + 2]! - data[b + 2]! || x - y
    );
  });
  const steps: number[] = [];
  const kept: number[] = [];
  for (const label of sorted) {
    const second = data[offset(label) + 1]!;
    const third = data[offset(label) + 2]!;
    if (addStep(steps, second, third)) kept.push(label);
  }
  return kept;
}

/** Staircase of pairs as a flat list; false when (`second`, `third`) is dominated by one of it. */
function addStep(steps: number[], second: number, third: number): boolean {
  let low = 0;
  let high = steps.length / 2;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (steps[middle * 2]! <= second) low = middle + 1;
    else high = middle;
  }
  if (low > 0 && steps[low * 2 - 1]! <= third) return false;
  if (low > 0 && steps[low * 2 - 2] === second) low--;
  let next = low;
  while (next * 2 < steps.length && steps[next * 2 + 1]! >= third) next++;
  steps.splice(low * 2, (next - low) * 2, second, third);
  return true;
}

function pathTo(data: Int32Array, label: number, columns: RouteColumns): Int32Array {
  const { stride, parent, arc, arcShift } = columns;
  let length = 0;
  for (let id = label; id >= 0; id = data[id * stride + parent]!) length++;
  const path = new Int32Array(length);
  for (let id = label; id >= 0; id = data[id * stride + parent]!) {
    path[--length] = data[id * stride + arc]! >> arcShift;
  }
  return path;
}
