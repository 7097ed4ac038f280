import { buildCostTable } from "../costing/cost-table.ts";
import type { Costing } from "../costing/costing.ts";
import { loadVehicle } from "../costing/longitudinal.ts";
import { energyUnits } from "../costing/objective-costs.ts";
import { buildSpeedChanges } from "../costing/speed-change.ts";
import type { EmptyRunning } from "./emission-report.ts";
import { roundTo } from "./route-figures.ts";
import { consumptionOf } from "./route-parts.ts";
import type { ArcPart } from "./arc-part.ts";

/** What the empty vehicle emits on a route. */
export type EmptyRunner = (legs: readonly (readonly ArcPart[])[]) => EmptyRunning;

/**
 * Drives routes with the empty vehicle, in the search tier.
 *
 * @param share - of all kilometres that are driven empty, at least 0 and less than 1
 */
export function createEmptyRunner(loaded: Costing, share: number): EmptyRunner {
  const { rates } = loaded;
  const empty = unloaded(loaded);
  return (legs) => {
    const { carrier } = rates;
    const units = energyUnits(consumptionOf(empty, legs), carrier);
    return {
      share,
      co2eKg: {
        ttw: roundTo(units * carrier.ttwKgPerUnit, 4),
        wtt: roundTo(units * carrier.wttKgPerUnit, 4),
      },
    };
  };
}

/**
 * The same costing without a load. Only what hangs on the mass is made anew: target speeds and junctions are
 * those of the loaded trip, and nothing that is as large as the graph is gone through for a report.
 */
function unloaded(costing: Costing): Costing {
  const loaded = loadVehicle(costing.vehicle, 0, costing.weather);
  const table = buildCostTable(loaded);
  return {
    ...costing,
    payloadKg: 0,
    loaded,
    table,
    speedChanges: buildSpeedChanges(loaded, table),
  };
}
