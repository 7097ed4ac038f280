import { CURVE_CLASSES } from "../graph/curve-classes.ts";
import { isStraight } from "../graph/curve-columns.ts";
import { addCurvedGrades, createCurvedHistogram } from "../graph/curved-grades.ts";
import { VOID_SLOT } from "../graph/edge-pieces.ts";
import { GRADE_COUNT, LEVEL_GRADE, mirrorBin, VOID_BIN } from "../graph/grade-bins.ts";
import { SPAN_TOLL, TOLL_ENTRY_BACKWARD, TOLL_ENTRY_FORWARD } from "../graph/routing-graph.ts";
import type { Costing } from "./costing.ts";
import { addArcControls } from "./arc-controls.ts";
import { addCurveRises } from "./arc-curves.ts";
import { addSpeedChanges } from "./arc-speed-changes.ts";

/** What driving some arcs takes; accumulated in place. */
export interface Consumption {
  seconds: number;
  /** In the unit of the vehicle's carrier: energy of diesel, or watt-hours. */
  energy: number;
  metres: number;
  /** Metres whose grade is unknown; they are costed as level. */
  voidMetres: number;
  toll: number;
  /** Facility numbers paid, in driving order. */
  readonly facilities: number[];
  /** True when a toll road was used whose tariff is not known. */
  tollUnresolved: boolean;
}

/** An empty consumption. */
export function createConsumption(): Consumption {
  return {
    seconds: 0,
    energy: 0,
    metres: 0,
    voidMetres: 0,
    toll: 0,
    facilities: [],
    tollUnresolved: false,
  };
}

/** Makes a consumption empty again. */
export function resetConsumption(consumption: Consumption): void {
  consumption.seconds = 0;
  consumption.energy = 0;
  consumption.metres = 0;
  consumption.voidMetres = 0;
  consumption.toll = 0;
  // Setting a length is slow, and most arcs have no toll.
  if (consumption.facilities.length > 0) consumption.facilities.length = 0;
  consumption.tollUnresolved = false;
}

/** Adds a whole arc, from the stored histograms. */
export function addArc(costing: Costing, arc: number, out: Consumption): void {
  const { graph } = costing;
  const { firstBin, binLengthM, binGrade, binCurve } = graph;
  const edge = arc >> 1;
  const back = (arc & 1) === 1;
  const isCurved = !isStraight(graph, edge);
  const { secondsPerM, energyPerM } = costing.table;
  const { curveRow } = costing;
  const speedRows = back ? costing.spanRowBackward : costing.spanRowForward;
  const rows = back ? costing.windRowBackward : costing.windRowForward;
  const last = graph.firstSpan[edge + 1]! - 1;
  let { seconds, energy, voidMetres } = out;
  for (let span = graph.firstSpan[edge]!; span <= last; span++) {
    const speedRow = speedRows[span]!;
    const straightRow = rows[span]!;
    const end = firstBin[span + 1]!;
    for (let bin = firstBin[span]!; bin < end; bin++) {
      const metres = binLengthM[bin]!;
      const stored = binGrade[bin]!;
      if (stored === VOID_BIN) voidMetres += metres;
      const grade = stored === VOID_BIN ? LEVEL_GRADE : back ? mirrorBin(stored) : stored;
      const slowerBy = isCurved ? Math.max(0, speedRow - curveRow[binCurve[bin]!]!) : 0;
      const row = (straightRow - slowerBy) * GRADE_COUNT;
      seconds += metres * secondsPerM[row + grade]!;
      energy += metres * energyPerM[row + grade]!;
    }
  }
  out.seconds = seconds;
  out.energy = energy;
  out.voidMetres = voidMetres;
  out.metres += graph.edgeLengthM[edge]!;
  const lengthM = graph.edgeLengthM[edge]!;
  addTolls(costing, edge, back, 0, lengthM, out);
  addArcControls(costing, edge, back, 0, lengthM, out);
  addSpeedChanges(costing, edge, back, 0, lengthM, out);
  if (isCurved) addCurveRises(costing, edge, back, 0, lengthM, out);
}

/**
 * Adds part of an arc between two distances from the *edge's tail*, `fromM <= toM`, in the arc's
 * direction of travel, from the stored heights. The whole arc in two parts costs the same as in one.
 */
export function addArcPart(
  costing: Costing,
  arc: number,
  fromM: number,
  toM: number,
  out: Consumption,
): void {
  const { graph } = costing;
  const edge = arc >> 1;
  const back = (arc & 1) === 1;
  const { secondsPerM, energyPerM } = costing.table;
  const { curveRow } = costing;
  const speedRows = back ? costing.spanRowBackward : costing.spanRowForward;
  const rows = back ? costing.windRowBackward : costing.windRowForward;
  const curved = createCurvedHistogram(isStraight(graph, edge) ? 1 : CURVE_CLASSES);
  let spanFromM = 0;
  for (let span = graph.firstSpan[edge]!; span < graph.firstSpan[edge + 1]!; span++) {
    const spanToM = graph.spanEndM[span]!;
    const start = Math.max(fromM, spanFromM);
    const end = Math.min(toM, spanToM);
    spanFromM = spanToM;
    if (end <= start) continue;
    for (const histogram of curved) histogram.fill(0);
    addCurvedGrades(graph, edge, start, end, curved);
    for (const [inClass, histogram] of curved.entries()) {
      const slowerBy = Math.max(0, speedRows[span]! - curveRow[inClass]!);
      const row = (rows[span]! - slowerBy) * GRADE_COUNT;
      for (let slot = 0; slot <= VOID_SLOT; slot++) {
        const metres = histogram[slot]!;
        if (metres === 0) continue;
        if (slot === VOID_SLOT) out.voidMetres += metres;
        const grade = slot === VOID_SLOT ? LEVEL_GRADE : back ? mirrorBin(slot) : slot;
        out.seconds += metres * secondsPerM[row + grade]!;
        out.energy += metres * energyPerM[row + grade]!;
      }
    }
  }
  out.metres += toM - fromM;
  addTolls(costing, edge, back, fromM, toM, out);
  addArcControls(costing, edge, back, fromM, toM, out);
  addSpeedChanges(costing, edge, back, fromM, toM, out);
  addCurveRises(costing, edge, back, fromM, toM, out);
}

/** A facility is paid where the part drives over the beginning of its charged span. */
function addTolls(
  costing: Costing,
  edge: number,
  back: boolean,
  fromM: number,
  toM: number,
  out: Consumption,
): void {
  const { graph, tollOfFacility } = costing;
  const first = graph.firstSpan[edge]!;
  const entryBit = back ? TOLL_ENTRY_BACKWARD : TOLL_ENTRY_FORWARD;
  for (let span = first; span < graph.firstSpan[edge + 1]!; span++) {
    const isToll = (graph.spanFlags[span]! & SPAN_TOLL) !== 0;
    const isEntry = (graph.spanTollEntry[span]! & entryBit) !== 0;
    if (!isToll && !isEntry) continue;
    const startM = span === first ? 0 : graph.spanEndM[span - 1]!;
    const endM = graph.spanEndM[span]!;
    const driven = Math.min(toM, endM) > Math.max(fromM, startM);
    if (driven && isToll) out.tollUnresolved = true;
    if (!isEntry) continue;
    const entered = back ? endM <= toM && endM > fromM : startM >= fromM && startM < toM;
    if (!entered) continue;
    const facility = graph.spanFacility[span]!;
    const toll = tollOfFacility[facility]!;
    out.facilities.push(facility);
    if (Number.isNaN(toll)) out.tollUnresolved = true;
    else out.toll += toll;
  }
}
