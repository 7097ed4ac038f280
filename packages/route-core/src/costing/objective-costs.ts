import type { Consumption } from "./arc-consumption.ts";
import type { Rates } from "./rates.ts";
import { DIESEL_G_PER_L } from "./vehicle-profile.ts";

/** Size of one search unit: 10 ms, 1e-4 currency units, 100 mg CO2e. */
export const GRAINS = { time: 0.01, money: 1e-4, co2e: 1e-4 } as const;

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
    consumption.toll
  );
}

/** CO2e of a consumption in kg, well to wheel. */
export function co2eKgOf(consumption: Consumption, rates: Rates): number {
  return fuelLitres(consumption) * (rates.dieselTtwKgPerL + rates.dieselWttKgPerL);
}

/** Writes the three objectives in whole grains, as the search counts them, to `out[at..at + 2]`. */
export function writeSearchCosts(
  consumption: Consumption,
  rates: Rates,
  out: Int32Array | number[],
  at: number,
): void {
  out[at] = Math.round(consumption.seconds / GRAINS.time);
  out[at + 1] = Math.round(moneyOf(consumption, rates) / GRAINS.money);
  out[at + 2] = Math.round(co2eKgOf(consumption, rates) / GRAINS.co2e);
}
