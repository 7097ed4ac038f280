import { gradeNodeAt } from "../graph/edge-pieces.ts";
import type { Costing } from "./costing.ts";
import { curvedRow } from "./curve-rows.ts";
import { comesTo } from "./driven-part.ts";
import type { Expense } from "./speed-change.ts";

/**
 * Adds the changes of target speed on part of an edge: between its spans, and between its own speed
 * and that of the node at either end that the part reaches. Only as far as the grade lets the vehicle
 * drive these speeds at all: what a hill takes from the speed it gives back.
 */
export function addSpeedChanges(
  costing: Costing,
  edge: number,
  back: boolean,
  fromM: number,
  toM: number,
  out: Expense,
): void {
  if (fromM === toM) return;
  const { graph, through } = costing;
  const lengthM = graph.edgeLengthM[edge]!;
  const first = graph.firstSpan[edge]!;
  const last = graph.firstSpan[edge + 1]! - 1;
  const rows = back ? costing.spanRowBackward : costing.spanRowForward;
  if (fromM === 0) {
    const node = graph.edgeTail[edge]!;
    const row = curvedRow(costing, edge, 0, rows[first]!);
    const nodeRow = back ? through.rowOn(node, edge) : through.rowTo(node, edge);
    const chance = row < nodeRow ? through.joinChance(node) : 1;
    addChange(costing, edge, back, 0, nodeRow, row, chance, out);
  }
  for (let span = first; span < last; span++) {
    const atM = graph.spanEndM[span]!;
    if (comesTo(atM, back, fromM, toM)) {
      const before = curvedRow(costing, edge, atM, rows[span]!);
      const after = curvedRow(costing, edge, atM, rows[span + 1]!);
      addChange(costing, edge, back, atM, before, after, 1, out);
    }
  }
  if (toM === lengthM) {
    const node = graph.edgeHead[edge]!;
    const row = curvedRow(costing, edge, lengthM, rows[last]!);
    const nodeRow = back ? through.rowTo(node, edge) : through.rowOn(node, edge);
    const chance = row < nodeRow ? through.joinChance(node) : 1;
    addChange(costing, edge, back, lengthM, row, nodeRow, chance, out);
  }
}

/** Adds a change between two rows of the cost table; they are named in the direction of the edge. */
function addChange(
  { graph, speedChanges }: Costing,
  edge: number,
  back: boolean,
  atM: number,
  rowBefore: number,
  rowAfter: number,
  chance: number,
  out: Expense,
): void {
  if (rowBefore === rowAfter) return;
  const fromRow = back ? rowAfter : rowBefore;
  const toRow = back ? rowBefore : rowAfter;
  const grade = gradeNodeAt(graph, edge, back, atM);
  speedChanges.add(grade, fromRow, Math.min(fromRow, toRow), toRow, chance, out);
}
