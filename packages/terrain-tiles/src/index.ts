export type { CacheFileSystem } from "./cache/cache-file-system.ts";
export type {
  CachedTile,
  DiskTileCache,
  DiskTileCacheOptions,
  DiskTileCacheStats,
  OpenedTile,
} from "./cache/disk-tile-cache.ts";
export { createDiskTileCache } from "./cache/disk-tile-cache.ts";
export type { DecodeBlock, DecodedBlock } from "./decode/decode-block.ts";
export { decodeBlock } from "./decode/decode-block.ts";
export type { TileGrid } from "./decode/decode-geotiff.ts";
export { decodeGeotiff } from "./decode/decode-geotiff.ts";
export type { TerrariumSizePx } from "./decode/decode-terrarium.ts";
export { decodeTerrarium } from "./decode/decode-terrarium.ts";
export type { DecodedTile, DecodeTile, DecodeTileOptions } from "./decode/decode-tile.ts";
export { decodeTile } from "./decode/decode-tile.ts";
export type {
  TileDecodePool,
  TileDecodePoolOptions,
  TileDecodePoolStats,
} from "./decode/pool/tile-decode-pool.ts";
export { createTileDecodePool } from "./decode/pool/tile-decode-pool.ts";
export type { WholeBlockForm } from "./decode/raster-block.ts";
export type {
  ElevationSampler,
  ElevationSource,
  ElevationSummary,
  StandIn,
  StandInTile,
} from "./elevation-port.ts";
export type { ElevationSamplerOptions } from "./elevation-sampler.ts";
export { createElevationSampler } from "./elevation-sampler.ts";
export type { AllowLoopback, ResolvedAddress, ResolveHost } from "./network/checked-lookup.ts";
export type { SafeFetch, SafeFetchOptions } from "./network/safe-fetch.ts";
export { createSafeFetch } from "./network/safe-fetch.ts";
export type { OpenTileSourceOptions } from "./open-tile-source.ts";
export { openTileSource } from "./open-tile-source.ts";
export type {
  BeginTerrainOptions,
  LiveTerrain,
  LiveTerrainDeps,
  LiveTerrainStats,
  TerrainRun,
} from "./pipeline/live-terrain.ts";
export { openLiveTerrain } from "./pipeline/live-terrain.ts";
export type {
  LiveGetTileOptions,
  LiveTileSource,
  LiveTileSourceOptions,
  LiveTileSourceStats,
} from "./pipeline/live-tile-source.ts";
export { createLiveTileSource } from "./pipeline/live-tile-source.ts";
export type { OpenLiveTileSourceOptions } from "./pipeline/open-live-tile-source.ts";
export { openLiveTileSource } from "./pipeline/open-live-tile-source.ts";
export type { OpenRemoteOptions } from "./pipeline/open-remote.ts";
export type { RemoteGetTileOptions, RemoteTileSource } from "./pipeline/remote-tile-source.ts";
export type {
  FailedTile,
  TerrainDiagnostics,
  TerrainRequest,
  TerrainRequestOptions,
  TileTier,
  UsedTile,
} from "./pipeline/terrain-request.ts";
export { createTerrainRequest } from "./pipeline/terrain-request.ts";
export type { DensifiedLine, DensifyOptions, LineCoordinates } from "./profile/densify-line.ts";
export { countLinePoints, DEFAULT_SPACING_M, densifyLine } from "./profile/densify-line.ts";
export type { ElevationProfile, RefineOptions } from "./profile/elevation-profile.ts";
export { refineProfile } from "./profile/elevation-profile.ts";
export type { Climb } from "./profile/measure-climb.ts";
export { DEFAULT_CLIMB_THRESHOLD_M, measureClimb } from "./profile/measure-climb.ts";
export {
  DEFAULT_GRADE_NODES,
  gradeHistogram,
  gradesOf,
  MIN_GRADED_M,
} from "./profile/profile-grades.ts";
export type { Coverage, RegionPolicy } from "./profile/region-policy.ts";
export {
  REQUIRED_COVERAGE_RATIO,
  requireCoverage,
  requireRegion,
} from "./profile/region-policy.ts";
export { DEFAULT_SPIKE_GRADE_RATIO, removeSpikes } from "./profile/remove-spikes.ts";
export type { ProfileLine, SampleProfileOptions } from "./profile/sample-profile.ts";
export { sampleProfile, sampleProfiles } from "./profile/sample-profile.ts";
export { DEFAULT_SMOOTHING_M, smoothProfileHeights } from "./profile/smooth-heights.ts";
export type { StructureRange } from "./profile/structure-ranges.ts";
export { straightenStructures } from "./profile/structure-ranges.ts";
export type {
  CircuitState,
  OriginBreaker,
  OriginBreakerOptions,
} from "./resilience/circuit-breaker.ts";
export { createOriginBreaker } from "./resilience/circuit-breaker.ts";
export { PassingFailure } from "./resilience/passing-failure.ts";
export type {
  FetchObserver,
  RetryPause,
  RetryPolicy,
  RetryRequest,
} from "./resilience/retrying.ts";
export { runWithRetries } from "./resilience/retrying.ts";
export type {
  LiveTerrainSettings,
  LiveTerrainSettingsInput,
} from "./settings/live-terrain-settings.ts";
export { LIVE_TERRAIN_BOUNDS, parseLiveTerrainSettings } from "./settings/live-terrain-settings.ts";
export type { DetachedSignature, SignatureVerdict } from "./snapshot/ed25519.ts";
export { keyIdOf, signBytes, verifyBytes } from "./snapshot/ed25519.ts";
export type { OpenTerrainSnapshotOptions, TerrainSnapshot } from "./snapshot/open-snapshot.ts";
export { openTerrainSnapshot } from "./snapshot/open-snapshot.ts";
export type {
  SnapshotManifest,
  SnapshotSource,
  SnapshotTile,
} from "./snapshot/snapshot-manifest.ts";
export type {
  SnapshotTiles,
  WriteTerrainSnapshotOptions,
  WrittenTerrainSnapshot,
} from "./snapshot/write-snapshot.ts";
export { writeTerrainSnapshot } from "./snapshot/write-snapshot.ts";
export { DEFAULT_ALLOWED_HOSTS } from "./sources/allowed-hosts.ts";
export type { CogSamplerOptions } from "./sources/cog-elevation-source.ts";
export { createCogSampler } from "./sources/cog-elevation-source.ts";
export type { DirectoryTileSourceOptions } from "./sources/directory-tile-source.ts";
export { createDirectoryTileSource } from "./sources/directory-tile-source.ts";
export type { Fetch } from "./sources/fetch-tile.ts";
export type { HttpTileSourceOptions } from "./sources/http-tile-source.ts";
export { createHttpTileSource } from "./sources/http-tile-source.ts";
export { createMemoryTileSource } from "./sources/memory-tile-source.ts";
export type { JoinTerrarium, TerrariumTileSourceOptions } from "./sources/terrarium-tile-source.ts";
export { createTerrariumTileSource } from "./sources/terrarium-tile-source.ts";
export type { TileFormat } from "./sources/tile-format.ts";
export { DEFAULT_URL_TEMPLATE } from "./sources/url-template.ts";
export type { StoreSamplerOptions } from "./store-sampler.ts";
export { createStoreSampler } from "./store-sampler.ts";
export type { TileId } from "./tile-id.ts";
export { formatTileId, MAX_ZOOM, parseTileId } from "./tile-id.ts";
export type { GetTileOptions, TileSource, TileSourceInfo } from "./tile-source.ts";
export type { StoredTile, TileStore } from "./tile-store.ts";
export type { LonLatBox } from "./tiles-covering.ts";
export { tilesCovering } from "./tiles-covering.ts";
export { MAX_LATITUDE, pixelSizeM, tileAt, TILE_SIZE_PX } from "./web-mercator.ts";
