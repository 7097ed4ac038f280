import {
  addArc,
  addArcPart,
  type Consumption,
  createConsumption,
} from "../costing/arc-consumption.ts";
import type { Costing } from "../costing/costing.ts";
import { writeSearchCosts } from "../costing/objective-costs.ts";
import { addArrival, addDeparture } from "../costing/trip-ends.ts";
import { decodeGraph } from "../graph/graph-codec.ts";
import { nodeAt } from "../graph/node-at.ts";
import { type ArcPart, arrivalM, departureM } from "./arc-part.ts";
import { createCostingCache } from "./costing-cache.ts";
import { createRouteEvaluation } from "./evaluate-routes.ts";
import type { PlanRequest } from "./plan-types.ts";
import { createPreparation } from "./prepare-costing.ts";
import { driveRoute } from "./present-route.ts";
import { ownCostingMemory } from "./region-costings.ts";
import type { RegionData } from "./region-data.ts";
import { objectiveValues } from "./route-figures.ts";
import { isWholeEdge, staysAtPlace } from "./route-parts.ts";

/** What driving parts of arcs from rest to rest takes; values in the order of OBJECTIVES. */
export interface PartsFigures {
  /** In grains, as the search counts them. */
  readonly searchCosts: readonly [time: number, money: number, co2e: number];
  /** Seconds, currency units and kg CO2e of the evaluation tier, on the heights of the graph. */
  readonly evaluated: readonly [timeS: number, money: number, co2eKg: number];
}

/**
 * Drives parts of arcs, without a gap, with the vehicle and prices of a request, whichever planner over
 * the same roads found them.
 *
 * @throws {ReasonError} vehicle_profile_unavailable, payload_exceeds_limit, carbon_price_unknown,
 *   figure_not_in_force
 */
export type DriveParts = (request: PlanRequest, parts: readonly ArcPart[]) => PartsFigures;

/**
 * Creates what tells how dear a given route is in a region: one that was found on other heights, say.
 *
 * @throws {ReasonError} asset_version_unsupported, asset_invalid
 */
export function createPartsCosting(region: RegionData): DriveParts {
  const graph = decodeGraph(region.graph);
  const costings = createCostingCache({
    region,
    prepare: createPreparation(graph),
    memory: ownCostingMemory(graph, undefined, undefined),
    token: 1,
  });
  const evaluate = createRouteEvaluation();
  return (request, parts) => {
    const { costing } = costings.prepare(request, () => undefined);
    try {
      const searchCosts = searchCostsOf(costing, parts);
      const [route] = evaluate(costing, [driveRoute(costing, [parts], searchCosts)], () => true)!;
      return { searchCosts, evaluated: objectiveValues(route!.consumption, costing.rates) };
    } finally {
      costings.release();
    }
  };
}

/** Each part in whole grains, as the search adds them up; an end at a junction counts by itself. */
function searchCostsOf(
  costing: Costing,
  parts: readonly ArcPart[],
): [time: number, money: number, co2e: number] {
  const { graph } = costing;
  const sum: [number, number, number] = [0, 0, 0];
  const costs = [0, 0, 0];
  const count = (consumption: Consumption): void => {
    writeSearchCosts(consumption, costing.rates, costs, 0);
    for (let k = 0; k < 3; k++) sum[k]! += costs[k]!;
  };
  const isJunction = (arc: number, atM: number): boolean =>
    nodeAt(graph, { edge: arc >> 1, atM }) >= 0;
  const [first, last] = [parts[0]!, parts.at(-1)!];
  const moves = !staysAtPlace(graph, first, last);
  for (const part of parts) {
    const { arc } = part;
    const consumption = createConsumption();
    if (isWholeEdge(costing.graph, part)) addArc(costing, arc, consumption);
    else addArcPart(costing, arc, part.fromM, part.toM, consumption);
    const end = (addEnd: typeof addDeparture, atM: number): void => {
      const own = isJunction(arc, atM) ? createConsumption() : consumption;
      addEnd(costing, arc, atM, own);
      if (own !== consumption) count(own);
    };
    if (moves && part === first) end(addDeparture, departureM(part));
    if (moves && part === last) end(addArrival, arrivalM(part));
    count(consumption);
  }
  return sum;
}
