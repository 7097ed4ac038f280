import { buildRoutingGraph, osmSourceFromBytes } from "@gradeway/route-core";
import {
  createMemoryTileSource,
  createElevationSampler,
  measureClimb,
  refineProfile,
  sampleProfile,
  tilesCovering,
} from "@gradeway/terrain-tiles";
import { createSeededRandom, writeOsmPbf, writeTerrainTile } from "@gradeway/test-kit";
import { describe, expect, it } from "vitest";

/** On a meridian, so that the shortest line and the one that is straight on a map are the same. */
const SOUTH = [7, 47] as const;
const NORTH = [7, 47.15] as const;
const TILES = tilesCovering([6.99, 47, 7.01, 47.15], 11);

/** Hills of 60 m and 12 m, whole metres, and noise of up to 2 m in each pixel. */
function terrain(seed: number): ReadonlyMap<string, Uint8Array> {
  const random = createSeededRandom(seed);
  return new Map(
    TILES.map((id) => [
      `${id.z}/${id.x}/${id.y}`,
      writeTerrainTile(id, (_lon, lat) => {
        const northM = (lat - SOUTH[1]) * 111_195;
        const hills = 60 * Math.sin(northM / 900) + 12 * Math.sin(northM / 170 + 1);
        return Math.round(500 + hills + 4 * (random.next() - 0.5));
      }),
    ]),
  );
}

/** Heights along one straight road, of a region build and of a line, from south to north. */
async function bothWays(seed: number, smoothing = {}) {
  const sampler = createElevationSampler(createMemoryTileSource(terrain(seed)));
  const nodes = [SOUTH, NORTH].map(([lon, lat], index) => ({ id: index + 1, lon, lat }));
  const ways = [{ id: 1, nodes: [1, 2], tags: { highway: "primary" } }];
  const osm = osmSourceFromBytes(writeOsmPbf({ nodes, ways, relations: [] }));
  const { graph } = await buildRoutingGraph({ name: "road", osm, elevation: sampler });
  const heights = Float64Array.from(graph.heightM);
  const network = graph.nodeLatE7[graph.edgeTail[0]!] === 47e7 ? heights : heights.toReversed();
  const profile = await sampleProfile(sampler, [SOUTH, NORTH]);
  return { network, line: refineProfile(profile, smoothing).elevationM };
}

const worstM = (a: Float64Array, b: Float64Array): number =>
  a.reduce((worst, heightM, point) => Math.max(worst, Math.abs(heightM - b[point]!)), 0);

describe("on a single straight road", () => {
  it.each([1, 2, 3])(
    "a region build and the profile of the line agree (terrain %i)",
    async (seed) => {
      const { network, line } = await bothWays(seed);
      expect(network).toHaveLength(line.length);
      expect(worstM(network, line)).toBeLessThan(0.2);
      const [built, measured] = [network, line].map((heights) => measureClimb(heights).ascentM);
      expect(Math.abs(built! / measured! - 1)).toBeLessThan(0.01);
    },
  );

  it("they would not with another smoothing", async () => {
    const { network, line } = await bothWays(1, { smoothingM: 80 });
    expect(worstM(network, line)).toBeGreaterThan(0.5);
  });
});
