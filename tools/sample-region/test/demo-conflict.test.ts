import { describe, expect, it } from "vitest";

import { generateSampleRegion } from "../src/index.ts";
import type { DemoPlace } from "../src/index.ts";
import type { Arc } from "./road-graph.ts";
import { groundDistanceM, isDrivable, roadGraph } from "./road-graph.ts";
import type { Costs } from "./truck-costs.ts";
import { isOpenToTrucks, truckCosts } from "./truck-costs.ts";

const region = generateSampleRegion();
const arcs = roadGraph(region.dataset, region.heightAtM);
const tunnelM = Math.max(
  ...region.dataset.ways
    .filter((way) => way.tags["name"] === "Ridge Tunnel")
    .map((way) => wayLengthM(way.nodes)),
);

const CORRIDORS = {
  tunnel: "Ridge Tunnel",
  pass: "High Pass Road",
  ring: "South Ring Road",
} as const;

function wayLengthM(nodes: readonly number[]): number {
  const byId = new Map(region.dataset.nodes.map((node) => [node.id, node]));
  return nodes
    .slice(1)
    .reduce(
      (sum, node, index) => sum + groundDistanceM(byId.get(nodes[index]!)!, byId.get(node)!),
      0,
    );
}

function nodeNear(place: DemoPlace): number {
  const onRoads = new Set(
    region.dataset.ways.filter((way) => isDrivable(way.tags)).flatMap((way) => way.nodes),
  );
  const candidates = region.dataset.nodes.filter((node) => onRoads.has(node.id));
  const nearest = candidates.reduce((best, node) =>
    groundDistanceM(node, place) < groundDistanceM(best, place) ? node : best,
  );
  expect(groundDistanceM(nearest, place)).toBeLessThan(30);
  return nearest.id;
}

/** Cheapest route by one cost, with everything it costs. Slow and simple on purpose. */
function bestRoute(
  from: number,
  to: number,
  objective: keyof Costs,
  closedRoads: readonly string[] = [],
): Costs & { readonly roads: Set<string> } {
  const best = new Map<number, Costs>([[from, { timeS: 0, moneyEur: 0, co2eKg: 0 }]]);
  const arrivals = new Map<number, Arc>();
  const open = new Set([from]);
  while (open.size > 0) {
    let node = 0;
    let lowest = Infinity;
    for (const candidate of open) {
      const cost = best.get(candidate)![objective];
      if (cost < lowest) [node, lowest] = [candidate, cost];
    }
    open.delete(node);
    if (node === to) break;
    const sofar = best.get(node)!;
    for (const arc of arcs.get(node) ?? []) {
      if (closedRoads.includes(arc.tags["name"] ?? "") || !isOpenToTrucks(arc)) continue;
      const step = truckCosts(arc, region.tollFacility.priceEur, tunnelM);
      const total: Costs = {
        timeS: sofar.timeS + step.timeS,
        moneyEur: sofar.moneyEur + step.moneyEur,
        co2eKg: sofar.co2eKg + step.co2eKg,
      };
      if (total[objective] >= (best.get(arc.to)?.[objective] ?? Infinity)) continue;
      best.set(arc.to, total);
      arrivals.set(arc.to, arc);
      open.add(arc.to);
    }
  }
  const roads = new Set<string>();
  for (let at = to; at !== from; at = arrivals.get(at)!.from) {
    roads.add(arrivals.get(at)!.tags["name"] ?? "");
  }
  return { ...best.get(to)!, roads };
}

function totalLengthM(some: readonly Arc[]): number {
  return some.reduce((sum, arc) => sum + arc.lengthM, 0);
}

/** The part of a road that is steeper than a limit, up or down. */
function steepShare(name: string, limit: number): number {
  const road = [...arcs.values()].flat().filter((arc) => arc.tags["name"] === name);
  const steep = road.filter((arc) => Math.abs(arc.riseM / arc.lengthM) > limit);
  return totalLengthM(steep) / totalLengthM(road);
}

describe("the demo pair", () => {
  const { from, to } = region.demo;
  const directions = [
    ["eastward", nodeNear(from), nodeNear(to)],
    ["westward", nodeNear(to), nodeNear(from)],
  ] as const;

  it.each(directions)("has three rival roads, %s", (_, start, end) => {
    const through = (open: string): Costs & { readonly roads: Set<string> } => {
      const closed = Object.values(CORRIDORS).filter((name) => name !== open);
      const route = bestRoute(start, end, "moneyEur", closed);
      expect(route.roads).toContain(open);
      return route;
    };
    const tunnel = through(CORRIDORS.tunnel);
    const pass = through(CORRIDORS.pass);
    const ring = through(CORRIDORS.ring);
    expect(bestRoute(start, end, "timeS").roads).toContain(CORRIDORS.tunnel);
    expect(bestRoute(start, end, "moneyEur").roads).toContain(CORRIDORS.pass);
    expect(bestRoute(start, end, "co2eKg").roads).toContain(CORRIDORS.tunnel);
    // Nothing dominates: each differs from the next by more than a few per cent.
    expect(pass.timeS / tunnel.timeS).toBeGreaterThan(1.1);
    expect(ring.timeS / tunnel.timeS).toBeGreaterThan(1.2);
    expect(tunnel.moneyEur / ring.moneyEur).toBeGreaterThan(1.05);
    expect(ring.moneyEur / pass.moneyEur).toBeGreaterThan(1.02);
    expect(pass.co2eKg / ring.co2eKg).toBeGreaterThan(1.05);
    expect(ring.co2eKg / tunnel.co2eKg).toBeGreaterThan(1.1);
  });

  it("has a pass road with sane grades and a ring road that is nearly flat", () => {
    expect(steepShare(CORRIDORS.pass, 0.05)).toBeGreaterThan(0.55);
    expect(steepShare(CORRIDORS.pass, 0.08)).toBeLessThan(0.06);
    expect(steepShare(CORRIDORS.ring, 0.04)).toBeLessThan(0.12);
  });
});
