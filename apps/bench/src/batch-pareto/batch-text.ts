import { textTable } from "@gradeway/quality-gates";

import { P95_BUDGET_MS } from "../benchmark-gates.ts";
import { regionText } from "../benchmark-text.ts";
import { budgetsTable } from "../budgets-table.ts";
import { distributionOf, shown } from "../distribution.ts";
import { answeredMs } from "./batch-gates.ts";
import { codeCounts } from "./batch-outcomes.ts";
import { RECORDED_FRONTS } from "./replay-planner.ts";
import type { BatchMode, BatchRun } from "./run-batch.ts";

const MODES: Readonly<Record<BatchMode, string>> = {
  "inprocess-fake":
    `in process, without a road search: ${RECORDED_FRONTS} fronts recorded beforehand stand for those of all ` +
    "pairs, and are driven, priced, compared and written out on invented hills",
  inprocess: "in process: the application without a socket",
  live: "live: a server of its own",
};

/** A batch as tables. */
export function batchText(run: BatchRun): string {
  const { mode, drawn, seed, concurrency, epsilon, region, outcomes } = run;
  const settings = [
    `${outcomes.length} pairs, seed ${seed}, drawn ${drawn}`,
    concurrency === null ? "concurrency as the server has it" : `concurrency ${concurrency}`,
    `epsilon ${epsilon}`,
  ];
  const latencyMs = answeredMs(outcomes);
  const latency = distributionOf(latencyMs);
  const budget = {
    title: "P95 of a pair",
    budget: P95_BUDGET_MS,
    unit: "ms",
    kind: "brief",
  } as const;
  return [
    region === null ? "no region was opened here" : regionText(region),
    `${MODES[mode]}\n${settings.join("; ")}`,
    countsText(outcomes),
    textTable([
      ["a pair with a route, P50 / P95 / max", `${shown(latency, 2).join(" / ")} ms`],
      ["all pairs, wall", `${run.timing.wallMs.toFixed(0)} ms`],
      [
        mode === "live" ? "processor time of this client" : "processor time",
        `${run.timing.cpuMs.toFixed(0)} ms, ${(run.timing.cpuMs / outcomes.length).toFixed(1)} ms a pair`,
      ],
      ["pairs without an error per second", throughputText(run)],
    ]),
    budgetsTable([{ ...budget, observed: latency.p95 }]),
  ].join("\n\n");
}

/** For example "98 answered, 2 without a route (routing_graph_disconnected_od 2), 0 errors". */
export function countsText(outcomes: BatchRun["outcomes"]): string {
  const count = (status: string): number =>
    outcomes.filter((outcome) => outcome.status === status).length;
  const codes = (status: "noRoute" | "error"): string => {
    const entries = Object.entries(codeCounts(outcomes, status));
    return entries.length === 0 ? "" : ` (${entries.map((entry) => entry.join(" ")).join(", ")})`;
  };
  return [
    `${count("ok")} answered`,
    `${count("noRoute")} without a route${codes("noRoute")}`,
    `${count("error")} errors${codes("error")}`,
  ].join(", ");
}

/** Pairs without an error per second of wall time; NaN where nothing was sent. */
export function throughputOf({ outcomes, timing }: BatchRun): number {
  const done = outcomes.filter(({ status }) => status !== "error").length;
  return timing.wallMs > 0 ? done / (timing.wallMs / 1000) : Number.NaN;
}

function throughputText(run: BatchRun): string {
  const perSecond = throughputOf(run);
  return Number.isNaN(perSecond) ? "-" : perSecond.toFixed(1);
}
