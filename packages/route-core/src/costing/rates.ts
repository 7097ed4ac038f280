import { ReasonError, type ReasonErrorData } from "@gradeway/reason-codes";

import type { CarbonPrice } from "./carbon-price.ts";
import { WH_PER_KWH } from "./energy-model.ts";
import { DIESEL_G_PER_L, type VehicleProfile } from "./vehicle-profile.ts";

/** What running one vehicle costs by time and distance, and what tolls it pays. */
export interface VehicleRates {
  readonly driverPerH: number;
  /** Vehicle, insurance, finance, overhead. */
  readonly standingPerH: number;
  /** Tyres and maintenance. */
  readonly runningPerKm: number;
  /** Flat toll per passage by facility id; a facility that is absent has no known toll. */
  readonly tollByFacility: Readonly<Record<string, number>>;
}

/** What a kilowatt-hour costs and emits. */
export interface ElectricityRates {
  /** At the haulier's own depot, without value added tax. */
  readonly perKwh: number;
  /** Generation, grid losses and what lies before them, kg CO2e per kWh: all of it is well to tank. */
  readonly wttKgPerKwh: number;
}

/** Prices and factors that turn time, distance and energy into money and CO2e. */
export interface Rates extends VehicleRates {
  /** ISO 4217. */
  readonly currency: string;
  /** Without value added tax. */
  readonly dieselPerL: number;
  /** Tank to wheel, kg CO2e per litre. */
  readonly dieselTtwKgPerL: number;
  /** Well to tank, kg CO2e per litre. */
  readonly dieselWttKgPerL: number;
  /** Or why there are none, which is told to whoever asks for a battery vehicle. */
  readonly electricity?: ElectricityRates | ReasonErrorData;
  /** Part of the money where a request asks for it. */
  readonly carbon?: CarbonPrice;
  /** Vehicles whose costs or tolls are others, by id. */
  readonly byVehicle?: Readonly<Record<string, VehicleRates>>;
}

/** What a vehicle runs on: its unit of trade, and what that costs and emits. */
export interface Carrier {
  readonly kind: "diesel" | "electricity";
  /** Energy as consumption counts it per unit of trade: energy per litre, watt-hours per kWh. */
  readonly energyPerUnit: number;
  readonly pricePerUnit: number;
  readonly ttwKgPerUnit: number;
  readonly wttKgPerUnit: number;
}

/** The rates of one vehicle. */
export interface CostingRates extends Rates {
  readonly carrier: Carrier;
}

/**
 * The rates of one vehicle.
 *
 * @throws {ReasonError} why there is no price or factor of electricity: figure_missing,
 *   figure_not_in_force, figure_stale, figure_currency_mismatch, asset_invalid
 */
export function ratesOf(
  rates: Rates,
  vehicle: Pick<VehicleProfile, "id" | "energy">,
): CostingRates {
  const carrier = vehicle.energy === "battery" ? electricityOf(rates) : dieselOf(rates);
  return { ...rates, ...rates.byVehicle?.[vehicle.id], carrier };
}

function dieselOf({ dieselPerL, dieselTtwKgPerL, dieselWttKgPerL }: Rates): Carrier {
  return {
    kind: "diesel",
    energyPerUnit: DIESEL_G_PER_L,
    pricePerUnit: dieselPerL,
    ttwKgPerUnit: dieselTtwKgPerL,
    wttKgPerUnit: dieselWttKgPerL,
  };
}

function electricityOf({ electricity }: Rates): Carrier {
  if (electricity === undefined) {
    throw new ReasonError("figure_missing", "The region has no price of electricity.", {
      figure: "electricity.depot",
    });
  }
  if ("reasonCode" in electricity) throw ReasonError.fromJSON(electricity);
  return {
    kind: "electricity",
    energyPerUnit: WH_PER_KWH,
    pricePerUnit: electricity.perKwh,
    // Nothing is burnt on the road.
    ttwKgPerUnit: 0,
    wttKgPerUnit: electricity.wttKgPerKwh,
  };
}
