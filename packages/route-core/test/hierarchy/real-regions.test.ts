import { readFileSync } from "node:fs";
import path from "node:path";

import { createSeededRandom, findDataDir } from "@gradeway/test-kit";
import { describe, expect, it } from "vitest";

import { arcWeights, customizeSearchGraph } from "../../src/costing/arc-weights.ts";
import { buildRoutingGraph } from "../../src/graph/build-routing-graph.ts";
import { buildHierarchy } from "../../src/hierarchy/build-hierarchy.ts";
import { customize } from "../../src/hierarchy/customize.ts";
import { nestedDissection } from "../../src/hierarchy/nested-dissection.ts";
import { networkShape } from "../../src/hierarchy/network-shape.ts";
import { osmSourceFromBytes } from "../../src/osm/osm-source.ts";
import { ArcFlags } from "../../src/search/arc-flags.ts";
import { createBackwardDijkstra } from "../../src/search/backward-dijkstra.ts";
import { createHierarchyBounds } from "../../src/search/hierarchy-bounds.ts";
import { INF } from "../../src/search/search-graph.ts";
import { NO_ARC } from "../../src/search/search-query.ts";
import { costingOf, formulaSampler } from "../networks.ts";
import { UNLIMITED } from "../search/results.ts";
import { ARTIC, VAN } from "../vehicles.ts";

const dataDir = findDataDir();
if (dataDir === undefined) {
  process.stderr.write("skipped: real hierarchies need the reference data (GRADEWAY_DATA_DIR)\n");
}

describe.skipIf(dataDir === undefined).each([
  ["Andorra", "andorra/andorra-2025-01-18.osm.pbf"],
  ["rhein-neckar", "rhein-neckar/rhein-neckar-2016-12-15.osm.pbf"],
])("the hierarchy of %s", (name, file) => {
  it("bounds trucks and vans as three backward Dijkstras do, several ends, closed and opened roads included", async () => {
    const { graph } = await buildRoutingGraph({
      name,
      osm: osmSourceFromBytes(new Uint8Array(readFileSync(path.join(dataDir!, file)))),
      elevation: formulaSampler((lon, lat) => 500 + 200 * Math.sin(lon * 60) * Math.cos(lat * 60)),
    });
    const shape = networkShape(graph);
    const order = nestedDissection(shape);
    const hierarchy = buildHierarchy(shape.nodeCount, shape.tails, shape.heads, order);
    const random = createSeededRandom(1);
    let reachable = 0;
    let opened = 0;
    for (const vehicle of [ARTIC, VAN]) {
      const costing = costingOf(graph, vehicle);
      const costs = arcWeights(costing);
      const searchGraph = customizeSearchGraph(costing, costs);
      const { restricted } = searchGraph;
      const weights = customize(hierarchy, { metricCount: 3, costs, closed: restricted });
      const lazy = createHierarchyBounds(searchGraph, hierarchy, weights);
      const whole = createBackwardDijkstra(searchGraph);
      const arcs = new ArcFlags(searchGraph);
      const closedArcs = [...restricted.keys()].filter((arc) => restricted[arc] === 1);
      for (let query = 0; query < 12; query++) {
        const ends = Array.from({ length: 1 + (query % 3) }, () => ({
          node: random.integer(0, graph.nodeCount - 1),
          arcId: NO_ARC,
          costs: [random.integer(0, 999), random.integer(0, 999), random.integer(0, 999)],
        }));
        // Some queries open no access-only road, some a few, some all.
        const share = [0, 0.1, 1][query % 3]!;
        const openArcs = Int32Array.from(closedArcs.filter(() => random.next() < share));
        opened += openArcs.length;
        const asked = { starts: [], ends, direct: [], openArcs };
        arcs.begin(asked);
        const { bounds } = whole.boundsTo({ arcs }, asked, UNLIMITED);
        const found = lazy.boundsTo({ arcs }, asked, UNLIMITED).bounds;
        const expected = new Int32Array(graph.nodeCount * 3);
        const observed = new Int32Array(graph.nodeCount * 3);
        for (let node = 0; node < graph.nodeCount; node++) {
          bounds.write(node, expected, node * 3);
          found.write(node, observed, node * 3);
          if (observed[node * 3] !== INF) reachable++;
        }
        expect(Buffer.compare(Buffer.from(observed.buffer), Buffer.from(expected.buffer))).toBe(0);
      }
    }
    expect(opened).toBeGreaterThan(0);
    expect(reachable).toBeGreaterThan(12 * graph.nodeCount);
  });
});
