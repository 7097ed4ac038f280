import { readFile } from "node:fs/promises";

import { ArgumentError } from "./command-arguments.ts";

/** One line of a CSV file by the names of its columns. */
export interface CsvRow {
  /** Tells whether a column has a value. */
  readonly has: (column: string) => boolean;
  /** @throws {ArgumentError} the column is missing or empty */
  readonly text: (column: string) => string;
  /** @throws {ArgumentError} the column is missing, no number, or below the least */
  readonly number: (column: string, least: number) => number;
}

/**
 * Reads a CSV file without quotes; columns may stand in any order.
 *
 * @throws {ArgumentError} the file cannot be read or has no rows
 */
export async function readCsv(file: string): Promise<CsvRow[]> {
  const content = await readFile(file, "utf8").catch((error: unknown) => {
    throw new ArgumentError(`${file} cannot be read`, { cause: error });
  });
  const [head = "", ...lines] = content.trim().split(/\r?\n/);
  const columns = head.split(",").map((name) => name.trim());
  if (lines.length === 0) throw new ArgumentError(`${file} has no rows`);
  return lines.map((line, index) => {
    const cells = line.split(",").map((cell) => cell.trim());
    const wrong = (column: string, what: string): ArgumentError =>
      new ArgumentError(`${file}, line ${index + 2}: ${column} ${what}`);
    const cellOf = (column: string): string => cells[columns.indexOf(column)] ?? "";
    const has = (column: string): boolean => cellOf(column) !== "";
    const text = (column: string): string => {
      if (!has(column)) throw wrong(column, "is missing");
      return cellOf(column);
    };
    const number = (column: string, least: number): number => {
      const value = Number(text(column));
      if (Number.isFinite(value) && value >= least) return value;
      throw wrong(column, `is ${text(column)}, not a number from ${least}`);
    };
    return { has, text, number };
  });
}
