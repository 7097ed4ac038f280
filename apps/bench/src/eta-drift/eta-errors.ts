import { percentileOf } from "../distribution.ts";

/** A trip that was predicted and then driven. */
export interface EtaRow {
  readonly predictedS: number;
  readonly observedS: number;
  /** Milliseconds since the epoch; undefined where the file does not say when. */
  readonly atMs: number | undefined;
  /** A group of its own, for example a kind of road; undefined for groups by duration. */
  readonly band: string | undefined;
}

/** How far predictions are off. Errors are predicted minus observed: above 0 is too long. */
export interface EtaErrors {
  readonly count: number;
  readonly biasS: number;
  /** Mean of the relative errors, per cent of what was observed. */
  readonly biasPercent: number;
  readonly maeS: number;
  readonly mapePercent: number;
  readonly rmseS: number;
  /** Of the absolute errors. */
  readonly p95S: number;
  readonly maxS: number;
}

/** Change of the relative error over time, by least squares. */
export interface EtaDrift {
  readonly count: number;
  /** Percentage points per 30 days. */
  readonly slope: number;
  /** Half of the 95 % interval around it. */
  readonly margin: number;
}

const DAY_MS = 86_400_000;
const DRIFT_DAYS = 30;
/** Fewer rows than this have no line, and the normal approximation of its interval does not hold. */
const LEAST_ROWS = 30;
/** Two-sided 95 % of the normal distribution. */
const NORMAL_95 = 1.96;

/** Sums up errors; every figure of no rows is NaN. */
export function etaErrors(rows: readonly EtaRow[]): EtaErrors {
  const errors = rows.map(({ predictedS, observedS }) => predictedS - observedS);
  const relative = rows.map(relativePercent);
  const absolute = errors.map(Math.abs);
  return {
    count: rows.length,
    biasS: mean(errors),
    biasPercent: mean(relative),
    maeS: mean(absolute),
    mapePercent: mean(relative.map(Math.abs)),
    rmseS: Math.sqrt(mean(errors.map((error) => error * error))),
    p95S: percentileOf(absolute, 0.95),
    maxS: percentileOf(absolute, 1),
  };
}

/** Rows by the band they name, or by how long the trip took. */
export function etaBands(rows: readonly EtaRow[]): ReadonlyMap<string, readonly EtaRow[]> {
  return grouped(
    rows.toSorted((a, b) => a.observedS - b.observedS),
    (row) => row.band ?? durationBand(row.observedS),
  );
}

/** Rows by calendar month (UTC), in order; rows that do not say when are left out. */
export function etaMonths(rows: readonly EtaRow[]): ReadonlyMap<string, readonly EtaRow[]> {
  const timed = rows.filter(({ atMs }) => atMs !== undefined);
  return grouped(
    timed.toSorted((a, b) => a.atMs! - b.atMs!),
    ({ atMs }) => new Date(atMs!).toISOString().slice(0, 7),
  );
}

/** The line through the relative errors over time; undefined for too few rows or a single moment. */
export function etaDrift(rows: readonly EtaRow[]): EtaDrift | undefined {
  const timed = rows.filter(({ atMs }) => atMs !== undefined);
  const count = timed.length;
  // From the first row on: whole epochs would round, and one moment would look like several.
  const x = timed.map(({ atMs }) => (atMs! - timed[0]!.atMs!) / (DAY_MS * DRIFT_DAYS));
  const y = timed.map(relativePercent);
  const [meanX, meanY] = [mean(x), mean(y)];
  const spread = x.reduce((sum, value) => sum + (value - meanX) ** 2, 0);
  if (count < LEAST_ROWS || spread === 0) return undefined;
  const slope = x.reduce((sum, value, k) => sum + (value - meanX) * (y[k]! - meanY), 0) / spread;
  const rest = x.reduce((sum, value, k) => sum + (y[k]! - meanY - slope * (value - meanX)) ** 2, 0);
  const margin = NORMAL_95 * Math.sqrt(rest / (count - 2) / spread);
  return { count, slope, margin };
}

function relativePercent({ predictedS, observedS }: EtaRow): number {
  return (100 * (predictedS - observedS)) / observedS;
}

function durationBand(observedS: number): string {
  const limitsMin = [15, 30, 60, 120];
  const upper = limitsMin.find((limit) => observedS < limit * 60);
  if (upper === undefined) return `from ${limitsMin.at(-1)} min`;
  return `${limitsMin[limitsMin.indexOf(upper) - 1] ?? 0} to ${upper} min`;
}

function grouped(
  rows: readonly EtaRow[],
  nameOf: (row: EtaRow) => string,
): ReadonlyMap<string, readonly EtaRow[]> {
  const groups = new Map<string, EtaRow[]>();
  for (const row of rows) {
    const name = nameOf(row);
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [row]);
    else group.push(row);
  }
  return groups;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
