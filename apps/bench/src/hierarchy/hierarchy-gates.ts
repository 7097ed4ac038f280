import { budgetGate, type Gate } from "@gradeway/quality-gates";

import type { HierarchyResult } from "./run-hierarchy.ts";

/** Hierarchy arcs of DIMACS New York in the order of a good public tool (RoutingKit). */
const NEW_YORK_ARCS = 1_430_675;
const NEW_YORK_NODES = 264_346;
/** The time of an order, in Dijkstras from one node to all of the same run. */
const ORDER_DIJKSTRAS = 110;
/** Order, hierarchy and customisation of up to two million nodes. */
const PREPARATION_BUDGET_S = 90;
const MEMORY_BUDGET_MB = 4096;

const subsystem = "hierarchy";

/** Judges a measurement: right above all, then no larger and no slower than it must be. */
export function hierarchyGates(result: HierarchyResult): Gate[] {
  const gates = [sameDistances(result), sameOrder(result), preparationTime(result), memory(result)];
  if (result.network.nodes === NEW_YORK_NODES) gates.push(arcs(result), orderTime(result));
  return gates;
}

function sameDistances({ agreement }: HierarchyResult): Gate {
  return {
    id: "hierarchy-distances",
    subsystem,
    title: "queries and potentials equal Dijkstra",
    rationale:
      "A bound that is not exact makes fronts slow; one that is too high makes them wrong.",
    threshold: 100,
    measure: async () => ({
      score: agreement.differences === 0 && agreement.pairs > 0 ? 100 : 0,
      facts: { ...agreement },
      failures: agreement.differences === 0 ? [] : [`${agreement.differences} distances differ`],
    }),
  };
}

function sameOrder({ isSameOrder, threads }: HierarchyResult): Gate {
  return {
    id: "hierarchy-same-order",
    subsystem,
    title: `same order with 1 and ${threads} threads`,
    rationale: "Equal sources give equal bytes, whatever the machine.",
    threshold: 100,
    measure: async () => ({
      score: isSameOrder ? 100 : 0,
      facts: { threads },
      failures: isSameOrder ? [] : ["the orders differ"],
    }),
  };
}

function arcs({ hierarchyArcs }: HierarchyResult): Gate {
  return budgetGate({
    id: "hierarchy-arcs",
    subsystem,
    title: "hierarchy arcs",
    rationale: "No more than the order of a good public tool makes on the same graph.",
    budget: NEW_YORK_ARCS,
    unit: "arcs",
    measure: async () => ({ observed: hierarchyArcs, facts: {} }),
  });
}

function orderTime({ order, dijkstra }: HierarchyResult): Gate {
  return budgetGate({
    id: "hierarchy-order-time",
    subsystem,
    title: "time of the order",
    rationale: "Counted in Dijkstras of the same run, so that the machine does not matter.",
    budget: ORDER_DIJKSTRAS,
    unit: "Dijkstras",
    measure: async () => ({ observed: order.cpuMs / dijkstra.cpuMs, facts: {} }),
  });
}

function preparationTime({ order, build, customizeThree }: HierarchyResult): Gate {
  return budgetGate({
    id: "hierarchy-preparation",
    subsystem,
    title: "CPU time of order, hierarchy and customisation",
    rationale: "What the design allows for two million nodes.",
    budget: PREPARATION_BUDGET_S,
    unit: "s",
    measure: async () => ({
      observed: (order.cpuMs + build.cpuMs + customizeThree.cpuMs) / 1000,
      facts: {},
    }),
  });
}

function memory({ peakRssMb }: HierarchyResult): Gate {
  return budgetGate({
    id: "hierarchy-memory",
    subsystem,
    title: "peak memory of the whole run",
    rationale: "What the design allows for two million nodes.",
    budget: MEMORY_BUDGET_MB,
    unit: "MB",
    measure: async () => ({ observed: peakRssMb, facts: {} }),
  });
}
