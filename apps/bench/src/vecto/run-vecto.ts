import {
  createCourseDriver,
  DIESEL_G_PER_L,
  type Driven,
  driveStateless,
  layCourseSteps,
} from "@gradeway/route-core";

import { ArgumentError } from "../command-arguments.ts";
import { timedRuns } from "../timed.ts";
import { caseVehicle } from "./case-vehicle.ts";
import { readCases, type VectoCase } from "./read-cases.ts";
import { type Cycle, readCycle } from "./read-cycle.ts";

/** How far the driven distance of a case may lie from the length of its cycle. */
const LENGTH_TOLERANCE = 0.01;
const TIMED_RUNS = 21;

/** What one tier makes of a case, and how far that is from the simulator. */
export interface TierFigures {
  readonly fuelLPer100Km: number;
  readonly durationS: number;
  /** Signed, in percent of the simulator's figure. */
  readonly fuelErrorPercent: number;
  readonly timeErrorPercent: number;
}

/** A case with both tiers. */
export interface CaseResult {
  readonly vehicle: string;
  readonly load: string;
  readonly cycle: string;
  /** Profile that the driveline and the Willans line come from. */
  readonly profile: string;
  readonly simulated: { readonly fuelLPer100Km: number; readonly durationS: number };
  readonly evaluation: TierFigures;
  readonly search: TierFigures;
  /** Processor time of evaluating 100 km, ms: the median of several runs. */
  readonly evaluationMsPer100Km: number;
}

/**
 * Drives every case of a file with both tiers.
 *
 * @throws {ArgumentError} a file does not say what it must
 */
export async function runVecto(casesFile: string, cyclesDir: string): Promise<CaseResult[]> {
  const cycles = new Map<string, Cycle>();
  const results: CaseResult[] = [];
  for (const given of await readCases(casesFile)) {
    const cycle = cycles.get(given.cycle) ?? (await readCycle(cyclesDir, given.cycle));
    cycles.set(given.cycle, cycle);
    if (Math.abs(given.distanceM / cycle.lengthM - 1) > LENGTH_TOLERANCE) {
      throw new ArgumentError(
        `${given.cycle} is ${cycle.lengthM} m long, but its case drove ${given.distanceM} m`,
      );
    }
    results.push(driveCase(given, cycle));
  }
  return results;
}

function driveCase(given: VectoCase, cycle: Cycle): CaseResult {
  const loaded = caseVehicle(given);
  const maxMps = loaded.vehicle.maxSpeedKmh / 3.6;
  const pieces = cycle.pieces.map((piece) => ({
    ...piece,
    limitMps: Math.min(piece.limitMps, maxMps),
  }));
  const drive = createCourseDriver(loaded);
  const steps = layCourseSteps(pieces);
  const { timing, result } = timedRuns(TIMED_RUNS, () => drive(steps));
  const { vehicle, load, cycle: name, fuelLPer100Km, durationS } = given;
  return {
    vehicle,
    load,
    cycle: name,
    profile: loaded.vehicle.id,
    simulated: { fuelLPer100Km, durationS },
    evaluation: compare(result, given, cycle),
    search: compare(driveStateless(loaded, pieces), given, cycle),
    evaluationMsPer100Km: (timing.cpuMs * 1e5) / cycle.lengthM,
  };
}

function compare(
  driven: Pick<Driven, "seconds" | "energy">,
  given: VectoCase,
  { lengthM, startWaitS }: Cycle,
): TierFigures {
  const energy = driven.energy + (startWaitS * given.idleGPerH) / 3600;
  const durationS = driven.seconds + startWaitS;
  const fuelLPer100Km = (energy / DIESEL_G_PER_L / lengthM) * 1e5;
  return {
    fuelLPer100Km,
    durationS,
    fuelErrorPercent: 100 * (fuelLPer100Km / given.fuelLPer100Km - 1),
    timeErrorPercent: 100 * (durationS / given.durationS - 1),
  };
}
