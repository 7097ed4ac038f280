import type { TileId } from "../../tile-id.ts";
import { type DecodedBlock, decodeBlock } from "../decode-block.ts";
import type { TileGrid } from "../decode-geotiff.ts";
import { decodeTile } from "../decode-tile.ts";
import type { TerrariumSizePx } from "../decode-terrarium.ts";
import { joinTerrarium } from "../join-terrarium.ts";
import type { WholeBlockForm } from "../raster-block.ts";

type Owned = Uint8Array<ArrayBuffer>;

/** What a thread is asked for, and what it gives. The memory of all bytes and grids is handed over. */
export interface DecodeJobs {
  /** A GeoTIFF tile; the bytes are given back when they are wanted. */
  readonly tile: {
    readonly input: { readonly bytes: Owned; readonly id: TileId; readonly wantsBytes: boolean };
    readonly output: {
      readonly grid: TileGrid;
      readonly sha256: string;
      readonly bytes: Owned | undefined;
    };
  };
  /** The PNG images of a Terrarium tile, to be made a GeoTIFF tile. */
  readonly terrarium: {
    readonly input: {
      readonly images: readonly (Owned | undefined)[];
      readonly id: TileId;
      readonly sizePx: TerrariumSizePx;
    };
    readonly output: { readonly bytes: Owned };
  };
  /** A block of a larger raster. */
  readonly block: {
    readonly input: {
      readonly stored: Owned;
      readonly name: string;
      readonly form: WholeBlockForm;
    };
    readonly output: DecodedBlock;
  };
}

export type DecodeKind = keyof DecodeJobs;

/** One job with its input. */
export type DecodeJob = {
  readonly [Kind in DecodeKind]: { readonly kind: Kind } & DecodeJobs[Kind]["input"];
}[DecodeKind];

export type DecodeOutput = DecodeJobs[DecodeKind]["output"];

/**
 * Does a job on the thread that calls.
 *
 * @throws {ReasonError} `terrain_tile_corrupt`
 */
export async function runDecodeJob(job: DecodeJob): Promise<DecodeOutput> {
  if (job.kind === "block") return decodeBlock(job.stored, job.name, job.form);
  if (job.kind === "terrarium") return { bytes: joinTerrarium(job.images, job.id, job.sizePx) };
  const { grid, sha256 } = await decodeTile(job.bytes, job.id);
  return { grid, sha256, bytes: job.wantsBytes ? job.bytes : undefined };
}

/** The memory that an input or output holds, each stretch once. */
export function buffersOf(parts: DecodeJob | DecodeOutput): ArrayBuffer[] {
  const lists = Object.values(parts).map((part: unknown) => (Array.isArray(part) ? part : [part]));
  const buffers = lists.flat().flatMap((part: unknown) => {
    const isArray = part instanceof Uint8Array || part instanceof Float32Array;
    return isArray && part.buffer instanceof ArrayBuffer ? [part.buffer] : [];
  });
  return [...new Set(buffers)];
}
