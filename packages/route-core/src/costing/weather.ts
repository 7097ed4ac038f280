/** Rain or snow; the words are those of the Highway Capacity Manual. */
export const PRECIPITATIONS = [
  "none",
  "light_rain",
  "heavy_rain",
  "light_snow",
  "heavy_snow",
] as const;

export type Precipitation = (typeof PRECIPITATIONS)[number];

/** Mean wind at the height of the vehicle. */
export interface Wind {
  /** 0 to 40. */
  readonly speedMps: number;
  /** Where it comes from, degrees clockwise from north, 0 to 360. */
  readonly fromDeg: number;
}

/** The weather of a whole trip. */
export interface Weather {
  /** Of the air, degrees Celsius, -50 to 55; default 15. */
  readonly temperatureC?: number;
  /** Of the air at the height of the road, not reduced to sea level, hPa, 500 to 1,100; default 1,013.25. */
  readonly pressureHpa?: number;
  /** Default: the mean over a wind of 3 m/s from anywhere, which the drag of a vehicle allows for. */
  readonly wind?: Wind;
  readonly precipitation?: Precipitation;
  /** Fog, smoke or spray: less than about 400 m. */
  readonly lowVisibility?: boolean;
}

/** What weather does to a vehicle, whatever it carries. */
export interface WeatherEffects {
  /** kg/m^3. */
  readonly airDensity: number;
  /** On rolling resistance. */
  readonly rollingFactor: number;
  /** On the target speed of every road. */
  readonly speedShare: number;
}

/** Standard atmosphere at sea level (ISO 2533). */
const STANDARD_TEMPERATURE_C = 15;
const STANDARD_PRESSURE_HPA = 1013.25;
/** Specific gas constant of dry air, J/(kg K) (ISO 2533). */
const DRY_AIR = 287.05287;
const CELSIUS_ZERO_K = 273.15;

/** Rolling resistance rises by this share for each degree below 15 C (freight model 3.6). */
const COLD_ROLLING_PER_K = 0.006;

/** A film of water or snow on the road: an engineering estimate (freight model 3.6); snow as heavy rain. */
const WET_ROLLING: Readonly<Record<Precipitation, number>> = {
  none: 1,
  light_rain: 1.1,
  heavy_rain: 1.2,
  light_snow: 1.2,
  heavy_snow: 1.2,
};

/** Share of the speed in clear weather that is driven (SHRP 2 L08, 65 mph). */
const SPEED_SHARE: Readonly<Record<Precipitation, number>> = {
  none: 1,
  light_rain: 0.98,
  heavy_rain: 0.93,
  light_snow: 0.88,
  heavy_snow: 0.83,
};
const LOW_VISIBILITY_SHARE = 0.93;

/** Cabin heat of a battery vehicle, kW per degree below; an engine's own heat costs nothing. */
const HEATING = { belowC: 18, kwPerK: 0.18 };
/** Cabin cooling, kW per degree above. */
const COOLING = { aboveC: 24, kwPerK: 0.12 };

/** Effects of a weather. Of rain or snow and low visibility, the one that slows down more counts. */
export function weatherEffects(weather: Weather): WeatherEffects {
  const { temperatureC = STANDARD_TEMPERATURE_C, precipitation = "none" } = weather;
  const { pressureHpa = STANDARD_PRESSURE_HPA, lowVisibility = false } = weather;
  const cold = 1 + COLD_ROLLING_PER_K * Math.max(0, STANDARD_TEMPERATURE_C - temperatureC);
  return {
    airDensity: (100 * pressureHpa) / (DRY_AIR * (temperatureC + CELSIUS_ZERO_K)),
    rollingFactor: cold * WET_ROLLING[precipitation],
    speedShare: Math.min(SPEED_SHARE[precipitation], lowVisibility ? LOW_VISIBILITY_SHARE : 1),
  };
}

/** Power for the cabin's climate, kW (freight model 3.2). */
export function climateKw(
  { temperatureC = STANDARD_TEMPERATURE_C }: Weather,
  energy: "diesel" | "battery",
): number {
  const heating = HEATING.kwPerK * Math.max(0, HEATING.belowC - temperatureC);
  const cooling = COOLING.kwPerK * Math.max(0, temperatureC - COOLING.aboveC);
  return cooling + (energy === "battery" ? heating : 0);
}
