import { readFileSync } from "node:fs";
import path from "node:path";

import { isReasonError } from "@gradeway/reason-codes";
import { createSeededRandom, findDataDir } from "@gradeway/test-kit";
import { describe, expect, it } from "vitest";

import { buildRoutingGraph } from "../../src/graph/build-routing-graph.ts";
import { osmSourceFromBytes } from "../../src/osm/osm-source.ts";
import type { PlanRequest } from "../../src/planner/plan-types.ts";
import { createRoutePlanner } from "../../src/planner/route-planner.ts";
import { formulaSampler, regionOf } from "../networks.ts";

const dataDir = findDataDir();
if (dataDir === undefined) {
  process.stderr.write("skipped: answers on real regions need the data (GRADEWAY_DATA_DIR)\n");
}

/** An answer without its times, or the reason why there is none. */
function outcomeOf(plan: () => { readonly diagnostics: unknown }): unknown {
  try {
    const { diagnostics: _, ...answer } = plan();
    return answer;
  } catch (error) {
    if (!isReasonError(error)) throw error;
    return error.toJSON();
  }
}

describe.skipIf(dataDir === undefined).each([
  ["Andorra", "andorra/andorra-2025-01-18.osm.pbf"],
  ["rhein-neckar", "rhein-neckar/rhein-neckar-2016-12-15.osm.pbf"],
])("answers on %s", (name, file) => {
  it("are the same with a hierarchy as with whole backward searches", async () => {
    const { graph } = await buildRoutingGraph({
      name,
      osm: osmSourceFromBytes(new Uint8Array(readFileSync(path.join(dataDir!, file)))),
      elevation: formulaSampler((lon, lat) => 800 + 200 * Math.sin(lon * 60) * Math.cos(lat * 60)),
    });
    const { hierarchy, ...rest } = regionOf(graph);
    const now = (): number => 0;
    const fast = createRoutePlanner({ ...rest, hierarchy: hierarchy! }, { now });
    const slow = createRoutePlanner(rest, { now });
    const random = createSeededRandom(5);
    const place = (): [number, number] => {
      const node = random.integer(0, graph.nodeCount - 1);
      return [graph.nodeLonE7[node]! / 1e7, graph.nodeLatE7[node]! / 1e7];
    };
    let routes = 0;
    for (let trip = 0; trip < 40; trip++) {
      const request: PlanRequest = {
        origin: place(),
        destination: place(),
        vehicle: trip % 4 === 0 ? "van-3.5t" : "artic-40t",
        ...(trip % 5 === 0 ? { objectives: ["time", "co2e"] } : {}),
        // Routes are told apart by their ids; geometry is most of the work.
        geometry: trip % 8 === 0 ? "geojson" : "none",
      };
      for (const epsilon of [0, 0.01]) {
        const front = outcomeOf(() => fast.planPareto({ ...request, epsilon }));
        expect(front).toEqual(outcomeOf(() => slow.planPareto({ ...request, epsilon })));
        if ((front as { routes?: unknown }).routes !== undefined) routes++;
      }
      for (const weights of [{ time: 1 }, { money: 1 }, { time: 1, money: 0.5, co2e: 2 }]) {
        const best = outcomeOf(() => fast.planRoute({ ...request, weights }));
        expect(best).toEqual(outcomeOf(() => slow.planRoute({ ...request, weights })));
      }
    }
    expect(routes).toBeGreaterThan(60);
  }, 180_000);
});
