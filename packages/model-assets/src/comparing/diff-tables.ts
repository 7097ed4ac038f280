import { canonicalJsonBytes } from "../canonical-json.ts";

/** One value of a table that differs; undefined where there is none. */
export interface ValueChange {
  /** Where: row ids and field names, such as `fuel.diesel/value`. */
  readonly at: string;
  readonly before: unknown;
  readonly after: unknown;
}

/** What changed in a table. */
export interface TableDiff {
  /** Rows whose id is new or gone. */
  readonly added: readonly string[];
  readonly removed: readonly string[];
  /** Values that differ in rows that are in both. */
  readonly changed: readonly ValueChange[];
}

/**
 * Compares two tables of any form. Rows are told apart by their `id`, wherever in the table they
 * stand; lists without ids are compared as a whole.
 */
export function diffTables(before: unknown, after: unknown): TableDiff {
  const diff = { added: [] as string[], removed: [] as string[], changed: [] as ValueChange[] };
  compare("", before, after, diff);
  return diff;
}

type Collected = { added: string[]; removed: string[]; changed: ValueChange[] };

function compare(at: string, before: unknown, after: unknown, diff: Collected): void {
  if (isSame(before, after)) return;
  const old = childrenOf(before);
  const now = childrenOf(after);
  if (old === undefined || now === undefined || old.isRows !== now.isRows) {
    diff.changed.push({ at, before, after });
    return;
  }
  const keys = [...new Set([...old.children.keys(), ...now.children.keys()])].sort();
  for (const key of keys) {
    const below = at === "" ? key : `${at}/${key}`;
    const wasThere = old.children.has(key);
    const isThere = now.children.has(key);
    if (old.isRows && !wasThere) diff.added.push(below);
    else if (old.isRows && !isThere) diff.removed.push(below);
    else compare(below, old.children.get(key), now.children.get(key), diff);
  }
}

/** Rows by their id, or fields by their name; undefined for what has neither. */
function childrenOf(
  value: unknown,
): { readonly isRows: boolean; readonly children: ReadonlyMap<string, unknown> } | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  if (!Array.isArray(value)) return { isRows: false, children: new Map(Object.entries(value)) };
  const children = new Map(value.map((row: unknown) => [idOf(row), row]));
  const hasIds = !children.has(undefined) && children.size === value.length;
  return hasIds ? { isRows: true, children: children as Map<string, unknown> } : undefined;
}

function idOf(row: unknown): string | undefined {
  const id = typeof row === "object" && row !== null && "id" in row ? row.id : undefined;
  return typeof id === "string" ? id : undefined;
}

function isSame(before: unknown, after: unknown): boolean {
  if (before === undefined || after === undefined) return before === after;
  return Buffer.compare(canonicalJsonBytes(before), canonicalJsonBytes(after)) === 0;
}
