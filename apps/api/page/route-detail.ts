import type { PlannedRoute } from "@gradeway/route-core";

import { element } from "./dom.ts";
import { fixed, signed, signedClock } from "./figures.ts";
import type { DrawnRoute } from "./route-colours.ts";

/** The figures behind the selected route: how it compares and what its cost is made of. */
export function describeRoute(drawn: DrawnRoute, fastest: PlannedRoute | undefined): Node[] {
  const { route } = drawn;
  const swatch = element("span", { className: "swatch", ariaHidden: "true" });
  swatch.style.background = drawn.colour;
  const tags = route.tags.length > 0 ? `: ${route.tags.join(", ")}` : "";
  const heading = element("h2", {}, swatch, `Route ${drawn.rank}${tags}`);
  const nodes: Node[] = [heading];
  if (fastest !== undefined && fastest.id !== route.id) {
    nodes.push(element("p", { className: "compare" }, compare(route, fastest)));
  }
  nodes.push(costTable(route), element("p", { className: "facts" }, facts(route)));
  return nodes;
}

function compare(route: PlannedRoute, fastest: PlannedRoute): string {
  const time = signedClock(route.durationS - fastest.durationS);
  const cost = signed(route.cost.amount - fastest.cost.amount, 2);
  const co2e = signed(route.co2eKg.total - fastest.co2eKg.total, 1);
  return `Against the fastest: ${time} min, ${cost} ${route.cost.currency}, ${co2e} kg CO₂e`;
}

function costTable({ cost }: PlannedRoute): HTMLElement {
  const largest = Math.max(...cost.lines.map((line) => line.amount), 1e-9);
  const rows = cost.lines.map((line) => {
    const bar = element("span", { className: "bar-fill", ariaHidden: "true" });
    bar.style.inlineSize = `${Math.max(0, (line.amount / largest) * 100)}%`;
    return element(
      "tr",
      {},
      element("th", { scope: "row" }, line.item),
      element("td", { className: "why" }, line.detail),
      element("td", { className: "bar-cell" }, bar),
      element("td", {}, fixed(line.amount, 2)),
    );
  });
  const total = element(
    "tr",
    {},
    element("th", { scope: "row" }, "total"),
    element("td", { className: "why" }),
    element("td", { className: "bar-cell" }),
    element("td", {}, `${fixed(cost.amount, 2)} ${cost.currency}`),
  );
  return element(
    "table",
    { className: "costs" },
    element("caption", { className: "visually-hidden" }, "Cost of the selected route"),
    element("tbody", {}, ...rows),
    element("tfoot", {}, total),
  );
}

function facts(route: PlannedRoute): string {
  const { ttw, wtt } = route.co2eKg;
  const { source, coverageRatio, live } = route.terrain;
  return [
    `CO₂e ${fixed(ttw, 1)} kg burned + ${fixed(wtt, 1)} kg upstream`,
    energyPer100Km(route),
    `${live === true ? "live elevation" : "elevation"} known for ${fixed(coverageRatio * 100, 0)} % (${source})`,
  ].join(" · ");
}

function energyPer100Km({ fuelL, energyKwh, distanceM }: PlannedRoute): string {
  const [amount, unit] = energyKwh === undefined ? [fuelL ?? Number.NaN, "l"] : [energyKwh, "kWh"];
  return `${fixed((amount / distanceM) * 100_000, 1)} ${unit} per 100 km`;
}
