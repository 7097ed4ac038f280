import { describe, expect, it } from "vitest";

import {
  canonicalText,
  costingKey,
  type CostingInputs,
} from "../../src/costing-store/costing-key.ts";
import { ARTIC, RATES, RIGID, SPEED_RULES } from "../vehicles.ts";

const INPUTS: CostingInputs = {
  vehicle: ARTIC,
  payloadKg: 12_000,
  rules: { ...SPEED_RULES, legalByVehicle: { [ARTIC.id]: { motorway: { kmh: 80 } } } },
  rates: { ...RATES, tollByFacility: { tunnel: 4.5 } },
  objectiveMask: 7,
};

const textOf = (inputs: CostingInputs): string =>
  new TextDecoder().decode(costingKey(inputs).bytes);

/** The same value with one leaf changed, for each leaf. */
function* changes(value: unknown): Generator {
  if (typeof value === "object" && value !== null) {
    for (const [name, part] of Object.entries(value)) {
      for (const changed of changes(part)) yield { ...value, [name]: changed };
    }
    return;
  }
  if (typeof value === "number") yield value + 1e-9;
  else if (typeof value === "boolean") yield !value;
  else yield `${String(value)}x`;
}

/** The same value with the fields of every object set in the opposite order. */
function turned(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  const fields = Object.entries(value).map(([name, part]) => [name, turned(part)]);
  return Object.fromEntries(fields.reverse());
}

describe("the key of a costing", () => {
  it("is another one whatever single input changes", () => {
    const texts = new Set([textOf(INPUTS)]);
    let changed = 0;
    for (const inputs of changes(INPUTS)) {
      texts.add(textOf(inputs as CostingInputs));
      changed++;
    }
    // 24 figures of the vehicle, 45 speeds, 8 rates, payload and objectives at least.
    expect(changed).toBeGreaterThan(75);
    expect(texts.size).toBe(changed + 1);
  });

  it("does not depend on the order of fields", () => {
    expect(Object.keys(turned(INPUTS) as object)).not.toEqual(Object.keys(INPUTS));
    expect(costingKey(turned(INPUTS) as CostingInputs)).toEqual(costingKey(INPUTS));
  });

  it("counts the law for the vehicle itself, not for others", () => {
    const legalByVehicle = { ...INPUTS.rules.legalByVehicle, [RIGID.id]: { minor: { kmh: 60 } } };
    expect(textOf({ ...INPUTS, rules: { ...INPUTS.rules, legalByVehicle } })).toBe(textOf(INPUTS));
    expect(textOf({ ...INPUTS, rules: SPEED_RULES })).not.toBe(textOf(INPUTS));
  });

  it("counts the vehicle's own rates, not those of others", () => {
    const { driverPerH, standingPerH, runningPerKm, tollByFacility } = INPUTS.rates;
    const own = { driverPerH, standingPerH, runningPerKm, tollByFacility };
    const withRates = (id: string, driver: number): string =>
      textOf({
        ...INPUTS,
        rates: { ...INPUTS.rates, byVehicle: { [id]: { ...own, driverPerH: driver } } },
      });
    expect(withRates(RIGID.id, 99)).toBe(textOf(INPUTS));
    expect(withRates(ARTIC.id, driverPerH)).toBe(textOf(INPUTS));
    expect(withRates(ARTIC.id, 99)).not.toBe(textOf(INPUTS));
  });

  it("tells numbers apart that JSON does not know", () => {
    expect(canonicalText({ limit: Infinity })).not.toBe(canonicalText({ limit: null }));
    expect(canonicalText({ limit: Infinity })).not.toBe(canonicalText({ limit: -Infinity }));
  });
});
