import type { Costing } from "../../src/costing/costing.ts";
import { controlCost } from "../../src/costing/junction-control.ts";
import { energyFlowPerS } from "../../src/costing/longitudinal.ts";
import { holdingSpeedKmh, powerLimitedSpeedKmh } from "../../src/costing/speed-on-grade.ts";
import { DIESEL_G_PER_L } from "../../src/costing/vehicle-profile.ts";
import { GRADE_NODES } from "../../src/graph/grade-bins.ts";
import { ROAD_CLASSES } from "../../src/osm/road-class.ts";
import { RATES, SPEED_RULES } from "../vehicles.ts";

/** A place on an edge. */
export interface Place {
  readonly edge: number;
  readonly atM: number;
}

export type Costs = [time: number, money: number, co2e: number];

/** Seconds and energy per metre on a grade, straight from the formulas: no table, no histogram. */
function paceOn(costing: Costing, targetKmh: number, grade: number): [number, number] {
  const { loaded } = costing;
  const kmh = Math.min(
    Math.max(3, Math.round(targetKmh * 2) / 2),
    powerLimitedSpeedKmh(loaded, grade),
    holdingSpeedKmh(loaded, grade),
  );
  return [3.6 / kmh, energyFlowPerS(loaded, kmh / 3.6, grade) / (kmh / 3.6)];
}

/** Costs of a piece of road, by the definition: between two grade nodes costs are interpolated. */
function interpolatedPace(costing: Costing, targetKmh: number, grade: number): [number, number] {
  const steep = Math.min(0.2, Math.max(-0.2, grade));
  const above = GRADE_NODES.findIndex((node) => node >= steep);
  if (above <= 0 || GRADE_NODES[above] === steep) return paceOn(costing, targetKmh, steep);
  const [low, high] = [GRADE_NODES[above - 1]!, GRADE_NODES[above]!];
  const share = (steep - low) / (high - low);
  const [secondsA, gramsA] = paceOn(costing, targetKmh, low);
  const [secondsB, gramsB] = paceOn(costing, targetKmh, high);
  return [secondsA + (secondsB - secondsA) * share, gramsA + (gramsB - gramsA) * share];
}

/** Search costs of part of an arc in whole grains, computed piece by piece. */
export function oracleCosts(costing: Costing, arc: number, fromM: number, toM: number): Costs {
  const { graph } = costing;
  const edge = arc >> 1;
  const back = (arc & 1) === 1;
  const firstHeight = graph.firstHeight[edge]!;
  const pieces = graph.firstHeight[edge + 1]! - firstHeight - 1;
  const pieceM = graph.edgeLengthM[edge]! / pieces;
  let seconds = 0;
  let energy = 0;
  let toll = 0;
  const targetOf = (span: number): number => {
    const rule = SPEED_RULES.classes[ROAD_CLASSES[graph.spanClass[span]!]!];
    const posted = back ? graph.spanSpeedBackwardKmh[span]! : graph.spanSpeedForwardKmh[span]!;
    const { accessKind, maxSpeedKmh } = costing.vehicle;
    const truckKmh = accessKind === "hgv" ? rule.truckLimitKmh : Infinity;
    const limit = Math.min(posted > 0 ? posted : rule.defaultKmh, truckKmh, maxSpeedKmh);
    return Math.max(5, limit * rule.practicalShare);
  };
  let spanStartM = 0;
  for (let span = graph.firstSpan[edge]!; span < graph.firstSpan[edge + 1]!; span++) {
    const spanEndM = graph.spanEndM[span]!;
    for (let piece = 0; piece < pieces; piece++) {
      const metres =
        Math.min(toM, spanEndM, (piece + 1) * pieceM) - Math.max(fromM, spanStartM, piece * pieceM);
      if (metres <= 0) continue;
      const rise = graph.heightM[firstHeight + piece + 1]! - graph.heightM[firstHeight + piece]!;
      const grade = Number.isNaN(rise) || graph.edgeLengthM[edge]! < 8 ? 0 : rise / pieceM;
      const pace = interpolatedPace(costing, targetOf(span), back ? -grade : grade);
      seconds += metres * pace[0];
      energy += metres * pace[1];
    }
    const entryM = back ? spanEndM : spanStartM;
    const pays = (graph.spanTollEntry[span]! & (back ? 2 : 1)) !== 0;
    const enters = back ? entryM > fromM && entryM <= toM : entryM >= fromM && entryM < toM;
    if (pays && enters) toll += costing.tollOfFacility[graph.spanFacility[span]!]!;
    for (let at = graph.firstControl[edge]!; at < graph.firstControl[edge + 1]!; at++) {
      const atM = graph.controlAtM[at]!;
      const isInSpan = atM <= spanEndM && (atM > spanStartM || (atM === 0 && spanStartM === 0));
      const isMet = back ? atM >= fromM && atM < toM : atM > fromM && atM <= toM;
      if (!isInSpan || !isMet || (graph.controlKind[at]! & (back ? 8 : 4)) === 0) continue;
      const target = Math.max(3, Math.round(targetOf(span) * 2) / 2);
      const cost = controlCost(costing.loaded, graph.controlKind[at]!, target);
      seconds += cost.seconds;
      energy += cost.energy;
    }
    spanStartM = spanEndM;
  }
  const litres = energy / DIESEL_G_PER_L;
  const money =
    (seconds * (RATES.driverPerH + RATES.standingPerH)) / 3600 +
    ((toM - fromM) * RATES.runningPerKm) / 1000 +
    litres * RATES.dieselPerL +
    toll;
  const co2e = litres * (RATES.dieselTtwKgPerL + RATES.dieselWttKgPerL);
  return [Math.round(seconds * 100), Math.round(money * 1e4), Math.round(co2e * 1e4)];
}

