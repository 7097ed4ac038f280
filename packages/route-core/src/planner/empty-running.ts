import { newArrays } from "../array-taker.ts";
import { createCosting, type Costing } from "../costing/costing.ts";
import { energyUnits } from "../costing/objective-costs.ts";
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
  const { graph, vehicle, rules, rates, weather } = loaded;
  const empty = createCosting(graph, vehicle, 0, rules, rates, newArrays, weather);
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
