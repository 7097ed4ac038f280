import { describe, expect, it } from "vitest";

import { type ControlPoint, coverageScore, heightScore } from "../src/index.ts";
import { judged } from "./judged.ts";
import { smallGraph } from "./small-graph.ts";

const POINTS: readonly ControlPoint[] = [
  ...Array.from({ length: 90 }, (_, at) => ({ lon: at / 100, lat: 45, heightM: 100 + at })),
  ...Array.from({ length: 10 }, (_, at) => ({ lon: 2 + at / 100, lat: 45, heightM: null })),
];

/** A terrain that knows its points, with whatever `spoil` makes of the heights. */
const scored = (spoil: (heightM: number, at: number) => number, allowedShare = 0) =>
  judged(
    heightScore({
      id: "heights",
      title: "heights",
      rationale: "Why.",
      open: async () => ({
        points: POINTS,
        toleranceM: 1,
        allowedShare,
        sampler: {
          async sample(_lonLat, out) {
            for (const [at, point] of POINTS.entries()) {
              out[at] = spoil(point.heightM ?? Number.NaN, at);
            }
            return { sampled: POINTS.length, voids: 0, missingTiles: [], tilesSha256: "" };
          },
        },
      }),
    }),
  );

describe("heightScore", () => {
  it("passes heights within their tolerance and voids that stay void", async () => {
    const result = await scored((heightM, at) => heightM + (at % 2 === 0 ? 0.9 : -0.9));
    expect(result).toMatchObject({ status: "pass", score: 100, facts: { cases: 100 } });
  });

  it.each([
    [
      "voids read as zero",
      (heightM: number) => (Number.isNaN(heightM) ? 0 : heightM),
      0,
      /void read/,
    ],
    ["heights moved by a pixel", (heightM: number) => heightM + 1.5, 0, /not 100.0 m/],
    [
      "heights that are lost",
      (heightM: number, at: number) => (at < 9 ? Number.NaN : heightM),
      90,
      /no height/,
    ],
    [
      "a few wrong heights",
      (heightM: number, at: number) => (at < 9 ? 0 : heightM),
      90,
      /0.0 m at/,
    ],
  ])("catches %s", async (_, spoil, score, failure) => {
    const result = await scored(spoil);
    expect(result).toMatchObject({ status: "fail", score });
    expect(result.failures[0]).toMatch(failure);
  });

  it("lets a reference be wrong now and then where that is allowed", async () => {
    const spoil = (heightM: number, at: number) => (at < 9 ? heightM + 50 : heightM);
    expect(await scored(spoil, 0.1)).toMatchObject({ status: "pass", score: 100 });
  });

  it("lets no void be read as a height, whatever references may be", async () => {
    const spoil = (heightM: number, at: number) => (at === 99 ? 0 : heightM);
    expect(await scored(spoil, 0.1)).toMatchObject({ status: "fail", score: 90 });
  });
});

describe("coverageScore", () => {
  it("passes a graph with heights, and fails one that lost some or claims what it has not", async () => {
    const graph = await smallGraph();
    expect(await judged(coverageScore(async () => graph))).toMatchObject({
      status: "pass",
      facts: { counted: 1 },
    });
    const heightM = graph.heightM.map((metres, at) => (at < 10 ? Number.NaN : metres));
    expect(await judged(coverageScore(async () => ({ ...graph, heightM })))).toMatchObject({
      status: "fail",
      score: 0,
      failures: [expect.stringMatching(/^heights are claimed for 100.0 %/)],
    });
    const { meta } = graph;
    const honest = { ...meta, elevation: { ...meta.elevation, coverageRatio: 0.5 } };
    expect(
      await judged(coverageScore(async () => ({ ...graph, heightM, meta: honest }))),
    ).toMatchObject({
      status: "fail",
      failures: [expect.stringMatching(/^heights are known for/)],
    });
  });
});
