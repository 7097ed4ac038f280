import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

import { ALL_TABLES, plannerVehicles } from "@gradeway/model-assets";
import {
  createCourseDriver,
  DIESEL_G_PER_L,
  layCourseSteps,
  loadVehicle,
} from "@gradeway/route-core";
import { findDataDir } from "@gradeway/test-kit";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { caseVehicle } from "../src/vecto/case-vehicle.ts";
import { readCases } from "../src/vecto/read-cases.ts";
import { readCycle } from "../src/vecto/read-cycle.ts";
import { runVecto } from "../src/vecto/run-vecto.ts";
import { tierErrors } from "../src/vecto/vecto-errors.ts";
import { bench, readJson } from "./run-bench.ts";

const HEAD =
  "vehicle,load,cycle,mass_kg,crr,cda_m2_20_60,cda_m2_60_75,cda_m2_75_85,cda_m2_85_95,aux_kw," +
  "engine_max_kw,idle_g_per_h,distance_km,duration_s,fuel_l_per_100km";
const CYCLE =
  "end_m,target_kmh,grade_pct,stop_s\n0,0,0,10\n5000,70,0,0\n5000,0,0,30\n9000,50,1,0\n";

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "gradeway-vecto-"));
  await writeFile(path.join(folder, "short.csv"), CYCLE);
});
afterAll(() => rm(folder, { recursive: true }));

/** A file with one case of the short cycle. */
async function writeCase(name: string, durationS: number, fuel: number, crr = "0.006") {
  const file = path.join(folder, name);
  const cells = ["rigid", "half", "short", 8000, crr, 5, 4.8, 4.6, 4.5, 2.5, 150, 1300];
  await writeFile(file, `${HEAD}\n${[...cells, 9, durationS, fuel].join(",")}\n`);
  return file;
}

describe("a case", () => {
  it("says all of its vehicle but the driveline and the Willans line", async () => {
    const [given] = await readCases(await writeCase("whole.csv", 700, 16));
    const loaded = caseVehicle(given!);
    expect(loaded).toMatchObject({ massKg: 8000, rollingResistance: 0.006, airDensity: 1.188 });
    expect(loaded.dragBands!.map(({ dragAreaM2 }) => dragAreaM2)).toEqual([5, 4.8, 4.6, 4.5]);
    // 150 kW are nearest to the 140 kW of this profile.
    const { willansBaseGPerH, engineKw, auxiliaryKw, idleLPerH, id } = loaded.vehicle;
    expect([id, willansBaseGPerH, engineKw, auxiliaryKw]).toEqual(["rigid-7.5t", 560, 150, 2.5]);
    expect(idleLPerH * DIESEL_G_PER_L).toBeCloseTo(1300, 9);
  });

  it("may lack drag areas of speeds that were never driven, but not all", async () => {
    const file = await writeCase("bands.csv", 700, 16);
    const text = await readFile(file, "utf8");
    await writeFile(file, text.replace("5,4.8,4.6,4.5,", ",4.8,,4.5,"));
    const loaded = caseVehicle((await readCases(file))[0]!);
    const areas = [30, 70, 80, 90, 110].map(
      (kmh) => loaded.dragBands!.find(({ upToKmh }) => kmh < upToKmh)?.dragAreaM2,
    );
    expect(areas).toEqual([4.8, 4.8, 4.5, 4.5, undefined]);
    await writeFile(file, text.replace("5,4.8,4.6,4.5,", ",,,,"));
    await expect(readCases(file)).rejects.toThrow("cda_m2_20_60 is missing");
  });

  it("drives its cycle from rest to rest, with all that stands between", async () => {
    const cycle = await readCycle(folder, "short");
    expect(cycle.startWaitS).toBe(10);
    expect(cycle.pieces).toEqual([
      { lengthM: 5000, limitMps: 70 / 3.6, gradeRatio: 0, stop: { chance: 1, waitS: 30 } },
      { lengthM: 4000, limitMps: 50 / 3.6, gradeRatio: 0.01 },
    ]);
  });

  it("counts errors with their sign", async () => {
    const [right] = await runVecto(await writeCase("first.csv", 700, 16), folder);
    const { fuelLPer100Km, durationS } = right!.evaluation;
    const doubled = await writeCase("doubled.csv", 2 * durationS, 2 * fuelLPer100Km);
    const [half] = await runVecto(doubled, folder);
    expect(half!.evaluation.fuelErrorPercent).toBeCloseTo(-50, 9);
    expect(half!.evaluation.timeErrorPercent).toBeCloseTo(-50, 9);
    const one = { ...half!, evaluation: { ...half!.evaluation, fuelErrorPercent: 30 } };
    const errors = tierErrors([half!, one], "evaluation");
    expect(errors.fuelMean).toBeCloseTo(-10, 9);
    expect(errors.fuelRms).toBeCloseTo(Math.sqrt((2500 + 900) / 2), 9);
    expect(errors.fuelWorst).toBeCloseTo(50, 9);
  });
});

