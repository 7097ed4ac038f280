import { textTable } from "@gradeway/quality-gates";

import { shown } from "../distribution.ts";
import type { Timing } from "../timed.ts";
import { TIMING_HEAD, timingRow } from "../timing-rows.ts";
import type { ExactPair } from "./exact-pairs.ts";
import type { DimacsResult } from "./run-dimacs.ts";

/** A measurement in four blocks: preparation, exact pairs, their totals, fronts within epsilon. */
export function dimacsText(result: DimacsResult): string {
  const { network, peakRssMb, seed } = result;
  return [
    `${network.name}: ${network.nodes} nodes, ${network.arcs} arcs; seed ${seed}; ` +
      `peak memory ${peakRssMb.toFixed(0)} MB`,
    preparationText(result),
    exactText(result.exact),
    totalsText(result),
    epsilonText(result),
  ].join("\n\n");
}

function preparationText(result: DimacsResult): string {
  const { preparation, customize, customizeMixes, distances } = result;
  const { dijkstra, order, build, hierarchyArcs } = preparation;
  const row = (title: string, timing: Timing): string[] => timingRow(title, timing, dijkstra);
  const rows = [
    [...TIMING_HEAD],
    row("Dijkstra, one to all", dijkstra),
    row(`order, ${hierarchyArcs} hierarchy arcs`, order),
    row("hierarchy", build),
    row("customise 3 metrics", customize),
    row("customise mixed bounds", customizeMixes),
  ];
  const { p50, p95, max } = distances.timesUs;
  return (
    `${textTable(rows, new Set([1, 2, 3]))}\n\n` +
    `distance: P50 ${p50.toFixed(1)} us, P95 ${p95.toFixed(1)} us, max ${max.toFixed(1)} us`
  );
}

function exactText(exact: readonly ExactPair[]): string {
  const rows = exact.map((one) => [
    String(one.pair.source),
    String(one.pair.target),
    String(one.pair.frontSize),
    one.epsilon === 0 ? String(one.size) : one.status,
    one.epsilon === null ? "-" : `${one.epsilon * 100} %`,
    (one.timing.cpuMs / 1000).toFixed(4),
    (one.timing.wallMs / 1000).toFixed(4),
    String(one.pops),
    one.yardstickS?.toFixed(4) ?? "-",
    one.yardstickS === null ? "-" : (one.timing.cpuMs / 1000 / one.yardstickS).toFixed(2),
  ]);
  const head = [
    "source",
    "target",
    "published",
    "found",
    "epsilon",
    "CPU s",
    "wall s",
    "labels taken",
    "yardstick s",
    "ratio",
  ];
  return textTable([head, ...rows], new Set(head.keys()));
}

function totalsText({ totals, missing, customize, customizeMixes }: DimacsResult): string {
  const once = (customize.cpuMs + customizeMixes.cpuMs) / 1000;
  const row = (title: string, cpuS: number): string[] => [
    title,
    cpuS.toFixed(2),
    Number.isNaN(totals.yardstickS) ? "-" : totals.yardstickS.toFixed(2),
    Number.isNaN(totals.yardstickS) ? "-" : (cpuS / totals.yardstickS).toFixed(3),
  ];
  const rows = [
    [`first ${totals.pairs} pairs`, "CPU s", "yardstick s", "ratio"],
    row("exact fronts, bounds included", totals.cpuS),
    row("with one customisation", totals.cpuS + once),
  ];
  const note = missing === undefined ? "" : `\n${missing}`;
  return `${textTable(rows, new Set([1, 2, 3]))}${note}`;
}

function epsilonText({ fronts }: DimacsResult): string {
  const head = ["objectives", "epsilon", "trips", "CPU ms P50", "P95", "max", "wall P95"];
  head.push("routes, mean", "checked", "violations", "worst factor");
  const rows = fronts.map((one) => [
    one.title,
    `${one.epsilon * 100} %`,
    String(one.cpuMs.count),
    ...shown(one.cpuMs, 2),
    one.wallMs.p95.toFixed(2),
    one.meanSize.toFixed(1),
    String(one.checked),
    String(one.violations),
    one.worstFactor.toFixed(4),
  ]);
  return textTable([head, ...rows], new Set([...head.keys()].slice(1)));
}
