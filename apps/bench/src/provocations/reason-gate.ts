import { type Gate, reasonScore } from "@gradeway/quality-gates";
import type { ReasonCode } from "@gradeway/reason-codes";

import { downloadProvocations } from "./download-provocations.ts";
import { feedProvocations } from "./feed-provocations.ts";
import { figureProvocations } from "./figure-provocations.ts";
import {
  type ProvocationStand,
  type WrapPlanner,
  withProvocationStand,
} from "./provocation-stand.ts";
import { openProvokedApp } from "./provoked-app.ts";
import { regionProvocations } from "./region-provocations.ts";
import { requestProvocations } from "./request-provocations.ts";
import { searchProvocations } from "./search-provocations.ts";
import { signatureProvocations } from "./signature-provocations.ts";
import { terrainProvocations } from "./terrain-provocations.ts";
import { vehicleProvocations } from "./vehicle-provocations.ts";

/** The cause of every reason code; a new code without one does not compile. */
export async function everyProvocation(
  stand: ProvocationStand,
): Promise<Readonly<Record<ReasonCode, () => Promise<unknown>>>> {
  const app = await openProvokedApp(stand);
  return {
    ...requestProvocations(stand, app),
    ...searchProvocations(stand, app),
    ...vehicleProvocations(app),
    ...terrainProvocations(stand),
    ...regionProvocations(stand),
    ...signatureProvocations(stand),
    ...downloadProvocations(stand),
    ...figureProvocations(stand),
    ...feedProvocations(stand),
  };
}

/**
 * The gate of reason codes over a small region of its own, so that it asks the same of the product
 * whichever region is scored.
 *
 * @param wrapPlanner - may stand between the planner and those who ask it
 */
export function reasonGate(wrapPlanner?: WrapPlanner): Gate {
  return {
    ...reasonScore({}),
    measure: () =>
      withProvocationStand(
        async (stand) => reasonScore(await everyProvocation(stand)).measure(),
        wrapPlanner,
      ),
  };
}
