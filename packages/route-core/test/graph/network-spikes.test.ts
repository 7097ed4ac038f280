import { createSeededRandom } from "@gradeway/test-kit";
import { describe, expect, it } from "vitest";

import type { NetworkPoints } from "../../src/graph/network-points.ts";
import { removeSpikes } from "../../src/graph/network-spikes.ts";
import { buildFromAscii, formulaSampler, gridMetres } from "../networks.ts";

const NO_STRUCTURES = new Int32Array(0);

type Link = readonly [a: number, b: number, lengthM: number];

/** Every point is a node, every link an edge without inner points. */
function pointsOf(links: readonly Link[], count: number, onStructure: number[] = []) {
  const endsOf = Array.from({ length: count }, (): number[] => []);
  for (const [edge, [a, b]] of links.entries()) {
    endsOf[a]!.push(2 * edge);
    endsOf[b]!.push(2 * edge + 1);
  }
  const firstEnd = new Int32Array(count + 1);
  for (const [node, ends] of endsOf.entries()) firstEnd[node + 1] = firstEnd[node]! + ends.length;
  const points: NetworkPoints = {
    count,
    nodeCount: count,
    edgeTail: Int32Array.from(links, ([a]) => a),
    edgeHead: Int32Array.from(links, ([, b]) => b),
    firstInner: new Int32Array(links.length + 1).fill(count),
    stepM: Float64Array.from(links, ([, , lengthM]) => lengthM),
    onStructure: Uint8Array.from({ length: count }, (_, point) => +onStructure.includes(point)),
    firstEnd,
    ends: Int32Array.from(endsOf.flat()),
  };
  return points;
}

/** A road of points at distances. */
const road = (...lengthsM: number[]): Link[] =>
  lengthsM.map((lengthM, point) => [point, point + 1, lengthM]);

function cleaned(links: readonly Link[], heightM: number[], onStructure?: number[]): number[] {
  const heights = Float64Array.from(heightM);
  removeSpikes(pointsOf(links, heightM.length, onStructure), NO_STRUCTURES, heights);
  return [...heights];
}

