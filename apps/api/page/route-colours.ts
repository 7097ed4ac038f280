import type { PlannedRoute } from "@gradeway/route-core";

import type { Theme } from "./theme.ts";

/** Control points of the colour map "plasma": even in lightness, safe for colour-blind readers. */
const PLASMA = [
  [13, 8, 135],
  [75, 3, 161],
  [125, 3, 168],
  [168, 34, 150],
  [203, 70, 121],
  [229, 107, 93],
  [248, 148, 65],
  [253, 195, 40],
  [240, 249, 33],
] as const;

/** The part of the colour map that stands out from the map's background. */
const RANGE: Readonly<Record<Theme, readonly [number, number]>> = {
  light: [0.04, 0.76],
  dark: [0.34, 0.96],
};

/** A route with its place in the picture. */
export interface DrawnRoute {
  readonly route: PlannedRoute;
  /** Its number, from the fastest on; the same in all parts of the page. */
  readonly rank: number;
  /** The same on map, chart and table: from cool to warm in the order of CO2e. */
  readonly colour: string;
}

/** Gives each route a colour of its own, in the order of CO2e; the fastest comes first. */
export function colourRoutes(routes: readonly PlannedRoute[], theme: Theme): DrawnRoute[] {
  const byCo2e = routes.toSorted((a, b) => a.co2eKg.total - b.co2eKg.total);
  const [from, to] = RANGE[theme];
  const colours = new Map(
    byCo2e.map((route, rank) => {
      const share = routes.length < 2 ? 0.3 : rank / (routes.length - 1);
      return [route.id, plasma(from + (to - from) * share)] as const;
    }),
  );
  return routes
    .toSorted((a, b) => a.durationS - b.durationS)
    .map((route, index) => ({
      route,
      rank: index + 1,
      colour: colours.get(route.id) ?? "#888888",
    }));
}

function plasma(position: number): string {
  const scaled = position * (PLASMA.length - 1);
  const index = Math.min(Math.floor(scaled), PLASMA.length - 2);
  const [a, b] = [PLASMA[index], PLASMA[index + 1]];
  if (a === undefined || b === undefined) {
    return "#888888";
  }
  const mix = (channel: 0 | 1 | 2): string =>
    Math.round(a[channel] + (b[channel] - a[channel]) * (scaled - index))
      .toString(16)
      .padStart(2, "0");
  return `#${mix(0)}${mix(1)}${mix(2)}`;
}
