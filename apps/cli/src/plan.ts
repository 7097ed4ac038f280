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
import { describeDriverHours, driverArgs, driverHours } from "./driver-arguments.ts";
import { describeCarbonPrice, describeEmissions } from "./describe-emissions.ts";
import { localDirectory, openStore } from "./open-store.ts";
import { openRegionTerrain, type RegionTerrainOptions } from "./region-terrain.ts";
import { tilesArgs } from "./terrain-arguments.ts";
import { textTable } from "./text-table.ts";
import { trustArgs, trustOptions } from "./trust-arguments.ts";
import { vehicleOf } from "./vehicle-argument.ts";

const args = {
  region: {
    type: "string",
    required: true,
    valueHint: "DIR|URL",
    description: "Region: a directory, https:// or s3://",
  },
  ...trustArgs,
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
    const region = await loadRegion(await openStore("region", given.region, process.env), trust);
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

/** Routes as GeoJSON features; everything but the geometry becomes properties. */
export function toFeatureCollection(answer: ParetoAnswer): object {
  return {
    type: "FeatureCollection",
    features: answer.routes.map(({ geometry, annotations: _, ...properties }) => ({
      type: "Feature",
      id: properties.id,
      geometry,
      properties,
    })),
    certificate: answer.certificate,
    attribution: answer.provenance.attribution,
    warnings: answer.warnings,
  };
}

/** The front as a table for people. */
export function describeAnswer(answer: ParetoAnswer): string {
  const currency = answer.routes[0]?.cost.currency ?? "";
  const isElectric = answer.routes[0]?.energyKwh !== undefined;
  const head = [
    "",
    "min",
    "km",
    currency,
    "kg CO2e",
    isElectric ? "kWh" : "l",
    "climb m",
    "toll",
    "route",
  ];
  const rows = answer.routes.map((route) => {
    const toll = route.cost.lines
      .filter((line) => line.item === "toll")
      .reduce((sum, line) => sum + line.amount, 0);
    return [
      [...route.tags, ...(route.id === answer.recommended ? ["*"] : [])].join(" "),
      (route.durationS / 60).toFixed(1),
      (route.distanceM / 1000).toFixed(1),
      route.cost.amount.toFixed(2),
      route.co2eKg.total.toFixed(1),
      (route.fuelL ?? route.energyKwh ?? Number.NaN).toFixed(1),
      route.ascentM?.toFixed(0) ?? "void",
      toll.toFixed(2),
      route.id.slice(0, 8),
    ];
  });
  const { certificate, provenance, diagnostics, warnings } = answer;
  const elevation = `${provenance.elevation.source}, ${(100 * provenance.elevation.coverageRatio).toFixed(1)} % covered, smoothed over ${provenance.elevation.smoothingM.toFixed(0)} m`;
  const { liveElevation } = provenance;
  return [
    textTable([head, ...rows], new Set([1, 2, 3, 4, 5, 6, 7])),
    "",
    `${describeCertificate(certificate)}, ${countOf(answer)}, search ${diagnostics.searchMs.toFixed(1)} ms`,
    `region ${provenance.region.name}, graph ${provenance.graph.sha256.slice(0, 12)}, OSM ${provenance.graph.osmTimestamp ?? "of unknown date"}, elevation ${elevation}`,
    ...(liveElevation === undefined
      ? []
      : [`evaluated on ${liveElevation.source}, ${describeEvaluation(answer)}`]),
    ...describeDriverHours(answer),
    ...describeCarbonPrice(answer),
    ...describeEmissions(answer),
    `rates of ${provenance.rates.asOf}; ${provenance.attribution.join("; ")}`,
    ...warnings.map(describeWarning),
  ].join("\n");
}

function describeCertificate({ epsilon, complete }: ParetoAnswer["certificate"]): string {
  const early = complete ? "" : "stopped early: ";
  if (epsilon === null) return `${early}nothing is proven about the front`;
  return epsilon === 0
    ? "exact front"
    : `${early}front within ${100 * epsilon} % in every objective`;
}

function countOf({ front, evaluation }: ParetoAnswer): string {
  const routes = `${front.size} ${front.size === 1 ? "route" : "routes"}`;
  return evaluation === undefined ? routes : `${routes} after evaluation`;
}

/** What evaluating the routes has changed. */
function describeEvaluation({ evaluation, certificate }: ParetoAnswer): string {
  const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
  const deviations = Object.entries(certificate.tierDeviation ?? {}).map(
    ([objective, { lowest, highest }]) => `${objective} ${percent(lowest)} to ${percent(highest)}`,
  );
  const counts =
    evaluation === undefined
      ? []
      : [`${evaluation.finalists} routes driven`, `${evaluation.dominated} dropped`];
  return [...counts, ...deviations].join(", ");
}

function describeWarning({ code, message, details }: ParetoAnswer["warnings"][number]): string {
  const rows = code === "data_assumed" ? details?.["rows"] : undefined;
  const more = Array.isArray(rows) ? ` ${rows.join(", ")}` : "";
  return `warning ${code}: ${message}${more}`;
}
