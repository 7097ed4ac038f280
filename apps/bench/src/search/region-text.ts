import { textTable } from "@gradeway/quality-gates";

import { countSteps, EPSILON_STEPS } from "../epsilon-steps.ts";
import { distributionOf, shown } from "../distribution.ts";
import { BAND_NAMES } from "./distance-bands.ts";
import {
  REGION_EPSILONS,
  type RegionAnytime,
  type RegionNetworkResult,
  type RegionResult,
  type RegionSearch,
} from "./run-region.ts";

/** A measurement: per network preparation, times by distance, and how far searches got. */
export function regionText(result: RegionResult): string {
  const { networks, deadlineMs, seed, compared, differences } = result;
  const blocks = networks.flatMap((network) => [
    preparationText(network),
    timesText(network.searches),
    reachedText(network.searches),
    anytimeText(network.anytime),
  ]);
  blocks.push(
    `${compared} fronts compared: ${differences} differences; deadline ${deadlineMs} ms; seed ${seed}`,
  );
  for (const [at, network] of networks.slice(1).entries()) {
    if (network.nodes > networks[at]!.nodes) blocks.push(growthText(networks[at]!, network));
  }
  return blocks.join("\n\n");
}

function preparationText(network: RegionNetworkResult): string {
  const { name, nodes, arcs, hierarchyArcs, isOwnHierarchy, customize } = network;
  const megabytes = (bytes: number): string => (bytes / 1e6).toFixed(1);
  const { graphBytes, weightsBytes, peakRssMb, unreachable } = network;
  return (
    `${name}: ${nodes} nodes, ${arcs} arcs; hierarchy of ${hierarchyArcs} arcs` +
    `${isOwnHierarchy ? "" : ", made here because the region has none"}\n` +
    `customise 3 metrics: ${customize.cpuMs.toFixed(1)} CPU ms; a costing takes ` +
    `${megabytes(graphBytes + weightsBytes)} MB (arcs ${megabytes(graphBytes)}, ` +
    `weights ${megabytes(weightsBytes)}); peak memory ${peakRssMb.toFixed(0)} MB\n` +
    `trips without a route: ${unreachable}`
  );
}

function timesText(searches: readonly RegionSearch[]): string {
  const head = ["distance", "bounds", "front", "trips", "CPU ms P50", "P95", "max", "routes, mean"];
  const rows: string[][] = [];
  for (const band of [...BAND_NAMES, "all"]) {
    for (const bounds of ["hierarchy", "backward"] as const) {
      for (const epsilon of REGION_EPSILONS) {
        const some = searches.filter(
          (one) =>
            one.bounds === bounds &&
            one.epsilon === epsilon &&
            (band === "all" || one.band === band),
        );
        if (some.length === 0) continue;
        const sizes = some.reduce((sum, { size }) => sum + size, 0);
        rows.push([
          band,
          bounds,
          nameOf(epsilon),
          String(some.length),
          ...shown(distributionOf(some.map(({ cpuMs }) => cpuMs)), 2),
          (sizes / some.length).toFixed(1),
        ]);
      }
    }
  }
  return textTable([head, ...rows], new Set([3, 4, 5, 6, 7]));
}

/** How many trips got to which front before the deadline, with bounds of the hierarchy. */
function reachedText(searches: readonly RegionSearch[]): string {
  const rows: string[][] = [];
  for (const band of BAND_NAMES) {
    const some = searches.filter((one) => one.bounds === "hierarchy" && one.band === band);
    if (some.length === 0) continue;
    const counts = REGION_EPSILONS.map((epsilon) =>
      String(some.filter((one) => one.epsilon === epsilon && one.isFinished).length),
    );
    const trips = some.filter(({ epsilon }) => epsilon === 0).length;
    rows.push([band, String(trips), ...counts]);
  }
  const head = ["finished before the deadline", "trips", ...REGION_EPSILONS.map(nameOf)];
  return textTable([head, ...rows], new Set([...head.keys()].slice(1)));
}

/** What was proven at the deadline of an anytime search, exact fronts first, and what before all else. */
function anytimeText(anytime: readonly RegionAnytime[]): string {
  const rows = BAND_NAMES.flatMap((band) => {
    const some = anytime.filter((one) => one.band === band);
    if (some.length === 0) return [];
    const firsts = some.flatMap(({ first }) => (first === null ? [] : [first]));
    const figures = [
      some.map(({ cpuMs }) => cpuMs),
      firsts.map(({ cpuMs }) => cpuMs),
      firsts.map(({ epsilon }) => 100 * epsilon),
    ];
    const counts = countSteps(some.map(({ epsilon }) => epsilon)).map(String);
    return [[band, ...counts, ...figures.flatMap((sample) => shown(distributionOf(sample), 1))]];
  });
  const head = ["anytime: proven", ...EPSILON_STEPS];
  for (const figure of ["CPU ms", "first front, ms", "its %"]) {
    head.push(`${figure} P50`, "P95", "max");
  }
  return textTable([head, ...rows], new Set([...head.keys()].slice(1)));
}

/** Exponents of the number of nodes with which mean times grow. */
function growthText(small: RegionNetworkResult, large: RegionNetworkResult): string {
  const scale = Math.log(large.nodes / small.nodes);
  const exponent = (of: (network: RegionNetworkResult) => number): string =>
    (Math.log(of(large) / of(small)) / scale).toFixed(2);
  const meanOf = (network: RegionNetworkResult, epsilon: number): number =>
    distributionOf(
      network.searches
        .filter((one) => one.bounds === "hierarchy" && one.epsilon === epsilon)
        .map(({ cpuMs }) => cpuMs),
    ).mean;
  const fronts = REGION_EPSILONS.map(
    (epsilon) => `${nameOf(epsilon)} ${exponent((network) => meanOf(network, epsilon))}`,
  );
  return (
    `growth from ${small.nodes} to ${large.nodes} nodes, exponents: customise ` +
    `${exponent((one) => one.customize.cpuMs)}, fronts ${fronts.join(", ")} ` +
    `(searches that ran into the deadline count with it)`
  );
}

function nameOf(epsilon: number): string {
  return epsilon === 0 ? "exact" : `${epsilon * 100} %`;
}
