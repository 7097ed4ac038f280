import { invalidAsset } from "../schemas/parse-json.ts";
import type { FeedFigure } from "./feed-figure.ts";

/** Columns of the weekly CSV, with spaces squeezed and in lower case. */
const COLUMNS = {
  date: "date",
  diesel: "ulsd: pump price (p/litre)",
  vat: "ulsd: vat (% rate)",
} as const;

/**
 * Reads the newest week of "Weekly road fuel prices" (DESNZ): a CSV with the date as `31/12/2026`,
 * pump prices in pence a litre with VAT, and the rate of VAT in percent.
 *
 * @returns `diesel` without VAT, and `diesel-pump` with it, in GBP/l
 * @throws {ReasonError} asset_invalid
 */
export function readRoadFuelCsv(asset: string, text: string): readonly FeedFigure[] {
  const fail = (message: string): never => {
    throw invalidAsset(asset, [{ pointer: "", message }]);
  };
  const lines = text.replace(/^\uFEFF/, "").split(/\r?\n/);
  const headings = cellsOf(lines[0] ?? "").map((cell) =>
    cell.replaceAll(/\s+/g, " ").toLowerCase(),
  );
  const column = (heading: string): number => {
    const at = headings.indexOf(heading);
    return at === -1 ? fail(`there is no column "${heading}"`) : at;
  };
  const [dateAt, dieselAt, vatAt] = [COLUMNS.date, COLUMNS.diesel, COLUMNS.vat].map(column);
  let newest: { date: string; penceWithVat: number; vatPercent: number } | undefined;
  for (const [index, line] of lines.entries()) {
    if (index === 0 || /^[\s,]*$/.test(line)) continue;
    const cells = cellsOf(line);
    const date = isoDate(cells[dateAt!] ?? "") ?? fail(`line ${index + 1} has no date`);
    const penceWithVat = decimal(cells[dieselAt!]) ?? fail(`line ${index + 1} has no diesel price`);
    const vatPercent = decimal(cells[vatAt!]) ?? fail(`line ${index + 1} has no rate of VAT`);
    if (newest === undefined || date > newest.date) newest = { date, penceWithVat, vatPercent };
  }
  if (newest === undefined) return fail("there is no week");
  const { date, penceWithVat, vatPercent } = newest;
  const withVat = penceWithVat / 100;
  const note = `Pump price of ${penceWithVat} p/l with ${vatPercent} % VAT`;
  const common = { date, unit: "GBP/l" };
  return [
    { ...common, figure: "diesel-pump", value: rounded(withVat), note: `${note}.` },
    {
      ...common,
      figure: "diesel",
      value: rounded(withVat / (1 + vatPercent / 100)),
      note: `${note}, which is taken off.`,
    },
  ];
}

/** Cells of a line; a cell may stand in quotation marks. */
function cellsOf(line: string): string[] {
  return [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(([, quoted, plain = ""]) =>
    (quoted?.replaceAll('""', '"') ?? plain).trim(),
  );
}

function isoDate(cell: string): string | undefined {
  const [, day, month, year] = /^(\d{2})\/(\d{2})\/(\d{4})$/.exec(cell) ?? [];
  const date = `${year}-${month}-${day}`;
  // A day that the calendar lacks comes back as another one.
  const time = Date.parse(`${date}T00:00:00Z`);
  return Number.isNaN(time) || !new Date(time).toISOString().startsWith(date) ? undefined : date;
}

function decimal(cell: string | undefined): number | undefined {
  return cell !== undefined && /^-?\d+(?:\.\d+)?$/.test(cell) ? Number(cell) : undefined;
}

const rounded = (value: number): number => Math.round(value * 1e5) / 1e5;
