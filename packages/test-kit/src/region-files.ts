import { createHash } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";

import canonicalize from "canonicalize";

/** An asset as the manifest of a region names it. */
export interface RawAsset extends Record<string, unknown> {
  readonly kind: string;
  /** From the folder of the region. */
  readonly path: string;
}

/** The manifest of a region as it is on disk, to be changed. */
export interface RawManifest extends Record<string, unknown> {
  readonly sequence: number;
  readonly assets: readonly RawAsset[];
}

/** Writes the manifest of a region again, with its content changed, in the form that manifests have. */
export async function editManifest(
  region: string,
  edit: (manifest: RawManifest) => unknown,
): Promise<void> {
  await writeFile(manifestOf(region), jsonBytes(edit(await readRawManifest(region))));
}

/** Changes what the manifest of a region says of one kind of asset. */
export function editAsset(region: string, kind: string, change: object): Promise<void> {
  return editManifest(region, (manifest) => ({
    ...manifest,
    assets: manifest.assets.map((asset) => (asset.kind === kind ? { ...asset, ...change } : asset)),
  }));
}

/** Path of the asset of a kind. */
export async function pathOf(region: string, kind: string): Promise<string> {
  const { assets } = await readRawManifest(region);
  const asset = assets.find((each) => each.kind === kind);
  if (asset === undefined) throw new RangeError(`the region has no ${kind}`);
  return path.join(region, asset.path);
}

/** Puts other bytes in the place of an asset, and makes the manifest describe them. */
export async function replaceAsset(region: string, kind: string, bytes: Uint8Array): Promise<void> {
  await writeFile(await pathOf(region, kind), bytes);
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  await editAsset(region, kind, { sha256, bytes: bytes.length });
}

/** Puts another table in the place of an asset, as {@link replaceAsset} does. */
export async function replaceTable(
  region: string,
  kind: string,
  change: (table: never) => unknown,
): Promise<void> {
  const table = JSON.parse(await readFile(await pathOf(region, kind), "utf8")) as never;
  await replaceAsset(region, kind, jsonBytes(change(table)));
}

/** Changes one bit in the middle of a file. */
export async function damage(file: string): Promise<void> {
  const bytes = await readFile(file);
  bytes[Math.floor(bytes.length / 2)]! ^= 1;
  await writeFile(file, bytes);
}

async function readRawManifest(region: string): Promise<RawManifest> {
  return JSON.parse(await readFile(manifestOf(region), "utf8")) as RawManifest;
}

function manifestOf(region: string): string {
  return path.join(region, "manifest.json");
}

/** JSON in the one form that a region's files may have (RFC 8785). */
function jsonBytes(value: unknown): Uint8Array {
  return Buffer.from(canonicalize(value) ?? "");
}
