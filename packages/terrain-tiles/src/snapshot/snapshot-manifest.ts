import { ReasonError } from "@gradeway/reason-codes";
import canonicalize from "canonicalize";

import { parseTileId } from "../tile-id.ts";
import type { LonLatBox } from "../tiles-covering.ts";

/** Names of the files of a snapshot beside its tiles. */
export const MANIFEST_FILE = "manifest.json";
export const SIGNATURE_FILE = "manifest.signature.json";

/** Marks a manifest as one of a snapshot; the number is that of its form. */
export const SNAPSHOT_FORMAT = "gradeway-terrain-snapshot/1";

/** One tile of a snapshot. */
export interface SnapshotTile {
  /** "z/x/y"; the file is `{z}/{x}/{y}.tif`. */
  readonly tile: string;
  readonly sizeBytes: number;
  readonly sha256: string;
}

/** Where the tiles of a snapshot come from. */
export interface SnapshotSource {
  readonly name: string;
  /** Credit that the data asks for. */
  readonly attribution: string;
  /** Licence of the heights, best as an SPDX expression or an address. */
  readonly licence: string;
}

/** What is signed: everything there is to know about a snapshot. */
export interface SnapshotManifest {
  readonly format: typeof SNAPSHOT_FORMAT;
  readonly source: SnapshotSource;
  /** Time in UTC at which the tiles were read, in ISO 8601. */
  readonly createdAt: string;
  readonly zoom: number;
  /** Degrees `[west, south, east, north]` that the tiles were chosen for. */
  readonly bbox: LonLatBox;
  /** Sorted by tile as text. */
  readonly tiles: readonly SnapshotTile[];
  /** Tiles of the area that the source does not have, as "z/x/y", sorted. */
  readonly absentTiles: readonly string[];
}

/** Canonical JSON (RFC 8785), so that the same snapshot always has the same bytes. */
export function serializeManifest(manifest: SnapshotManifest): Uint8Array {
  return Buffer.from(canonicalize(manifest)!, "utf8");
}

/**
 * Reads a manifest. Tiles are named by numbers only, so that no name can lead out of the directory.
 *
 * @throws {ReasonError} `asset_invalid`
 */
export function parseManifest(bytes: Uint8Array): SnapshotManifest {
  const value = parseJson(MANIFEST_FILE, bytes);
  const text = (pointer: string, found: unknown): void => {
    if (typeof found !== "string") throw invalid(MANIFEST_FILE, pointer, "It must be a text.");
  };
  if (value["format"] !== SNAPSHOT_FORMAT) {
    throw invalid(MANIFEST_FILE, "/format", `It must be "${SNAPSHOT_FORMAT}".`);
  }
  const source = isRecord(value["source"]) ? value["source"] : {};
  for (const name of ["name", "attribution", "licence"]) text(`/source/${name}`, source[name]);
  text("/createdAt", value["createdAt"]);
  const { zoom, bbox, tiles, absentTiles } = value;
  if (!isCount(zoom)) throw invalid(MANIFEST_FILE, "/zoom", "It must be a zoom level.");
  const isBox = Array.isArray(bbox) && bbox.length === 4 && bbox.every(Number.isFinite);
  if (!isBox) throw invalid(MANIFEST_FILE, "/bbox", "It must be four numbers of degrees.");
  for (const [name, list] of Object.entries({ tiles, absentTiles })) {
    if (!Array.isArray(list)) throw invalid(MANIFEST_FILE, `/${name}`, "It must be a list.");
  }
  for (const [index, tile] of (absentTiles as readonly unknown[]).entries()) {
    text(`/absentTiles/${index}`, tile);
  }
  const known = new Set<string>();
  for (const [index, entry] of (tiles as readonly unknown[]).entries()) {
    checkTile(`/tiles/${index}`, entry, zoom, known);
  }
  return value as unknown as SnapshotManifest;
}

function checkTile(pointer: string, entry: unknown, zoom: number, known: Set<string>): void {
  const { tile, sizeBytes, sha256 } = isRecord(entry) ? entry : {};
  const refuse = (field: string, problem: string): ReasonError =>
    invalid(MANIFEST_FILE, `${pointer}/${field}`, problem);
  if (typeof tile !== "string" || !isTileName(tile, zoom)) {
    throw refuse("tile", `It must be "${zoom}/x/y", a tile of zoom ${zoom}.`);
  }
  if (known.has(tile)) throw refuse("tile", `${tile} is there twice.`);
  known.add(tile);
  if (!isCount(sizeBytes)) throw refuse("sizeBytes", "It must be a number of bytes.");
  if (typeof sha256 !== "string" || !/^[0-9a-f]{64}$/.test(sha256)) {
    throw refuse("sha256", "It must be a hash in hexadecimal digits.");
  }
}

function isTileName(text: string, zoom: number): boolean {
  try {
    const { z, x, y } = parseTileId(text);
    // Only one spelling: "011/1/1" would be another name for the same file.
    return z === zoom && text === `${z}/${x}/${y}`;
  } catch {
    return false;
  }
}

/**
 * Reads a JSON object.
 *
 * @throws {ReasonError} `asset_invalid`
 */
export function parseJson(asset: string, bytes: Uint8Array): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(Buffer.from(bytes).toString("utf8"));
    if (isRecord(value)) return value;
  } catch {
    // Told below.
  }
  throw invalid(asset, "", "It is not a JSON object.");
}

/** Builds the error for a file of a snapshot that does not follow its form. */
export function invalid(asset: string, pointer: string, message: string): ReasonError {
  return new ReasonError(
    "asset_invalid",
    `The file ${asset} of the elevation snapshot cannot be used: ${pointer} ${message}`,
    { asset, issues: [{ pointer, message }] },
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}
