import { DEFAULT_TABLES } from "@gradeway/model-assets";
import { expect, test } from "vitest";

import { diffTables } from "../src/comparing/diff-tables.ts";

const row = (id: string, validFrom: string, value: number, area?: string) => ({
  id,
  ...(area === undefined ? {} : { area }),
  validFrom,
  value,
});

test("periods of one figure are told apart by their first day", () => {
  const before = [row("fuel.diesel", "2024-01-01", 1.2), row("fuel.diesel", "2025-01-01", 1.3)];
  const after = [
    row("fuel.diesel", "2024-01-01", 1.2),
    row("fuel.diesel", "2025-01-01", 1.35),
    row("fuel.diesel", "2026-01-01", 1.4),
  ];
  expect(diffTables(before, after)).toEqual({
    added: ["fuel.diesel 2026-01-01"],
    removed: [],
    changed: [{ at: "fuel.diesel 2025-01-01/value", before: 1.3, after: 1.35 }],
  });
});

test("figures of several places are told apart by the place", () => {
  const before = [row("grid", "2024-01-01", 0.3, "DE"), row("grid", "2024-01-01", 0.02, "FR")];
  const after = [row("grid", "2024-01-01", 0.03, "FR")];
  expect(diffTables(before, after)).toEqual({
    added: [],
    removed: ["grid DE 2024-01-01"],
    changed: [{ at: "grid FR 2024-01-01/value", before: 0.02, after: 0.03 }],
  });
});

test("a figure with one period stays one when its first day moves", () => {
  const before = [row("fuel.diesel", "2024-01-01", 1.2)];
  const after = [row("fuel.diesel", "2025-01-01", 1.2)];
  expect(diffTables(before, after).changed).toEqual([
    { at: "fuel.diesel/validFrom", before: "2024-01-01", after: "2025-01-01" },
  ]);
});

test("every table of the data set is compared row by row", () => {
  for (const [kind, table] of Object.entries(DEFAULT_TABLES)) {
    if (!Array.isArray(table) || table.length === 0) continue;
    const diff = diffTables(table, table.slice(1));
    expect([kind, diff.removed.length, diff.added, diff.changed]).toEqual([kind, 1, [], []]);
  }
});
