import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { buildPage } from "../build-page.ts";

describe("the built page", () => {
  let directory = "";

  beforeAll(async () => {
    directory = mkdtempSync(join(tmpdir(), "gradeway-page-"));
    await buildPage(directory);
  });
  afterAll(() => rmSync(directory, { recursive: true, force: true }));

  it("carries the licence of each package in it", () => {
    const text = readFileSync(join(directory, "LICENSES.txt"), "utf8");
    for (const name of ["maplibre-gl", "uplot", "@observablehq/plot", "d3", "d3-array"]) {
      expect(text).toMatch(new RegExp(`^${name}$`, "m"));
    }
    expect(text).toContain("MapLibre contributors");
    expect(text).toContain("Leon Sorokin");
    expect(text).toContain("Observable, Inc.");
    expect(text).toContain("Mike Bostock");
    expect(text).not.toContain("@gradeway/");
  });
});
