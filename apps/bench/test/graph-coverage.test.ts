import { writeFile } from "node:fs/promises";
import path from "node:path";

import type { LonLat, RoutingGraph } from "@gradeway/route-core";
import { describe, expect, it } from "vitest";

import { corpusInBox, runCoverage } from "../src/graph-coverage/run-coverage.ts";
import { openRegion } from "../src/region-under-test.ts";
import { bench, readJson } from "./run-bench.ts";
import { useSampleRegion } from "./sample-region.ts";

const folders = useSampleRegion();

/** Distance to the nearest of all segments, in the plane that touches the sphere at the point. */
function nearestOfAllM(graph: RoutingGraph, [lon, lat]: LonLat): number {
  const { pointLonE7, pointLatE7, firstPoint } = graph;
  const perDegree = (6_371_008.8 * Math.PI) / 180;
  const east = perDegree * Math.cos((lat * Math.PI) / 180);
  let nearestM = Infinity;
  for (let edge = 0; edge < graph.edgeCount; edge++) {
    for (let point = firstPoint[edge]!; point + 1 < firstPoint[edge + 1]!; point++) {
      const ax = (pointLonE7[point]! / 1e7 - lon) * east;
      const ay = (pointLatE7[point]! / 1e7 - lat) * perDegree;
      const bx = (pointLonE7[point + 1]! / 1e7 - lon) * east;
      const by = (pointLatE7[point + 1]! / 1e7 - lat) * perDegree;
      const lengthSquared = (bx - ax) ** 2 + (by - ay) ** 2;
      const along = lengthSquared === 0 ? 0 : -(ax * (bx - ax) + ay * (by - ay)) / lengthSquared;
      const t = Math.min(1, Math.max(0, along));
      nearestM = Math.min(nearestM, Math.hypot(ax + t * (bx - ax), ay + t * (by - ay)));
    }
  }
  return nearestM;
}

describe("bench graph-coverage", () => {
  it("finds the distances that a look at every road finds", async () => {
    const { graph } = await openRegion(folders.region);
    const corpus = corpusInBox(graph, 50, 9);
    const { distancesM } = await runCoverage(folders.region, async () => corpus);
    for (const [index, point] of corpus.points.entries()) {
      const expectedM = nearestOfAllM(graph, point);
      expect(Math.abs(distancesM[index]! - expectedM)).toBeLessThan(0.1 + 0.002 * expectedM);
    }
  });

  it("reports the graph, and fails what misses a threshold", async () => {
    const json = path.join(folders.root, "coverage.json");
    const asked = ["--region", folders.region, "--json", json, "--enforce"];
    const good = await bench("graph-coverage", ...asked);
    expect(good.code).toBe(0);
    expect(good.stdout).toMatch(/strong components +\d+, the largest with [\d.]+ %/);
    const report = (await readJson(json)) as { summary: { nodes: number } };
    expect(report).toMatchObject({
      region: { graphSha256: expect.stringMatching(/^\w{64}$/) },
      bbox: [expect.any(Number), expect.any(Number), expect.any(Number), expect.any(Number)],
    });
    const { nodes } = report.summary;
    const few = await bench("graph-coverage", ...asked, "--min-nodes", String(nodes + 1));
    expect(few.code).toBe(1);
    expect(few.stdout).toContain(`${nodes} junctions`);
  });

  it("judges the places of a file", async () => {
    const { graph } = await openRegion(folders.region);
    const onRoad = `${graph.nodeLonE7[0]! / 1e7},${graph.nodeLatE7[0]! / 1e7}`;
    const file = path.join(folders.root, "places.csv");
    const asked = ["--region", folders.region, "--points", file, "--enforce"];
    await writeFile(file, `lon,lat\n${onRoad}\n`);
    expect((await bench("graph-coverage", ...asked)).code).toBe(0);
    await writeFile(file, `lon,lat\n${onRoad}\n0,0\n`);
    const far = await bench("graph-coverage", ...asked);
    expect(far.stdout).toContain("line 3: no road within 50 km");
    expect(far.code).toBe(1);
    await writeFile(file, `lon,lat\nhere,there\n`);
    const broken = await bench("graph-coverage", ...asked);
    expect(broken.stderr).toContain("line 2: lon is here");
    expect(broken.code).toBe(2);
  });
});
