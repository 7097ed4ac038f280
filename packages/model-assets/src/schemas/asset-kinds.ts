import { GRAPH_FORMAT_VERSION } from "@gradeway/route-core";
import { HIERARCHY_FORMAT_VERSION } from "@gradeway/route-core/hierarchy";
import type { z } from "zod";

import { datedRows } from "./dated-row.ts";
import type { DeepReadonly } from "./deep-readonly.ts";
import { departureProfiles } from "./departure-profiles.ts";
import { ferryTariffs } from "./ferry-tariffs.ts";
import { scenarioProfiles } from "./scenario-profiles.ts";
import { speedRules } from "./speed-rules.ts";
import { stochasticCalibration } from "./stochastic-calibration.ts";
import { tollTariffs } from "./toll-tariffs.ts";
import { tollTopology } from "./toll-topology.ts";
import { vehicleProfiles } from "./vehicle-profiles.ts";
import { zoneCharges } from "./zone-charges.ts";

/** Kinds of asset that a region may hold. */
export const ASSET_KINDS = [
  "routing-graph",
  "hierarchy",
  "terrain-tiles",
  "vehicle-profiles",
  "speed-rules",
  "operating-costs",
  "fuel-prices",
  "carbon-values",
  "emission-factors",
  "grid-intensity",
  "toll-topology",
  "toll-tariffs",
  "zone-charges",
  "ferry-tariffs",
  "departure-profiles",
  "stochastic-calibration",
  "scenario-profiles",
] as const;

/** One of {@link ASSET_KINDS}. */
export type AssetKind = (typeof ASSET_KINDS)[number];

/** Kinds without which no trip can be planned; a region may lack the others. */
export const REQUIRED_KINDS = [
  "routing-graph",
  "vehicle-profiles",
  "speed-rules",
  "operating-costs",
  "fuel-prices",
  "emission-factors",
  "toll-topology",
  "toll-tariffs",
] as const satisfies readonly AssetKind[];

/** Version of each kind's form; a region that holds another one has to be built again. */
export const ASSET_VERSIONS: { readonly [Kind in AssetKind]: number } = {
  "routing-graph": GRAPH_FORMAT_VERSION,
  hierarchy: HIERARCHY_FORMAT_VERSION,
  "terrain-tiles": 1,
  "vehicle-profiles": 1,
  "speed-rules": 2,
  "operating-costs": 1,
  "fuel-prices": 1,
  "carbon-values": 1,
  "emission-factors": 1,
  "grid-intensity": 1,
  "toll-topology": 1,
  "toll-tariffs": 1,
  "zone-charges": 1,
  "ferry-tariffs": 1,
  "departure-profiles": 1,
  "stochastic-calibration": 1,
  "scenario-profiles": 1,
};

/** What an asset of each kind must look like: the schema of its JSON, or bytes of a form of its own. */
export const ASSET_SCHEMAS = {
  "routing-graph": "binary",
  hierarchy: "binary",
  "terrain-tiles": "binary",
  "vehicle-profiles": vehicleProfiles,
  "speed-rules": speedRules,
  "operating-costs": datedRows,
  "fuel-prices": datedRows,
  "carbon-values": datedRows,
  "emission-factors": datedRows,
  "grid-intensity": datedRows,
  "toll-topology": tollTopology,
  "toll-tariffs": tollTariffs,
  "zone-charges": zoneCharges,
  "ferry-tariffs": ferryTariffs,
  "departure-profiles": departureProfiles,
  "stochastic-calibration": stochasticCalibration,
  "scenario-profiles": scenarioProfiles,
} as const satisfies { readonly [Kind in AssetKind]: z.ZodType | "binary" };

type AssetSchemas = typeof ASSET_SCHEMAS;

/** Kinds whose assets are JSON. */
export type TableKind = {
  [Kind in AssetKind]: AssetSchemas[Kind] extends "binary" ? never : Kind;
}[AssetKind];

/** Whether the assets of a kind are JSON. */
export function isTableKind(kind: AssetKind): kind is TableKind {
  return ASSET_SCHEMAS[kind] !== "binary";
}

/** The content of an asset of each kind of table. */
export type AssetTables = {
  readonly [Kind in TableKind]: DeepReadonly<z.output<AssetSchemas[Kind]>>;
};

/** Kinds of table without which no trip can be planned. */
export type RequiredTable = Extract<(typeof REQUIRED_KINDS)[number], TableKind>;
