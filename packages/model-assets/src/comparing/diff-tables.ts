import { canonicalJsonBytes } from "../canonical-json.ts";

/** One value of a table that differs; undefined where there is none. */
export interface ValueChange {
  /** Where: rows and field names, such as `fuel.diesel/value`. */
  readonly at: string;
  readonly before: unknown;
  readonly after: unknown;
}

/** What changed in a table. */
export interface TableDiff {
  /** Rows that are new or gone. */
  readonly added: readonly string[];
  readonly removed: readonly string[];
  /** Values that differ in rows that are in both. */
  readonly changed: readonly ValueChange[];
}

/**
 * Compares two tables of any form. Rows are told apart by their `id`, wherever in the table they
 * stand, and where a table has several of one id by area and first day too; lists without ids are
 * compared as a whole.
 */
export function diffTables(before: unknown, after: unknown): TableDiff {
  const diff = { added: [] as string[], removed: [] as string[], changed: [] as ValueChange[] };
  compare("", before, after, diff);
  return diff;
}

type Collected = { added: string[]; removed: string[]; changed: ValueChange[] };

function compare(at: string, before: unknown, after: unknown, diff: Collected): void {
  if (isSame(before, after)) return;
  const rows = rowsByKey(before, after);
  const [old, now] = rows ?? [fieldsOf(before), fieldsOf(after)];
  if (old === undefined || now === undefined) {
    diff.changed.push({ at, before, after });
    return;
  }
  for (const key of [...new Set([...old.keys(), ...now.keys()])].sort()) {
    const below = at === "" ? key : `${at}/${key}`;
    if (rows !== undefined && !old.has(key)) diff.added.push(below);
    else if (rows !== undefined && !now.has(key)) diff.removed.push(below);
    else compare(below, old.get(key), now.get(key), diff);
  }
}

type Row = { readonly id: string; readonly area?: string; readonly validFrom?: string };
type Children = ReadonlyMap<string, unknown>;

/** The rows of two lists under keys that tell them apart in both; undefined for what has none. */
function rowsByKey(before: unknown, after: unknown): readonly [Children, Children] | undefined {
  if (!isRows(before) || !isRows(after)) return undefined;
  const repeated = new Set([...repeatedIds(before), ...repeatedIds(after)]);
  const keyOf = ({ id, area, validFrom }: Row): string =>
    repeated.has(id) ? [id, area, validFrom].filter((part) => part !== undefined).join(" ") : id;
  const old = new Map(before.map((row) => [keyOf(row), row]));
  const now = new Map(after.map((row) => [keyOf(row), row]));
  return old.size === before.length && now.size === after.length ? [old, now] : undefined;
}

function isRows(value: unknown): value is Row[] {
  const hasId = (row: unknown): boolean =>
    typeof row === "object" && row !== null && "id" in row && typeof row.id === "string";
  return Array.isArray(value) && value.every(hasId);
}

function repeatedIds(rows: readonly Row[]): string[] {
  const seen = new Set<string>();
  return rows.flatMap(({ id }) => (seen.has(id) || !seen.add(id) ? [id] : []));
}

function fieldsOf(value: unknown): Children | undefined {
  const hasFields = typeof value === "object" && value !== null && !Array.isArray(value);
  return hasFields ? new Map(Object.entries(value)) : undefined;
}

function isSame(before: unknown, after: unknown): boolean {
  if (before === undefined || after === undefined) return before === after;
  return Buffer.compare(canonicalJsonBytes(before), canonicalJsonBytes(after)) === 0;
}
