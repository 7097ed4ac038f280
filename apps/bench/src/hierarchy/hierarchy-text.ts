import { textTable } from "@gradeway/quality-gates";

import { shown } from "../distribution.ts";
import type { Timing } from "../timed.ts";
import { TIMING_HEAD, timingRow } from "../timing-rows.ts";
import type { HierarchyResult } from "./run-hierarchy.ts";

/** A measurement in three blocks: sizes, preparation, queries. */
export function hierarchyText(result: HierarchyResult): string {
  return [sizesText(result), preparationText(result), queriesText(result)].join("\n\n");
}

function sizesText({ network, hierarchyArcs, depth, bytes, peakRssMb }: HierarchyResult): string {
  const perNode = (hierarchyArcs / network.nodes).toFixed(2);
  return (
    `${network.name}: ${network.nodes} nodes, ${network.arcs} arcs\n` +
    `hierarchy: ${hierarchyArcs} arcs (${perNode} per node), depth ${depth}, ${megabytes(bytes.hierarchy)} MB\n` +
    `weights: ${megabytes(bytes.one)} MB for 1 metric, ${megabytes(bytes.perfect)} MB perfect with paths, ` +
    `${megabytes(bytes.three)} MB for 3 metrics\n` +
    `peak memory: ${peakRssMb.toFixed(0)} MB`
  );
}

function preparationText(result: HierarchyResult): string {
  const { dijkstra, threads } = result;
  const row = (title: string, timing: Timing): string[] => timingRow(title, timing, dijkstra);
  const rows = [
    [...TIMING_HEAD],
    row("Dijkstra, one to all", dijkstra),
    row("order", result.order),
    row(`order, ${threads} threads`, result.threadedOrder),
    row("hierarchy", result.build),
    row("customise 1 metric", result.customizeOne),
    row("customise 1 metric, perfect, with paths", result.customizePerfect),
    row("customise 3 metrics", result.customizeThree),
  ];
  return textTable(rows, new Set([1, 2, 3]));
}

function queriesText({ queries, agreement }: HierarchyResult): string {
  const rows = queries.map(({ title, timesUs, meanCpuUs, handled }) => [
    title,
    String(timesUs.count),
    ...shown(timesUs, 1),
    meanCpuUs.toFixed(1),
    handled.of === "" ? "" : `${handled.count.toFixed(0)} ${handled.of}`,
  ]);
  const head = ["", "queries", "P50 us", "P95 us", "max us", "CPU us, mean", "handled, mean"];
  return (
    `${textTable([head, ...rows], new Set([...head.keys()].slice(1)))}\n\n` +
    `${agreement.pairs} pairs compared with Dijkstra in 3 metrics: ${agreement.differences} differences, ` +
    `${agreement.unreachable} without a path`
  );
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(1);
}
