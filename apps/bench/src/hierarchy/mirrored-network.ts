import { mulberry32 } from "@gradeway/quality-gates";
import { INF } from "@gradeway/route-core/hierarchy";

import type { MeasuredNetwork } from "./measured-network.ts";

/** Roads over each border between two copies. */
const ROADS_PER_BORDER = 32;
/** Costs differ between copies by up to this share. */
const SPREAD = 0.07;

/**
 * A square of `side` x `side` copies of a network, each the mirror image of its neighbours, with costs
 * changed at random and the nodes nearest to each border joined with their images. Larger than the
 * original, but easier than a real network of that size: the borders are good places to cut.
 */
export function mirroredNetwork(
  network: MeasuredNetwork,
  side: number,
  seed: number,
): MeasuredNetwork {
  if (side === 1) return network;
  const { shape, costs, closed, nodes } = network;
  const { nodeCount, tails, heads } = shape;
  const copies = side * side;
  const random = mulberry32(seed);
  const frame = frameOf(shape);
  const borders = [bordersOf(shape.x, nodes), bordersOf(shape.y, nodes)] as const;
  const arcTails: Int32Array[] = [];
  const arcHeads: Int32Array[] = [];
  const x = new Int32Array(copies * nodeCount);
  const y = new Int32Array(copies * nodeCount);
  const join = (from: number, to: number, ends: Int32Array): void => {
    const [here, there] = [
      ends.map((n) => n + from * nodeCount),
      ends.map((n) => n + to * nodeCount),
    ];
    arcTails.push(here, there);
    arcHeads.push(there, here);
  };
  for (let copy = 0; copy < copies; copy++) {
    arcTails.push(tails.map((node) => node + copy * nodeCount));
    arcHeads.push(heads.map((node) => node + copy * nodeCount));
  }
  for (let copy = 0; copy < copies; copy++) {
    const [column, row] = [copy % side, Math.floor(copy / side)];
    for (let node = 0; node < nodeCount; node++) {
      const at = copy * nodeCount + node;
      x[at] = mirrored(shape.x[node]!, frame.west, frame.width, column);
      y[at] = mirrored(shape.y[node]!, frame.south, frame.height, row);
    }
    // An odd copy lies the other way round, so that equal sides meet.
    if (column + 1 < side) join(copy, copy + 1, borders[0][column % 2 === 0 ? 1 : 0]);
    if (row + 1 < side) join(copy, copy + side, borders[1][row % 2 === 0 ? 1 : 0]);
  }
  const joined = { tails: concatenated(arcTails), heads: concatenated(arcHeads) };
  const allCosts = new Int32Array(joined.tails.length * 3).fill(1);
  for (let at = 0; at < copies * costs.length; at++) {
    const cost = costs[at % costs.length]!;
    const factor = 1 + SPREAD * (2 * random() - 1);
    allCosts[at] = cost >= INF ? INF : Math.round(cost * factor);
  }
  const allClosed = new Uint8Array(joined.tails.length);
  for (let copy = 0; copy < copies; copy++) allClosed.set(closed, copy * closed.length);
  return {
    name: `${network.name} x ${copies}`,
    shape: { nodeCount: copies * nodeCount, ...joined, x, y },
    metricNames: network.metricNames,
    costs: allCosts,
    closed: allClosed,
    nodes: concatenated(
      Array.from({ length: copies }, (_, copy) => nodes.map((node) => node + copy * nodeCount)),
    ),
  };
}

function frameOf({ x, y }: { readonly x: Int32Array; readonly y: Int32Array }) {
  const [west, east] = rangeOf(x);
  const [south, north] = rangeOf(y);
  return { west, width: east - west, south, height: north - south };
}

function rangeOf(values: Int32Array): [number, number] {
  let [least, most] = [Infinity, -Infinity];
  for (const value of values) {
    least = Math.min(least, value);
    most = Math.max(most, value);
  }
  return [least, most];
}

/** The nodes nearest to the low and to the high border along an axis. */
function bordersOf(values: Int32Array, nodes: Int32Array): readonly [Int32Array, Int32Array] {
  const sorted = nodes.slice().sort((a, b) => values[a]! - values[b]! || a - b);
  return [sorted.slice(0, ROADS_PER_BORDER), sorted.slice(-ROADS_PER_BORDER)];
}

function mirrored(value: number, low: number, size: number, place: number): number {
  return place * size + (place % 2 === 0 ? value - low : low + size - value);
}

function concatenated(parts: readonly Int32Array[]): Int32Array {
  const whole = new Int32Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
