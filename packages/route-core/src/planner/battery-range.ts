import { ReasonError } from "@gradeway/reason-codes";

import { createConsumption } from "../costing/arc-consumption.ts";
import type { Costing } from "../costing/costing.ts";
import { WH_PER_KWH } from "../costing/energy-model.ts";
import type { BatteryState } from "./battery-state.ts";
import type { RouteLimits } from "./plan-constraints.ts";
import { roundTo } from "./route-figures.ts";
import { drivePart, consumptionOf } from "./route-parts.ts";
import type { ArcPart } from "./arc-part.ts";

/**
 * Limits of a request with the battery's: all that a battery vehicle emits comes from its energy, so
 * that a limit on the one is a limit on the other. Without a factor for that, the battery limits nothing
 * here, and routes are only looked at afterwards.
 */
export function limitsWithBattery(
  limits: RouteLimits,
  { availableKwh }: BatteryState,
  kgPerKwh: number,
): RouteLimits {
  if (kgPerKwh <= 0) return limits;
  const rangeKg = availableKwh * kgPerKwh;
  return { ...limits, maxCo2eKg: Math.min(limits.maxCo2eKg ?? Infinity, rangeKg) };
}

/**
 * The most that a route has drawn at any of its junctions on balance since the start, kWh. A full
 * battery takes nothing back: what a descent brings then is lost.
 *
 * @param legs - in driving order
 */
export function deepestDrawKwh(
  costing: Costing,
  legs: readonly (readonly ArcPart[])[],
  { headroomKwh }: BatteryState,
): number {
  let drawnKwh = 0;
  let deepestKwh = 0;
  const draw = (energyWh: number): void => {
    drawnKwh = Math.max(drawnKwh + energyWh / WH_PER_KWH, -headroomKwh);
    deepestKwh = Math.max(deepestKwh, drawnKwh);
  };
  for (const parts of legs) {
    const energies = parts.map((part) => {
      const sum = createConsumption();
      drivePart(costing, part, sum);
      return sum.energy;
    });
    // To set off and to come to rest takes the remainder; it is drawn at the start.
    const whole = consumptionOf(costing, [parts]).energy;
    draw(energies.reduce((rest, energy) => rest - energy, whole));
    for (const energy of energies) draw(energy);
  }
  return deepestKwh;
}

/**
 * Routes that the battery lasts for at every place, by index.
 *
 * @param driven - the most that each one drew at any place, Wh; see `Driven`
 * @throws {ReasonError} vehicle_range_exceeded when there are none
 */
export function routesInRange(
  driven: readonly { readonly deepest: number }[],
  battery: BatteryState | undefined,
): number[] {
  const all = [...driven.keys()];
  if (battery === undefined) return all;
  const drawKwh = (index: number): number => driven[index]!.deepest / WH_PER_KWH;
  const kept = all.filter((index) => drawKwh(index) <= battery.availableKwh);
  if (kept.length === 0) throw rangeExceeded(Math.min(...all.map(drawKwh)), battery);
  return kept;
}

/** The refusal of a trip that is too far for the battery. */
export function rangeExceeded(
  neededKwh: number,
  { usableKwh, availableKwh, stateOfCharge, reserve }: BatteryState,
): ReasonError<"vehicle_range_exceeded"> {
  const needed = roundTo(neededKwh, 1);
  const available = roundTo(availableKwh, 1);
  return new ReasonError(
    "vehicle_range_exceeded",
    `The trip takes at least ${needed} kWh, and ${available} kWh may be drawn.`,
    { neededKwh: needed, availableKwh: available, usableKwh, stateOfCharge, reserve },
  );
}
