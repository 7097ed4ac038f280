import { readFile } from "node:fs/promises";
import path from "node:path";

import { runGates } from "@gradeway/quality-gates";
import { describe, expect, it } from "vitest";

import { runSensitivity, type SensitivityRun } from "../src/sensitivity/run-sensitivity.ts";
import { sensitivityGates } from "../src/sensitivity/sensitivity-gates.ts";
import { tornadoSvg } from "../src/sensitivity/tornado.ts";
import { bench, readJson } from "./run-bench.ts";
import { useSampleRegion } from "./sample-region.ts";

const folders = useSampleRegion();
const now = (): number => performance.now();

describe("bench sensitivity", () => {
  it("moves figures by what the change of a factor must do", async () => {
    const directory = folders.region;
    const options = { directory, pairs: 8, seed: 3, share: 0.1, now, progress: () => {} };
    const run = await runSensitivity(options);
    const change = (factor: string, setting: string) =>
      run.cases.find((one) => one.factor === factor && one.setting === setting)!.changePercent;
    // Emissions are proportional to their factor; nothing else that is counted here is.
    expect(change("CO2e per litre", "+10 %").co2e).toBeCloseTo(10, 1);
    expect(change("CO2e per litre", "+10 %").money).toBeCloseTo(0, 6);
    // Costs of small changes add up to the whole: a tenth more of everything is a tenth more.
    const priced = ["diesel price", "driver's wage", "standing cost", "running cost", "tolls"];
    const sum = priced.reduce((total, factor) => total + change(factor, "+10 %").money, 0);
    expect(sum).toBeCloseTo(10, 0);
    expect(change("payload", "+10 %").co2e).toBeGreaterThan(0);
    expect(change("hills", "none").co2e).toBeLessThan(-1);
    expect(change("driven share of the limit", "+10 %").time).toBeLessThan(-3);
    expect((await runGates(sensitivityGates(run), { now })).status).toBe("pass");
    expect(await runSensitivity(options)).toEqual(run);
  });

  it("writes a report and a page that needs nothing else", async () => {
    const json = path.join(folders.root, "sensitivity.json");
    const html = path.join(folders.root, "sensitivity.html");
    const asked = ["--region", folders.region, "--pairs", "4", "--json", json, "--html", html];
    const { code, stdout } = await bench("sensitivity", ...asked, "--enforce");
    expect(code).toBe(0);
    expect(stdout).toMatch(/diesel price +-10 %/);
    expect(await readJson(json)).toMatchObject({
      status: "pass",
      region: { graphSha256: expect.stringMatching(/^\w{64}$/) },
    });
    const page = await readFile(html, "utf8");
    expect(page.match(/<svg /g)).toHaveLength(3);
    expect(page).not.toMatch(/<script|https?:\/\/(?!www\.w3\.org\/2000\/svg)|@import|<link/);
  });

  it("is red for costs that move the wrong way, and for trips that failed", async () => {
    const good: SensitivityRun["cases"][number] = {
      factor: "diesel price",
      setting: "+10 %",
      money: "no-less",
      compared: 2,
      changePercent: { time: 0, money: 4, co2e: 0 },
      otherRoutes: { time: 0, money: 0, co2e: 0 },
      failures: [],
    };
    const statuses = async (changed: Partial<typeof good>, answered = 2) => {
      const one = { ...good, ...changed };
      const run = { pairs: 2, answered, cases: [one], failures: one.failures };
      const { results } = await runGates(sensitivityGates(run as never), { now });
      return results.map(({ status }) => status);
    };
    expect(await statuses({})).toEqual(["pass", "pass"]);
    const wrong = { changePercent: { time: 0, money: -1, co2e: 0 } };
    expect(await statuses(wrong)).toEqual(["pass", "fail"]);
    expect(await statuses({ money: "no-more" })).toEqual(["pass", "fail"]);
    expect(await statuses({ failures: ["no"] })).toEqual(["fail", "pass"]);
    expect(await statuses({}, 0)).toEqual(["not_measured", "pass"]);
  });
});

describe("tornadoSvg", () => {
  it("puts the factor that moves most on top, bars on their side, names escaped", () => {
    const svg = tornadoSvg("Cost", [
      { title: "nothing", values: [{ label: "+10 %", percent: 0.001 }] },
      { title: "a < b", values: [{ label: "-10 %", percent: -1 }] },
      {
        title: "wide",
        values: [
          { label: "-10 %", percent: -4 },
          { label: "+10 %", percent: 2 },
        ],
      },
    ]);
    expect(svg.indexOf("wide")).toBeLessThan(svg.indexOf("a &lt; b"));
    expect(svg).not.toContain("nothing");
    const bars = [...svg.matchAll(/<rect class="(\w+)" x="([\d.]+)" y="\d+" width="([\d.]+)"/g)];
    const [down, up, small] = bars.map(([, kind, x, width]) => [kind, Number(x), Number(width)]);
    const middle = Number(/<line x1="([\d.]+)"/.exec(svg)![1]);
    expect(down).toEqual(["down", middle - 210, 210]);
    expect(up).toEqual(["up", middle, 105]);
    expect(small).toEqual(["down", middle - 52.5, 52.5]);
  });
});
