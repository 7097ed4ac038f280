import type { OsmDataset, TerrainTile } from "@gradeway/test-kit";
import { terrainTilesFor, writeOsmPbf } from "@gradeway/test-kit";

import type { Point } from "./county-frame.ts";
import { terrainBoundingBox, toLocal, toLonLat } from "./county-frame.ts";
import { createCountyNetwork } from "./county-network.ts";
import { createTerrain } from "./terrain.ts";

export const DEFAULT_SEED = 20_260_212;
const TILE_ZOOM = 11;
/** From the tunnel's middle to beyond the toll booths at both ends. */
const TOLL_RADIUS_M = 4_500;

export interface DemoPlace {
  readonly name: string;
  readonly lon: number;
  readonly lat: number;
}

/** One payment, however many ways and booths carry the tag. */
export interface SampleTollFacility {
  readonly id: "sample-ridge-tunnel";
  readonly name: string;
  readonly near: readonly [lon: number, lat: number];
  readonly radiusM: number;
  /** Only the tunnel is charged; the tolled approaches on either side belong to it. */
  readonly charged: "tunnel";
  readonly priceEur: number;
}

export interface SampleRegion {
  readonly name: "Gradewayshire (synthetic)";
  readonly pbf: Uint8Array;
  readonly tiles: readonly TerrainTile[];
  /** What the PBF was written from. */
  readonly dataset: OsmDataset;
  /** Two towns with three rival roads between them: tolled tunnel, steep pass, flat detour. */
  readonly demo: { readonly from: DemoPlace; readonly to: DemoPlace };
  readonly tollFacility: SampleTollFacility;
  /** The terrain that the tiles hold, in metres; NaN is a void. */
  readonly heightAtM: (lon: number, lat: number) => number;
}

export interface SampleRegionOptions {
  readonly seed?: number;
}

/** Makes a county that does not exist; the same seed gives the same bytes. */
export function generateSampleRegion({
  seed = DEFAULT_SEED,
}: SampleRegionOptions = {}): SampleRegion {
  const terrain = createTerrain(seed);
  const network = createCountyNetwork(terrain, seed);
  const heightAtM = (lon: number, lat: number): number => terrain.heightAtM(toLocal(lon, lat));
  return {
    name: "Gradewayshire (synthetic)",
    pbf: writeOsmPbf(network.dataset),
    tiles: terrainTilesFor(terrainBoundingBox(), TILE_ZOOM, heightAtM),
    dataset: network.dataset,
    demo: {
      from: place("Westborough", network.demoFrom),
      to: place("Eastborough", network.demoTo),
    },
    tollFacility: tollFacilityAt(network.tunnelMiddle),
    heightAtM,
  };
}

export function tollFacilityAt(near: readonly [lon: number, lat: number]): SampleTollFacility {
  return {
    id: "sample-ridge-tunnel",
    name: "Ridge Tunnel",
    near,
    radiusM: TOLL_RADIUS_M,
    charged: "tunnel",
    priceEur: 18,
  };
}

function place(name: string, point: Point): DemoPlace {
  const [lon, lat] = toLonLat(point);
  return { name, lon: Math.round(lon * 1e6) / 1e6, lat: Math.round(lat * 1e6) / 1e6 };
}
