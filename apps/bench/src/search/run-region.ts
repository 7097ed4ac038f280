import { mulberry32 } from "@gradeway/quality-gates";
import { buildHierarchy, type Hierarchy, nestedDissection } from "@gradeway/route-core/hierarchy";
import type { SearchGraph } from "@gradeway/route-core/search";

import type { MeasuredNetwork } from "../hierarchy/measured-network.ts";
import { readRegionRoads } from "../hierarchy/region-network.ts";
import { peakRssMb } from "../peak-memory.ts";
import type { Timing } from "../timed.ts";
import { type BandTrip, drawTrips, drawTripsOfBands } from "./distance-bands.ts";
import { coversWithin } from "./epsilon-fronts.ts";
import {
  createBackwardSolver,
  createHierarchySolver,
  type HierarchySolver,
  type TimedAnytime,
} from "./front-solver.ts";

/** From the quickest to the exact front. */
export const REGION_EPSILONS = [0.1, 0.05, 0.01, 0];
/** Trips that do not count, and trips for which whole backward searches are measured as well. */
const REGION_TRIPS = { warmUp: 30, backward: 50 };
/** In large regions a search may take seconds. */
const LARGE_TRIPS = { warmUp: 5, backward: 3 };
const LARGE_NODES = 200_000;

/** What to measure and with what. */
export interface RegionOptions {
  /** Regions, the smallest first. */
  readonly directories: readonly string[];
  readonly pairs: number;
  /** Of one search. */
  readonly deadlineMs: number;
  readonly seed: number;
  readonly progress: (text: string) => void;
}

/** One search of one trip. */
export interface RegionSearch {
  readonly band: string;
  readonly bounds: "hierarchy" | "backward";
  readonly epsilon: number;
  readonly cpuMs: number;
  readonly size: number;
  readonly isFinished: boolean;
}

/** What an anytime search of one trip came to. */
export interface RegionAnytime {
  readonly band: string;
  readonly cpuMs: number;
  /** Proven for the front that is returned; null = none. */
  readonly epsilon: number | null;
  readonly first: TimedAnytime["first"];
}

/** One network, measured. */
export interface RegionNetworkResult {
  readonly name: string;
  readonly nodes: number;
  readonly arcs: number;
  readonly hierarchyArcs: number;
  /** Whether the hierarchy is the region's own asset. */
  readonly isOwnHierarchy: boolean;
  readonly customize: Timing;
  /** Of one costing: arcs with their costs, and weights of the hierarchy. */
  readonly graphBytes: number;
  readonly weightsBytes: number;
  readonly searches: readonly RegionSearch[];
  readonly anytime: readonly RegionAnytime[];
  /** Trips without a route; they are in no table. */
  readonly unreachable: number;
  /** Of the process, up to and including this region. */
  readonly peakRssMb: number;
}

/** A finished measurement. */
export interface RegionResult {
  readonly networks: readonly RegionNetworkResult[];
  readonly deadlineMs: number;
  readonly seed: number;
  /** Fronts compared with the exact one of the same trip, or with that of the other bounds. */
  readonly compared: number;
  /** Those that differ, or do not cover it within the epsilon they claim. */
  readonly differences: number;
}

/** Measures fronts of regions by distance, on their own hierarchies. */
export async function runRegion(options: RegionOptions): Promise<RegionResult> {
  const { directories, deadlineMs, seed } = options;
  const tally = { compared: 0, differences: 0 };
  const networks: RegionNetworkResult[] = [];
  for (const directory of directories) {
    const { network, searchGraph, hierarchy } = await readRegionRoads(directory);
    const own = hierarchy();
    const measured = measureNetwork(
      network,
      searchGraph(),
      own ?? hierarchyOf(network),
      options,
      tally,
    );
    const isOwnHierarchy = own !== undefined;
    networks.push({ ...measured, isOwnHierarchy, peakRssMb: await peakRssMb() });
  }
  return { networks, deadlineMs, seed, ...tally };
}

