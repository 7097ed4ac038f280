import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { createTestApp } from "./app-fixture.ts";

describe("the page's files", () => {
  let directory = "";

  beforeAll(() => {
    directory = mkdtempSync(join(tmpdir(), "gradeway-page-"));
    const page = join(directory, "page");
    mkdirSync(join(page, "assets"), { recursive: true });
    writeFileSync(join(page, "index.html"), "<!doctype html><title>page</title>");
    writeFileSync(join(page, "assets", "main.js"), "export {};");
    writeFileSync(join(page, "notes.secret"), "not a page file");
    writeFileSync(join(directory, "outside.txt"), "outside");
  });
  afterAll(() => rmSync(directory, { recursive: true }));

  it("serves the page with a policy that allows its own origin only", async () => {
    const { app } = createTestApp({ page: join(directory, "page") });
    const response = await app.request("/");
    expect(response.headers.get("content-type")).toBe("text/html; charset=utf-8");
    expect(await response.text()).toContain("<title>page");
    const csp = response.headers.get("content-security-policy") ?? "";
    expect(csp).toContain("default-src 'none'");
    expect(csp).toContain("script-src 'self'");
    expect(csp).toContain("worker-src 'self' blob:");
    expect(csp).not.toContain("unsafe");
    expect(csp).not.toContain("http");
    expect((await app.request("/assets/main.js")).headers.get("content-type")).toContain(
      "text/javascript",
    );
  });

  it.each([
    "/../outside.txt",
    "/%2e%2e/outside.txt",
    "/..%2foutside.txt",
    "/assets/..%2f..%2foutside.txt",
    "/assets/..%5c..%5coutside.txt",
    "//etc/passwd",
    "/%00",
    "/notes.secret",
    "/assets/",
    "/index.html",
  ])("has nothing at %s", async (path) => {
    const { app } = createTestApp({ page: join(directory, "page") });
    const response = await app.request(`http://localhost${path}`);
    expect(response.status).toBe(404);
    expect(await response.text()).not.toContain("outside\n");
  });

  it("serves the API alone without a page", async () => {
    expect((await createTestApp().app.request("/")).status).toBe(404);
  });
});
