import { textTable } from "@gradeway/quality-gates";

import { countSteps, EPSILON_STEPS } from "../epsilon-steps.ts";
import { regionText } from "../benchmark-text.ts";
import { percentileOf } from "../distribution.ts";
import { nextRatio } from "./deadline-gates.ts";
import type { LateRequests } from "./deadline-load.ts";
import type { DeadlineResult } from "./run-deadline.ts";

const HEAD = ["", "requests", "in time", "ended", "over by P50 ms", "P95", "P99", "max", "epsilon"];

/** A measurement as tables. */
export function deadlineText(result: DeadlineResult): string {
  const { region, deadlineMs, threads, withoutRoute, cancelled } = result;
  const { machineMs, threadMs } = result;
  const rows = [
    ownRow("the machine alone", machineMs),
    ownRow("refused, processor time", threadMs.plain),
    ownRow("anytime, processor time", threadMs.anytime),
    lateRow("refused", result.plain),
    lateRow("anytime", result.anytime),
    lateRow("anytime, payload never seen", result.newPayloads),
  ];
  const times = [
    ["thread free after a cancel, ms", ...figures(cancelled.freedMs)],
    ["next request, ms", ...figures(cancelled.nextMs)],
    ["the same one warm, ms", ...figures(cancelled.warmMs)],
  ];
  return [
    regionText(region),
    `exact fronts of long trips, deadline ${deadlineMs} ms, ${threads} threads, all busy`,
    `${withoutRoute} of the random trips are left out, as no road joins their ends`,
    textTable([HEAD, ...rows], new Set([...HEAD.keys()].slice(1, -1))),
    `${cancelled.freedMs.length} requests cancelled, ${cancelled.tooFast} too fast for it`,
    textTable([["", "P50", "P95", "P99", "max"], ...times], new Set([1, 2, 3, 4])),
    `median after a cancelled request: ${nextRatio(result).toFixed(2)} times a warm one`,
  ].join("\n\n");
}

/** Requests that all ended at the deadline. */
function ownRow(title: string, sample: readonly number[]): string[] {
  return [title, "", "", String(sample.length), ...figures(sample), ""];
}

function lateRow(title: string, late: LateRequests): string[] {
  const { sent, inTime, overrunMs } = late;
  const counts = [sent, inTime, overrunMs.length].map(String);
  return [title, ...counts, ...figures(overrunMs), epsilonText(late.epsilons)];
}

/** How many fronts have come to which epsilon. */
function epsilonText(epsilons: readonly (number | null)[]): string {
  const counts = countSteps(epsilons);
  return EPSILON_STEPS.map((step, at) => `${step}: ${counts[at]}`)
    .filter((_, at) => counts[at]! > 0)
    .join(", ");
}

function figures(sample: readonly number[]): string[] {
  return [0.5, 0.95, 0.99, 1].map((share) => {
    const value = percentileOf(sample, share);
    return Number.isNaN(value) ? "-" : value.toFixed(2);
  });
}
