export { findDataDir } from "./data-dir.ts";
export type { HeightAt, TerrainTile, TerrainTileForm } from "./geotiff-tile-writer.ts";
export { terrainTilesFor, writeTerrainTile } from "./geotiff-tile-writer.ts";
export type {
  FileFault,
  FileRequest,
  LoopbackFileServer,
  LoopbackFileServerOptions,
} from "./loopback-file-server.ts";
export { startLoopbackFileServer } from "./loopback-file-server.ts";
export type {
  LoopbackTileServer,
  LoopbackTileServerOptions,
  TileFault,
  TileRequest,
} from "./loopback-tile-server.ts";
export { startLoopbackTileServer } from "./loopback-tile-server.ts";
export type { AsciiNetwork, AsciiNetworkOptions, AsciiRestriction } from "./network-from-ascii.ts";
export { networkFromAscii } from "./network-from-ascii.ts";
export type {
  OsmDataset,
  OsmMember,
  OsmMemberType,
  OsmNode,
  OsmRelation,
  OsmTags,
  OsmWay,
} from "./osm-data.ts";
export type { WriteOsmPbfOptions } from "./osm-pbf-writer.ts";
export { encodeFileBlock, writeOsmPbf } from "./osm-pbf-writer.ts";
export { osmPbfBlocks } from "./osm-pbf-stream.ts";
export type { RawAsset, RawManifest } from "./region-files.ts";
export {
  damage,
  editAsset,
  editManifest,
  pathOf,
  replaceAsset,
  replaceTable,
} from "./region-files.ts";
export type { SeededRandom } from "./seeded-random.ts";
export { createSeededRandom } from "./seeded-random.ts";
export type { StreetGrid } from "./street-grid.ts";
export { streetGrid } from "./street-grid.ts";
export { encodeTiffLzw } from "./tiff-lzw-encoder.ts";
export type { CacheDamage, CachedTileFile, TileCacheFiles } from "./tile-cache-files.ts";
export { CACHE_DAMAGES, damageTileCache, readTileCache } from "./tile-cache-files.ts";
export type { TileFaultPlayer, TileFaultRule, TileFaultScript } from "./tile-fault-script.ts";
export { playTileFaults } from "./tile-fault-script.ts";
export type { TileFaultName, TileFaultScene } from "./tile-faults.ts";
export { TILE_FAULT_NAMES, tileFault, WRONG_HEIGHT_M } from "./tile-faults.ts";
export type { PlacedTile, TileHeights } from "./tile-heights.ts";
export { readTileHeights } from "./tile-heights.ts";
export type { BoundingBox, TileId } from "./web-mercator-tiles.ts";
export {
  pixelCentreLat,
  pixelCentreLon,
  TILE_SIZE_PX,
  tileAt,
  tilesCovering,
} from "./web-mercator-tiles.ts";
