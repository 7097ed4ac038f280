import { ReasonError } from "@gradeway/reason-codes";
import type { Rates } from "@gradeway/route-core";

import type { DatedRow } from "./schemas/dated-row.ts";

const TOLL_PREFIX = "toll.";

/**
 * Turns rows into the rates of a costing. Every amount of money must be in the region's currency.
 *
 * @throws {ReasonError} asset_invalid when a row is missing or in another unit
 */
export function resolveRates(rows: readonly DatedRow[], currency: string): Rates {
  const valueOf = (id: string, unit: string): number => {
    const row = rows.find((one) => one.id === id);
    if (row === undefined) throw invalidRow(id, "the row is missing");
    if (row.unit !== unit) throw invalidRow(id, `the unit is ${row.unit}, not ${unit}`);
    return row.value;
  };
  const tollByFacility: Record<string, number> = {};
  for (const row of rows) {
    if (!row.id.startsWith(TOLL_PREFIX)) continue;
    tollByFacility[row.id.slice(TOLL_PREFIX.length)] = valueOf(row.id, `${currency}/passage`);
  }
  return {
    currency,
    driverPerH: valueOf("operating.driver", `${currency}/h`),
    standingPerH: valueOf("operating.standing", `${currency}/h`),
    runningPerKm: valueOf("operating.running", `${currency}/km`),
    dieselPerL: valueOf("fuel.diesel", `${currency}/l`),
    dieselTtwKgPerL: valueOf("emission.diesel.ttw", "kg CO2e/l"),
    dieselWttKgPerL: valueOf("emission.diesel.wtt", "kg CO2e/l"),
    tollByFacility,
  };
}

function invalidRow(id: string, problem: string): ReasonError<"asset_invalid"> {
  return new ReasonError("asset_invalid", `The rate ${id} cannot be used: ${problem}.`, {
    asset: "rates",
    issues: [{ pointer: `/${id}`, message: problem }],
  });
}
