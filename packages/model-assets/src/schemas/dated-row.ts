import { z } from "zod";

import type { DeepReadonly } from "./deep-readonly.ts";
import { implausibility } from "./unit-bounds.ts";
import { plainText } from "./plain-text.ts";

/** How a figure came to be. `assumed` and `synthetic` figures are named in every answer. */
export const provenanceClass = z.enum(["measured", "official", "derived", "assumed", "synthetic"]);

/** ISO 3166-1 alpha-2 code of a country, or an ISO 3166-2 code of a part of one. */
export const areaCode = z.string().regex(/^[A-Z]{2}(?:-[A-Z0-9]{1,3})?$/);

/** Where a row comes from and when it holds; the fields that rows of every kind share. */
export const rowOrigin = {
  /** Names the row within its table, for example `toll.ad-envalira.class-4`. */
  id: z.string().regex(/^[a-z0-9]+(?:[.-][a-z0-9]+)*$/),
  /** Where the row holds; absent: wherever no row of a place says otherwise. */
  area: areaCode.optional(),
  validFrom: z.iso.date(),
  /** Last day on which the row holds; absent: until further notice. */
  validTo: z.iso.date().optional(),
  /** Title of the publication. */
  source: plainText,
  publisher: plainText.optional(),
  /** URL or document number. */
  reference: plainText.optional(),
  /** Table, cell, article or page within the publication. */
  section: plainText.optional(),
  /** How a derived row was computed, or what a reader has to know. */
  note: plainText.optional(),
  licence: plainText,
  provenance: provenanceClass,
} as const;

/** A row of any kind, as far as its origin goes. */
export type RowOrigin = DeepReadonly<z.infer<z.ZodObject<typeof rowOrigin>>>;

/** One figure with its unit, validity and source. */
export const datedRow = z
  .strictObject({
    ...rowOrigin,
    value: z.number().nonnegative(),
    /** For example `EUR/passage`. */
    unit: z.string().min(1),
  })
  .check(checkOrigin, checkFigure);

/** A table of figures; see {@link rowTable}. */
export const datedRows = rowTable(datedRow);

/** One figure with its unit, validity and source. */
export type DatedRow = DeepReadonly<z.infer<typeof datedRow>>;

/** What a check of a schema is given. */
interface Checked<T> {
  readonly value: T;
  readonly issues: z.core.$ZodRawIssue[];
}

/** Check of the origin: an official figure names its publisher, a derived one its derivation. */
export function checkOrigin({ value: row, issues }: Checked<RowOrigin>): void {
  if (row.validTo !== undefined && row.validTo < row.validFrom) {
    report(row, issues, "validTo", "the row ends before it begins");
  }
  const isPublished = row.provenance === "official" || row.provenance === "measured";
  if (isPublished && row.publisher === undefined) {
    report(row, issues, "publisher", `a row of class ${row.provenance} names its publisher`);
  }
  if (row.provenance === "derived" && row.note === undefined) {
    report(row, issues, "note", "a row of class derived says how it was derived");
  }
}

/** Check of the value: it must be possible in its unit. */
export function checkFigure({
  value: row,
  issues,
}: Checked<{ readonly id: string; readonly value: number; readonly unit: string }>): void {
  const message = implausibility(row.id, row.value, row.unit);
  if (message !== undefined) report(row, issues, "value", message);
}

/** Adds an issue about one field of a row. */
export function report(
  row: object,
  issues: z.core.$ZodRawIssue[],
  field: string,
  message: string,
): void {
  issues.push({ code: "custom", input: row, path: [field], message });
}

/**
 * A table of rows in which an id may come several times for one area, if the periods do not overlap.
 */
export function rowTable<S extends z.ZodType<RowOrigin>>(row: S): z.ZodArray<S> {
  return z.array(row).check(({ value: rows, issues }) => {
    for (const [index, message] of overlaps(rows)) {
      issues.push({ code: "custom", input: rows, path: [index], message });
    }
  });
}

/** Check of a table whose rows are named by their ids and not by days: each id is there once. */
export function distinctIds(
  what: string,
): (table: Checked<readonly { readonly id: string }[]>) => void {
  return ({ value: rows, issues }) => {
    const seen = new Set<string>();
    for (const [index, { id }] of rows.entries()) {
      if (seen.has(id)) {
        const message = `there are two ${what} ${id}`;
        issues.push({ code: "custom", input: rows, path: [index, "id"], message });
      }
      seen.add(id);
    }
  };
}

/** The last day of a row's period, as text that sorts after every date when it has no end. */
export function lastDayOf(row: { readonly validTo?: string | undefined }): string {
  return row.validTo ?? "9999-12-31";
}

function* overlaps(rows: readonly RowOrigin[]): Generator<[index: number, message: string]> {
  const earlier = new Map<string, RowOrigin[]>();
  for (const [index, row] of rows.entries()) {
    const key = `${row.id} ${row.area ?? ""}`;
    const others = earlier.get(key) ?? [];
    const clash = others.find(
      (other) => row.validFrom <= lastDayOf(other) && other.validFrom <= lastDayOf(row),
    );
    if (clash !== undefined) {
      yield [index, `${row.id} is there twice on ${maxOf(row.validFrom, clash.validFrom)}`];
    }
    earlier.set(key, [...others, row]);
  }
}

function maxOf(one: string, other: string): string {
  return one > other ? one : other;
}
