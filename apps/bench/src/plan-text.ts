import { textTable } from "@gradeway/quality-gates";

import { type Distribution, distributionOf, shown } from "./distribution.ts";
import type { OperationStages, PlanResult } from "./run-plan.ts";
import { STAGES, type StageTimes } from "./stage-clock.ts";

const HEAD = ["", "first ms", "P50 ms", "P95 ms", "max ms", "mean ms", "share"];

/** Where the time goes, one block per operation. */
export function stagesText(operations: readonly OperationStages[]): string {
  return operations.map(operationText).join("\n\n");
}

/** What is paid once per process, and once per new payload. */
export function onceText({
  loadMs,
  createPlannerMs,
  newPayloadCpuMs,
  bytesPerCosting,
}: PlanResult): string {
  const { p50, max } = distributionOf(newPayloadCpuMs);
  return textTable(
    [
      ["load the region", `${loadMs.toFixed(1)} ms`],
      ["create the planner", `${createPlannerMs.toFixed(1)} ms`],
      [
        "customise a new payload",
        `P50 ${p50.toFixed(1)} CPU ms, max ${max.toFixed(1)} (${newPayloadCpuMs.length} payloads)`,
      ],
      ["bytes per costing", `${(bytesPerCosting / 2 ** 20).toFixed(1)} MiB`],
    ],
    new Set(),
  );
}

function operationText({ title, first, warm, withoutRoute, notSplit }: OperationStages): string {
  const total = distributionOf(warm.map(totalOf));
  const rows = STAGES.map((stage) => {
    const distribution = distributionOf(warm.map((times) => times[stage]));
    return row(stage, first?.[stage], distribution, total.mean);
  });
  rows.push(row("total", first && totalOf(first), total, total.mean));
  const counted = `${title}: ${warm.length} warm trips, ${withoutRoute} without a route, ${notSplit} not split`;
  return `${counted}\n${textTable([HEAD, ...rows], new Set([...HEAD.keys()].slice(1)))}`;
}

function row(
  name: string,
  first: number | undefined,
  distribution: Distribution,
  totalMean: number,
): string[] {
  const { mean } = distribution;
  const share = `${((100 * mean) / totalMean).toFixed(1)} %`;
  return [name, first?.toFixed(2) ?? "-", ...shown(distribution, 3), mean.toFixed(3), share];
}

function totalOf(times: StageTimes): number {
  return STAGES.reduce((sum, stage) => sum + times[stage], 0);
}
