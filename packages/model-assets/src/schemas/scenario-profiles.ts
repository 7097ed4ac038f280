import { z } from "zod";

import { checkOrigin, rowOrigin, rowTable } from "./dated-row.ts";
import type { DeepReadonly } from "./deep-readonly.ts";

/** How much shippers and carriers share. */
export const SCENARIO_MODES = ["no_sharing", "partial_sharing", "full_sharing"] as const;

const share = z.number().min(0).max(1);

/** Levers of a mode of sharing. Each acts on what is moved or known, never on the physics. */
export const scenarioProfile = z
  .strictObject({
    ...rowOrigin,
    mode: z.enum(SCENARIO_MODES),
    /** Payload on loaded legs as a share of the most. */
    loadFactor: share,
    /** Share of the distance driven empty. */
    emptyShare: share,
    /** Age of the traffic information used, minutes; null: historical means only. */
    informationAgeMin: z.number().min(0).max(1440).nullable(),
    /** Whether routes use predicted traffic and shared incidents. */
    prediction: z.boolean(),
    dwellMeanMin: z.number().min(0).max(600),
    dwellCov: z.number().min(0).max(3),
    /** Additional distance for consolidating loads, as a share. */
    detourShare: share,
    /** Whose sites and accounts are used for energy and tolls. */
    sites: z.enum(["public", "partner", "pooled"]),
  })
  .check(checkOrigin);

/** Levers of a mode of sharing. */
export type ScenarioProfileRow = DeepReadonly<z.infer<typeof scenarioProfile>>;

/** The modes of sharing of a region. */
export const scenarioProfiles = rowTable(scenarioProfile);
