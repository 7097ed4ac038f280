import { METRICS, type MeasuredNetwork } from "../hierarchy/measured-network.ts";
import { type Octave, valueNoise } from "./value-noise.ts";

/** A unit of DIMACS distance, and one of time, chosen so that the fastest roads have 80 km/h. */
const METRES_PER_UNIT = 0.1;
const SECONDS_PER_UNIT = 0.0045;
/** Roads at least this fast have a toll: the first of four classes. */
const TOLL_FROM_MPS = 21;
/** A position is in 1e-6 degrees of latitude. */
const METRES_PER_STEP = 0.11132;

/** Hills within 180 m of the mean. */
const HILLS: readonly Octave[] = [
  { spacingM: 12_000, reliefM: 250 },
  { spacingM: 4_000, reliefM: 80 },
  { spacingM: 1_300, reliefM: 25 },
];
const STEEPEST = 0.08;
/** Heights of ends that are nearer to each other tell nothing of a road's slope. */
const SHORTEST_M = 20;

/** A loaded truck, its driver, and what the law of energy makes of them. */
const WEIGHT_N = 36_000 * 9.81;
const ROLLING = 0.006;
/** Half the density of air times drag area, kg/m. */
const DRAG = 3.3;
const FASTEST_MPS = 22.2;
/** How much a slope of 1 would slow it down: half its speed on a climb of 4 %. */
const CLIMB = 25;
const EFFICIENCY = 0.42;
/** Fuel for all that runs whether the truck moves or not. */
const IDLE_W = 20_000;
const JOULES_PER_L = 35.9e6;
const KG_CO2E_PER_L = 3.17;
const MONEY = { perHour: 32, perKm: 0.18, perL: 1.35, tollPerKm: 0.19 };

/**
 * A DIMACS network with invented freight costs: time (10 ms), money (1e-5) and CO2e (100 mg) of a truck
 * of 36 t on hills that are drawn with the seed. What matters is that the three are at odds as they are
 * for trucks: toll roads are fast and dear, hills slow and thirsty. No figure is that of a real road.
 *
 * @param network time and distance per arc first, as `readDimacsNetwork` gives them
 */
export function withFreightCosts(network: MeasuredNetwork, seed: number): MeasuredNetwork {
  const { tails, heads, x, y } = network.shape;
  const heightM = valueNoise(metresOf(x), metresOf(y), HILLS, seed);
  const costs = new Int32Array(network.costs.length);
  for (let arc = 0; arc < tails.length; arc++) {
    const at = arc * METRICS;
    const metres = Math.max(1, network.costs[at + 1]! * METRES_PER_UNIT);
    const freeS = Math.max(0.01, network.costs[at]! * SECONDS_PER_UNIT);
    const riseM = heightM[heads[arc]!]! - heightM[tails[arc]!]!;
    const slope = riseM / Math.max(SHORTEST_M, metres);
    writeCosts(costs, at, metres, freeS, Math.max(-STEEPEST, Math.min(STEEPEST, slope)));
  }
  return { ...network, metricNames: ["time", "money", "CO2e"], costs };
}

function metresOf(steps: Int32Array): Float64Array {
  return Float64Array.from(steps, (step) => step * METRES_PER_STEP);
}

function writeCosts(
  costs: Int32Array,
  at: number,
  metres: number,
  freeS: number,
  slope: number,
): void {
  const climbMps = FASTEST_MPS / (1 + CLIMB * Math.max(0, slope));
  const seconds = Math.max(freeS, metres / climbMps);
  const speed = metres / seconds;
  const pullN = WEIGHT_N * (ROLLING + slope) + DRAG * speed * speed;
  const work = Math.max(0, pullN) * metres;
  const litres = (work / EFFICIENCY + IDLE_W * seconds) / JOULES_PER_L;
  const tollPerKm = metres / freeS >= TOLL_FROM_MPS ? MONEY.tollPerKm : 0;
  const money =
    (seconds / 3600) * MONEY.perHour +
    (metres / 1000) * (MONEY.perKm + tollPerKm) +
    litres * MONEY.perL;
  costs[at] = Math.max(1, Math.round(seconds * 100));
  costs[at + 1] = Math.max(1, Math.round(money * 1e5));
  costs[at + 2] = Math.max(1, Math.round(litres * KG_CO2E_PER_L * 1e4));
}
