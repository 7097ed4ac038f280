import { readFileSync } from "node:fs";
import path from "node:path";

import { createSeededRandom, findDataDir } from "@gradeway/test-kit";
import { describe, expect, it } from "vitest";

import { buildRoutingGraph } from "../../src/graph/build-routing-graph.ts";
import { encodeGraph } from "../../src/graph/graph-codec.ts";
import { ignoredRestrictionCount } from "../../src/graph/routing-graph.ts";
import type { LonLat } from "../../src/geo/lon-lat.ts";
import { osmSourceFromBytes } from "../../src/osm/osm-source.ts";
import { formulaSampler, plannerOf, sha256 } from "../networks.ts";

const dataDir = findDataDir();
if (dataDir === undefined) {
  process.stderr.write("skipped: Andorra needs the reference data (GRADEWAY_DATA_DIR)\n");
}

async function build() {
  const file = path.join(dataDir!, "andorra", "andorra-2025-01-18.osm.pbf");
  return buildRoutingGraph({
    name: "andorra",
    osm: osmSourceFromBytes(new Uint8Array(readFileSync(file))),
    elevation: formulaSampler((lon, lat) => 1500 + 200 * Math.sin(lon * 60) * Math.cos(lat * 60)),
    tollFacilities: [
      {
        id: "envalira",
        name: "Envalira",
        near: [1.7163, 42.5468],
        radiusM: 2500,
        charged: "tunnel",
      },
    ],
  });
}

describe.skipIf(dataDir === undefined)("Andorra", async () => {
  const built = dataDir === undefined ? undefined : await build();
  const graph = built?.graph;

  it("has the size that its roads have", () => {
    expect(graph!.nodeCount).toBeGreaterThan(3000);
    expect(graph!.nodeCount).toBeLessThan(3500);
    expect(graph!.edgeCount).toBeGreaterThan(3600);
    expect(graph!.edgeCount).toBeLessThan(4200);
    expect(built!.network).toMatchObject({ highwayWays: 7763, missingNodeRefs: 0 });
    expect(Math.max(...graph!.componentNodes) / graph!.nodeCount).toBeGreaterThan(0.95);
    expect(graph!.meta.osmTimestamp).toMatch(/^2025-01-1\dT/);
    expect(built!.elevation.coverageRatio).toBe(1);
  });

  it("keeps every turn restriction, as a ban or as a warning", () => {
    expect(graph!.banFrom.length).toBeGreaterThan(50);
    const ignored = built!.warnings.find(({ code }) => code === "turn_restriction_ignored");
    expect(ignored?.details).toEqual({ relations: ignoredRestrictionCount(graph!.meta) });
    expect(ignoredRestrictionCount(graph!.meta)).toBeLessThan(20);
  });

  it("builds to the same bytes again", async () => {
    const again = encodeGraph((await build()).graph, sha256);
    expect(Buffer.compare(again, encodeGraph(graph!, sha256))).toBe(0);
  });

  it("charges the Envalira tunnel once and offers the pass", () => {
    const planner = plannerOf(graph!, { tollByFacility: { envalira: 25 } });
    const [capital, border]: LonLat[] = [
      [1.5218, 42.5063],
      [1.7336, 42.5425],
    ];
    for (const [origin, destination] of [
      [capital!, border!],
      [border!, capital!],
    ] as const) {
      const { routes } = planner.planPareto({ origin, destination, epsilon: 0.01 });
      const tolls = routes.map(({ cost }) => cost.lines.filter(({ item }) => item === "toll"));
      const fastest = routes.findIndex(({ tags }) => tags.includes("fastest"));
      const cheapest = routes.findIndex(({ tags }) => tags.includes("cheapest"));
      expect(tolls[fastest]).toMatchObject([{ amount: 25 }]);
      expect(tolls[cheapest]).toEqual([]);
    }
  });

  it("connects any two of its junctions, after moving off fragments", () => {
    const planner = plannerOf(graph!, { tollByFacility: { envalira: 25 } });
    const random = createSeededRandom(1);
    const place = (): LonLat => {
      const node = random.integer(0, graph!.nodeCount - 1);
      return [graph!.nodeLonE7[node]! / 1e7, graph!.nodeLatE7[node]! / 1e7];
    };
    let moved = 0;
    for (let trip = 0; trip < 150; trip++) {
      const { warnings, route } = planner.planRoute({ origin: place(), destination: place() });
      if (warnings.some(({ code }) => code === "snap_moved_off_fragment")) moved++;
      expect(route.distanceM).toBeLessThan(60_000);
    }
    expect(moved).toBeLessThan(20);
  });
});
