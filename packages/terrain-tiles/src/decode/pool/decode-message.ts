import type { ReasonErrorData } from "@gradeway/reason-codes";

import type { TileId } from "../../tile-id.ts";
import type { TileGrid } from "../decode-geotiff.ts";

/** Sent by a thread when it is ready to work. */
export const READY = "ready";

/** One tile for a thread. The memory of the bytes is handed over. */
export interface DecodeRequest {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly id: TileId;
  /** Whether the bytes are wanted back. */
  readonly giveBack: boolean;
}

/** What a thread made of a tile. The memory of grid and bytes is handed over. */
export type DecodeReply =
  | {
      readonly grid: TileGrid;
      readonly sha256: string;
      /** Present when they were wanted back. */
      readonly bytes: Uint8Array<ArrayBuffer> | undefined;
    }
  | { readonly reason: ReasonErrorData }
  /** A fault of ours. */
  | { readonly fault: string };
