export { buildRegion, type BuildRegionOptions, type BuildReport } from "./building/build-region.ts";
export { hashTiles } from "./building/hash-tiles.ts";
export { canonicalJsonBytes } from "./canonical-json.ts";
export type { ChangedTable, RateChange, RateRow } from "./change-figure.ts";
export { ALL_TABLES, currencyFor, type DataSet, dataSetFor, DEFAULT_TABLES } from "./data-sets.ts";
export { type AssetFinding, type AssetReadiness, readinessAt } from "./loading/asset-readiness.ts";
export type { LoadPolicy } from "./loading/load-policy.ts";
export {
  loadRegion,
  openRegion,
  type OpenRegionOptions,
  type RegionBundle,
  type RegionVerdict,
  verifyRegion,
} from "./loading/open-region.ts";
export { MANIFEST_FILE, readManifest } from "./loading/read-manifest.ts";
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
export {
  resolveToll,
  type TollOutcome,
  type TollQuery,
  type UnpricedReason,
} from "./resolve-tolls.ts";
export { resolveZoneCharges, type ZoneQuery } from "./resolve-zone-charges.ts";
export {
  ASSET_KINDS,
  ASSET_SCHEMAS,
  ASSET_VERSIONS,
  type AssetKind,
  type AssetTables,
  REQUIRED_KINDS,
  type TableKind,
} from "./schemas/asset-kinds.ts";
export type { DatedRow } from "./schemas/dated-row.ts";
export { PROVENANCE_CLASSES, type ProvenanceClass } from "./schemas/describe-table.ts";
export type { AssetEntry, RegionManifest } from "./schemas/region-manifest.ts";
export { belongsTo, type ClassifiedVehicle, type VehicleClass } from "./schemas/vehicle-class.ts";
export { setRate } from "./set-rate.ts";
export { sha256, sha256Hex } from "./sha256.ts";
export {
  type AcceptedManifest,
  type AcceptedManifests,
  createAcceptedFile,
} from "./signing/accepted-manifests.ts";
export { SIGNATURE_FILE, type SignatureStatus } from "./signing/examine-signature.ts";
export { type SignedRegion, signRegion } from "./signing/sign-region.ts";
export type { AssetStore, ReadFileOptions, StoredFile } from "./store/asset-store.ts";
export { createHttpClient, type HttpClient, type HttpClientOptions } from "./store/http-client.ts";
export { createHttpStore, type HttpStoreOptions } from "./store/http-store.ts";
export { createS3Store, type S3Credentials, type S3StoreOptions } from "./store/s3-store.ts";
export { createDirectoryStore } from "./store/directory-store.ts";
export { classifiedVehicle } from "./vehicle-row.ts";
export { ENGINE_VERSION } from "./version.ts";
export { writeFileAtomically } from "./write-file.ts";
