import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { PlanRequest } from "@gradeway/route-core";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { buildPage } from "../build-page.ts";
import { type RunningServer, serve } from "../src/index.ts";
import { createTestApp } from "./app-fixture.ts";
import { hasBrowser, startBrowser } from "./browser.ts";
import { createFakeRegion, fakePareto } from "./fake-region.ts";

const ROUTES = 9;

/** A page of the browser, with everything about it that should not happen. */
interface Visit {
  readonly page: Page;
  readonly complaints: string[];
}

/** Waits for an answer and counts its routes in the table. */
async function rows(page: Page): Promise<number> {
  await page.waitForSelector("tr[data-route-id]");
  return page.locator("tr[data-route-id]").count();
}

describe.skipIf(!hasBrowser())("the page (needs /usr/bin/chromium)", () => {
  let directory = "";
  let server: RunningServer;
  let browser: Browser;

  beforeAll(async () => {
    directory = mkdtempSync(join(tmpdir(), "gradeway-page-"));
    await buildPage(directory);
    const region = createFakeRegion(ROUTES);
    server = await serve({
      app: createTestApp({ region: () => region, page: directory }).app,
      port: 0,
    });
    browser = await startBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await server?.close(0);
    rmSync(directory, { recursive: true, force: true });
  });

  async function visit(hash = "", colorScheme: "light" | "dark" = "light"): Promise<Visit> {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, colorScheme });
    const complaints: string[] = [];
    page.on("console", (message) => {
      if (message.type() === "error" || message.type() === "warning") {
        complaints.push(message.text());
      }
    });
    page.on("pageerror", (error) => complaints.push(error.message));
    page.on("request", (request) => {
      const { origin, protocol } = new URL(request.url());
      if (origin !== server.url && protocol !== "data:" && protocol !== "blob:") {
        complaints.push(`left the origin: ${request.url()}`);
      }
    });
    await page.goto(`${server.url}/${hash}`);
    return { page, complaints };
  }

  it("plans the demo trip and shows it on map, chart, table and profile", async () => {
    const { page, complaints } = await visit();
    expect(await rows(page)).toBe(ROUTES);
    await page.waitForSelector(`#map[data-routes="${ROUTES}"] canvas.maplibregl-canvas`);
    await page.waitForSelector("#map[data-painted]");
    expect(await page.locator("#front-chart circle[data-route-id]").count()).toBe(ROUTES);
    expect(await page.locator("#profile-chart canvas").count()).toBe(1);
    expect(await page.locator("#map .end-mark").count()).toBe(2);
    expect(await page.textContent("#certificate")).toBe(`Front within 1 %, ${ROUTES} routes`);
    expect(await page.textContent(".warnings summary")).toBe("2 warnings");
    expect(await page.isVisible("#synthetic-badge")).toBe(true);
    expect(await page.textContent(".maplibregl-ctrl-attrib")).toContain("OpenStreetMap");
    expect(await page.locator(".costs tbody tr").count()).toBeGreaterThan(3);
    expect(new URL(page.url()).hash).toContain("from=");
    await page.click(".provenance summary");
    const licences = await page.getAttribute(".provenance a", "href");
    expect((await fetch(new URL(licences ?? "", server.url))).status).toBe(200);
    expect(complaints).toEqual([]);
    await page.close();
  });

  it("selects the same route everywhere, by mouse and by keyboard", async () => {
    const { page, complaints } = await visit();
    await rows(page);
    await page.locator('#front-chart circle[data-route-id="r1"]').click();
    expect(await page.locator("tr.is-selected").getAttribute("data-route-id")).toBe("r1");
    expect(await page.textContent("#route-detail h2")).toBe("Route 2");
    await page.locator('tr[data-route-id="r1"] button').focus();
    await page.keyboard.press("ArrowDown");
    expect(await page.locator("tr.is-selected").getAttribute("data-route-id")).toBe("r2");
    expect(
      await page.locator("#front-chart circle.is-selected").getAttribute("data-route-id"),
    ).toBe("r2");
    await page.locator("thead button", { hasText: "Cost" }).click();
    expect(await page.locator('th[aria-sort="ascending"]').textContent()).toContain("Cost");
    expect(complaints).toEqual([]);
    await page.close();
  });

  it("takes two clicks on the map for a new trip", async () => {
    const { page, complaints } = await visit();
    await rows(page);
    await page.mouse.click(700, 520);
    expect(await page.inputValue("#destination")).toBe("");
    expect(await page.textContent("#certificate")).toBe("Now click the destination.");
    await page.mouse.click(1000, 500);
    expect(await rows(page)).toBe(ROUTES);
    expect(await page.inputValue("#destination")).not.toBe("");
    expect(complaints).toEqual([]);
    await page.close();
  });

  it("asks for live elevation when that is ticked, and shows what it changed", async () => {
    const { page, complaints } = await visit();
    await rows(page);
    const asked: unknown[] = [];
    await page.route("**/pareto", async (route) => {
      const request = route.request().postDataJSON() as PlanRequest;
      asked.push(request.strict);
      const { diagnostics: _, ...answer } = fakePareto(request, ROUTES);
      const terrain = { source: "live tiles z11", coverageRatio: 1, live: true };
      const liveElevation = { source: "live tiles z11", tilesSha256: "abcd", smoothingM: 57 };
      const json = {
        ...answer,
        routes: answer.routes.map((one) => ({ ...one, terrain })),
        evaluation: { finalists: 14, dominated: 14 - ROUTES, notEvaluated: 0 },
        provenance: { ...answer.provenance, liveElevation },
      };
      await route.fulfill({ json });
    });
    await page.check("#strict");
    await page.click("#plan");
    const certificate = page.locator("#certificate", { hasText: "driven live" });
    expect(await certificate.textContent()).toBe(
      `Front within 1 %, ${ROUTES} routes left of 14 driven live`,
    );
    expect(asked).toEqual([true]);
    expect(await page.textContent("#route-detail .facts")).toContain(
      "live elevation known for 100 % (live tiles z11)",
    );
    expect(await page.textContent(".provenance dl")).toContain("live tiles z11, tiles abcd");
    expect(new URL(page.url()).hash).toContain("strict=1");
    await page.reload();
    // The page reads its address when its script has run, not when it is loaded.
    await page.waitForSelector("#strict:checked");
    expect(complaints).toEqual([]);
    await page.close();
  });

  it("opens a link and says what is wrong with a request", async () => {
    const { page } = await visit("#from=7.05,49.05&to=7.3,49.15&payloadKg=9000&epsilon=0", "dark");
    await rows(page);
    expect(await page.inputValue("#payload")).toBe("9");
    expect(await page.textContent("#certificate")).toBe(`Exact front, ${ROUTES} routes`);
    await page.fill("#origin", "49.05, 7.05");
    await page.click("#plan");
    await page.waitForSelector("#problem:not([hidden])");
    const problem = await page.textContent("#problem");
    expect(problem).toContain("The request is malformed");
    expect(problem).toContain("Coordinates are [lon, lat]");
    expect(problem).toContain("request_invalid");
    expect(await page.locator("tr[data-route-id]").count()).toBe(0);
    await page.fill("#origin", "nowhere");
    await page.click("#plan");
    expect(await page.textContent("#form-fault")).toContain("Give the origin");
    await page.close();
  });
});
