import { ALL_TABLES, type AssetTables, DEFAULT_TABLES } from "@gradeway/model-assets";
import type { RoutePlanner } from "@gradeway/route-core";

import type { WrapSampler } from "../score/sample-terrain.ts";

/** Something that is broken on purpose, and the gate that has to notice. */
export type Fault = {
  readonly name: string;
  /** Id of the gate that must fail. */
  readonly gate: string;
  /** Part of what that gate must say. */
  readonly reason: RegExp;
} & (
  | {
      /** Tables of a region that is built for it, scored by a process of its own. */
      readonly kind: "assets";
      readonly subsystem: string;
      readonly tables: Partial<AssetTables>;
    }
  | { readonly kind: "sampler"; readonly wrap: WrapSampler }
  | { readonly kind: "front"; readonly wrap: (planner: RoutePlanner) => RoutePlanner }
  | { readonly kind: "planner"; readonly wrap: (planner: RoutePlanner) => RoutePlanner }
);

/** The faults of the brief for the gate, each in the place where the real one would be. */
export const FAULTS: readonly Fault[] = [
  {
    name: "a broken fuel coefficient",
    gate: "fuel-anchors",
    reason: /^artic-40t at /,
    kind: "assets",
    subsystem: "fuel",
    tables: { "vehicle-profiles": withSlope("artic-40t", 1.05) },
  },
  {
    name: "a void read as zero",
    gate: "terrain-heights",
    reason: /^void read as 0\.0 m/,
    kind: "sampler",
    wrap: voidsAsZero,
  },
  {
    name: "a dominated route in a front",
    gate: "front-agreement",
    reason: /on the exact front is dominated/,
    kind: "front",
    wrap: withDominatedRoute,
  },
  {
    name: "a stale price",
    gate: "price-freshness",
    reason: /^fuel\.diesel is stale: of 2024-01-01/,
    kind: "assets",
    subsystem: "prices",
    tables: { "fuel-prices": staleDiesel() },
  },
  {
    name: "a flipped toll class",
    gate: "toll-passages",
    reason: /^ad-envalira, artic-40t/,
    kind: "assets",
    subsystem: "tolls",
    tables: { "toll-tariffs": withFlippedClasses("ad-envalira") },
  },
  {
    name: "a search three times as slow",
    gate: "regression-pareto-1pct",
    reason: /times the baseline/,
    kind: "planner",
    wrap: (planner) => repeating(planner, 3),
  },
  {
    name: "a pair that throws",
    gate: "failed-work",
    reason: /Error: this pair fails/,
    kind: "planner",
    wrap: failingAt(7),
  },
];

/** The Willans slope of one vehicle multiplied. */
function withSlope(id: string, factor: number): AssetTables["vehicle-profiles"] {
  return ALL_TABLES["vehicle-profiles"].map((row) =>
    row.id === id && row.energy === "diesel"
      ? { ...row, willansSlopeGPerKwh: row.willansSlopeGPerKwh * factor }
      : row,
  );
}

function staleDiesel(): AssetTables["fuel-prices"] {
  return DEFAULT_TABLES["fuel-prices"].map((row) =>
    row.id === "fuel.diesel" ? { ...row, validFrom: "2024-01-01" } : row,
  );
}

/** Vehicles with two axles pay what those with more should, and the other way round. */
function withFlippedClasses(facility: string): AssetTables["toll-tariffs"] {
  return DEFAULT_TABLES["toll-tariffs"].map((row) => {
    const { axles } = row.vehicles;
    if (row.facility !== facility || axles === undefined) return row;
    const other = axles.to === undefined ? { to: 2 } : { above: 2 };
    return { ...row, vehicles: { ...row.vehicles, axles: other } };
  });
}

function voidsAsZero(sampler: Parameters<WrapSampler>[0]): ReturnType<WrapSampler> {
  return {
    async sample(lonLat, out, options) {
      const summary = await sampler.sample(lonLat, out, options);
      for (const [at, heightM] of out.entries()) if (Number.isNaN(heightM)) out[at] = 0;
      return summary;
    },
  };
}

/** Gives the last route of each front once more, a little dearer. */
function withDominatedRoute(planner: RoutePlanner): RoutePlanner {
  return {
    ...planner,
    planPareto(request, control) {
      const answer = planner.planPareto(request, control);
      const last = answer.routes.at(-1)!;
      const [time, money, co2e] = last.searchCosts;
      const dearer = { ...last, searchCosts: [time, money + 1, co2e] as const };
      return { ...answer, routes: [...answer.routes, dearer] };
    },
  };
}

/** Does everything several times over and gives the last answer. */
function repeating(planner: RoutePlanner, times: number): RoutePlanner {
  return {
    ...planner,
    planRoute(request, control) {
      for (let extra = 1; extra < times; extra++) planner.planRoute(request, control);
      return planner.planRoute(request, control);
    },
    planPareto(request, control) {
      for (let extra = 1; extra < times; extra++) planner.planPareto(request, control);
      return planner.planPareto(request, control);
    },
  };
}

/** A planner whose trip of a number fails. */
function failingAt(number: number): (planner: RoutePlanner) => RoutePlanner {
  return (planner) => {
    let asked = 0;
    return {
      ...planner,
      planRoute(request, control) {
        // Those of the warm-up come first.
        if (++asked === WARM_UP + number) throw new Error("this pair fails");
        return planner.planRoute(request, control);
      },
    };
  };
}

const WARM_UP = 20;
