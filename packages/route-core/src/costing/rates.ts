/** Prices and factors that turn time, distance and fuel into money and CO2e. */
export interface Rates {
  /** ISO 4217. */
  readonly currency: string;
  readonly driverPerH: number;
  /** Vehicle, insurance, finance, overhead. */
  readonly standingPerH: number;
  /** Tyres and maintenance. */
  readonly runningPerKm: number;
  /** Without value added tax. */
  readonly dieselPerL: number;
  /** Tank to wheel, kg CO2e per litre. */
  readonly dieselTtwKgPerL: number;
  /** Well to tank, kg CO2e per litre. */
  readonly dieselWttKgPerL: number;
  /** Flat toll per passage by facility id. */
  readonly tollByFacility: Readonly<Record<string, number>>;
}
