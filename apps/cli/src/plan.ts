import { parsePlanRequest, planStrictly } from "@gradeway/api";
import { loadRegion } from "@gradeway/model-assets";
import {
  AVOIDABLE_FEATURES,
  createRoutePlanner,
  evaluateFront,
  type ParetoAnswer,
  type PlanRequest,
  type RoutePlanner,
} from "@gradeway/route-core";
import { defineCommand } from "citty";

import {
  invalidArgument,
  parseLonLat,
  parseNumber,
  parseNumbers,
  refuseUnknown,
} from "./command-arguments.ts";
import { driverArgs, driverHours } from "./driver-arguments.ts";
import { describeAnswer, toFeatureCollection } from "./describe-plan.ts";
import { liveSource } from "./open-feeds.ts";
import { localDirectory, openStore } from "./open-store.ts";
import { openRegionTerrain, type RegionTerrainOptions } from "./region-terrain.ts";
import { tilesArgs } from "./terrain-arguments.ts";
import { trustArgs, trustOptions } from "./trust-arguments.ts";
import { vehicleOf } from "./vehicle-argument.ts";
import { weatherArgs, weatherOf } from "./weather-arguments.ts";

const args = {
  region: {
    type: "string",
    required: true,
    valueHint: "DIR|URL",
    description: "Region: a directory, https:// or s3://",
  },
  ...trustArgs,
  feeds: {
    type: "string",
    valueHint: "FILE.json",
    description: "Feeds whose live figures count, as the last refresh left them",
  },
  from: { type: "string", required: true, valueHint: "LON,LAT", description: "Origin" },
  to: { type: "string", required: true, valueHint: "LON,LAT", description: "Destination" },
  via: {
    type: "string",
    valueHint: "LON,LAT;...",
    description: "Places to pass, in this order",
  },
  "u-turns-at-waypoints": {
    type: "boolean",
    default: false,
    description: "Let the truck turn round at the places of --via",
  },
  vehicle: {
    type: "string",
    valueHint: "ID|FILE.json",
    description: "Vehicle profile, default artic-40t; or a file with one that is based on it",
  },
  "payload-kg": { type: "string", description: "Payload; default half of the maximum" },
  "state-of-charge": {
    type: "string",
    description: "Share of a battery that is there at the start, 0 to 1; default 1",
  },
  reserve: { type: "string", description: "Share of a battery that must be left; default 0.1" },
  ...weatherArgs,
  "carbon-price": {
    type: "string",
    valueHint: "NAME|NUMBER",
    description: "Count CO2e as money: a carbon price of the region, or its currency per tonne",
  },
  ...driverArgs,
  "empty-running": {
    type: "string",
    valueHint: "SHARE",
    description: "Share of all kilometres driven empty, for the emission report; default 0",
  },
  epsilon: { type: "string", description: "0 = exact front; default 0.01" },
  "max-routes": { type: "string", description: "Most routes to write out; default all" },
  "max-overlap": {
    type: "string",
    description: "Share of its way, above 0 to 1, that a route may have in common with another",
  },
  "max-duration-s": { type: "string", description: "Longest duration of a route" },
  "max-cost": {
    type: "string",
    description: "Most that a route may cost, in the region's currency",
  },
  "max-co2e-kg": { type: "string", description: "Most CO2e of a route, well to wheel" },
  "over-fastest": { type: "string", description: "Most that a route is slower: 0.1 = by 10 %" },
  "over-cheapest": {
    type: "string",
    description: "Most that a route costs more than the cheapest",
  },
  "over-cleanest": { type: "string", description: "Most CO2e of a route over the cleanest" },
  avoid: {
    type: "string",
    valueHint: "KIND,...",
    description: `Kinds of road to avoid: ${AVOIDABLE_FEATURES.join(", ")}`,
  },
  "avoid-box": { type: "string", valueHint: "W,S,E,N", description: "An area to avoid" },
  "avoid-ways": { type: "string", valueHint: "ID,...", description: "OSM ways to avoid" },
  "deadline-ms": { type: "string", description: "Give up after this time; default 10000" },
  anytime: {
    type: "boolean",
    default: false,
    description: "Give the best front there is at the deadline, and say how good it is",
  },
  strict: {
    type: "boolean",
    default: false,
    description: "Refuse instead of weakening, and evaluate the routes on live elevation",
  },
  ...tilesArgs,
  json: { type: "boolean", default: false, description: "Print the answer as JSON" },
  geojson: { type: "boolean", default: false, description: "Print the routes as GeoJSON" },
} as const;

