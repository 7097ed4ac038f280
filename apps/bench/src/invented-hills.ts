import type { ElevationSampler } from "@gradeway/route-core";

/** Hills of 20 and 6 km, up to 300 m high: what a route climbs must not hang on tiles. */
export const INVENTED_HILLS: ElevationSampler = {
  source: { name: "invented hills", resolutionM: 30, attribution: "" },
  sample(lonLat, outM) {
    const count = lonLat.length / 2;
    for (let k = 0; k < count; k++) {
      const east = lonLat[2 * k]! * 2 * Math.PI;
      const north = lonLat[2 * k + 1]! * 2 * Math.PI;
      outM[k] = 300 + 120 * Math.sin(4 * east + 2) * Math.cos(5 * north) + 30 * Math.sin(14 * east);
    }
    return Promise.resolve({ sampled: count, voids: 0, missingTiles: [], tilesSha256: "" });
  },
};
