import { mulberry32 } from "@gradeway/quality-gates";

import { METRICS, type MeasuredNetwork } from "../hierarchy/measured-network.ts";

/** A unit of DIMACS distance, and one of time, chosen so that the fastest roads have 25 m/s. */
const METRES_PER_UNIT = 0.1;
const SECONDS_PER_UNIT = 0.004;
/** Roads at least this fast have a toll. */
const TOLL_FROM_MPS = 22;
/** A position is in 1e-6 degrees of latitude. */
const METRES_PER_STEP = 0.11132;

/** Hills: waves of many lengths and directions, each with the same slope at its steepest. */
const WAVES = 12;
const SHORTEST_WAVE_M = 3_000;
const LONGEST_WAVE_M = 40_000;
const WAVE_SLOPE = 0.012;
const STEEPEST = 0.06;

/** A loaded truck, its driver, and what the law of energy makes of them. */
const WEIGHT_N = 36_000 * 9.81;
const ROLLING = 0.006;
/** Half the density of air times drag area, kg/m. */
const DRAG = 3.3;
const POWER_W = 300_000;
const EFFICIENCY = 0.42;
const IDLE_W = 15_000;
const JOULES_PER_L = 35.9e6;
const KG_CO2E_PER_L = 3.17;
const MONEY = { perHour: 32, perKm: 0.25, perL: 1.3, tollPerKm: 0.19 };

/**
 * A DIMACS network with invented freight costs: time (10 ms), money (1e-4) and CO2e (100 mg) of a truck
 * of 36 t on hills that are drawn with the seed. What matters is that the three are at odds as they are
 * for trucks: toll roads are fast and dear, hills slow and thirsty. No figure is that of a real road.
 *
 * @param network time and distance per arc first, as `readDimacsNetwork` gives them
 */
export function withFreightCosts(network: MeasuredNetwork, seed: number): MeasuredNetwork {
  const { tails, heads, x, y } = network.shape;
  const heightM = hills(x, y, seed);
  const costs = new Int32Array(network.costs.length);
  for (let arc = 0; arc < tails.length; arc++) {
    const at = arc * METRICS;
    const metres = Math.max(1, network.costs[at + 1]! * METRES_PER_UNIT);
    const freeS = Math.max(0.01, network.costs[at]! * SECONDS_PER_UNIT);
    const slope = (heightM[heads[arc]!]! - heightM[tails[arc]!]!) / metres;
    writeCosts(costs, at, metres, freeS, Math.max(-STEEPEST, Math.min(STEEPEST, slope)));
  }
  return { ...network, metricNames: ["time", "money", "CO2e"], costs };
}

function writeCosts(
  costs: Int32Array,
  at: number,
  metres: number,
  freeS: number,
  slope: number,
): void {
  const pullN = WEIGHT_N * (ROLLING + slope);
  const seconds = pullN > 0 ? Math.max(freeS, (metres * pullN) / POWER_W) : freeS;
  const speed = metres / seconds;
  const work = Math.max(0, pullN + DRAG * speed * speed) * metres;
  const litres = (work / EFFICIENCY + IDLE_W * seconds) / JOULES_PER_L;
  const tollPerKm = metres / freeS >= TOLL_FROM_MPS ? MONEY.tollPerKm : 0;
  const money =
    (seconds / 3600) * MONEY.perHour +
    (metres / 1000) * (MONEY.perKm + tollPerKm) +
    litres * MONEY.perL;
  costs[at] = Math.max(1, Math.round(seconds * 100));
  costs[at + 1] = Math.max(1, Math.round(money * 1e4));
  costs[at + 2] = Math.max(1, Math.round(litres * KG_CO2E_PER_L * 1e4));
}

function hills(x: Int32Array, y: Int32Array, seed: number): Float64Array {
  const random = mulberry32(seed);
  const heightM = new Float64Array(x.length);
  for (let wave = 0; wave < WAVES; wave++) {
    const lengthM = SHORTEST_WAVE_M * (LONGEST_WAVE_M / SHORTEST_WAVE_M) ** (wave / (WAVES - 1));
    const perM = (2 * Math.PI) / lengthM;
    const direction = 2 * Math.PI * random();
    const phase = 2 * Math.PI * random();
    const east = Math.cos(direction) * perM * METRES_PER_STEP;
    const north = Math.sin(direction) * perM * METRES_PER_STEP;
    for (let node = 0; node < x.length; node++) {
      heightM[node]! += (WAVE_SLOPE / perM) * Math.sin(x[node]! * east + y[node]! * north + phase);
    }
  }
  return heightM;
}
