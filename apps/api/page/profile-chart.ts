import type { ElevationAnnotation, LonLat, PlannedRoute } from "@gradeway/route-core";
import uPlot from "uplot";

import { element } from "./dom.ts";
import { fixed } from "./figures.ts";
import type { DrawnRoute } from "./route-colours.ts";
import { placeAlong } from "./place-along.ts";
import { cssColour } from "./theme.ts";

/** Height along the selected route. */
export interface ProfileChart {
  show(drawn: DrawnRoute | undefined): void;
}

/** Builds the chart in a figure; tells the place under the pointer. */
export function createProfileChart(
  figure: HTMLElement,
  onPlace: (place: LonLat | undefined) => void,
): ProfileChart {
  const reading = element("span", { className: "reading" });
  const caption = element("figcaption", {}, "Elevation of the selected route", reading);
  const holder = element("div", { className: "chart" });
  figure.append(caption, holder);
  let chart: uPlot | undefined;
  let shown: DrawnRoute | undefined;

  function summary(): string {
    const elevation = shown?.route.annotations?.elevation;
    return shown === undefined || elevation === undefined ? "" : describe(shown.route, elevation);
  }
  function onCursor(plot: uPlot): void {
    const index = plot.cursor.idx;
    const elevation = shown?.route.annotations?.elevation;
    const metres = typeof index === "number" ? elevation?.distanceM[index] : undefined;
    if (typeof index !== "number" || elevation === undefined || metres === undefined) {
      reading.textContent = summary();
      onPlace(undefined);
      return;
    }
    const height = elevation.elevationM[index] ?? null;
    reading.textContent =
      `${fixed(metres / 1000, 1)} km · ` +
      (height === null ? "height unknown" : `${fixed(height, 0)} m`);
    onPlace(shown === undefined ? undefined : placeAlong(shown.route, metres));
  }
  function draw(): void {
    chart?.destroy();
    chart = undefined;
    holder.replaceChildren();
    reading.textContent = summary();
    const elevation = shown?.route.annotations?.elevation;
    if (shown === undefined || elevation === undefined || holder.clientWidth < 80) {
      return;
    }
    const data: uPlot.AlignedData = [
      elevation.distanceM.map((metres) => metres / 1000),
      [...elevation.elevationM],
    ];
    const size = { width: holder.clientWidth, height: holder.clientHeight };
    chart = new uPlot(optionsOf(size, shown.colour, onCursor), data, holder);
    holder.role = "img";
    holder.ariaLabel = summary();
  }
  new ResizeObserver(() => {
    const size = { width: holder.clientWidth, height: holder.clientHeight };
    if (chart === undefined) {
      draw();
    } else {
      chart.setSize(size);
    }
  }).observe(holder);

  return {
    show(drawn) {
      if (drawn !== shown) {
        shown = drawn;
        draw();
      }
    },
  };
}

function describe(route: PlannedRoute, { elevationM }: ElevationAnnotation): string {
  const known = elevationM.filter((height) => height !== null);
  if (known.length === 0) {
    return "height unknown on the whole route";
  }
  const low = known.reduce((a, b) => Math.min(a, b));
  const high = known.reduce((a, b) => Math.max(a, b));
  const gaps = known.length === elevationM.length ? "" : " · gaps: height unknown";
  const climb =
    route.ascentM === null || route.descentM === null
      ? "climb unknown"
      : `↑ ${fixed(route.ascentM, 0)} m ↓ ${fixed(route.descentM, 0)} m`;
  return `${fixed(low, 0)}–${fixed(high, 0)} m · ${climb}${gaps}`;
}

function optionsOf(
  size: { readonly width: number; readonly height: number },
  colour: string,
  onCursor: (plot: uPlot) => void,
): uPlot.Options {
  const axis = {
    stroke: cssColour("--muted"),
    grid: { stroke: cssColour("--line"), width: 1 },
    ticks: { show: false },
    font: "11px system-ui, sans-serif",
  } as const;
  return {
    ...size,
    legend: { show: false },
    cursor: { y: false, drag: { x: false, y: false }, points: { size: 8 } },
    scales: {
      x: { time: false },
      y: { range: (_plot, low, high) => heightRange(low, high) },
    },
    axes: [
      {
        ...axis,
        label: "distance, km",
        labelSize: 16,
        labelFont: axis.font,
        labelGap: -2,
        size: 26,
      },
      { ...axis, label: "height, m", labelSize: 16, labelFont: axis.font, size: 42 },
    ],
    series: [
      {},
      {
        stroke: colour,
        width: 1.75,
        fill: `${colour}2e`,
        spanGaps: false,
        points: { show: false },
      },
    ],
    hooks: { setCursor: [onCursor] },
  };
}

/** At least 50 m high, so that a flat road looks flat. */
function heightRange(low: number, high: number): [number, number] {
  const pad = Math.max((high - low) * 0.1, (50 - (high - low)) / 2, 3);
  return [low - pad, high + pad];
}
