import type { Arc } from "./road-graph.ts";

/** A rough 27 t truck: enough to tell the three roads apart, no more. */
const MASS_KG = 27_350;
const GRAVITY = 9.81;
const ROLLING = 0.0065;
const DRAG_KG_PER_M = 0.5 * 1.2 * 5.5;
const MAX_POWER_W = 310_000;
const JOULES_PER_LITRE = 0.43 * 36e6;
const IDLE_LITRES_PER_H = 2.5;
const EUR_PER_H = 38;
const EUR_PER_M = 0.16 / 1000;
const EUR_PER_LITRE = 1.2;
const CO2E_KG_PER_LITRE = 3.19;

const TRUCK_KMH: Readonly<Record<string, number>> = {
  motorway: 85,
  motorway_link: 45,
  trunk: 70,
  primary: 70,
  secondary: 60,
  tertiary: 48,
  unclassified: 45,
  residential: 25,
  service: 10,
};

export interface Costs {
  readonly timeS: number;
  readonly moneyEur: number;
  readonly co2eKg: number;
}

export function isOpenToTrucks({ tags }: Arc): boolean {
  const isClosed =
    ["no", "destination", "delivery"].includes(tags["hgv"] ?? "") || tags["access"] === "private";
  const hasLimit = [
    "maxweight",
    "maxweightrating:hgv",
    "maxaxleload",
    "maxwidth",
    "maxlength",
  ].some((key) => tags[key] !== undefined);
  return (
    !isClosed && !hasLimit && !(Number(tags["maxheight"] ?? 9) < 4) && tags["route"] === undefined
  );
}

/** The toll is spread over the tunnel, whose whole length a passage always drives. */
export function truckCosts({ lengthM, riseM, tags }: Arc, tollEur: number, tunnelM: number): Costs {
  const signedKmh = Number(tags["maxspeed:hgv"] ?? tags["maxspeed"] ?? 50);
  const limitKmh = Math.min(TRUCK_KMH[tags["highway"]!] ?? 10, signedKmh);
  const grade = Math.min(Math.max(riseM / lengthM, -0.12), 0.12);
  const forceN = (speedMs: number): number =>
    MASS_KG * GRAVITY * (ROLLING + grade) + DRAG_KG_PER_M * speedMs * speedMs;
  let speedMs = limitKmh / 3.6;
  while (forceN(speedMs) * speedMs > MAX_POWER_W) speedMs -= 0.1;
  const timeS = lengthM / speedMs;
  const litres =
    (Math.max(0, forceN(speedMs)) * lengthM) / JOULES_PER_LITRE +
    (timeS / 3600) * IDLE_LITRES_PER_H;
  const toll = tags["name"] === "Ridge Tunnel" ? (tollEur * lengthM) / tunnelM : 0;
  return {
    timeS,
    moneyEur: (timeS / 3600) * EUR_PER_H + lengthM * EUR_PER_M + litres * EUR_PER_LITRE + toll,
    co2eKg: litres * CO2E_KG_PER_LITRE,
  };
}
