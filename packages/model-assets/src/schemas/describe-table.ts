import { provenanceClass } from "./dated-row.ts";

/** How a figure came to be, from the strongest class to the weakest. */
export const PROVENANCE_CLASSES = provenanceClass.options;

/** One of {@link PROVENANCE_CLASSES}. */
export type ProvenanceClass = (typeof PROVENANCE_CLASSES)[number];

/** What the rows of a table say about the table as a whole. */
export interface TableDescription {
  /** Newest date from which a row is valid; null when no row has one. */
  readonly asOf: string | null;
  /** The weakest class among the rows; `assumed` when no row has one. */
  readonly provenance: ProvenanceClass;
}

/** Looks through a table, whatever its form, for the dates and classes of its rows. */
export function describeTable(table: unknown): TableDescription {
  let asOf: string | null = null;
  let weakest = -1;
  const visit = (value: unknown): void => {
    if (typeof value !== "object" || value === null) return;
    if ("validFrom" in value && typeof value.validFrom === "string") {
      if (asOf === null || value.validFrom > asOf) asOf = value.validFrom;
    }
    if ("provenance" in value) {
      weakest = Math.max(weakest, PROVENANCE_CLASSES.indexOf(value.provenance as ProvenanceClass));
    }
    for (const child of Object.values(value)) visit(child);
  };
  visit(table);
  return { asOf, provenance: PROVENANCE_CLASSES[weakest] ?? "assumed" };
}

/** Where figures come from, and under which licence. */
export interface FigureSource {
  readonly source: string;
  readonly publisher: string | null;
  readonly licence: string | null;
}

/** The different sources that the rows of a table name, in order of appearance. */
export function sourcesOf(table: unknown): FigureSource[] {
  const sources = new Map<string, FigureSource>();
  const visit = (value: unknown): void => {
    if (typeof value !== "object" || value === null) return;
    const fields = value as Readonly<Record<string, unknown>>;
    const textOf = (name: string): string | null => {
      const text = fields[name];
      return typeof text === "string" ? text : null;
    };
    const source = textOf("source");
    if (source !== null) {
      const found = { source, publisher: textOf("publisher"), licence: textOf("licence") };
      sources.set(JSON.stringify(found), found);
    }
    for (const child of Object.values(fields)) visit(child);
  };
  visit(table);
  return [...sources.values()];
}
