import {
  buildRoutingGraph,
  osmSourceFromBytes,
  type ElevationSampler,
  type RoutingGraph,
} from "@gradeway/route-core";
import { networkFromAscii, writeOsmPbf } from "@gradeway/test-kit";

/** Level ground of 100 m everywhere. */
const GROUND: ElevationSampler = {
  source: { name: "level ground", resolutionM: 30, attribution: "none" },
  async sample(lonLat, out) {
    out.fill(100, 0, lonLat.length / 2);
    return { sampled: lonLat.length / 2, voids: 0, missingTiles: [], tilesSha256: "" };
  },
};

/** A few streets with a bridge, a tolled tunnel, a one-way street and a road for residents only. */
export async function smallGraph(): Promise<RoutingGraph> {
  const drawing = networkFromAscii(
    `
    A--B--C--D
    |  |  |  |
    E--F--G--H
    `,
    {
      ways: {
        AB: { maxspeed: "50" },
        CD: { tunnel: "yes", toll: "yes" },
        EF: { oneway: "yes" },
        FG: { bridge: "yes" },
        CG: { motor_vehicle: "destination" },
        AE: {},
        BF: {},
        BC: {},
        DH: {},
        GH: { maxheight: "3.8" },
      },
    },
  );
  const { graph } = await buildRoutingGraph({
    name: "small",
    osm: osmSourceFromBytes(writeOsmPbf(drawing.dataset)),
    elevation: GROUND,
  });
  return graph;
}
