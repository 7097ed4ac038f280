import {
  CONTROL_GIVE_WAY,
  CONTROL_KIND_MASK,
  CONTROL_SIGNALS,
  CONTROL_STOP,
} from "../graph/routing-graph.ts";
import { idleFlowGPerS, restartFuelG, type LoadedVehicle } from "./longitudinal.ts";

/** Nobody approaches a controlled junction faster than this, km/h. */
const APPROACH_KMH = 50;
const ACCELERATION_MPS2 = 0.7;
const DECELERATION_MPS2 = 1;

/** Chance of a stop and mean wait in s, a truck's slow start included (freight model 3.5). */
const STOPS: Readonly<Record<number, { readonly chance: number; readonly waitS: number }>> = {
  [CONTROL_SIGNALS]: { chance: 0.5, waitS: 17 },
  [CONTROL_STOP]: { chance: 1, waitS: 3 },
  [CONTROL_GIVE_WAY]: { chance: 0.5, waitS: 3 },
};

/** Expected delay and fuel of a junction control. */
export interface ControlCost {
  readonly seconds: number;
  readonly grams: number;
}

/** Expected cost of meeting a control when driving at a target speed. */
export function controlCost(loaded: LoadedVehicle, kind: number, targetKmh: number): ControlCost {
  const { chance, waitS } = STOPS[kind & CONTROL_KIND_MASK]!;
  const speedMps = Math.min(APPROACH_KMH, targetKmh) / 3.6;
  const lostS = speedMps / (2 * ACCELERATION_MPS2) + speedMps / (2 * DECELERATION_MPS2);
  return {
    seconds: chance * (waitS + lostS),
    grams: chance * (restartFuelG(loaded, speedMps) + idleFlowGPerS(loaded) * waitS),
  };
}