/**
 * The Pareto front between two places by walking every legal way that repeats no arc. Roads for
 * access only are left out: the drawings that use this have none.
 *
 * @param isAvoided - whether part of an arc is not to be driven; distances from the edge's tail
 */
export function legalFront(
  costing: Costing,
  origin: Place,
  destination: Place,
  isAvoided: (arc: number, fromM: number, toM: number) => boolean = () => false,
): Costs[] {
  const { graph } = costing;
  const level = costing.access.arcLevel;
  const lengthOf = (arc: number): number => graph.edgeLengthM[arc >> 1]!;
  const headOf = (arc: number): number =>
    (arc & 1) === 0 ? graph.edgeHead[arc >> 1]! : graph.edgeTail[arc >> 1]!;
  const kind = costing.vehicle.accessKind === "hgv" ? 1 : 2;
  const isBanned = (a: number, b: number): boolean =>
    graph.banFrom.some(
      (from, i) => from === a && graph.banTo[i] === b && (graph.banKinds[i]! & kind) !== 0,
    );
  const arcs = Array.from({ length: 2 * graph.edgeCount }, (_, arc) => arc).filter(
    (arc) => level[arc] !== 0,
  );
  const whole = new Map(
    arcs.map((arc) => [arc, oracleCosts(costing, arc, 0, lengthOf(arc))] as const),
  );
  const isWholeAvoided = new Map(arcs.map((arc) => [arc, isAvoided(arc, 0, lengthOf(arc))]));
  const startSpan = (arc: number): [number, number] =>
    (arc & 1) === 0 ? [origin.atM, lengthOf(arc)] : [0, origin.atM];
  const endSpan = (arc: number): [number, number] =>
    (arc & 1) === 0 ? [0, destination.atM] : [destination.atM, lengthOf(arc)];
  const found: Costs[] = [];
  const plus = (a: Costs, b: Costs): Costs => [a[0] + b[0], a[1] + b[1], a[2] + b[2]];
  const startOf = (arc: number): Costs => oracleCosts(costing, arc, ...startSpan(arc));
  const endOf = (arc: number): Costs => oracleCosts(costing, arc, ...endSpan(arc));
  const nodeOf = ({ edge, atM }: Place): number | undefined => {
    if (atM < 1e-3) return graph.edgeTail[edge];
    return atM > graph.edgeLengthM[edge]! - 1e-3 ? graph.edgeHead[edge] : undefined;
  };
  const endNode = nodeOf(destination);
  const leave = (
    node: number,
    onward: readonly number[],
    costs: Costs,
    used: ReadonlySet<number>,
  ): void => {
    if (node === endNode) found.push(costs);
    for (const arc of onward) {
      if (endNode === undefined && arc >> 1 === destination.edge) {
        if (!isAvoided(arc, ...endSpan(arc))) found.push(plus(costs, endOf(arc)));
      }
      if (!used.has(arc) && isWholeAvoided.get(arc) === false)
        drive(arc, plus(costs, whole.get(arc)!), new Set([...used, arc]));
    }
  };
  const leaving = (node: number): number[] => arcs.filter((arc) => headOf(arc ^ 1) === node);
  function drive(arrival: number, costs: Costs, used: ReadonlySet<number>): void {
    const node = headOf(arrival);
    const allowed = leaving(node).filter((arc) => !isBanned(arrival, arc));
    const onward = allowed.filter((arc) => arc !== (arrival ^ 1));
    leave(node, onward.length > 0 ? onward : allowed, costs, used);
  }
  const startNode = nodeOf(origin);
  if (startNode !== undefined) {
    leave(startNode, leaving(startNode), [0, 0, 0], new Set());
    return nonDominated(found);
  }
  for (const arc of arcs.filter((one) => one >> 1 === origin.edge)) {
    const forward = (arc & 1) === 0;
    if (origin.edge === destination.edge && endNode === undefined) {
      const [from, to] = forward ? [origin.atM, destination.atM] : [destination.atM, origin.atM];
      if (from <= to && !isAvoided(arc, from, to)) found.push(oracleCosts(costing, arc, from, to));
    }
    if (!isAvoided(arc, ...startSpan(arc))) drive(arc, startOf(arc), new Set());
  }
  return nonDominated(found);
}

function nonDominated(all: readonly Costs[]): Costs[] {
  const sorted = all.toSorted((a, b) => a[0] - b[0] || a[1] - b[1] || a[2] - b[2]);
  const front: Costs[] = [];
  for (const costs of sorted) {
    const isCovered = front.some((other) => other.every((cost, k) => cost <= costs[k]!));
    if (!isCovered) front.push(costs);
  }
  return front;
}
