import type { Consumption } from "../costing/arc-consumption.ts";
import { carbonCostOf, co2eKgOf, energyUnits, moneyOf } from "../costing/objective-costs.ts";
import type { CostingRates } from "../costing/rates.ts";
import type { DriverSchedule } from "../evaluation/driver-hours.ts";
import { REQUIRED_COVERAGE_RATIO } from "../graph/sample-heights.ts";
import type { Climb } from "./edge-courses.ts";
import type { CostLine, PlannedRoute } from "./plan-types.ts";

/** What a route takes; the same for every tier that it was driven in. */
export type RouteFigures = Omit<
  PlannedRoute,
  "id" | "iso14083" | "geometry" | "annotations" | "searchCosts" | "tierDeviation" | "tags"
>;

/**
 * Figures of a route from what driving it takes, and the stops of its driver.
 *
 * @param source - where the heights come from
 */
export function routeFigures(
  consumption: Consumption,
  climb: Climb,
  rates: CostingRates,
  tollLines: readonly CostLine[],
  source: string,
  schedule: DriverSchedule,
): RouteFigures {
  const { carrier } = rates;
  const units = energyUnits(consumption, carrier);
  const [durationS, amount, total] = tripValues(consumption, rates, schedule);
  const drivingS = roundTo(consumption.seconds, 2);
  const distanceM = roundTo(consumption.metres, 1);
  const coverageRatio = coverageOf(consumption);
  const isKnown = coverageRatio >= REQUIRED_COVERAGE_RATIO;
  return {
    durationS,
    drivingS,
    breakS: schedule.breakS,
    restS: schedule.restS,
    driverHours: {
      rule: schedule.rule,
      stops: schedule.stops.map((stop) => ({
        ...stop,
        afterDrivingS: roundTo(stop.afterDrivingS, 2),
      })),
    },
    distanceM,
    cost: {
      amount,
      currency: rates.currency,
      lines: [
        ...runningLines(consumption, rates, schedule),
        ...tollLines,
        ...carbonLines(consumption, rates),
      ],
    },
    co2eKg: {
      ttw: roundTo(units * carrier.ttwKgPerUnit, 4),
      wtt: roundTo(units * carrier.wttKgPerUnit, 4),
      total,
    },
    ...(carrier.kind === "diesel"
      ? { fuelL: roundTo(units, 4) }
      : { energyKwh: roundTo(units, 4) }),
    ascentM: isKnown ? roundTo(climb.ascentM, 1) : null,
    descentM: isKnown ? roundTo(climb.descentM, 1) : null,
    legs: [{ durationS: drivingS, distanceM }],
    terrain: { source, coverageRatio: roundTo(coverageRatio, 6) },
  };
}

/** Values of the objectives, in the order of OBJECTIVES: seconds, currency units, kg CO2e. */
export function objectiveValues(
  consumption: Consumption,
  rates: CostingRates,
): [timeS: number, money: number, co2eKg: number] {
  return [
    roundTo(consumption.seconds, 2),
    roundTo(moneyOf(consumption, rates), 4),
    roundTo(co2eKgOf(consumption, rates), 4),
  ];
}

/** Values of the objectives as a trip has them: breaks take time and pay, daily rests only time. */
export function tripValues(
  consumption: Consumption,
  rates: CostingRates,
  { breakS, restS }: DriverSchedule,
): [timeS: number, money: number, co2eKg: number] {
  const paid = { ...consumption, seconds: consumption.seconds + breakS };
  const [paidS, money, co2eKg] = objectiveValues(paid, rates);
  return [roundTo(paidS + restS, 2), money, co2eKg];
}

/** Share of the length whose grade is known. */
export function coverageOf({
  metres,
  voidMetres,
}: Pick<Consumption, "metres" | "voidMetres">): number {
  return metres > 0 ? Math.max(0, 1 - voidMetres / metres) : 1;
}

function runningLines(
  consumption: Consumption,
  rates: CostingRates,
  { breakS }: DriverSchedule,
): CostLine[] {
  const hours = (consumption.seconds + breakS) / 3600;
  const breaks = breakS === 0 ? "" : `, ${(breakS / 3600).toFixed(2)} h of them breaks`;
  const km = consumption.metres / 1000;
  const { currency, carrier } = rates;
  const units = energyUnits(consumption, carrier);
  const unit = carrier.kind === "diesel" ? "l" : "kWh";
  return [
    {
      item: "driver",
      amount: roundTo(hours * rates.driverPerH, 4),
      detail: `${hours.toFixed(3)} h at ${rates.driverPerH} ${currency}/h${breaks}`,
    },
    {
      item: "standing",
      amount: roundTo(hours * rates.standingPerH, 4),
      detail: `${hours.toFixed(3)} h at ${rates.standingPerH} ${currency}/h${breaks}`,
    },
    {
      item: "running",
      amount: roundTo(km * rates.runningPerKm, 4),
      detail: `${km.toFixed(2)} km at ${rates.runningPerKm} ${currency}/km`,
    },
    {
      item: carrier.kind === "diesel" ? "fuel" : "electricity",
      amount: roundTo(units * carrier.pricePerUnit, 4),
      detail: `${units.toFixed(2)} ${unit} at ${carrier.pricePerUnit} ${currency}/${unit} without VAT`,
    },
  ];
}

function carbonLines(consumption: Consumption, rates: CostingRates): CostLine[] {
  const { carbon, currency } = rates;
  if (carbon === undefined) return [];
  const kg = co2eKgOf(consumption, rates);
  return [
    {
      item: "carbon",
      amount: roundTo(carbonCostOf(consumption, rates), 4),
      detail: `${kg.toFixed(2)} kg CO2e at ${carbon.perTonne} ${currency}/t (${carbon.name})`,
    },
  ];
}

/** A value with at most `digits` decimals. */
export function roundTo(value: number, digits: number): number {
  const factor = 10 ** digits;
  return Math.round(value * factor) / factor;
}
