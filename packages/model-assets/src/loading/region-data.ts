import {
  decodeGraph,
  type GraphMeta,
  type Provenance,
  type RegionData,
} from "@gradeway/route-core";

import { canonicalJsonBytes } from "../canonical-json.ts";
import { resolveCarbonPrices } from "../resolve-carbon-prices.ts";
import { regionSpeeds } from "../region-speeds.ts";
import { dateOfRates, RATE_KINDS, resolveRates } from "../resolve-rates.ts";
import type { AssetTables } from "../schemas/asset-kinds.ts";
import type { AssetEntry, RegionManifest } from "../schemas/region-manifest.ts";
import type { VehicleRow } from "../schemas/vehicle-profiles.ts";
import { sha256Hex } from "../sha256.ts";
import { plannerVehicles } from "../vehicle-row.ts";
import { ENGINE_VERSION } from "../version.ts";

/**
 * Puts together what a planner needs from the assets of a region.
 *
 * @param tables - all of the required kinds
 * @param live - rows of feeds in the tables, which the manifest knows nothing of
 * @throws {ReasonError} those of `resolveRates` and `regionSpeeds`
 */
export function regionDataOf(
  manifest: RegionManifest,
  manifestSha256: string,
  { graph, hierarchy }: Pick<RegionData, "graph" | "hierarchy">,
  tables: AssetTables,
  live: readonly AssetEntry[] = [],
): RegionData {
  const on = dateOfRates(tables);
  const query = { on, currency: manifest.currency };
  const { rates, usedBy } = resolveRates(tables, {
    ...query,
    countries: manifest.countries,
  });
  const speeds = regionSpeeds(tables, manifest.countries, on);
  /** What answers for a vehicle rest on besides what all rest on. */
  const assumedOf = (vehicle: VehicleRow): string[] => {
    const used = [vehicle, ...usedBy[vehicle.id]!, ...(speeds.usedBy[vehicle.id] ?? [])];
    const assumed = used.filter(({ provenance }) => provenance === "assumed");
    return [...new Set(assumed.map(({ id }) => id))];
  };
  const rows = RATE_KINDS.flatMap((kind): readonly object[] => tables[kind]);
  return {
    name: manifest.name,
    synthetic: manifest.synthetic,
    graph,
    ...(hierarchy === undefined ? {} : { hierarchy }),
    vehicles: plannerVehicles(tables["vehicle-profiles"]),
    speedRules: speeds.rules,
    rates,
    assumptions: ["speed-rules"],
    vehicleAssumptions: Object.fromEntries(
      tables["vehicle-profiles"].map((row) => [row.id, assumedOf(row)]),
    ),
    carbonPrices: resolveCarbonPrices(tables["carbon-values"] ?? [], query),
    provenance: provenanceOf(
      manifest,
      manifestSha256,
      { sha256: sha256Hex(canonicalJsonBytes(rows)), asOf: on },
      decodeGraph(graph).meta,
      new Set([
        "routing-graph",
        ...(hierarchy === undefined ? [] : ["hierarchy"]),
        ...Object.keys(tables),
      ]),
      live,
    ),
  };
}

function provenanceOf(
  manifest: RegionManifest,
  manifestSha256: string,
  rates: Provenance["rates"],
  { elevation }: GraphMeta,
  kinds: ReadonlySet<string>,
  live: readonly AssetEntry[],
): Provenance {
  // Damaged assets that were left out have no part in an answer.
  const listed = manifest.assets.filter(({ kind }) => kinds.has(kind));
  const used = [...listed, ...live];
  const hashOf = (kind: string): string =>
    manifest.assets.find((asset) => asset.kind === kind)?.sha256 ?? "";
  const credits = used.flatMap(({ inputs }) => inputs.map((one) => one.attribution));
  return {
    engine: { name: "gradeway", version: ENGINE_VERSION },
    region: { name: manifest.name, synthetic: manifest.synthetic, manifestSha256 },
    graph: { sha256: hashOf("routing-graph"), osmTimestamp: manifest.osmTimestamp },
    elevation: { ...manifest.elevation, smoothingM: elevation.smoothingStdDevM },
    rates,
    vehicles: { sha256: hashOf("vehicle-profiles") },
    assets: Object.fromEntries(used.map(({ name, sha256 }) => [name, sha256])),
    attribution: [...new Set(credits)],
  };
}
