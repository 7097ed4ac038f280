export type { RegionBuildStep } from "./building/build-graph.ts";
export { buildRegion, type BuildRegionOptions, type BuildReport } from "./building/build-region.ts";
export { createDissectionPool, type DissectionPool } from "./building/dissection-pool.ts";
export { hashTiles } from "./building/hash-tiles.ts";
export { type OsmFile, openOsmFile } from "./building/osm-file.ts";
export type { AssetFacts, FactsByKind } from "./building/region-assets.ts";
export { canonicalJsonBytes } from "./canonical-json.ts";
export type { ChangedTable, RateChange, RateRow } from "./change-figure.ts";
export { ALL_TABLES, currencyFor, type DataSet, dataSetFor, DEFAULT_TABLES } from "./data-sets.ts";
export type { ClassChange, FigureChanges, RoadsDiff, WayChange } from "./comparing/diff-roads.ts";
export {
  type AssetChange,
  type ComparedRegion,
  diffRegions,
  type RegionDiff,
} from "./comparing/diff-regions.ts";
export type { TableDiff, ValueChange } from "./comparing/diff-tables.ts";
export { readFeedBase } from "./feeds/feed-base.ts";
export { type FeedDefinition, parseFeeds } from "./feeds/feed-definition.ts";
export {
  type FeedSchedule,
  type FeedScheduleOptions,
  startFeedSchedule,
} from "./feeds/feed-schedule.ts";
export { FEEDS_FOLDER, type FeedState } from "./feeds/feed-state.ts";
export { type FeedStatus, feedStatus } from "./feeds/feed-status.ts";
export type { LiveSource } from "./feeds/live-rows.ts";
export { refreshFeed, type RefreshFeedOptions } from "./feeds/refresh-feed.ts";
export type { FreeBytes } from "./fetching/disk-room.ts";
export { type Downloaded, downloadFile } from "./fetching/download-file.ts";
export {
  fetchRegion,
  type FetchedRegion,
  type FetchProgress,
  type FetchRegionOptions,
} from "./fetching/fetch-region.ts";
export type { FetchedTiles } from "./fetching/fetch-tiles.ts";
export type { DownloadOptions } from "./fetching/receive-part.ts";
export { readRecipe, shippedRecipes } from "./fetching/read-recipe.ts";
export { type AssetFinding, type AssetReadiness, readinessAt } from "./loading/asset-readiness.ts";
export { type AssetReport, assetReport, type ReportedAsset } from "./loading/asset-report.ts";
export { ageDaysOf, ageFault, type LoadPolicy } from "./loading/load-policy.ts";
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
export { resolveCarbonPrices } from "./resolve-carbon-prices.ts";
export { type RegionSpeeds, regionSpeeds } from "./region-speeds.ts";
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
export { customVehicle } from "./schemas/custom-vehicle.ts";
export type { DatedRow } from "./schemas/dated-row.ts";
export {
  type FigureSource,
  PROVENANCE_CLASSES,
  type ProvenanceClass,
  sourcesOf,
} from "./schemas/describe-table.ts";
export type { AssetEntry, RegionManifest } from "./schemas/region-manifest.ts";
export type { RegionRecipe } from "./schemas/region-recipe.ts";
export { belongsTo, type ClassifiedVehicle, type VehicleClass } from "./schemas/vehicle-class.ts";
export { setRate } from "./set-rate.ts";
export { sha256, sha256Hex, sha256OfFile } from "./sha256.ts";
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
export { activateVersion, rollBack } from "./versions/activate-version.ts";
export { activeDirectory, type ActivePointer, readPointer } from "./versions/active-pointer.ts";
export { type AddedVersion, addVersion } from "./versions/add-version.ts";
export { listVersions, type RegionVersion } from "./versions/list-versions.ts";
export {
  type PrunedVersions,
  pruneVersions,
  type RetentionLimits,
} from "./versions/prune-versions.ts";
export { classifiedVehicle, plannerVehicles } from "./vehicle-row.ts";
export { ENGINE_VERSION } from "./version.ts";
export { writeFileAtomically } from "./write-file.ts";
