import { ForbiddenWalks } from "./forbidden-walks.ts";
import type { Costing } from "../../src/costing/costing.ts";
import { stopAt } from "../../src/costing/junction-control.ts";
import { energyFlowPerS } from "../../src/costing/longitudinal.ts";
import { holdingSpeedKmh, powerLimitedSpeedKmh } from "../../src/costing/speed-on-grade.ts";
import { DIESEL_G_PER_L } from "../../src/costing/vehicle-profile.ts";
import { GRADE_NODES, LEVEL_GRADE } from "../../src/graph/grade-bins.ts";
import { RATES } from "../vehicles.ts";
import { curveRowByHand, curvedRowByHand, curvesByHand } from "./curve-oracle.ts";
import { tailAndHead, targetByHand, throughByHand } from "./through-oracle.ts";

/** A place on an edge. */
export interface Place {
  readonly edge: number;
  readonly atM: number;
}

export type Costs = [time: number, money: number, co2e: number];

/** Idle fuel of a diesel vehicle, l/h. */
function idleOf({ vehicle }: Costing): number {
  return vehicle.energy === "diesel" ? vehicle.idleLPerH : Number.NaN;
}

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

/** Number of the grade node nearest to a grade. */
function nearestNode(grade: number): number {
  const off = (node: number): number => Math.abs(GRADE_NODES[node]! - grade);
  return GRADE_NODES.reduce((best, _, node) => (off(node) < off(best) ? node : best), 0);
}