describe("bench vecto", () => {
  it("fails under --enforce when the figures are far off, and says by how much", async () => {
    const json = path.join(folder, "report.json");
    const asked = ["--cases", await writeCase("far.csv", 700, 40), "--cycles", folder];
    const { code, stdout } = await bench("vecto", ...asked, "--json", json, "--enforce");
    expect(code).toBe(1);
    expect(stdout).toMatch(/fuel of the evaluation tier, largest error +\d/);
    expect(await readJson(json)).toMatchObject({ status: "fail", cases: [{ load: "half" }] });
    expect((await bench("vecto", ...asked)).code).toBe(0);
  });

  it.each([
    ["crr is missing", "", "short"],
    ["crr is much, not a number", "much", "short"],
  ])("cannot measure where %s", async (reason, crr) => {
    const file = await writeCase("bad.csv", 700, 16, crr);
    const { code, stderr } = await bench("vecto", "--cases", file, "--cycles", folder);
    expect(stderr).toContain(reason);
    expect(code).toBe(2);
  });

  it("cannot measure on a cycle that is not as long as the case drove", async () => {
    await writeFile(path.join(folder, "other.csv"), CYCLE.replace("9000", "9900"));
    const file = await writeCase("longer.csv", 700, 16);
    await writeFile(file, `${HEAD}\nrigid,half,other,8000,0.006,5,5,5,5,2,150,1300,9,700,16\n`);
    await expect(runVecto(file, folder)).rejects.toThrow("9900 m long");
  });
});

const dataDir = findDataDir();
if (dataDir === undefined) {
  process.stderr.write("skipped: VECTO needs the reference data (GRADEWAY_DATA_DIR)\n");
}

describe.skipIf(dataDir === undefined)("against published figures", () => {
  const cycles = path.join(dataDir ?? "", "vecto");

  it("both tiers keep their budgets over the runs of VECTO", async () => {
    const results = await runVecto(path.join(cycles, "cases.csv"), cycles);
    expect(results).toHaveLength(12);
    const [evaluation, search] = [tierErrors(results, "evaluation"), tierErrors(results, "search")];
    expect(evaluation.fuelRms).toBeLessThanOrEqual(3.5);
    expect(evaluation.fuelWorst).toBeLessThanOrEqual(7);
    expect(evaluation.timeWorst).toBeLessThanOrEqual(3);
    expect(search.fuelRms).toBeLessThanOrEqual(4.5);
    expect(search.fuelWorst).toBeLessThanOrEqual(9);
  });

  // DESNZ, kg CO2e per vehicle-km at 0, 50 and 100 % laden, over the mix of cycles that the freight
  // model states for the class.
  it.each([
    ["rigid-18t", [0.4, 0.4, 0.2], [0.54, 0.61, 0.69]],
    ["artic-40t", [0.75, 0.2, 0.05], [0.65, 0.86, 1.07]],
  ])("%s emits within 5 %% of the UK's official factors", async (id, mix, official) => {
    const vehicles = plannerVehicles(ALL_TABLES["vehicle-profiles"]);
    const vehicle = vehicles.find((candidate) => candidate.id === id)!;
    const names = ["long-haul", "regional-delivery", "urban-delivery"];
    for (const [index, kgPerKm] of official.entries()) {
      const drive = createCourseDriver(loadVehicle(vehicle, (vehicle.maxPayloadKg * index) / 2));
      let kg = 0;
      for (const [at, name] of names.entries()) {
        const { pieces, lengthM } = await readCycle(cycles, name);
        const litres = drive(layCourseSteps(pieces)).energy / DIESEL_G_PER_L;
        kg += (mix[at]! * litres * 2.58354) / (lengthM / 1000);
      }
      expect(Math.abs(kg / kgPerKm - 1)).toBeLessThanOrEqual(0.05);
    }
  });
});
