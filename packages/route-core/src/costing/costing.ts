import { type ArrayTaker, newArrays } from "../array-taker.ts";
import type { RoutingGraph } from "../graph/routing-graph.ts";
import { evaluateAccess, type VehicleAccess } from "./access-rules.ts";
import { type CostShift, costShiftOf } from "./cost-shift.ts";
import { buildCostTable, type CostTable } from "./cost-table.ts";
import { curvedRow, curveRows } from "./curve-rows.ts";
import { loadVehicle, type LoadedVehicle } from "./longitudinal.ts";
import { type CostingRates, ratesOf, type Rates } from "./rates.ts";
import { buildSpeedChanges, type SpeedChanges } from "./speed-change.ts";
import { isSameBothWays, targetSpeedKmh, type SpeedRules } from "./speed-rules.ts";
import { type Weather, weatherEffects } from "./weather.ts";
import { throughSpeeds, type ThroughSpeeds } from "./through-speeds.ts";
import { windRows } from "./span-wind.ts";
import type { VehicleProfile } from "./vehicle-profile.ts";

/** Everything needed to cost arcs of one graph for one vehicle, payload and price set. */
export interface Costing {
  readonly graph: RoutingGraph;
  readonly vehicle: VehicleProfile;
  readonly payloadKg: number;
  readonly loaded: LoadedVehicle;
  readonly rules: SpeedRules;
  readonly weather?: Weather;
  /** Share of the speed in clear weather that is driven. */
  readonly speedShare: number;
  readonly rates: CostingRates;
  readonly table: CostTable;
  readonly speedChanges: SpeedChanges;
  readonly access: VehicleAccess;
  /** Row of the cost table per span, forward and backward. */
  readonly spanRowForward: Int16Array;
  readonly spanRowBackward: Int16Array;
  /** The same among all classes of the wind; where no wind is told, the same columns. */
  readonly windRowForward: Int16Array;
  readonly windRowBackward: Int16Array;
  /** Row of the cost table at which each class of curve is driven at most. */
  readonly curveRow: Int16Array;
  readonly through: ThroughSpeeds;
  /** Toll per facility number (as in `spanFacility`); NaN where no tariff is known. */
  readonly tollOfFacility: Float64Array;
  /** Present where costs can be below zero. */
  readonly shift?: CostShift;
}

/**
 * Prepares the costing of a graph.
 *
 * @param arrays - where what is as large as the graph goes, or where it is already
 * @throws {ReasonError} those of `ratesOf`
 */
export function createCosting(
  graph: RoutingGraph,
  vehicle: VehicleProfile,
  payloadKg: number,
  rules: SpeedRules,
  regionRates: Rates,
  arrays: ArrayTaker = newArrays,
  weather?: Weather,
): Costing {
  const rates = ratesOf(regionRates, vehicle);
  const loaded = loadVehicle(vehicle, payloadKg, weather);
  const speedShare = weather === undefined ? 1 : weatherEffects(weather).speedShare;
  const table = buildCostTable(loaded, arrays);
  const shift = costShiftOf(graph, loaded, rates.carrier, arrays);
  const spanCount = graph.spanEndM.length;
  const spanRowForward = arrays.int16(spanCount);
  const spanRowBackward = arrays.int16(spanCount);
  for (let span = 0; span < (arrays.isFilled ? 0 : spanCount); span++) {
    spanRowForward[span] = table.row(
      targetSpeedKmh(rules, vehicle, graph, span, false, speedShare),
    );
    spanRowBackward[span] = isSameBothWays(graph, span)
      ? spanRowForward[span]!
      : table.row(targetSpeedKmh(rules, vehicle, graph, span, true, speedShare));
  }
  const [windRowForward, windRowBackward] = windRows(
    graph,
    loaded.wind,
    table.rowCount,
    [spanRowForward, spanRowBackward],
    arrays,
  );
  const { tollFacilities } = graph.meta;
  const tollOfFacility = new Float64Array(tollFacilities.length + 1);
  for (const [index, facility] of tollFacilities.entries()) {
    tollOfFacility[index + 1] = rates.tollByFacility[facility.id] ?? Number.NaN;
  }
  const access = evaluateAccess(graph, vehicle, payloadKg, arrays);
  const curveRow = curveRows(vehicle, table);
  const curves = { graph, curveRow };
  const rowAtEnd = (arc: number, isHead: boolean): number => {
    const edge = arc >> 1;
    const back = (arc & 1) === 1;
    const isTail = isHead === back;
    const span = isTail ? graph.firstSpan[edge]! : graph.firstSpan[edge + 1]! - 1;
    const row = (back ? spanRowBackward : spanRowForward)[span]!;
    return curvedRow(curves, edge, isTail ? 0 : graph.edgeLengthM[edge]!, row);
  };
  return {
    graph,
    vehicle,
    payloadKg,
    loaded,
    rules,
    rates,
    table,
    speedChanges: buildSpeedChanges(loaded, table, arrays),
    access,
    spanRowForward,
    spanRowBackward,
    windRowForward,
    windRowBackward,
    curveRow,
    ...(weather === undefined ? {} : { weather }),
    speedShare,
    through: throughSpeeds(
      graph,
      access,
      (arc) => rowAtEnd(arc, false),
      (arc) => rowAtEnd(arc, true),
      arrays,
    ),
    tollOfFacility,
    ...(shift === undefined ? {} : { shift }),
  };
}
