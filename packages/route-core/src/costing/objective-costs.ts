import { INF } from "../search/search-graph.ts";
import type { Consumption } from "./arc-consumption.ts";
import type { Rates } from "./rates.ts";
import { DIESEL_G_PER_L } from "./vehicle-profile.ts";

/** Size of one search unit: 10 ms, 1e-4 currency units, 100 mg CO2e. */
export const GRAINS = { time: 0.01, money: 1e-4, co2e: 1e-4 } as const;

const LARGEST_COST = INF - 1;

/** Litres of a consumption. */
export function fuelLitres(consumption: Consumption): number {
  return consumption.grams / DIESEL_G_PER_L;
}

/** Money of a consumption in currency units. */
export function moneyOf(consumption: Consumption, rates: Rates): number {
  return (
    (consumption.seconds / 3600) * (rates.driverPerH + rates.standingPerH) +
    (consumption.metres / 1000) * rates.runningPerKm +
    fuelLitres(consumption) * rates.dieselPerL +
    consumption.toll +
    carbonCostOf(consumption, rates)
  );
}

/** What the carbon price of a request makes of the emissions; 0 without one. */
export function carbonCostOf(consumption: Consumption, rates: Rates): number {
  return rates.carbon === undefined
    ? 0
    : (co2eKgOf(consumption, rates) / 1000) * rates.carbon.perTonne;
}

/** CO2e of a consumption in kg, well to wheel. */
export function co2eKgOf(consumption: Consumption, rates: Rates): number {
  return fuelLitres(consumption) * (rates.dieselTtwKgPerL + rates.dieselWttKgPerL);
}

/**
 * Writes the three objectives in whole grains, as the search counts them, to `out[at..at + 2]`. What
 * no search can count becomes the largest cost, which every search refuses as an overflow.
 */
export function writeSearchCosts(
  consumption: Consumption,
  rates: Rates,
  out: Int32Array | number[],
  at: number,
): void {
  out[at] = Math.min(LARGEST_COST, Math.round(consumption.seconds / GRAINS.time));
  out[at + 1] = Math.min(LARGEST_COST, Math.round(moneyOf(consumption, rates) / GRAINS.money));
  out[at + 2] = Math.min(LARGEST_COST, Math.round(co2eKgOf(consumption, rates) / GRAINS.co2e));
}
