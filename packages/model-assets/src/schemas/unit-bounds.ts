/** What a figure of one unit can be, both ends included. */
interface Bounds {
  readonly min: number;
  readonly max: number;
}

/**
 * Rough worth of one euro in other currencies. It only scales the bounds of prices, which span two
 * orders of magnitude; no amount is ever converted.
 */
const UNITS_PER_EURO: Readonly<Record<string, number>> = {
  EUR: 1,
  GBP: 0.85,
  CHF: 0.95,
  USD: 1.1,
  RON: 5,
  PLN: 4.3,
  DKK: 7.5,
  SEK: 11,
  NOK: 11.5,
  CZK: 25,
  HUF: 400,
};

/** Bounds of prices in euros, by what the price is for. */
const PRICE_BOUNDS: Readonly<Record<string, Bounds>> = {
  l: { min: 0.2, max: 6 },
  kWh: { min: 0.01, max: 3 },
  h: { min: 0.5, max: 300 },
  km: { min: 0.005, max: 20 },
  t: { min: 0.5, max: 2000 },
  passage: { min: 0.05, max: 1000 },
  crossing: { min: 0.5, max: 5000 },
  day: { min: 0.5, max: 1000 },
  offence: { min: 10, max: 10_000 },
};

/** Bounds of physical figures, by unit. */
const BOUNDS: Readonly<Record<string, Bounds>> = {
  "km/h": { min: 5, max: 130 },
  "mi/h": { min: 5, max: 80 },
  "kg CO2e/l": { min: 0.001, max: 3.5 },
  "kg CO2e/kWh": { min: 0.0001, max: 1.3 },
  "kg CO2e/(t km)": { min: 0.001, max: 2 },
};

/** Narrower bounds for figures whose physics is known: carbon per litre, upstream shares. */
const BOUNDS_BY_ID: readonly [id: RegExp, bounds: Bounds][] = [
  [/^emission\.diesel(?:-mineral)?\.ttw$/, { min: 2.2, max: 2.8 }],
  [/^emission\.diesel(?:-mineral)?\.wtt$/, { min: 0.3, max: 1.2 }],
  [/^emission\.hvo\.ttw$/, { min: 0.001, max: 0.2 }],
];

/**
 * Tells why a figure cannot be right.
 *
 * @returns undefined for a plausible figure
 */
export function implausibility(id: string, value: number, unit: string): string | undefined {
  const bounds = BOUNDS_BY_ID.find(([pattern]) => pattern.test(id))?.[1] ?? boundsOf(unit);
  if (typeof bounds === "string") return bounds;
  if (value >= bounds.min && value <= bounds.max) return undefined;
  return `${value} ${unit} is not plausible: expected ${bounds.min} to ${bounds.max}`;
}

function boundsOf(unit: string): Bounds | string {
  const physical = BOUNDS[unit];
  if (physical !== undefined) return physical;
  const [currency = "", per = ""] = unit.split("/");
  const price = PRICE_BOUNDS[per];
  if (price === undefined) return `the unit ${unit} is not known`;
  const scale = UNITS_PER_EURO[currency];
  if (scale === undefined) return `the currency ${currency} is not known`;
  return { min: price.min * scale, max: price.max * scale };
}
