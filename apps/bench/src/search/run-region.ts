import { mulberry32 } from "@gradeway/quality-gates";
import type { SearchGraph } from "@gradeway/route-core/search";

import type { MeasuredNetwork } from "../hierarchy/measured-network.ts";
import { mirroredNetwork } from "../hierarchy/mirrored-network.ts";
import { readRegionRoads } from "../hierarchy/region-network.ts";
import { peakRssMb } from "../peak-memory.ts";
import type { Timing } from "../timed.ts";
import { type BandTrip, drawTrips } from "./distance-bands.ts";
import { coversWithin } from "./epsilon-fronts.ts";
import { createBackwardSolver, createHierarchySolver } from "./front-solver.ts";
import { plainSearchGraph } from "./plain-graph.ts";
import { type Preparation, prepareHierarchy } from "./prepare-hierarchy.ts";

/** From the quickest to the exact front. */
export const REGION_EPSILONS = [0.1, 0.05, 0.01, 0];
/** Trips that do not count, and trips for which whole backward searches are measured as well. */
const REGION_TRIPS = { warmUp: 30, backward: 50 };
/** In copies a search may take seconds. */
const COPIES_TRIPS = { warmUp: 3, backward: 3 };

/** What to measure and with what. */
export interface RegionOptions {
  readonly directory: string;
  /** Side of a square of mirrored copies. */
  readonly copies: number;
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

/** One network, measured. */
export interface RegionNetworkResult {
  readonly name: string;
  readonly nodes: number;
  readonly arcs: number;
  readonly preparation: Preparation;
  readonly customize: Timing;
  readonly weightsBytes: number;
  readonly searches: readonly RegionSearch[];
  /** Trips without a route; they are in no table. */
  readonly unreachable: number;
}

/** A finished measurement. */
export interface RegionResult {
  /** The region, then its copies where there are several. */
  readonly networks: readonly RegionNetworkResult[];
  readonly deadlineMs: number;
  readonly seed: number;
  /** Fronts compared with the exact one of the same trip, or with that of the other bounds. */
  readonly compared: number;
  /** Those that differ, or do not cover it within epsilon. */
  readonly differences: number;
  readonly peakRssMb: number;
}

/** Measures fronts of a region, and of copies of it, by distance. */
export async function runRegion(options: RegionOptions): Promise<RegionResult> {
  const { directory, copies, deadlineMs, seed } = options;
  const { network, searchGraph } = await readRegionRoads(directory);
  const tally = { compared: 0, differences: 0 };
  const networks = [measureNetwork(network, searchGraph(), options, REGION_TRIPS, tally)];
  if (copies > 1) {
    const square = mirroredNetwork(network, copies, seed);
    const graph = plainSearchGraph(square);
    networks.push(measureNetwork(square, graph, options, COPIES_TRIPS, tally));
  }
  return { networks, deadlineMs, seed, ...tally, peakRssMb: await peakRssMb() };
}

interface Tally {
  compared: number;
  differences: number;
}

function measureNetwork(
  network: MeasuredNetwork,
  graph: SearchGraph,
  { pairs, deadlineMs, seed, progress }: RegionOptions,
  counts: typeof REGION_TRIPS,
  tally: Tally,
): RegionNetworkResult {
  const random = mulberry32(seed);
  const { hierarchy, preparation } = prepareHierarchy(network, random, progress);
  const solver = createHierarchySolver(graph, network, hierarchy, false);
  const trips = drawTrips(network, pairs, random);
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
  return {
    name: network.name,
    nodes: graph.nodeCount,
    arcs: network.shape.tails.length,
    preparation,
    customize: solver.customize,
    weightsBytes: solver.weightsBytes,
    searches,
    unreachable: unreachable.size,
  };
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