describe("spikes of the network", () => {
  it("become the straight line between the points around, up or down", () => {
    expect(cleaned(road(40, 40, 40), [100, 130, 104, 106])).toEqual([
      100,
      expect.closeTo(102, 6),
      104,
      106,
    ]);
    expect(cleaned(road(40, 20, 40), [100, 70, 103, 105])[1]).toBeCloseTo(102, 6);
  });

  it("are steeper than the grade on every road, or none", () => {
    // 35 % of 40 m are 14 m.
    for (const rise of [13.9, 14.1]) {
      const found = cleaned(road(40, 40), [100, 100 + rise, 100])[1];
      expect(found).toBeCloseTo(rise > 14 ? 100 : 100 + rise, 6);
    }
    const cliff = [100, 130, 131, 132];
    expect(cleaned(road(40, 40, 40), cliff)).toEqual(cliff);
    const crossing: Link[] = [...road(40, 40), [1, 3, 40]];
    expect(cleaned(crossing, [100, 130, 103, 106])[1]).toBeCloseTo(103, 6);
    // The third road climbs on: a road up a slope, no spike.
    const slope = [100, 130, 100, 128];
    expect(cleaned(crossing, slope)).toEqual(slope);
  });

  it("may be several points within a few metres", () => {
    // A divided junction: four nodes 3 m apart, a road from each.
    const square: Link[] = [0, 1, 2, 3].flatMap((node): Link[] => [
      [node, (node + 1) % 4, 3],
      [node, node + 4, 40],
    ]);
    const found = cleaned(square, [130, 131, 130, 131, 100, 100, 100, 100]);
    for (const heightM of found) expect(heightM).toBeCloseTo(100, 6);
    const wide = square.map(([a, b, lengthM]): Link => [a, b, lengthM === 3 ? 20 : lengthM]);
    const kept = [130, 131, 130, 131, 100, 100, 100, 100];
    expect(cleaned(wide, kept)).toEqual(kept);
  });

  it("are not judged at dead ends, on structures and beside voids", () => {
    for (const [heights, structure] of [
      [[130, 100, 100, 100], []],
      [[100, 130, 100, 100], [1]],
      [[100, 130, Number.NaN, 100], []],
    ] as const) {
      expect(cleaned(road(40, 40, 40), [...heights], [...structure])).toEqual(heights);
    }
  });

  it("all around a loop stay, because nothing tells what is right", () => {
    const loop: Link[] = [0, 1, 2, 3].map((node) => [node, (node + 1) % 4, 40]);
    expect(cleaned(loop, [100, 130, 100, 130])).toEqual([100, 130, 100, 130]);
  });

  it("that alternate are replaced together", () => {
    const found = cleaned(road(40, 40, 40, 40, 40), [100, 103, 140, 80, 112, 115]);
    for (const [point, heightM] of found.entries()) expect(heightM).toBeCloseTo(100 + 3 * point, 6);
  });

  it("keep the net climb, and never make new extremes, on random roads", () => {
    const random = createSeededRandom(3);
    for (let round = 0; round < 200; round++) {
      const lengths = Array.from({ length: 30 }, () => 2 + 40 * random.next());
      const heights = Array.from({ length: 31 }, () => 100 + 30 * random.next());
      const found = cleaned(road(...lengths), heights);
      expect([found[0], found.at(-1)]).toEqual([heights[0], heights.at(-1)]);
      expect(Math.max(...found)).toBeLessThanOrEqual(Math.max(...heights) + 1e-6);
      expect(Math.min(...found)).toBeGreaterThanOrEqual(Math.min(...heights) - 1e-6);
    }
  });

  it("refuse a limit that is none, and Infinity keeps them", () => {
    const points = pointsOf(road(40, 40), 3);
    const heights = Float64Array.of(0, 1000, 0);
    expect(() => removeSpikes(points, NO_STRUCTURES, heights, Number.NaN)).toThrow(RangeError);
    expect(() => removeSpikes(points, NO_STRUCTURES, heights, 0)).toThrow(RangeError);
    expect(removeSpikes(points, NO_STRUCTURES, heights, Number.POSITIVE_INFINITY)).toBe(0);
    expect(heights[1]).toBe(1000);
  });
});

describe("a region build", () => {
  it("takes spikes out of junctions, also at the end of a bridge", async () => {
    const build = (height: (eastM: number, northM: number) => number, spikeGradeRatio?: number) =>
      buildFromAscii(
        "A----B-C----D----E\n     |      |\n     |      |\n     F      G",
        { ways: { AB: {}, BC: { bridge: "yes" }, CDE: {}, BF: {}, DG: {} } },
        {
          elevation: formulaSampler((lon, lat) => height(...gridMetres(lon, lat))),
          smoothingM: 0,
          ...(spikeGradeRatio === undefined ? {} : { spikeGradeRatio }),
        },
      );
    const plane = (eastM: number, northM: number): number => 500 + eastM / 50 - northM / 30;
    const { drawing, graph: clean } = await build(plane);
    for (const name of ["B", "D"]) {
      const [atEastM, atNorthM] = gridMetres(...drawing.position(name));
      const spike = (eastM: number, northM: number): number =>
        plane(eastM, northM) + (Math.hypot(eastM - atEastM, northM - atNorthM) < 5 ? 95 : 0);
      const kept = (await build(spike, Number.POSITIVE_INFINITY)).graph.heightM;
      expect(Math.max(...kept)).toBeGreaterThan(570);
      const { graph } = await build(spike);
      for (const [index, heightM] of graph.heightM.entries()) {
        expect(Math.abs(heightM - clean.heightM[index]!)).toBeLessThan(1);
      }
    }
  });
});
