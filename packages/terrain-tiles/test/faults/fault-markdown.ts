import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";

import { DAMAGE_MODES, DAMAGE_ROWS } from "./disk-damage-rows.ts";
import { FAULT_MODES, FAULT_ROWS } from "./origin-fault-rows.ts";
import type { Outcome } from "./outcome.ts";

/** The page that shows the tables. */
export const FAULT_PAGE = path.resolve(import.meta.dirname, "../../../../docs/terrain.md");

const OUTCOME_TEXT: Readonly<Record<string, string>> = {
  live: "height",
  cached: "height, from disk",
  stale: "height, flagged as stale",
  snapshot: "height, flagged as snapshot",
  void: "void",
};

const textOf = (outcome: Outcome): string => OUTCOME_TEXT[outcome] ?? `\`${outcome}\``;
const row = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [row(head), row(head.map(() => "---")), ...rows.map(row)].join("\n");
}

/** What goes wrong with the origin, and what comes of it. */
export function originTable(): string {
  const head = [
    "fault of the origin",
    "requests",
    "counts",
    ...FAULT_MODES.map((mode) => mode.title),
  ];
  return table(
    head,
    FAULT_ROWS.map(({ fault, requests, failures, prelude, outcomes }) => [
      fault,
      String(requests),
      failures > 0 && prelude !== "other-tile-fails" ? "yes" : "no",
      ...outcomes.map(textOf),
    ]),
  );
}

/** What goes wrong on disk, and what comes of it. */
export function diskTable(): string {
  return table(
    ["damage to the copy on disk", ...DAMAGE_MODES.map((mode) => mode.title)],
    DAMAGE_ROWS.map(({ title, outcomes }) => [title, ...outcomes.map(textOf)]),
  );
}

/** Puts both tables between their markers into the text of the page. */
export function withFaultTables(page: string): string {
  return withTable(withTable(page, "origin faults", originTable()), "disk damage", diskTable());
}

function withTable(page: string, name: string, text: string): string {
  const [begin, end] = [`<!-- ${name}: generated -->`, `<!-- end of ${name} -->`];
  const from = page.indexOf(begin);
  const to = page.indexOf(end);
  if (from < 0 || to < from) throw new Error(`the page has no place for the table "${name}"`);
  return `${page.slice(0, from + begin.length)}\n\n${text}\n\n${page.slice(to)}`;
}

// As a program: writes the tables into the page.
if (process.argv[1] === import.meta.filename) {
  await writeFile(FAULT_PAGE, withFaultTables(await readFile(FAULT_PAGE, "utf8")));
}
