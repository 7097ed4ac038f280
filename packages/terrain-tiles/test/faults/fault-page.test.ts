import { readFile } from "node:fs/promises";

import { TILE_FAULT_NAMES } from "@gradeway/test-kit";
import { expect, it } from "vitest";

import { FAULT_PAGE, withFaultTables } from "./fault-markdown.ts";
import { FAULT_ROWS } from "./origin-fault-rows.ts";

it("the tables of docs/terrain.md are those that are walked", async () => {
  // If not: node --conditions=@gradeway/source packages/terrain-tiles/test/faults/fault-markdown.ts
  const page = await readFile(FAULT_PAGE, "utf8");
  expect(page).toBe(withFaultTables(page));
});

it("every fault of an origin is in the table", () => {
  const walked = new Set(FAULT_ROWS.flatMap(({ rules = [] }) => rules.map(({ fault }) => fault)));
  expect([...walked].toSorted()).toEqual(TILE_FAULT_NAMES.toSorted());
});
