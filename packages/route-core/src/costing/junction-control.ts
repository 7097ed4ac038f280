import {
  CONTROL_GIVE_WAY,
  CONTROL_KIND_MASK,
  CONTROL_SIGNALS,
  CONTROL_STOP,
} from "../graph/routing-graph.ts";

/** How likely a control stops who drives up to it, and for how long on average. */
export interface ControlStop {
  readonly chance: number;
  readonly waitS: number;
}

/** Chance of a stop and mean wait in s, a truck's slow start included (freight model 3.5). */
const STOPS: Readonly<Record<number, ControlStop>> = {
  [CONTROL_SIGNALS]: { chance: 0.5, waitS: 17 },
  [CONTROL_STOP]: { chance: 1, waitS: 3 },
  [CONTROL_GIVE_WAY]: { chance: 0.5, waitS: 3 },
};

/** The stop of a control, by its kind. */
export function stopAt(kind: number): ControlStop {
  return STOPS[kind & CONTROL_KIND_MASK]!;
}
