import { describe, expect, it } from "vitest";

import { levelGraph, smoothGraph } from "../../src/graph/other-heights.ts";
import type { RoutingGraph } from "../../src/graph/routing-graph.ts";
import { buildFromAscii, FLAT, formulaSampler, gridMetres } from "../networks.ts";

/** A junction, a dead end, a bridge, a loop and a road into ground of unknown height. */
const MAP = `
  A-----B-----C-----D
        |     |
        |     |
        E-----F-----G
`;
const OPTIONS = {
  gridM: 60,
  ways: { AB: {}, BC: {}, CD: {}, BE: { bridge: "yes" }, EF: {}, CF: {}, FG: {} },
};

const hills = formulaSampler((lon, lat) => {
  const [eastM, northM] = gridMetres(lon, lat);
  if (eastM > 900 && northM < -100) return Number.NaN;
  return 300 + 20 * Math.sin(eastM / 90) + 15 * Math.cos(northM / 60);
});

const built = async (smoothingM: number, elevation = hills): Promise<RoutingGraph> =>
  (await buildFromAscii(MAP, OPTIONS, { elevation, smoothingM })).graph;

describe("a graph on smoother heights", () => {
  it("is what a build with that smoothing gives", async () => {
    const [graph, expected] = [smoothGraph(await built(57), 113), await built(113)];
    expect(graph.meta).toEqual(expected.meta);
    expect(graph.heightM.some(Number.isNaN)).toBe(true);
    expect(graph.heightM.length).toBe(expected.heightM.length);
    for (const [at, metres] of graph.heightM.entries()) {
      const asBuilt = expected.heightM[at]!;
      if (Number.isNaN(asBuilt)) expect(metres).toBeNaN();
      else expect(metres).toBeCloseTo(asBuilt, 3);
    }
    expect(gradesOf(graph)).toEqual(gradesOf(expected));
  });

  it("is the same where nothing is to be smoothed", async () => {
    const graph = await built(57);
    expect(smoothGraph(graph, 57)).toEqual(graph);
  });

  it("cannot be rougher", async () => {
    const graph = await built(57);
    expect(() => smoothGraph(graph, 40)).toThrow(RangeError);
    expect(() => smoothGraph(graph, 1001)).toThrow(RangeError);
  });
});

describe("a graph on level ground", () => {
  it("is what a build on level ground gives", async () => {
    const known = formulaSampler((lon, lat) => gridMetres(lon, lat)[0] / 10);
    const [level, expected] = [levelGraph(await built(57, known)), await built(57, FLAT)];
    expect(gradesOf(level)).toEqual(gradesOf(expected));
    expect(Math.max(...level.heightM.map(Math.abs))).toBe(0);
  });

  it("keeps its voids", async () => {
    const graph = await built(57);
    const level = levelGraph(graph);
    expect(Array.from(level.heightM, Number.isNaN)).toEqual(
      Array.from(graph.heightM, Number.isNaN),
    );
  });
});

/** Metres by span and grade, to the centimetre: heights are stored as 32-bit floats. */
function gradesOf({ firstBin, binGrade, binLengthM }: RoutingGraph): string[][] {
  return Array.from({ length: firstBin.length - 1 }, (_, span) => {
    const bins: string[] = [];
    for (let bin = firstBin[span]!; bin < firstBin[span + 1]!; bin++) {
      const metres = Math.round(100 * binLengthM[bin]!) / 100;
      if (metres > 0.02) bins.push(`${binGrade[bin]} ${metres.toFixed(1)}`);
    }
    return bins;
  });
}
