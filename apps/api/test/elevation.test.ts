import { describe, expect, it } from "vitest";

import { createTestApp, post } from "./app-fixture.ts";
import { type Answer, answerOf, ask, OUTSIDE, problemOf, terrain } from "./elevation-fixture.ts";

const manyPoints = (count: number) => Array.from({ length: count }, () => [1.5, 42.5]);

describe("POST /elevation with points", () => {
  it("answers in order, with null for a void", async () => {
    const response = await ask({ points: [[1.52, 42.5], OUTSIDE, [1.48, 42.5], [1.5, 89]] });
    expect(response.headers.get("cache-control")).toBe("no-store");
    const answer = (await response.json()) as Answer;
    expect(Object.keys(answer).sort()).toEqual([
      "attribution",
      "coverageRatio",
      "elevationM",
      "source",
      "tilesSha256",
      "warnings",
    ]);
    expect(answer).toMatchObject({
      coverageRatio: 0.5,
      source: "test tiles z11",
      attribution: "© Test",
      tilesSha256: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
      warnings: [],
    });
    expect(answer.elevationM[0]).toBeCloseTo(1040, -0.5);
    expect(answer.elevationM[2]).toBeCloseTo(960, -0.5);
    expect([answer.elevationM[1], answer.elevationM[3]]).toEqual([null, null]);
  });

  it("takes 10,000 points and not one more", async () => {
    const points = manyPoints(10_000).map(() => [-1.123456789012345, 42.12345678901234]);
    expect((await answerOf({ points })).elevationM.length).toBe(10_000);
    const problem = await problemOf(await ask({ points: manyPoints(10_001) }));
    expect(problem.details.issues).toEqual([
      { pointer: "/points", message: "At most 10000 positions are allowed." },
    ]);
  });

  it("does not wait for the region, unless it has to know its box", async () => {
    const { app } = createTestApp({ terrain, region: () => undefined });
    const points = [[1.5, 42.5]];
    expect((await post(app, "/elevation", { points })).status).toBe(200);
    const strict = await post(app, "/elevation", { points, strict: true });
    expect((await problemOf(strict)).reasonCode).toBe("routing_graph_warming_up");
  });

  it("tells what happened to the tiles when it is asked", async () => {
    const response = await ask({ points: [[1.52, 42.5], OUTSIDE] }, undefined, "?diagnostics=1");
    const { diagnostics } = (await response.json()) as Answer;
    expect(diagnostics).toMatchObject({ absent: 1, budgetTiles: 96, staleUses: 0 });
    expect(diagnostics!.tiles.map(({ tile }) => tile)).toHaveLength(2);
  });

  it("refuses places outside the region, when strict", async () => {
    for (const body of [{ points: [OUTSIDE] }, { line: [OUTSIDE, [3.1, 42.5]] }]) {
      expect((await ask(body)).status).toBe(200);
      const response = await ask({ ...body, strict: true });
      expect(response.status).toBe(422);
      expect(await problemOf(response)).toMatchObject({
        reasonCode: "terrain_region_unsupported",
        details: { bbox: [1.4, 42.4, 1.8, 42.6] },
      });
    }
  });
});

