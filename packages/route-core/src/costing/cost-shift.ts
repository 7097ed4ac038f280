import { type ArrayTaker, newArrays } from "../array-taker.ts";
import { heightAt } from "../graph/edge-pieces.ts";
import type { RoutingGraph } from "../graph/routing-graph.ts";
import { GRAVITY, type LoadedVehicle } from "./longitudinal.ts";
import { GRAINS, LARGEST_COST } from "./grains.ts";
import { fillPotentialHeights } from "./potential-heights.ts";
import type { Carrier } from "./rates.ts";

/**
 * What makes the costs of a battery vehicle countable for a search, which knows no negative ones: a
 * potential per place (Johnson, J. ACM 24 (1977)), in grains of each objective.
 *
 * The potential is the energy that a descent from the place would bring back, were nothing lost but in
 * motor and battery: mass x gravity x height x the share that regeneration returns. An arc costs the
 * search its own cost less what the potential rises by. So every way from s to t costs it exactly
 * P(s) - P(t) more than it costs, whichever way it is.
 */
export interface CostShift {
  /** Height per node that the potential rests on. */
  readonly heightM: Float64Array;
  /** Grains per metre of height, by objective; nothing for time. */
  readonly grainsPerM: readonly [time: number, money: number, co2e: number];
}

/**
 * The shift of a vehicle's costs; undefined where no cost is below zero.
 *
 * @param arrays - where the heights go, or where they are already
 */
export function costShiftOf(
  graph: RoutingGraph,
  { model, massKg }: LoadedVehicle,
  carrier: Carrier,
  arrays: ArrayTaker = newArrays,
): CostShift | undefined {
  if (!model.regenerates) return undefined;
  const heightM = arrays.float64(graph.nodeCount);
  if (!arrays.isFilled) fillPotentialHeights(graph, heightM);
  const whPerM = (massKg * GRAVITY * model.overrunFactor * model.slopePerKwh) / 3.6e6;
  const unitsPerM = whPerM / carrier.energyPerUnit;
  return {
    heightM,
    grainsPerM: [
      0,
      (unitsPerM * carrier.pricePerUnit) / GRAINS.money,
      (unitsPerM * (carrier.ttwKgPerUnit + carrier.wttKgPerUnit)) / GRAINS.co2e,
    ],
  };
}

/** Potential of a node in an objective, in grains; rounded, so that it is the same for all its arcs. */
export function potentialAtNode(shift: CostShift, objective: number, node: number): number {
  return Math.round(shift.grainsPerM[objective]! * shift.heightM[node]!);
}

/** Potential of a place on an edge; that of the node at either end. */
export function potentialOnEdge(
  graph: RoutingGraph,
  shift: CostShift,
  objective: number,
  edge: number,
  atM: number,
): number {
  const lengthM = graph.edgeLengthM[edge]!;
  if (atM <= 0) return potentialAtNode(shift, objective, graph.edgeTail[edge]!);
  if (atM >= lengthM) return potentialAtNode(shift, objective, graph.edgeHead[edge]!);
  return Math.round(shift.grainsPerM[objective]! * heightOnEdge(graph, shift, edge, atM));
}

/** The edge's own height, moved so that it meets those of the nodes; a straight line in a void. */
function heightOnEdge(
  graph: RoutingGraph,
  { heightM }: CostShift,
  edge: number,
  atM: number,
): number {
  const lengthM = graph.edgeLengthM[edge]!;
  const share = atM / lengthM;
  const line = (tailM: number, headM: number): number => tailM + (headM - tailM) * share;
  const nodesM = line(heightM[graph.edgeTail[edge]!]!, heightM[graph.edgeHead[edge]!]!);
  const ownM =
    heightAt(graph, edge, atM) - line(heightAt(graph, edge, 0), heightAt(graph, edge, lengthM));
  return Number.isNaN(ownM) ? nodesM : nodesM + ownM;
}

/**
 * Takes the rise of the potential off costs in grains, at `out[at + 1]` and `out[at + 2]`. Where heights
 * do not fit together (next to voids and to steps that are no road), the potential can fall by more than
 * an arc gives back: the arc then costs nothing, which is more than it should. What no search can count
 * stays so.
 */
export function shiftCosts(
  out: Int32Array | number[],
  at: number,
  moneyRise: number,
  co2eRise: number,
): void {
  const money = out[at + 1]!;
  const co2e = out[at + 2]!;
  if (money < LARGEST_COST) out[at + 1] = Math.max(0, money - moneyRise);
  if (co2e < LARGEST_COST) out[at + 2] = Math.max(0, co2e - co2eRise);
}

/**
 * Arcs that cost a search nothing in an objective that the shift is about: those whose cost was raised
 * to nothing (see {@link shiftCosts}), and a few of some metres that rounding brings there.
 *
 * @param weights - three per arc, as `arcWeights` makes them
 * @param objectiveMask - see `arcWeights`
 */
export function countRaisedArcs(
  { grainsPerM }: CostShift,
  weights: Int32Array,
  objectiveMask: number,
): number {
  const shifted = [1, 2].filter((k) => (objectiveMask & (1 << k)) !== 0 && grainsPerM[k]! > 0);
  let raised = 0;
  for (let at = 0; at < weights.length; at += 3) {
    if (shifted.some((k) => weights[at + k] === 0)) raised++;
  }
  return raised;
}
