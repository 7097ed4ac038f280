import type { RoadFeature } from "@gradeway/route-core";
import { GeoJSONVT } from "@maplibre/geojson-vt";
import { fromGeojsonVt } from "@maplibre/vt-pbf";
import type { Feature, FeatureCollection, LineString } from "geojson";

type RoadLine = Feature<LineString, Pick<RoadFeature, "class" | "structure" | "toll">>;

/** Roads as Mapbox vector tiles with one layer, `roads`. */
export interface RoadTiles {
  /** The bytes of a tile; `empty` where no road is, `outside_pyramid` for an impossible address. */
  tile(z: number, x: number, y: number): Uint8Array<ArrayBuffer> | "empty" | "outside_pyramid";
}

/** The deepest zoom with tiles of its own; maps stretch these beyond. */
export const ROAD_TILES_MAX_ZOOM = 14;

/**
 * Which roads are drawn from which zoom on. Tiles are 512 pixels wide, so zoom 9 here shows what
 * maps of 256-pixel tiles show at zoom 10.
 */
const LEVELS = [
  { fromZoom: 11, classes: /./ },
  { fromZoom: 9, classes: /^(motorway|trunk|primary|secondary|tertiary|unclassified)(_link)?$/ },
  { fromZoom: 0, classes: /^(motorway|trunk|primary|secondary)(_link)?$/ },
] as const;

/**
 * Cuts roads into vector tiles. Nothing is read before the first tile is asked for, and each level
 * of detail is indexed when its first tile is.
 *
 * @param roads Iterated once, so a generator will do.
 */
export function createRoadTiles(roads: Iterable<RoadFeature>): RoadTiles {
  const features = lazy(() => Array.from(roads, featureOf));
  const levels = LEVELS.map(({ fromZoom, classes }) => ({
    fromZoom,
    index: lazy(() => buildIndex(features(), classes)),
  }));
  return {
    tile(z, x, y) {
      const span = 2 ** z;
      if (z > ROAD_TILES_MAX_ZOOM || x >= span || y >= span) {
        return "outside_pyramid";
      }
      const level = levels.find(({ fromZoom }) => z >= fromZoom);
      const tile = level?.index().getTile(z, x, y) ?? null;
      if (tile === null || tile.features.length === 0) {
        return "empty";
      }
      return new Uint8Array(fromGeojsonVt({ roads: tile }, { version: 2, extent: 4096 }));
    },
  };
}

function buildIndex(roads: readonly RoadLine[], classes: RegExp): GeoJSONVT {
  const features = roads.filter(({ properties }) => classes.test(properties.class));
  const collection: FeatureCollection<LineString> = { type: "FeatureCollection", features };
  return new GeoJSONVT(collection, { maxZoom: ROAD_TILES_MAX_ZOOM, tolerance: 3, buffer: 64 });
}

function featureOf(road: RoadFeature): RoadLine {
  return {
    type: "Feature",
    geometry: {
      type: "LineString",
      coordinates: road.coordinates.map(([lon, lat]) => [lon, lat]),
    },
    properties: { class: road.class, structure: road.structure, toll: road.toll },
  };
}

function lazy<T>(build: () => T): () => T {
  let built: { readonly value: T } | undefined;
  return () => (built ??= { value: build() }).value;
}
