import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { ParetoAnswer } from "@gradeway/route-core";
import { networkFromAscii, writeOsmPbf } from "@gradeway/test-kit";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { describeAnswer } from "../src/describe-plan.ts";
import { runCli } from "./run-cli.ts";

const NETWORK = networkFromAscii("A----B----C", {
  ways: { ABC: { highway: "primary" } },
  origin: [-0.7, 52.6],
});
const at = (name: string): string => NETWORK.position(name).join(",");

let directory = "";
let trip: readonly string[] = [];

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "gradeway-cli-reports-"));
  const region = join(directory, "region");
  const osm = join(directory, "small.osm.pbf");
  await writeFile(osm, writeOsmPbf(NETWORK.dataset));
  const build = ["region", "build", "--osm", osm, "--out", region, "--country", "GB-ENG"];
  expect(await runCli(build)).toMatchObject({ code: 0, stderr: "" });
  trip = ["plan", "--region", region, "--from", at("A"), "--to", at("C"), "--json"];
});

afterAll(() => rm(directory, { recursive: true, force: true }));

const planned = async (...options: string[]): Promise<ParetoAnswer> =>
  JSON.parse((await runCli([...trip, ...options])).stdout) as ParetoAnswer;

describe("gradeway plan", () => {
  it("reports emissions with the empty kilometres that a trip brings along", async () => {
    const answer = await planned("--empty-running", "0.5");
    const [route] = answer.routes;
    const { share, co2eKg } = route!.iso14083.emptyRunning!;
    expect(share).toBe(0.5);
    expect(route!.iso14083.co2eKg.ttw).toBeCloseTo(route!.co2eKg.ttw + co2eKg.ttw, 3);
    expect(describeAnswer(answer)).toMatch(
      /ISO 14083:2023: \d+\.\d g CO2e per t km well to wheel .*with 50 % empty kilometres/,
    );
    const refused = await runCli([...trip, "--empty-running", "1"]);
    expect(JSON.parse(refused.stderr)).toMatchObject({
      reasonCode: "request_invalid",
      details: { issues: [{ pointer: "/emptyRunningShare" }] },
    });
  });

  it("takes the weather, tells it, and refuses what there is not", async () => {
    const plain = await planned();
    const answer = await planned("--temperature-c", "-10", "--wind", "5,90", "--low-visibility");
    expect(answer.provenance.weather).toEqual({
      temperatureC: -10,
      wind: { speedMps: 5, fromDeg: 90 },
      lowVisibility: true,
    });
    expect(answer.routes[0]!.durationS).toBeGreaterThan(plain.routes[0]!.durationS);
    const cases = [
      ["--wind", "5,90,1"],
      ["--precipitation", "hail"],
      ["--pressure-hpa", "10"],
    ];
    for (const options of cases) {
      const refused = await runCli([...trip, ...options]);
      expect(JSON.parse(refused.stderr), options[0]).toMatchObject({
        reasonCode: "request_invalid",
      });
    }
  });

  it("counts carbon as money where a price is named, and refuses what it does not know", async () => {
    const plain = await planned();
    const answer = await planned("--carbon-price", "desnz-central");
    const [route] = answer.routes;
    const line = route!.cost.lines.find(({ item }) => item === "carbon")!;
    // DESNZ central for 2026: see the test of the row.
    expect(line.amount).toBeCloseTo((route!.co2eKg.total / 1000) * 277.48, 3);
    expect(route!.cost.amount).toBeCloseTo(plain.routes[0]!.cost.amount + line.amount, 3);
    expect(route!.cost.currency).toBe("GBP");
    expect(describeAnswer(answer)).toContain(
      "costs with carbon at 277.48 GBP/t (desnz-central from 2026-01-01)",
    );
    expect((await planned("--carbon-price", "50")).provenance.carbonPrice).toEqual({
      name: "request",
      perTonne: 50,
    });
    const refusalOf = async (price: string): Promise<unknown> =>
      JSON.parse((await runCli([...trip, "--carbon-price", price])).stderr);
    expect(await refusalOf("eu-ets")).toMatchObject({ reasonCode: "carbon_price_unknown" });
    expect(await refusalOf("uk-ets")).toMatchObject({ reasonCode: "figure_not_in_force" });
    expect(await refusalOf("-3")).toMatchObject({ reasonCode: "request_invalid" });
  });

  it("names the vehicle, and what multiplies its fuel", async () => {
    const answer = await planned();
    const vehicle = { id: "artic-40t", technologyFactor: 1, fleetFactor: 1 };
    expect(answer.provenance.vehicle).toMatchObject(vehicle);
    expect(describeAnswer(answer)).toContain(
      "(artic-40t), all fuel times technologyFactor 1 and fleetFactor 1\n",
    );
  });

  it("drives a vehicle out of a file, and refuses one that cannot be", async () => {
    const fileOf = async (name: string, vehicle: object): Promise<string> => {
      const file = join(directory, `${name}.json`);
      await writeFile(file, JSON.stringify({ basedOn: "artic-40t", ...vehicle }));
      return file;
    };
    const plain = await planned();
    const own = await planned(
      "--vehicle",
      await fileOf("own", { name: "Mine", fleetFactor: 1.25 }),
    );
    expect(own.provenance.customVehicle).toMatchObject({ name: "Mine", fleetFactor: 1.25 });
    expect(own.routes[0]!.fuelL! / plain.routes[0]!.fuelL!).toBeCloseTo(1.25, 3);
    expect(describeAnswer(own)).toContain("vehicle Mine (artic-40t)");
    const impossible: [name: string, figures: object, pointer: string][] = [
      ["high", { heightM: 9 }, "/vehicle/heightM"],
      ["heavy", { kerbKg: 25_000 }, "/vehicle/maxPayloadKg"],
      ["electric", { driveEfficiency: 0.9 }, "/vehicle/driveEfficiency"],
    ];
    for (const [name, figures, pointer] of impossible) {
      const refused = await runCli([...trip, "--vehicle", await fileOf(name, figures)]);
      expect(refused, name).toMatchObject({ code: 1, stdout: "" });
      expect(JSON.parse(refused.stderr), name).toMatchObject({
        reasonCode: "vehicle_inconsistent",
        details: { issues: [{ pointer }] },
      });
    }
  });

  it("refuses a trip that the battery does not last for", async () => {
    const electric = ["--vehicle", "bev-artic-42t", "--reserve", "0.1"];
    const there = await planned(...electric, "--state-of-charge", "0.9");
    expect(there.routes[0]!.energyKwh).toBeGreaterThan(0.5);
    expect(describeAnswer(there)).toContain("(bev-artic-42t)\n");
    const refused = await runCli([...trip, ...electric, "--state-of-charge", "0.1001"]);
    expect(refused).toMatchObject({ code: 1, stdout: "" });
    const { reasonCode, details } = JSON.parse(refused.stderr) as {
      readonly reasonCode: string;
      readonly details: { readonly neededKwh: number; readonly availableKwh: number };
    };
    expect(reasonCode).toBe("vehicle_range_exceeded");
    expect(details).toMatchObject({ stateOfCharge: 0.1001, reserve: 0.1 });
    expect(details.neededKwh).toBeGreaterThan(details.availableKwh);
    const text = await runCli([
      ...trip.filter((one) => one !== "--json"),
      ...electric,
      "--state-of-charge",
      "0.1001",
    ]);
    expect(text.stderr).toContain("error vehicle_range_exceeded");
  });

  it("counts the breaks of the driver, who may have driven before", async () => {
    const fresh = await planned();
    const answer = await planned("--driven-since-break-s", "16200");
    const [route] = answer.routes;
    expect(route).toMatchObject({ breakS: 2700, driverHours: { rule: "eu" } });
    expect(route!.durationS).toBeCloseTo(fresh.routes[0]!.durationS + 2700, 3);
    expect(describeAnswer(answer)).toContain(
      "drivers' hours (eu): break of 45 min after 0 min of driving",
    );
    const [unbound] = (await planned("--driver-hours", "none")).routes;
    expect(unbound!.driverHours).toEqual({ rule: "none", stops: [] });
    const wrong = await runCli([...trip, "--driver-hours", "us"]);
    expect(JSON.parse(wrong.stderr)).toMatchObject({ reasonCode: "request_invalid" });
  });

  it("marks routes whose figures are the search's beside evaluated ones", async () => {
    const answer = await planned();
    const route = answer.routes[0]!;
    const other = { ...route, id: "0123456789abcdef", tags: [] };
    const mixed: ParetoAnswer = {
      ...answer,
      routes: [route, other],
      front: {
        ...answer.front,
        size: 2,
        routeIds: [route.id, other.id],
        tiers: ["evaluated", "search"],
      },
      evaluation: { finalists: 1, dominated: 0, notEvaluated: 1 },
    };
    const text = describeAnswer(mixed);
    expect(text).toMatch(/^search .* 01234567$/m);
    expect(text).not.toMatch(new RegExp(`^.*search.* ${route.id.slice(0, 8)}$`, "m"));
    expect(text).toContain("2 routes after evaluation, 1 of them with figures of the search");
    expect(describeAnswer(answer)).not.toContain("figures of the search");
  });
});
