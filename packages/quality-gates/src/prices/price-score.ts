import type { CostLine, PlannedRoute } from "@gradeway/route-core";

import { caseScore, type JudgedCase } from "../case-score.ts";
import { type Gate, LEAST_SCORE } from "../gate.ts";

/** What a route costs and emits, and by what. */
export type PricedRoute = Pick<PlannedRoute, "id" | "durationS" | "distanceM" | "fuelL"> & {
  readonly cost: Pick<PlannedRoute["cost"], "amount" | "lines">;
  readonly co2eKg: Pick<PlannedRoute["co2eKg"], "ttw" | "wtt">;
};

/** A figure that is multiplied by a factor before routes are priced. */
export const SCALABLE_RATES = [
  "driverPerH",
  "standingPerH",
  "runningPerKm",
  "dieselPerL",
  "dieselTtwKgPerL",
  "dieselWttKgPerL",
] as const;

/** One of {@link SCALABLE_RATES}. */
export type ScalableRate = (typeof SCALABLE_RATES)[number];

/** A region whose prices can be changed. */
export interface PricedRegion {
  /** What the region's tables say, read without the product's resolver. */
  readonly figures: Readonly<Record<ScalableRate, number>>;
  /** The same quickest routes each time, with one rate multiplied. */
  plan(change?: { readonly rate: ScalableRate; readonly factor: number }): readonly PricedRoute[];
}

/** Money of a line by its item, and how much of what it is charged for. */
const LINES = {
  driverPerH: ["driver", ({ durationS }) => durationS / 3600],
  standingPerH: ["standing", ({ durationS }) => durationS / 3600],
  runningPerKm: ["running", ({ distanceM }) => distanceM / 1000],
  dieselPerL: ["fuel", ({ fuelL }) => fuelL ?? Number.NaN],
} as const satisfies Partial<
  Record<ScalableRate, readonly [CostLine["item"], (route: PricedRoute) => number]>
>;
/** Half the last digit of hours, kilometres and litres in an answer. */
const HALF_DIGIT_OF = {
  driverPerH: 0.005 / 3600,
  standingPerH: 0.005 / 3600,
  runningPerKm: 0.05 / 1000,
  dieselPerL: 0.5e-4,
} as const;
const HALF_DIGIT = 0.5e-4;
const FACTOR = 2;
const SLACK = 1e-9;

/** The gate of money and CO2e: what they are made of, and that they are linear in every rate. */
export function priceScore(open: () => Promise<PricedRegion>): Gate {
  return {
    id: "price-lines",
    subsystem: "prices",
    title: "lines of cost and CO2e",
    rationale:
      "Each line of a route's cost is its quantity times the figure of the table, the amount is the sum " +
      "of the lines, and a rate that is doubled doubles its own line and leaves every other alone; the " +
      "same for the two parts of CO2e. The score is the share of right routes of the rate that comes " +
      "off worst.",
    threshold: LEAST_SCORE,
    async measure() {
      const region = await open();
      const plain = region.plan();
      if (plain.length === 0) throw new RangeError("there is no route");
      const cases: JudgedCase[] = [
        ...plain.map((route) => ({ group: "sum", failure: offSum(route) })),
        ...Object.keys(LINES).flatMap((rate) =>
          plain.map((route) => ({
            group: `figure of ${rate}`,
            failure: offFigure(route, rate as keyof typeof LINES, region.figures),
          })),
        ),
        ...SCALABLE_RATES.flatMap((rate) => linearity(region, plain, rate)),
      ];
      return caseScore(cases, { routes: plain.length, rates: SCALABLE_RATES.length });
    },
  };
}

function offSum({ id, cost }: PricedRoute): string | undefined {
  const sum = cost.lines.reduce((total, { amount }) => total + amount, 0);
  const tolerance = HALF_DIGIT * (cost.lines.length + 1) + SLACK;
  return Math.abs(sum - cost.amount) <= tolerance
    ? undefined
    : `route ${id}: the lines add up to ${sum.toFixed(4)}, not ${cost.amount}`;
}

function offFigure(
  route: PricedRoute,
  rate: keyof typeof LINES,
  figures: PricedRegion["figures"],
): string | undefined {
  const [item, quantityOf] = LINES[rate];
  const quantity = quantityOf(route);
  const amount = amountOf(route, item);
  const tolerance = HALF_DIGIT + HALF_DIGIT_OF[rate] * figures[rate] + SLACK;
  return Math.abs(amount - quantity * figures[rate]) <= tolerance
    ? undefined
    : `route ${route.id}: ${item} is ${amount} for ${quantity.toFixed(4)} at ${figures[rate]}`;
}

function linearity(
  region: PricedRegion,
  plain: readonly PricedRoute[],
  rate: ScalableRate,
): JudgedCase[] {
  const changed = region.plan({ rate, factor: FACTOR });
  return plain.map((before, index) => {
    const after = changed[index];
    const group = `linear in ${rate}`;
    if (after?.id !== before.id) return { group, failure: `${rate} moved route ${before.id}` };
    const beforeParts = partsOf(before);
    const afterParts = partsOf(after);
    const own = rate in LINES ? LINES[rate as keyof typeof LINES][0] : rate;
    const wrong = Object.keys(beforeParts).find((part) => {
      const expected = beforeParts[part]! * (part === own ? FACTOR : 1);
      // Both sides are rounded.
      const isRight =
        Math.abs((afterParts[part] ?? Number.NaN) - expected) <= HALF_DIGIT * (1 + FACTOR);
      return !isRight;
    });
    if (wrong === undefined) return { group };
    const failure = `route ${before.id}, ${rate} times ${FACTOR}: ${wrong} went from ${beforeParts[wrong]} to ${afterParts[wrong]}`;
    return { group, failure };
  });
}

/** Amounts by item of cost, and CO2e by the name of its factor. */
function partsOf({ cost, co2eKg }: PricedRoute): Record<string, number> {
  const parts: Record<string, number> = {
    dieselTtwKgPerL: co2eKg.ttw,
    dieselWttKgPerL: co2eKg.wtt,
  };
  for (const { item, amount } of cost.lines) parts[item] = (parts[item] ?? 0) + amount;
  return parts;
}

function amountOf({ cost }: PricedRoute, item: CostLine["item"]): number {
  return cost.lines.reduce((sum, line) => (line.item === item ? sum + line.amount : sum), 0);
}
