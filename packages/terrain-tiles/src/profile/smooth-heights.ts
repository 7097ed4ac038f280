/**
 * Standard deviation in metres that the region build smooths the road network with. It moves climb
 * and CO2e by several per cent: use the same one for figures that are to be compared.
 */
export const DEFAULT_SMOOTHING_M = 57;

/** Implicit steps; the kernel of eight is within 2 % of a Gaussian where it matters. */
const STEPS = 8;
/** Points closer than this lie in the same place and get the same height. */
const SAME_PLACE_M = 1e-3;

/**
 * Smooths heights along a line of points at any distances by diffusion: the heat equation in eight
 * implicit steps. Its kernel has exactly the standard deviation `sigmaM` on every spacing and is
 * close to a Gaussian.
 *
 * The ends of each stretch of known heights stay as they are, so the net climb does. Straight ramps
 * stay straight, nothing rises above or falls below what was there, and a stretch that only climbs
 * still only climbs. Voids stay void and take no part. Time is linear in the number of points,
 * whatever their distances.
 *
 * @param heightM - heights per point, void = NaN
 * @param outM - receives the heights; not in the memory of `heightM`
 * @param sigmaM - standard deviation in metres; 0 copies the heights
 */
export function smoothProfileHeights(
  distanceM: Float64Array,
  heightM: Float64Array,
  outM: Float64Array,
  sigmaM: number = DEFAULT_SMOOTHING_M,
): void {
  if (!Number.isFinite(sigmaM) || sigmaM < 0) {
    throw new RangeError(`The standard deviation must be 0 or more metres, not ${sigmaM}.`);
  }
  const count = distanceM.length;
  outM.set(heightM.subarray(0, count));
  if (sigmaM === 0) return;
  const nodes: Nodes = {
    point: new Int32Array(count),
    atM: new Float64Array(count),
    heightM: new Float64Array(count),
    factor: new Float64Array(count),
    pivot: new Float64Array(count),
  };
  let point = 0;
  while (point < count) {
    if (Number.isNaN(outM[point]!)) {
      point++;
      continue;
    }
    const first = point;
    while (point < count && !Number.isNaN(outM[point]!)) point++;
    const last = takeNodes(distanceM, outM, first, point - 1, nodes);
    diffuse(nodes, last, (sigmaM * sigmaM) / (2 * STEPS));
    giveHeights(distanceM, outM, first, point - 1, nodes);
  }
}

/** The places of one stretch of known heights, and room to work. */
interface Nodes {
  readonly point: Int32Array;
  readonly atM: Float64Array;
  readonly heightM: Float64Array;
  readonly factor: Float64Array;
  readonly pivot: Float64Array;
}

/** Takes every place of a stretch once; returns the number of the last node. */
function takeNodes(
  distanceM: Float64Array,
  heightM: Float64Array,
  first: number,
  last: number,
  nodes: Nodes,
): number {
  let node = -1;
  for (let point = first; point <= last; point++) {
    const isNew = node < 0 || distanceM[point]! - nodes.atM[node]! >= SAME_PLACE_M;
    // The end of the stretch must be a node, whatever lies beside it.
    if (isNew) node++;
    else if (point !== last || node === 0) continue;
    nodes.point[node] = point;
    nodes.atM[node] = distanceM[point]!;
    nodes.heightM[node] = heightM[point]!;
  }
  return node;
}

/** Writes the heights of the places back to all points between the ends of the stretch. */
function giveHeights(
  distanceM: Float64Array,
  heightM: Float64Array,
  first: number,
  last: number,
  nodes: Nodes,
): void {
  let node = 0;
  for (let point = first + 1; point < last; point++) {
    while (nodes.point[node]! < point && distanceM[point]! - nodes.atM[node]! >= SAME_PLACE_M) {
      node++;
    }
    heightM[point] = nodes.heightM[node]!;
  }
}

/**
 * Solves `mass * (new - old) = variance * flux(new)` for the nodes between two fixed ends, several
 * times, by elimination (Thomas). The mass of a node is half the length on each side of it; the
 * variance of one step is then `2 * variance` on any mesh.
 */
function diffuse(nodes: Nodes, last: number, variance: number): void {
  const { atM, heightM, factor, pivot } = nodes;
  factor[0] = 0;
  for (let node = 1; node < last; node++) {
    const lower = variance / (atM[node]! - atM[node - 1]!);
    const upper = variance / (atM[node + 1]! - atM[node]!);
    const massM = (atM[node + 1]! - atM[node - 1]!) / 2;
    pivot[node] = 1 / (massM + lower + upper - lower * factor[node - 1]!);
    factor[node] = upper * pivot[node]!;
  }
  for (let step = 0; step < STEPS; step++) {
    // Height of the node before, as far as it is eliminated; that of the end is known.
    let before = heightM[0]!;
    for (let node = 1; node < last; node++) {
      const massM = (atM[node + 1]! - atM[node - 1]!) / 2;
      const lower = variance / (atM[node]! - atM[node - 1]!);
      before = (massM * heightM[node]! + lower * before) * pivot[node]!;
      heightM[node] = before;
    }
    for (let node = last - 1; node > 0; node--) {
      heightM[node]! += factor[node]! * heightM[node + 1]!;
    }
  }
}