/** For regions that were built before there were hierarchies. */
function hierarchyOf({ shape }: MeasuredNetwork): Hierarchy {
  return buildHierarchy(shape.nodeCount, shape.tails, shape.heads, nestedDissection(shape));
}

interface Tally {
  compared: number;
  differences: number;
}

function measureNetwork(
  network: MeasuredNetwork,
  graph: SearchGraph,
  hierarchy: Hierarchy,
  { pairs, deadlineMs, seed, progress }: RegionOptions,
  tally: Tally,
): Omit<RegionNetworkResult, "isOwnHierarchy" | "peakRssMb"> {
  progress(`${network.name}: customise`);
  const isLarge = graph.nodeCount >= LARGE_NODES;
  const counts = isLarge ? LARGE_TRIPS : REGION_TRIPS;
  const solver = createHierarchySolver(graph, network, hierarchy, false);
  const random = mulberry32(seed);
  const trips = (isLarge ? drawTripsOfBands : drawTrips)(network, pairs, random);
  const solvers = [
    { bounds: "hierarchy", solve: solver.solve, trips },
    {
      bounds: "backward",
      solve: createBackwardSolver(graph),
      trips: trips.slice(0, counts.backward),
    },
  ] as const;
  const exact = new Map<BandTrip, Int32Array>();
  const unreachable = new Set<BandTrip>();
  const searches: RegionSearch[] = [];
  for (const { bounds, solve, trips: asked } of solvers) {
    for (const epsilon of REGION_EPSILONS.toReversed()) {
      progress(`${network.name}: ${bounds}, ${epsilon * 100} %`);
      for (const { source, target } of asked.slice(0, counts.warmUp)) {
        solve(source, target, epsilon, deadlineMs);
      }
      for (const trip of asked) {
        const { timing, result } = solve(trip.source, trip.target, epsilon, deadlineMs);
        if (result.unreachable) {
          unreachable.add(trip);
          continue;
        }
        const { status, paths, costs } = result;
        const isFinished = status === "complete";
        const size = paths.length;
        searches.push({ band: trip.band, bounds, epsilon, cpuMs: timing.cpuMs, size, isFinished });
        if (isFinished) compare(exact, trip, costs, epsilon, tally);
      }
    }
  }
  progress(`${network.name}: anytime`);
  const reachable = trips.filter((trip) => !unreachable.has(trip));
  return {
    name: network.name,
    nodes: graph.nodeCount,
    arcs: network.shape.tails.length,
    hierarchyArcs: hierarchy.arcCount,
    customize: solver.customize,
    graphBytes: graph.firstOut.byteLength + graph.outArcs.byteLength + graph.inArcs.byteLength,
    weightsBytes: solver.weightsBytes,
    searches,
    anytime: anytimeOf(solver, reachable, deadlineMs, exact, tally),
    unreachable: unreachable.size,
  };
}

/** Anytime searches; those that claim an epsilon are held to it where the exact front is known. */
function anytimeOf(
  { solveAnytime }: HierarchySolver,
  trips: readonly BandTrip[],
  deadlineMs: number,
  exact: Map<BandTrip, Int32Array>,
  tally: Tally,
): RegionAnytime[] {
  return trips.map((trip) => {
    const { timing, result, first } = solveAnytime(trip.source, trip.target, deadlineMs);
    const { epsilon, costs } = result;
    if (epsilon !== null && exact.has(trip)) compare(exact, trip, costs, epsilon, tally);
    return { band: trip.band, cpuMs: timing.cpuMs, epsilon, first };
  });
}

/** Exact fronts must be equal whatever the bounds, and the others must cover them. */
function compare(
  exact: Map<BandTrip, Int32Array>,
  trip: BandTrip,
  costs: Int32Array,
  epsilon: number,
  tally: Tally,
): void {
  const known = exact.get(trip);
  if (known === undefined) {
    if (epsilon === 0) exact.set(trip, costs);
    return;
  }
  tally.compared++;
  const isRight =
    epsilon === 0
      ? known.length === costs.length && known.every((cost, at) => cost === costs[at])
      : coversWithin(known, costs, epsilon);
  if (!isRight) tally.differences++;
}