/** Search costs of part of an arc in whole grains, computed piece by piece. */
export function oracleCosts(
  costing: Costing,
  arc: number,
  fromM: number,
  toM: number,
  trip: { readonly departs?: boolean; readonly arrives?: boolean } = {},
): Costs {
  const { graph } = costing;
  const edge = arc >> 1;
  const back = (arc & 1) === 1;
  const firstHeight = graph.firstHeight[edge]!;
  const pieces = graph.firstHeight[edge + 1]! - firstHeight - 1;
  const pieceM = graph.edgeLengthM[edge]! / pieces;
  let seconds = 0;
  let energy = 0;
  let toll = 0;
  const targetOf = (span: number): number => targetByHand(costing, span, back);
  const rowOf = (kmh: number): number => Math.round(kmh * 2);
  const nodeAtM = (atM: number): number => {
    const piece = Math.min(pieces - 1, Math.floor((atM / graph.edgeLengthM[edge]!) * pieces));
    const rise = graph.heightM[firstHeight + piece + 1]! - graph.heightM[firstHeight + piece]!;
    const isLevel = Number.isNaN(rise) || graph.edgeLengthM[edge]! < 8;
    return nearestNode(isLevel ? 0 : (back ? -rise : rise) / pieceM);
  };
  /** Adds a change of speed on the grade at a place. */
  const add = (atM: number, from: number, through: number, to: number, chance = 1): void => {
    const spent = { seconds: 0, energy: 0 };
    costing.speedChanges.add(nodeAtM(atM), from, through, to, chance, spent);
    seconds += spent.seconds;
    energy += spent.energy;
  };
  const between = (atM: number, from: number, to: number, chance = 1): void =>
    add(atM, from, Math.min(from, to), to, chance);
  const spans = Array.from(
    { length: graph.firstSpan[edge + 1]! - graph.firstSpan[edge]! },
    (_, at) => rowOf(targetOf(graph.firstSpan[edge]! + at)),
  );
  const lengthM = graph.edgeLengthM[edge]!;
  const ends = back ? [graph.edgeHead[edge]!, graph.edgeTail[edge]!] : tailAndHead(graph, edge);
  const entry = throughByHand(costing, ends[0]!, arc, false);
  const exit = throughByHand(costing, ends[1]!, arc, true);
  const slowed = (atM: number, row: number): number => curvedRowByHand(costing, edge, atM, row);
  const tailRow = slowed(0, spans[0]!);
  const headRow = slowed(lengthM, spans.at(-1)!);
  const [firstRow, lastRow] = back ? [headRow, tailRow] : [tailRow, headRow];
  const entryM = back ? lengthM : 0;
  if (fromM < toM && (back ? toM === lengthM : fromM === 0)) {
    between(entryM, entry.row, firstRow, firstRow < entry.row ? entry.chance : 1);
  }
  if (fromM < toM && (back ? fromM === 0 : toM === lengthM)) {
    between(lengthM - entryM, lastRow, exit.row, lastRow < exit.row ? exit.chance : 1);
  }
  for (let at = 1; at < spans.length; at++) {
    const jointM = graph.spanEndM[graph.firstSpan[edge]! + at - 1]!;
    const [before, after] = back ? [spans[at]!, spans[at - 1]!] : [spans[at - 1]!, spans[at]!];
    const isMet = back ? jointM >= fromM && jointM < toM : jointM > fromM && jointM <= toM;
    if (isMet) between(jointM, slowed(jointM, before), slowed(jointM, after));
  }
  const spanOf = (atM: number): number => {
    const first = graph.firstSpan[edge]!;
    const found = spans.findIndex((_, at) => graph.spanEndM[first + at]! >= atM);
    return found < 0 ? spans.length - 1 : found;
  };
  const curves = curvesByHand(graph, edge);
  for (const [at, { fromM: borderM, radiusM }] of curves.entries()) {
    const isMet =
      at > 0 && (back ? borderM >= fromM && borderM < toM : borderM > fromM && borderM <= toM);
    if (!isMet) continue;
    const rows = [curves[at - 1]!.radiusM, radiusM].map((metres) =>
      Math.min(spans[spanOf(borderM)]!, curveRowByHand(costing, metres)),
    );
    const [from, to] = back ? [rows[1]!, rows[0]!] : [rows[0]!, rows[1]!];
    if (to > from) energy += costing.speedChanges.riseEnergy(nodeAtM(borderM), from, to);
  }
  const rowAt = (atM: number): number => {
    if (atM < 1e-3) return throughByHand(costing, graph.edgeTail[edge]!).row;
    if (atM > lengthM - 1e-3) return throughByHand(costing, graph.edgeHead[edge]!).row;
    return slowed(atM, spans[spanOf(atM)]!);
  };
  const spentAtRest = { seconds: 0, energy: 0 };
  if (trip.departs === true) {
    costing.speedChanges.add(LEVEL_GRADE, 0, 0, rowAt(back ? toM : fromM), 1, spentAtRest);
  }
  if (trip.arrives === true) {
    costing.speedChanges.add(LEVEL_GRADE, rowAt(back ? fromM : toM), 0, 0, 1, spentAtRest);
  }
  seconds += spentAtRest.seconds;
  energy += spentAtRest.energy;
  let spanStartM = 0;
  for (let span = graph.firstSpan[edge]!; span < graph.firstSpan[edge + 1]!; span++) {
    const spanEndM = graph.spanEndM[span]!;
    const cells = curves.flatMap((curve) =>
      Array.from({ length: pieces }, (_, piece) => ({ ...curve, piece })),
    );
    for (const { piece, radiusM, ...curve } of cells) {
      const metres =
        Math.min(toM, spanEndM, (piece + 1) * pieceM, curve.toM) -
        Math.max(fromM, spanStartM, piece * pieceM, curve.fromM);
      if (metres <= 0) continue;
      const targetKmh = Math.min(targetOf(span), curveRowByHand(costing, radiusM) / 2);
      const rise = graph.heightM[firstHeight + piece + 1]! - graph.heightM[firstHeight + piece]!;
      const grade = Number.isNaN(rise) || graph.edgeLengthM[edge]! < 8 ? 0 : rise / pieceM;
      const pace = interpolatedPace(costing, targetKmh, back ? -grade : grade);
      seconds += metres * pace[0];
      energy += metres * pace[1];
    }
    const tollM = back ? spanEndM : spanStartM;
    const pays = (graph.spanTollEntry[span]! & (back ? 2 : 1)) !== 0;
    const enters = back ? tollM > fromM && tollM <= toM : tollM >= fromM && tollM < toM;
    if (pays && enters) toll += costing.tollOfFacility[graph.spanFacility[span]!]!;
    for (let at = graph.firstControl[edge]!; at < graph.firstControl[edge + 1]!; at++) {
      const atM = graph.controlAtM[at]!;
      const isInSpan = atM <= spanEndM && (atM > spanStartM || (atM === 0 && spanStartM === 0));
      const isMet = back ? atM >= fromM && atM < toM : atM > fromM && atM <= toM;
      if (!isInSpan || !isMet || (graph.controlKind[at]! & (back ? 8 : 4)) === 0) continue;
      const { chance, waitS } = stopAt(graph.controlKind[at]!);
      const row = slowed(atM, rowOf(targetOf(span)));
      add(atM, row, 0, row, chance);
      seconds += chance * waitS;
      energy += (chance * waitS * idleOf(costing) * DIESEL_G_PER_L) / 3600;
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
 * The Pareto front between two places by walking every legal way that does not come back to the same last
 * arcs, as many as forbidden paths look back on, at no less cost. Roads for
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
  const walks = new ForbiddenWalks(graph, kind);
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
  const startOf = (arc: number): Costs =>
    oracleCosts(costing, arc, ...startSpan(arc), { departs: true });
  const endOf = (arc: number): Costs =>
    oracleCosts(costing, arc, ...endSpan(arc), { arrives: true });
  const nodeOf = ({ edge, atM }: Place): number | undefined => {
    if (atM < 1e-3) return graph.edgeTail[edge];
    return atM > graph.edgeLengthM[edge]! - 1e-3 ? graph.edgeHead[edge] : undefined;
  };
  const endNode = nodeOf(destination);
  const standing = ({ edge, atM }: Place, ends: object): Costs =>
    oracleCosts(costing, 2 * edge, atM, atM, nodeOf(origin) === endNode ? {} : ends);
  const atEnd: Costs = endNode === undefined ? [0, 0, 0] : standing(destination, { arrives: true });
  const leave = (
    node: number,
    onward: readonly number[],
    costs: Costs,
    driven: readonly number[],
  ): void => {
    if (node === endNode) found.push(plus(costs, atEnd));
    for (const arc of onward) {
      if (walks.forbid(driven, arc)) continue;
      if (endNode === undefined && arc >> 1 === destination.edge) {
        if (!isAvoided(arc, ...endSpan(arc))) found.push(plus(costs, endOf(arc)));
      }
      if (isWholeAvoided.get(arc) === false) {
        drive([...driven, arc], plus(costs, whole.get(arc)!));
      }
    }
  };
  const leaving = (node: number): number[] => arcs.filter((arc) => headOf(arc ^ 1) === node);
  const known = new Map<string, Costs[]>();
  function drive(driven: readonly number[], costs: Costs): void {
    const memory = walks.memoryOf(driven).join();
    const before = known.get(memory) ?? [];
    if (before.some((other) => other.every((cost, k) => cost <= costs[k]!))) return;
    known.set(memory, [...before, costs]);
    const arrival = driven.at(-1)!;
    const node = headOf(arrival);
    const allowed = leaving(node).filter((arc) => !isBanned(arrival, arc));
    const onward = allowed.filter((arc) => arc !== (arrival ^ 1));
    leave(node, onward.length > 0 ? onward : allowed, costs, driven);
  }
  const startNode = nodeOf(origin);
  if (startNode !== undefined) {
    leave(startNode, leaving(startNode), standing(origin, { departs: true }), []);
    return nonDominated(found);
  }
  for (const arc of arcs.filter((one) => one >> 1 === origin.edge)) {
    const forward = (arc & 1) === 0;
    if (origin.edge === destination.edge && endNode === undefined) {
      const [from, to] = forward ? [origin.atM, destination.atM] : [destination.atM, origin.atM];
      const ends = from < to ? { departs: true, arrives: true } : {};
      if (from <= to && !isAvoided(arc, from, to)) {
        found.push(oracleCosts(costing, arc, from, to, ends));
      }
    }
    if (!isAvoided(arc, ...startSpan(arc))) drive([arc], startOf(arc));
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
