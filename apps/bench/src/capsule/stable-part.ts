import type { CapsuleTime } from "./capsule-file.ts";

/**
 * Fields of reports that depend on the machine, the clock or the day. Any other field must come out the
 * same when a run is repeated.
 */
const UNSTABLE = new Set([
  "measuredAt",
  "environment",
  "durationMs",
  "elapsedMs",
  "latencyMs",
  "wallMs",
  "cpuMs",
  "terrainWallMs",
  "terrainCpuMs",
  "pairsPerS",
  "timing",
  // Of the whole: it may fail for being slow.
  "status",
  "exitCode",
  // By default as many as there are processors.
  "concurrency",
  // Of an asset.
  "ageDays",
  "state",
]);

/** A gate that judges a time has a unit of time among its facts. */
const TIME_UNITS = new Set(["ms", "s"]);

/** All of a report that a repetition must come to again. */
export function stablePart(report: unknown): unknown {
  if (Array.isArray(report)) return report.filter((part) => !isTimeGate(part)).map(stablePart);
  if (typeof report !== "object" || report === null) return report;
  // The state of a pair counts; that of a whole report or asset does not.
  const isPair = "pair" in report;
  return Object.fromEntries(
    Object.entries(report)
      .filter(([name]) => !UNSTABLE.has(name) || (isPair && name === "status"))
      .map(([name, part]) => [name, stablePart(part)]),
  );
}

function isTimeGate(part: unknown): boolean {
  if (typeof part !== "object" || part === null || !("facts" in part)) return false;
  const { facts } = part as { readonly facts?: { readonly unit?: unknown } };
  return typeof facts?.unit === "string" && TIME_UNITS.has(facts.unit);
}

/** Where two stable parts differ, as JSON pointers; at most so many. */
export function differencesOf(one: unknown, other: unknown, most: number, at = ""): string[] {
  if (Object.is(one, other)) return [];
  const isBranch = (part: unknown): part is object => typeof part === "object" && part !== null;
  if (!isBranch(one) || !isBranch(other) || Array.isArray(one) !== Array.isArray(other)) {
    return [`${at}: ${shortText(one)}, now ${shortText(other)}`];
  }
  const found: string[] = [];
  for (const name of new Set([...Object.keys(one), ...Object.keys(other)])) {
    if (found.length >= most) break;
    const [before, now] = [one, other].map((part) => (part as Record<string, unknown>)[name]);
    found.push(...differencesOf(before, now, most - found.length, `${at}/${name}`));
  }
  return found;
}

function shortText(value: unknown): string {
  const text = JSON.stringify(value) ?? "nothing";
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}

/** Medians of the times in a report, with the kernel of the same run beside them. */
export function timesOf(report: unknown, kernelMs: number): CapsuleTime[] {
  const isTimes = (part: unknown): part is { readonly p50: number } =>
    typeof part === "object" &&
    part !== null &&
    typeof (part as { p50?: unknown }).p50 === "number";
  if (typeof report !== "object" || report === null) return [];
  return Object.entries(report).flatMap(([name, part]): CapsuleTime[] =>
    UNSTABLE.has(name) && isTimes(part)
      ? [{ name, ms: part.p50, kernels: part.p50 / kernelMs }]
      : [],
  );
}
