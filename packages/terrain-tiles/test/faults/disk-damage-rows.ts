import type { CacheDamage } from "@gradeway/test-kit";

import type { Outcome } from "./outcome.ts";

/** The situations in which every damage is tried, in the order of {@link DamageRow.outcomes}. */
export const DAMAGE_MODES = [
  { id: "origin-answers", title: "origin answers" },
  { id: "strict", title: "origin fails, strict" },
  { id: "fallback", title: "origin fails, snapshot allowed" },
  { id: "stale", title: "origin fails, copy too old, not strict" },
] as const;

/** One of {@link DAMAGE_MODES}. */
export type DamageMode = (typeof DAMAGE_MODES)[number]["id"];

/** A damage to the copy of a tile on disk, and what comes of it. */
export interface DamageRow {
  readonly damage: CacheDamage;
  /** Whether the tile of the signed snapshot is changed as well. */
  readonly withSnapshot?: boolean;
  /** As the documentation says it. */
  readonly title: string;
  readonly outcomes: readonly [Outcome, Outcome, Outcome, Outcome];
}

/** The damaged copy is as good as none, however old it is. */
const NO_COPY = ["live", "terrain_fetch_failed", "snapshot", "terrain_fetch_failed"] as const;

/** Everything that can be wrong with the files of a tile. */
export const DAMAGE_ROWS: readonly DamageRow[] = [
  { damage: "flipped-byte", title: "a bit of the tile is flipped", outcomes: NO_COPY },
  { damage: "truncated", title: "the tile is cut short", outcomes: NO_COPY },
  { damage: "no-sidecar", title: "the hash beside it is missing", outcomes: NO_COPY },
  { damage: "unreadable-sidecar", title: "the hash cannot be read", outcomes: NO_COPY },
  { damage: "foreign-sidecar", title: "the hash is that of another tile", outcomes: NO_COPY },
  { damage: "no-tile", title: "only the hash is there", outcomes: NO_COPY },
  {
    damage: "foreign-tile",
    title: "tile and hash of another place",
    outcomes: NO_COPY,
  },
  {
    damage: "flipped-byte",
    withSnapshot: true,
    title: "a bit is flipped, and the tile of the snapshot is changed too",
    outcomes: ["live", "terrain_fetch_failed", "terrain_fetch_failed", "terrain_fetch_failed"],
  },
  {
    damage: "temporaries",
    title: "half-written files of a killed process beside it",
    outcomes: ["cached", "cached", "cached", "stale"],
  },
];
