import type { CarbonPrice } from "./carbon-price.ts";

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

/** Prices and factors that turn time, distance and fuel into money and CO2e. */
export interface Rates extends VehicleRates {
  /** ISO 4217. */
  readonly currency: string;
  /** Without value added tax. */
  readonly dieselPerL: number;
  /** Tank to wheel, kg CO2e per litre. */
  readonly dieselTtwKgPerL: number;
  /** Well to tank, kg CO2e per litre. */
  readonly dieselWttKgPerL: number;
  /** Part of the money where a request asks for it. */
  readonly carbon?: CarbonPrice;
  /** Vehicles whose costs or tolls are others, by id. */
  readonly byVehicle?: Readonly<Record<string, VehicleRates>>;
}

/** The rates of one vehicle. */
export function ratesOf(rates: Rates, vehicleId: string): Rates {
  return { ...rates, ...rates.byVehicle?.[vehicleId] };
}
