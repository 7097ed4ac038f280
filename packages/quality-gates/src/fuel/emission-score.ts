import type { PlannedRoute } from "@gradeway/route-core";

import { caseScore, type JudgedCase } from "../case-score.ts";
import { type Gate, LEAST_SCORE } from "../gate.ts";

/** Kilograms of CO2e per litre of diesel. */
export interface DieselFactors {
  /** Burnt: tank to wheel. */
  readonly ttw: number;
  /** For making it: well to tank. */
  readonly wtt: number;
}

/**
 * What the UK published for average diesel at filling stations (DESNZ conversion factors; freight
 * model, section 3.7 G), by the first day on which it holds.
 */
export const OFFICIAL_DIESEL: readonly (readonly [validFrom: string, DieselFactors])[] = [
  ["2023-06-07", { ttw: 2.51206, wtt: 0.61101 }],
  ["2024-07-08", { ttw: 2.51279, wtt: 0.61101 }],
  ["2025-06-10", { ttw: 2.57082, wtt: 0.61101 }],
  ["2026-06-11", { ttw: 2.58354, wtt: 0.61101 }],
];

/** What routes of a region emit, and what it says they should. */
export interface EmittingRegion {
  /** ISO date of the region's figures. */
  readonly on: string;
  readonly factors: DieselFactors;
  readonly routes: readonly Pick<PlannedRoute, "id" | "fuelL" | "co2eKg">[];
}

/** Half of the last digit of litres and kilograms in an answer. */
const HALF_DIGIT = 0.5e-4;
/** Rounding of the calculation itself. */
const SLACK = 1e-9;

/** The gate of CO2e per litre, in tables and in routes. */
export function emissionScore(
  open: () => Promise<EmittingRegion>,
  official: readonly (readonly [validFrom: string, DieselFactors])[] = OFFICIAL_DIESEL,
): Gate {
  return {
    id: "emission-factors",
    subsystem: "emissions",
    title: "CO2e per litre",
    rationale:
      "A region's factors of diesel must be those that were published for its day, and every route must " +
      "emit exactly its litres times the factor, from tank to wheel, from well to tank and in sum. The " +
      "score is the share of right ones among factors or routes, whichever is less.",
    threshold: LEAST_SCORE,
    async measure() {
      const { on, factors, routes } = await open();
      const expected = official.findLast(([validFrom]) => validFrom <= on)?.[1];
      if (expected === undefined) throw new RangeError(`no factor was published by ${on}`);
      if (routes.length === 0) throw new RangeError("there is no route");
      const parts = ["ttw", "wtt"] as const;
      const factorCases = parts.map((part): JudgedCase => {
        const isRight = factors[part] === expected[part];
        const failure = `${part} of ${on} is ${factors[part]} kg/l, published are ${expected[part]} kg/l`;
        return { group: "factors", ...(isRight ? {} : { failure }) };
      });
      const routeCases = routes.map((route): JudgedCase => {
        const failure = offFactor(route, expected);
        return { group: "routes", failure };
      });
      return caseScore([...factorCases, ...routeCases], { on, ...factors, routes: routes.length });
    },
  };
}

function offFactor(
  { id, fuelL = Number.NaN, co2eKg }: EmittingRegion["routes"][number],
  { ttw, wtt }: DieselFactors,
): string | undefined {
  const pairs = [
    ["ttw", co2eKg.ttw, ttw],
    ["wtt", co2eKg.wtt, wtt],
    ["total", co2eKg.total, ttw + wtt],
  ] as const;
  for (const [part, kg, factor] of pairs) {
    // Litres and kilograms are each rounded to four digits.
    if (!(Math.abs(kg - fuelL * factor) <= HALF_DIGIT * (1 + factor) + SLACK)) {
      return `${part} of route ${id}: ${kg} kg for ${fuelL} l, which is not ${factor} kg/l`;
    }
  }
  return undefined;
}
