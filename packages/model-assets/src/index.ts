export { buildRegion, type BuildRegionOptions, type BuildReport } from "./build-region.ts";
export { canonicalJsonBytes } from "./canonical-json.ts";
export { loadRegion } from "./load-region.ts";
export { MANIFEST_FILE, readManifest, writeFileAtomically } from "./region-files.ts";
export { ALL_TABLES, currencyFor, dataSetFor, DEFAULT_TABLES } from "./data-sets.ts";
export type { RegionTables } from "./region-tables.ts";
export { figureOn, type FigureQuery } from "./resolve-figure.ts";
export {
  dateOfRates,
  MAX_AGE_DAYS,
  type RatesQuery,
  type RateTables,
  type ResolvedRates,
  resolveRates,
} from "./resolve-rates.ts";
export {
  type ResolvedLimit,
  resolveSpeedLimits,
  type SpeedLimitQuery,
} from "./resolve-speed-limits.ts";
export { resolveToll, type TollOutcome, type TollQuery, type UnpricedReason } from "./resolve-tolls.ts";
export { resolveZoneCharges, type ZoneQuery } from "./resolve-zone-charges.ts";
export type { DatedRow } from "./schemas/dated-row.ts";
export {
  ASSET_KINDS,
  ASSET_SCHEMAS,
  type AssetKind,
  REQUIRED_KINDS,
} from "./schemas/asset-kinds.ts";
export type { RegionManifest } from "./schemas/region-manifest.ts";
export { type RateChange, setRate } from "./set-rate.ts";
export { sha256, sha256Hex } from "./sha256.ts";
export { ENGINE_VERSION } from "./version.ts";
