export { buildRegion, type BuildRegionOptions, type BuildReport } from "./build-region.ts";
export { canonicalJsonBytes } from "./canonical-json.ts";
export { loadRegion } from "./load-region.ts";
export { MANIFEST_FILE, readManifest, writeFileAtomically } from "./region-files.ts";
export { DEFAULT_TABLES, type RegionTables } from "./region-tables.ts";
export { resolveRates } from "./resolve-rates.ts";
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
