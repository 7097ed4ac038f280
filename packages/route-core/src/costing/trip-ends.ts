import { LEVEL_GRADE } from "../graph/grade-bins.ts";
import { nodeAt } from "../graph/node-at.ts";
import type { Costing } from "./costing.ts";
import { curvedRow } from "./curve-rows.ts";
import type { Expense } from "./speed-change.ts";

/** Adds what it takes to set off from rest at a place on an arc; see `addArrival`. */
export function addDeparture(costing: Costing, arc: number, atM: number, out: Expense): void {
  costing.speedChanges.add(LEVEL_GRADE, 0, 0, rowAt(costing, arc, atM), 1, out);
}

/** Adds what it takes to come to rest at a place on an arc, `atM` from the tail of its edge. */
export function addArrival(costing: Costing, arc: number, atM: number, out: Expense): void {
  costing.speedChanges.add(LEVEL_GRADE, rowAt(costing, arc, atM), 0, 0, 1, out);
}

/** Row at which a place on an arc is driven; on a junction that of the junction. */
function rowAt(costing: Costing, arc: number, atM: number): number {
  const { graph } = costing;
  const edge = arc >> 1;
  const node = nodeAt(graph, { edge, atM });
  if (node >= 0) return costing.through.row[node]!;
  const rows = (arc & 1) === 1 ? costing.spanRowBackward : costing.spanRowForward;
  let span = graph.firstSpan[edge]!;
  while (graph.spanEndM[span]! < atM && span + 1 < graph.firstSpan[edge + 1]!) span++;
  return curvedRow(costing, edge, atM, rows[span]!);
}
