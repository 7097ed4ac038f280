import type { FeatureCollection, LineString } from "geojson";
import type { ExpressionSpecification, LayerSpecification, StyleSpecification } from "maplibre-gl";

import type { Theme } from "./theme.ts";

/** Routes as the map holds them. */
export type RouteCollection = FeatureCollection<
  LineString,
  { readonly id: string; readonly colour: string; readonly isMarked: boolean }
>;

interface Palette {
  readonly land: string;
  readonly minor: string;
  readonly main: string;
  readonly motorway: string;
  readonly casing: string;
  readonly toll: string;
}

const PALETTES: Readonly<Record<Theme, Palette>> = {
  light: {
    land: "#f3f2ee",
    minor: "#d2d1cc",
    main: "#bcbfc2",
    motorway: "#9da4ac",
    casing: "#ffffff",
    toll: "#c79a4b",
  },
  dark: {
    land: "#171b20",
    minor: "#333b44",
    main: "#48525c",
    motorway: "#647080",
    casing: "#0d1013",
    toll: "#8d6d35",
  },
};

const CLASS_RANK: ExpressionSpecification = [
  "match",
  ["get", "class"],
  ["motorway", "motorway_link"],
  4,
  ["trunk", "trunk_link"],
  3,
  ["primary", "primary_link"],
  2,
  ["secondary", "secondary_link"],
  1,
  0,
];

/** Layers that are drawn for one route only, chosen by a filter. */
export const ACTIVE_LAYERS = ["route-active-casing", "route-active"] as const;
/** Layer that is asked which route lies under the pointer. */
export const ROUTE_LAYER = "route-line";

/** The whole style: our own road tiles, the routes, and no fonts, images or other sources. */
export function buildMapStyle(
  theme: Theme,
  tilesUrl: string,
  attribution: string,
  routes: RouteCollection,
): StyleSpecification {
  const palette = PALETTES[theme];
  return {
    version: 8,
    sources: {
      roads: { type: "vector", tiles: [tilesUrl], maxzoom: 14, attribution },
      routes: { type: "geojson", data: routes },
    },
    layers: [
      { id: "land", type: "background", paint: { "background-color": palette.land } },
      ...roadLayers(palette),
      ...routeLayers(palette),
    ],
  };
}

function roadLayers(palette: Palette): LayerSpecification[] {
  const width = (scale: number): ExpressionSpecification => [
    "interpolate",
    ["exponential", 1.4],
    ["zoom"],
    7,
    ["*", scale, ["+", 0.6, ["*", 0.25, CLASS_RANK]]],
    14,
    ["*", scale, ["+", 1.6, ["*", 1.05, CLASS_RANK]]],
    18,
    ["*", scale, ["+", 7, ["*", 3.5, CLASS_RANK]]],
  ];
  const common = { type: "line", source: "roads", "source-layer": "roads" } as const;
  const layout = {
    "line-cap": "round",
    "line-join": "round",
    "line-sort-key": CLASS_RANK,
  } as const;
  return [
    {
      ...common,
      id: "road",
      filter: ["!=", ["get", "structure"], "tunnel"],
      layout,
      paint: {
        "line-color": [
          "match",
          CLASS_RANK,
          4,
          palette.motorway,
          [1, 2, 3],
          palette.main,
          palette.minor,
        ],
        "line-width": width(1),
      },
    },
    {
      ...common,
      id: "road-tunnel",
      filter: ["==", ["get", "structure"], "tunnel"],
      layout: { "line-join": "round" },
      paint: {
        "line-color": palette.motorway,
        "line-width": width(0.8),
        "line-dasharray": [1.4, 1],
        "line-opacity": 0.8,
      },
    },
    {
      ...common,
      id: "road-toll",
      filter: ["==", ["get", "toll"], true],
      layout: { "line-join": "round" },
      paint: {
        "line-color": palette.toll,
        "line-width": width(0.28),
        "line-dasharray": [3, 2.5],
      },
    },
  ];
}

function routeLayers(palette: Palette): LayerSpecification[] {
  const layout = { "line-cap": "round", "line-join": "round" } as const;
  const source = { type: "line", source: "routes" } as const;
  const isMarked: ExpressionSpecification = ["get", "isMarked"];
  const none: ["==", string, string] = ["==", "id", ""];
  return [
    {
      ...source,
      id: "route-casing",
      layout: { ...layout, "line-sort-key": ["case", isMarked, 1, 0] },
      paint: {
        "line-color": palette.casing,
        "line-width": ["case", isMarked, 6, 3.6],
        "line-opacity": 0.85,
      },
    },
    {
      ...source,
      id: ROUTE_LAYER,
      layout: { ...layout, "line-sort-key": ["case", isMarked, 1, 0] },
      paint: {
        "line-color": ["get", "colour"],
        "line-width": ["case", isMarked, 3.6, 1.8],
        "line-opacity": ["case", isMarked, 0.95, 0.75],
      },
    },
    {
      ...source,
      id: "route-active-casing",
      filter: none,
      layout,
      paint: { "line-color": palette.casing, "line-width": 10 },
    },
    {
      ...source,
      id: "route-active",
      filter: none,
      layout,
      paint: { "line-color": ["get", "colour"], "line-width": 6 },
    },
  ];
}