/** `gradeway plan` */
export const plan = defineCommand({
  meta: { name: "gradeway plan", description: "Plan the Pareto front of a trip" },
  args,
  async run({ args: given }) {
    refuseUnknown(given, args);
    if (given.json && given.geojson) throw invalidArgument("geojson", "choose --json or --geojson");
    const unused = Object.keys(tilesArgs).find((name) => !given.strict && name in given);
    if (unused !== undefined) throw invalidArgument(unused, "only --strict plans look at tiles");
    const trust = await trustOptions(given);
    const region = await loadRegion(await openStore("region", given.region, process.env), {
      ...trust,
      ...(given.feeds === undefined ? {} : { live: await liveSource(given.region, given.feeds) }),
    });
    const planner = createRoutePlanner(region, { now: () => performance.now(), evaluates: true });
    const number = (name: keyof typeof args, field: string): Record<string, number> => {
      const text = given[name];
      return typeof text === "string" ? { [field]: parseNumber(name, text) } : {};
    };
    const { "avoid-box": box, "avoid-ways": ways } = given;
    const request = parsePlanRequest(
      {
        origin: parseLonLat("from", given.from),
        destination: parseLonLat("to", given.to),
        ...(given.via === undefined
          ? {}
          : { waypoints: given.via.split(";").map((text) => parseLonLat("via", text)) }),
        ...(given["u-turns-at-waypoints"] ? { uTurnsAtWaypoints: true } : {}),
        ...(given.vehicle === undefined ? {} : { vehicle: await vehicleOf(given.vehicle) }),
        ...number("payload-kg", "payloadKg"),
        ...part("battery", {
          ...number("state-of-charge", "stateOfCharge"),
          ...number("reserve", "reserve"),
        }),
        ...carbonPrice(given["carbon-price"]),
        ...weatherOf(given),
        ...part("driverHours", driverHours(given)),
        ...number("empty-running", "emptyRunningShare"),
        ...number("epsilon", "epsilon"),
        ...number("max-routes", "maxRoutes"),
        ...number("max-overlap", "maxOverlapRatio"),
        ...number("deadline-ms", "deadlineMs"),
        ...part("constraints", {
          ...number("max-duration-s", "maxDurationS"),
          ...number("max-cost", "maxCost"),
          ...number("max-co2e-kg", "maxCo2eKg"),
          ...part("overBest", {
            ...number("over-fastest", "time"),
            ...number("over-cheapest", "money"),
            ...number("over-cleanest", "co2e"),
          }),
        }),
        ...part("avoid", {
          ...(given.avoid === undefined ? {} : { features: given.avoid.split(",") }),
          ...(box === undefined ? {} : { boxes: [parseNumbers("avoid-box", box)] }),
          ...(ways === undefined ? {} : { ways: parseNumbers("avoid-ways", ways) }),
        }),
        anytime: given.anytime,
        strict: given.strict,
        annotations: ["elevation"],
      },
      planner.summary,
    );
    const answer = given.strict
      ? await planOnLiveTerrain(planner, request, {
          region: localDirectory(given.region),
          tiles: given.tiles,
          hosts: given["tiles-host"],
          attribution: given["tiles-attribution"],
        })
      : planner.planPareto(request);
    if (given.json) console.log(JSON.stringify(answer));
    else if (given.geojson) console.log(JSON.stringify(toFeatureCollection(answer)));
    else console.log(describeAnswer(answer));
  },
});

/** A number counts per tonne; all else is a name. */
function carbonPrice(text: string | undefined): { readonly carbonPrice?: string | number } {
  if (text === undefined) return {};
  const isNumber = text.trim() !== "" && Number.isFinite(Number(text));
  return { carbonPrice: isNumber ? Number(text) : text };
}

/** A field of a request, left out where nothing in it was given. */
function part(field: string, given: object): object {
  return Object.keys(given).length > 0 ? { [field]: given } : {};
}

/** A strict answer; errors are those of planning and of the tiles. */
async function planOnLiveTerrain(
  planner: RoutePlanner,
  request: PlanRequest,
  options: Omit<RegionTerrainOptions, "environment">,
): Promise<ParetoAnswer> {
  const terrain = await openRegionTerrain({ ...options, environment: process.env });
  try {
    const { answer } = await planStrictly({
      request,
      terrain,
      plan: async () => planner.planPareto(request),
      planFinalists: async () => planner.planFinalists(request),
      evaluate: evaluateFront,
    });
    return answer;
  } finally {
    await terrain.close();
  }
}
