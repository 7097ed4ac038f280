import type { LonLat } from "@gradeway/route-core";
import {
  AttributionControl,
  GeoJSONSource,
  LngLatBounds,
  Map as MapView,
  type MapMouseEvent,
  Marker,
  NavigationControl,
  ScaleControl,
  setWorkerUrl,
} from "maplibre-gl";

import type { Region } from "./api-client.ts";
import { element } from "./dom.ts";
import type { Focus } from "./focus.ts";
import { ACTIVE_LAYERS, buildMapStyle, ROUTE_LAYER, type RouteCollection } from "./map-style.ts";
import type { DrawnRoute } from "./route-colours.ts";
import type { Theme } from "./theme.ts";

/** Which end of the trip. */
export type End = "origin" | "destination";

/** The map with the ends of the trip and its routes. */
export interface TripMap {
  showEnds(ends: Readonly<Record<End, LonLat | undefined>>): void;
  showRoutes(routes: readonly DrawnRoute[]): void;
  /** Moves the view so that all routes are seen. */
  fitRoutes(): void;
  /** Marks a place on the selected route. */
  showPlace(place: LonLat | undefined): void;
  setTheme(theme: Theme): void;
}

/** What the map is told about and what it tells. */
export interface TripMapOptions {
  readonly container: HTMLElement;
  readonly region: Region;
  readonly theme: Theme;
  readonly focus: Focus;
  /** A click that hit no route. */
  readonly onClick: (place: LonLat) => void;
  readonly onEndMoved: (end: End, place: LonLat) => void;
}

const EMPTY: RouteCollection = { type: "FeatureCollection", features: [] };

/** Builds the map and fits it to the region. */
export function createTripMap(options: TripMapOptions): TripMap {
  const { container, region, focus } = options;
  setWorkerUrl(new URL("./maplibre-gl-worker.mjs", document.baseURI).href);
  const tilesUrl = `${new URL("./tiles/roads/", document.baseURI).href}{z}/{x}/{y}.mvt`;
  const attribution = region.attribution.map(escapeHtml).join(" · ");
  let routes = EMPTY;
  let theme = options.theme;
  const style = (): ReturnType<typeof buildMapStyle> =>
    buildMapStyle(theme, tilesUrl, attribution, routes);

  const [west, south, east, north] = region.bbox;
  const map = new MapView({
    container,
    style: style(),
    bounds: [west, south, east, north],
    fitBoundsOptions: { padding: 24 },
    attributionControl: false,
    dragRotate: false,
    pitchWithRotate: false,
    maxZoom: 17,
  });
  map.touchZoomRotate.disableRotation();
  map.addControl(new AttributionControl({ compact: false }));
  map.addControl(new NavigationControl({ showCompass: false }), "top-right");
  map.addControl(new ScaleControl({ unit: "metric" }), "bottom-left");

  const markers: Record<End, Marker> = {
    origin: endMarker("A", "Origin"),
    destination: endMarker("B", "Destination"),
  };
  for (const end of ["origin", "destination"] as const) {
    markers[end].on("dragend", () => {
      const { lng, lat } = markers[end].getLngLat();
      options.onEndMoved(end, [lng, lat]);
    });
  }
  const place = new Marker({ element: element("div", { className: "place-mark" }) });

  function routeAt({ point }: MapMouseEvent): string | undefined {
    if (map.getLayer(ROUTE_LAYER) === undefined) {
      return undefined;
    }
    const reach = 5;
    const [hit] = map.queryRenderedFeatures(
      [
        [point.x - reach, point.y - reach],
        [point.x + reach, point.y + reach],
      ],
      { layers: [...ACTIVE_LAYERS.slice(1), ROUTE_LAYER] },
    );
    const id: unknown = hit?.properties["id"];
    return typeof id === "string" ? id : undefined;
  }

  map.on("click", (event) => {
    const routeId = routeAt(event);
    if (routeId === undefined) {
      options.onClick([event.lngLat.lng, event.lngLat.lat]);
    } else {
      focus.select(routeId);
    }
  });
  map.on("mousemove", (event) => {
    const routeId = routeAt(event);
    map.getCanvas().style.cursor = routeId === undefined ? "crosshair" : "pointer";
    focus.hover(routeId);
  });
  map.on("mouseout", () => focus.hover(undefined));

  function showActive(): void {
    for (const layer of ACTIVE_LAYERS) {
      if (map.getLayer(layer) !== undefined) {
        map.setFilter(layer, ["==", "id", focus.active() ?? ""]);
      }
    }
  }
  focus.subscribe(showActive);
  map.once("idle", () => {
    container.dataset["painted"] = "";
  });
  map.on("style.load", showActive);

  return {
    showEnds(ends) {
      for (const end of ["origin", "destination"] as const) {
        const position = ends[end];
        if (position === undefined) {
          markers[end].remove();
        } else {
          markers[end].setLngLat([...position]).addTo(map);
        }
      }
    },
    showRoutes(drawn) {
      routes = collectionOf(drawn);
      const source = map.getSource("routes");
      if (source instanceof GeoJSONSource) {
        void source.setData(routes);
      } else {
        // The first style is still being read: read it again, with the routes.
        map.setStyle(style(), { diff: false });
      }
      container.dataset["routes"] = String(routes.features.length);
    },
    fitRoutes() {
      const box = new LngLatBounds();
      for (const { geometry } of routes.features) {
        for (const [lon = 0, lat = 0] of geometry.coordinates) {
          box.extend([lon, lat]);
        }
      }
      if (!box.isEmpty()) {
        map.fitBounds(box, { padding: 64, maxZoom: 14, duration: 400 });
      }
    },
    showPlace(position) {
      if (position === undefined) {
        place.remove();
      } else {
        place.setLngLat([...position]).addTo(map);
      }
    },
    setTheme(next) {
      theme = next;
      map.setStyle(style(), { diff: false });
    },
  };
}

function endMarker(letter: string, label: string): Marker {
  const mark = element(
    "div",
    { className: "end-mark on-map", title: `${label}: drag to move` },
    letter,
  );
  return new Marker({ element: mark, draggable: true });
}

function collectionOf(drawn: readonly DrawnRoute[]): RouteCollection {
  return {
    type: "FeatureCollection",
    features: drawn.flatMap(({ route, colour }) =>
      typeof route.geometry === "object" && route.geometry !== null
        ? [
            {
              type: "Feature" as const,
              geometry: {
                type: "LineString" as const,
                coordinates: route.geometry.coordinates.map((position) => [...position]),
              },
              properties: { id: route.id, colour, isMarked: route.tags.length > 0 },
            },
          ]
        : [],
    ),
  };
}

/** The map's attribution is read as HTML. */
function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.codePointAt(0)};`);
}