describe("POST /elevation with a line", () => {
  const coordinates = [
    [1.48, 42.5],
    [1.52, 42.5],
  ];

  it("puts points on the line and adds up its climb", async () => {
    const answer = await answerOf({ line: { type: "LineString", coordinates } });
    expect(answer.elevationM.length).toBe(answer.distanceM.length);
    expect(answer.distanceM[0]).toBe(0);
    expect(answer.distanceM.at(-1)).toBeCloseTo(3279, 0);
    for (let point = 1; point < answer.distanceM.length; point++) {
      expect(answer.distanceM[point]! - answer.distanceM[point - 1]!).toBeLessThan(40.01);
    }
    expect(answer.ascentM).toBeCloseTo(80, -0.5);
    expect(answer.descentM).toBe(0);
    expect(answer.coverageRatio).toBe(1);
    const back = await answerOf({ line: coordinates.toReversed(), spacingM: 25, strict: true });
    expect(back.distanceM.length).toBeGreaterThan(answer.distanceM.length * 1.5);
    expect([back.ascentM, back.descentM]).toEqual([0, answer.ascentM]);
  });

  it("takes GeoJSON with altitudes, which it does not believe", async () => {
    const high = coordinates.map(([lon, lat]) => [lon, lat, 8848]);
    const bbox = [1.48, 42.5, 1.52, 42.5];
    const answer = await answerOf({ line: { type: "LineString", coordinates: high, bbox } });
    expect(answer).toEqual(await answerOf({ line: coordinates }));
  });

  it("claims no climb where a part is unknown, and refuses it when strict", async () => {
    const line = [
      [1.55, 42.5],
      [1.75, 42.5],
    ];
    const answer = await answerOf({ line });
    expect(answer.elevationM).toContain(null);
    expect(answer.elevationM).not.toContain(0);
    expect(answer.coverageRatio).toBeLessThan(0.96);
    expect(answer.coverageRatio).toBeGreaterThan(0);
    expect([answer.ascentM, answer.descentM]).toEqual([null, null]);
    for (const body of [{ line }, { points: [[1.5, 42.5], OUTSIDE] }]) {
      const response = await ask({ ...body, strict: true });
      expect(response.status).toBe(422);
      const problem = await problemOf(response);
      expect(problem.reasonCode).toBe("terrain_dem_coverage_insufficient");
      expect(problem.details).toMatchObject({
        requiredRatio: 0.96,
        missingTiles: [expect.stringMatching(/^11\//)],
      });
    }
  });

  it("takes 10,000 points on a line and not one more", async () => {
    const refused = await problemOf(
      await ask({
        line: [
          [0, 0],
          [90, 0],
        ],
      }),
    );
    expect(refused.reasonCode).toBe("request_invalid");
    expect(refused.details.issues[0]).toMatchObject({
      pointer: "/line",
      message: expect.stringContaining("at most 10000") as string,
    });
    const opposite = await problemOf(
      await ask({
        line: [
          [0, 0],
          [180, 0],
        ],
      }),
    );
    expect(opposite.details.issues[0]!.pointer).toBe("/line");
    // 9,999 pieces of 50 m.
    const degrees = (9_999 * 50 - 1) / 111_195.08;
    const answer = await answerOf({
      line: [
        [0, 0],
        [degrees, 0],
      ],
      spacingM: 50,
    });
    expect(answer.distanceM.length).toBe(10_000);
    expect([answer.ascentM, answer.coverageRatio]).toEqual([null, 0]);
  });
});

describe("POST /elevation refuses", () => {
  const ok = [1.5, 42.5];
  it.each<[string, unknown]>([
    ["", {}],
    ["", []],
    ["", null],
    ["", "text"],
    ["", { points: [ok], line: [ok, ok] }],
    ["/points", { points: [] }],
    ["/points", { points: "1.5,42.5" }],
    ["/points/0", { points: [1.5] }],
    ["/points/1", { points: [ok, [1.5]] }],
    ["/points/0", { points: [[1.5, 42.5, 900]] }],
    ["/points/0/1", { points: [[1.5, null]] }],
    ["/points/0", { points: [[42.5, 120]] }],
    ["/line", { line: [ok] }],
    ["/line", { line: null }],
    ["/line", { line: 7 }],
    ["/line/1", { line: [ok, [1.5, 95]] }],
    ["/line/type", { line: { type: "Polygon", coordinates: [ok, ok] } }],
    ["/line/coordinates", { line: { type: "LineString" } }],
    ["/line/coordinates/1/0", { line: { type: "LineString", coordinates: [ok, ["a", 1]] } }],
    ["/line/crs", { line: { type: "LineString", coordinates: [ok, ok], crs: {} } }],
    ["/spacingM", { points: [ok], spacingM: 30 }],
    ["/spacingM", { line: [ok, ok], spacingM: 24 }],
    ["/spacingM", { line: [ok, ok], spacingM: 51 }],
    ["/spacingM", { line: [ok, ok], spacingM: "30" }],
    ["/strict", { points: [ok], strict: 1 }],
    ["/deadlineMs", { points: [ok], deadlineMs: 0 }],
    ["/deadlineMs", { line: [ok, ok], deadlineMs: 60_001 }],
    ["/zoom", { points: [ok], zoom: 12 }],
  ])("what is wrong at %s", async (pointer, body) => {
    const response = await ask(body === "text" ? JSON.stringify("text") : body);
    expect(response.status).toBe(400);
    const problem = await problemOf(response);
    expect(problem.reasonCode).toBe("request_invalid");
    expect(problem.details.issues.map((issue) => issue.pointer)).toEqual([pointer]);
  });

  it("a body that is no JSON, one that is too large, and other methods", async () => {
    expect((await ask("{")).status).toBe(400);
    const large = await ask(`{"points":[${" ".repeat(1024 * 1024)}]}`);
    expect(large.status).toBe(413);
    expect((await problemOf(large)).reasonCode).toBe("request_too_large");
    const { app } = createTestApp({ terrain });
    expect((await app.request("/elevation")).status).toBe(405);
  });

  it("a thousand bad points with a short answer, and says when numbers look swapped", async () => {
    const points = Array.from({ length: 1000 }, () => [42.5, 120]);
    const problem = await problemOf(await ask({ points }));
    expect(problem.details.issues.length).toBe(20);
    expect(problem.detail).toContain("And 980 more.");
    expect(problem.detail).toContain("look swapped");
  });

  it("everything when the server has no tiles", async () => {
    const response = await post(createTestApp().app, "/elevation", { points: [ok] });
    expect(response.status).toBe(503);
    const problem = await problemOf(response);
    expect(problem.reasonCode).toBe("terrain_dem_asset_unavailable");
    expect(problem.details).toEqual({
      source: "none",
      problem: "The server was started without elevation tiles.",
    });
  });
});
