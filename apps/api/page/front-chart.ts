import * as Plot from "@observablehq/plot";

import type { Front } from "./api-client.ts";
import { element } from "./dom.ts";
import { fixed } from "./figures.ts";
import type { Focus } from "./focus.ts";
import { type Box, placeLabels } from "./label-placement.ts";
import type { DrawnRoute } from "./route-colours.ts";

const MARGIN_LEFT = 46;
const MARGIN_BOTTOM = 34;

interface Point {
  readonly routeId: string | null;
  readonly minutes: number;
  readonly cost: number;
  readonly co2eKg: number;
  readonly colour: string;
  readonly tag: string;
}

/** Time against cost for every point of the front; CO2e by size and colour. */
export interface FrontChart {
  show(front: Front, drawn: readonly DrawnRoute[]): void;
  clear(): void;
}

/** Builds the chart in a figure and redraws it when the figure changes size. */
export function createFrontChart(figure: HTMLElement, focus: Focus): FrontChart {
  const caption = element("figcaption", {}, "Front: time against cost");
  const legend = element("span", { className: "legend" });
  caption.append(legend);
  const holder = element("div", { className: "chart" });
  figure.append(caption, holder);
  let points: readonly Point[] = [];
  let currency = "";

  function draw(): void {
    const { clientWidth, clientHeight } = holder;
    if (points.length === 0 || clientWidth < 80 || clientHeight < 60) {
      holder.replaceChildren();
      return;
    }
    const chart = plotFront(points, currency, clientWidth, clientHeight);
    listen(chart, points, focus);
    holder.replaceChildren(chart);
    mark();
  }
  function mark(): void {
    for (const circle of holder.querySelectorAll<SVGElement>("[data-route-id]")) {
      const id = circle.dataset["routeId"];
      circle.classList.toggle("is-selected", id === focus.selected());
      circle.classList.toggle("is-active", id === focus.active());
    }
  }
  new ResizeObserver(draw).observe(holder);
  focus.subscribe(mark);

  return {
    show(front, drawn) {
      currency = drawn[0]?.route.cost.currency ?? "";
      points = pointsOf(front, drawn);
      legend.replaceChildren(...legendOf(drawn));
      draw();
    },
    clear() {
      points = [];
      legend.replaceChildren();
      draw();
    },
  };
}

function pointsOf(front: Front, drawn: readonly DrawnRoute[]): Point[] {
  const byId = new Map(drawn.map((item) => [item.route.id, item]));
  return front.front.points.map(([durationS, cost, co2eKg], index) => {
    const routeId = front.front.routeIds[index] ?? null;
    const item = routeId === null ? undefined : byId.get(routeId);
    return {
      routeId,
      minutes: durationS / 60,
      cost,
      co2eKg,
      colour: item?.colour ?? "none",
      tag: item?.route.tags.join(", ") ?? "",
    };
  });
}

function plotFront(
  points: readonly Point[],
  currency: string,
  width: number,
  height: number,
): ReturnType<typeof Plot.plot> {
  const dots = dotsOf(points, currency);
  const frame = frameOf(points, currency, width, height);
  // The names are placed by the scales of a first drawing.
  const bare = Plot.plot({ ...frame, marks: [dots] });
  const room = { left: MARGIN_LEFT, right: width - 2, top: 8, bottom: height - MARGIN_BOTTOM };
  return Plot.plot({ ...frame, marks: [...labelsOf(points, bare, room), dots] });
}

function frameOf(
  points: readonly Point[],
  currency: string,
  width: number,
  height: number,
): Plot.PlotOptions {
  return {
    width,
    height,
    marginLeft: MARGIN_LEFT,
    marginRight: 26,
    marginTop: 22,
    marginBottom: MARGIN_BOTTOM,
    style: { background: "none", color: "inherit", fontFamily: "inherit", fontSize: "11px" },
    ariaLabel: `Scatter of ${points.length} front points: time in minutes against cost in ${currency}`,
    x: { label: "time, min →", nice: true, grid: true, ticks: 6, inset: 12 },
    y: { label: `↑ cost, ${currency}`, nice: true, grid: true, ticks: 5, inset: 12 },
    r: { type: "linear", domain: extentOf(points), range: [4, 8.5] },
  };
}

function dotsOf(points: readonly Point[], currency: string): Plot.Dot {
  return Plot.dot(points, {
    x: "minutes",
    y: "cost",
    r: "co2eKg",
    fill: "colour",
    stroke: (point: Point) => (point.routeId === null ? "currentColor" : "var(--panel)"),
    strokeWidth: 1.2,
    // Without this the mark would draw large dots first and lose our order.
    sort: null,
    title: (point: Point) =>
      `${point.tag === "" ? "" : `${point.tag}: `}${fixed(point.minutes, 1)} min, ` +
      `${fixed(point.cost, 2)} ${currency}, ${fixed(point.co2eKg, 1)} kg CO₂e`,
  });
}

function labelsOf(
  points: readonly Point[],
  bare: ReturnType<typeof Plot.plot>,
  room: Box,
): Plot.Markish[] {
  const pixel = (scale: "x" | "y" | "r", value: number): number =>
    Number(bare.scale(scale)?.apply(value) ?? 0);
  const placed = points.map((point) => ({
    point,
    text: point.tag,
    dot: {
      x: pixel("x", point.minutes),
      y: pixel("y", point.cost),
      radius: pixel("r", point.co2eKg),
    },
  }));
  const named = placed.filter(({ text }) => text !== "");
  const dots = placed.map(({ dot }) => dot);
  return placeLabels(named, dots, room).map(({ dx, dy, anchor }, index) =>
    Plot.text(
      named.slice(index, index + 1).map(({ point }) => point),
      {
        x: "minutes",
        y: "cost",
        text: "tag",
        dx,
        dy,
        textAnchor: anchor,
        fill: "var(--ink)",
        stroke: "var(--panel)",
        strokeWidth: 4,
        fontWeight: 600,
        pointerEvents: "none",
      },
    ),
  );
}

function extentOf(points: readonly Point[]): [number, number] {
  const values = points.map((point) => point.co2eKg);
  const [low, high] = [Math.min(...values), Math.max(...values)];
  return low === high ? [low - 1, high + 1] : [low, high];
}

function listen(chart: Element, points: readonly Point[], focus: Focus): void {
  const circles = chart.querySelectorAll<SVGElement>("circle");
  for (const [index, circle] of circles.entries()) {
    const routeId = points[index]?.routeId;
    if (typeof routeId !== "string") {
      continue;
    }
    circle.dataset["routeId"] = routeId;
    circle.addEventListener("pointerenter", () => focus.hover(routeId));
    circle.addEventListener("pointerleave", () => focus.hover(undefined));
    circle.addEventListener("click", () => focus.select(routeId));
  }
}

function legendOf(drawn: readonly DrawnRoute[]): (Node | string)[] {
  const byCo2e = drawn.toSorted((a, b) => a.route.co2eKg.total - b.route.co2eKg.total);
  const [first, last] = [byCo2e[0], byCo2e.at(-1)];
  if (first === undefined || last === undefined) {
    return [];
  }
  const strip = element("span", { className: "strip", ariaHidden: "true" });
  for (const { colour } of byCo2e) {
    const cell = element("span");
    cell.style.background = colour;
    strip.append(cell);
  }
  return [
    `CO₂e ${fixed(first.route.co2eKg.total, 1)} `,
    strip,
    ` ${fixed(last.route.co2eKg.total, 1)} kg`,
  ];
}
