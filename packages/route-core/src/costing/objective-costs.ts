import type { Consumption } from "./arc-consumption.ts";
import { GRAINS, LARGEST_COST } from "./grains.ts";
import type { Carrier, CostingRates } from "./rates.ts";

/** Energy of a consumption in its carrier's unit of trade: litres, or kilowatt-hours. */
export function energyUnits({ energy }: Consumption, { energyPerUnit }: Carrier): number {
  return energy / energyPerUnit;
}

/** Money of a consumption in currency units. */
export function moneyOf(consumption: Consumption, rates: CostingRates): number {
  return (
    (consumption.seconds / 3600) * (rates.driverPerH + rates.standingPerH) +
    (consumption.metres / 1000) * rates.runningPerKm +
    energyUnits(consumption, rates.carrier) * rates.carrier.pricePerUnit +
    consumption.toll +
    carbonCostOf(consumption, rates)
  );
}

/** What the carbon price of a request makes of the emissions; 0 without one. */
export function carbonCostOf(consumption: Consumption, rates: CostingRates): number {
  return rates.carbon === undefined
    ? 0
    : (co2eKgOf(consumption, rates) / 1000) * rates.carbon.perTonne;
}

/** CO2e of a consumption in kg, well to wheel. */
export function co2eKgOf(consumption: Consumption, rates: CostingRates): number {
  const { carrier } = rates;
  return energyUnits(consumption, carrier) * (carrier.ttwKgPerUnit + carrier.wttKgPerUnit);
}

/**
 * Writes the three objectives in whole grains, as the search counts them, to `out[at..at + 2]`. What
 * no search can count becomes the largest cost, which every search refuses as an overflow.
 */
export function writeSearchCosts(
  consumption: Consumption,
  rates: CostingRates,
  out: Int32Array | number[],
  at: number,
): void {
  out[at] = wholeGrains(consumption.seconds / GRAINS.time);
  out[at + 1] = wholeGrains(moneyOf(consumption, rates) / GRAINS.money);
  out[at + 2] = wholeGrains(co2eKgOf(consumption, rates) / GRAINS.co2e);
}

/** Not a number is no cost either; an integer array would make nothing of it, and the road free. */
function wholeGrains(grains: number): number {
  return grains < LARGEST_COST ? Math.round(grains) : LARGEST_COST;
}
