import { escapeMarkdown } from "./reports/markup.ts";

/** Lays rows out in columns; columns in `rightAligned` are flush right. */
export function textTable(
  rows: readonly (readonly string[])[],
  rightAligned: ReadonlySet<number> = new Set(),
): string {
  const widths: number[] = [];
  for (const row of rows) {
    for (const [column, cell] of row.entries()) {
      widths[column] = Math.max(widths[column] ?? 0, cell.length);
    }
  }
  const line = (row: readonly string[]): string =>
    row
      .map((cell, column) =>
        rightAligned.has(column) ? cell.padStart(widths[column]!) : cell.padEnd(widths[column]!),
      )
      .join("  ")
      .trimEnd();
  return rows.map(line).join("\n");
}

/** The same rows as a Markdown table; the first row is the head. Cells are text and not Markdown. */
export function markdownTable(
  rows: readonly (readonly string[])[],
  rightAligned: ReadonlySet<number> = new Set(),
): string {
  const [head = [], ...body] = rows;
  const rule = head.map((_, column) => (rightAligned.has(column) ? "---:" : "---"));
  return [markdownRow(head), `| ${rule.join(" | ")} |`, ...body.map(markdownRow)].join("\n");
}

function markdownRow(row: readonly string[]): string {
  return `| ${row.map(escapeCell).join(" | ")} |`;
}

function escapeCell(text: string): string {
  return escapeMarkdown(text).replaceAll("|", String.raw`\|`);
}
