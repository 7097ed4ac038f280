import type { ReasonCode } from "@gradeway/reason-codes";
import type { TileFaultRule } from "@gradeway/test-kit";

import type { LiveTerrainSettingsInput } from "../../src/index.ts";
import type { Outcome } from "./outcome.ts";

/** The situations in which every fault is tried, in the order of {@link FaultRow.outcomes}. */
export const FAULT_MODES = [
  { id: "strict", title: "no copy, strict" },
  { id: "fallback", title: "no copy, snapshot allowed" },
  { id: "warm", title: "copy on disk" },
  { id: "stale", title: "copy too old, strict" },
  { id: "stand-in", title: "copy too old, not strict or snapshot allowed" },
] as const;

/** One of {@link FAULT_MODES}. */
export type FaultMode = (typeof FAULT_MODES)[number]["id"];

/** Something that happens before the tile is asked for. */
export type Prelude = "origin-gone" | "other-tile-fails" | "other-tile-fetched";

/** One fault and what comes of it. */
export interface FaultRow {
  /** As the documentation says it. */
  readonly fault: string;
  /** What the origin does to requests for the tile. */
  readonly rules?: readonly Omit<TileFaultRule, "tiles">[];
  readonly prelude?: Prelude;
  readonly settings?: LiveTerrainSettingsInput;
  /** Time that the request has, and what an origin that is busy asks for: 1 s unless told. */
  readonly deadlineMs?: number;
  readonly retryAfterS?: number;
  /** Whether the fault concerns strict requests only. */
  readonly isStrictOnly?: boolean;
  /** Requests for the tile that the origin sees; none where a copy on disk answers. */
  readonly requests: number;
  /** Attempts that count against the circuit, and whether one that succeeds ends the row. */
  readonly failures: number;
  readonly recovers?: boolean;
  /** Tiles of the budget that the request uses; none where a copy on disk answers. Default 1. */
  readonly budgetTiles?: number;
  /** Whether already opening the terrain, or beginning the request, is refused. */
  readonly refusedAt?: "open" | "begin";
  readonly outcomes: readonly [Outcome, Outcome, Outcome, Outcome, Outcome];
}

/** The live source cannot give the tile: something stands in where that is allowed. */
const failing = (code: ReasonCode): FaultRow["outcomes"] => [
  code,
  "snapshot",
  "cached",
  code,
  "stale",
];
const FETCHED = ["live", "live", "cached", "live", "live"] as const;
const OUTAGE = failing("terrain_fetch_failed");
const CORRUPT = failing("terrain_tile_corrupt");
const all = (code: ReasonCode): FaultRow["outcomes"] => [code, code, code, code, code];

/** Everything that can go wrong on the way to the origin and there. */
export const FAULT_ROWS: readonly FaultRow[] = [
  { fault: "none", requests: 1, failures: 0, outcomes: FETCHED },
  {
    fault: "404",
    rules: [{ fault: "not-found" }],
    requests: 1,
    failures: 0,
    outcomes: ["void", "void", "cached", "void", "void"],
  },
  { fault: "403", rules: [{ fault: "forbidden" }], requests: 1, failures: 0, outcomes: OUTAGE },
  {
    fault: "429 with `Retry-After: 1`, once",
    rules: [{ fault: "too-many-requests", attempts: [0, 1] }],
    requests: 2,
    failures: 1,
    recovers: true,
    outcomes: FETCHED,
  },
  {
    fault: "429 with a `Retry-After` that ends after the deadline",
    rules: [{ fault: "too-many-requests" }],
    deadlineMs: 20_000,
    retryAfterS: 30,
    requests: 1,
    failures: 1,
    outcomes: OUTAGE,
  },
  {
    fault: "500 once",
    rules: [{ fault: "server-error", attempts: [0, 1] }],
    requests: 2,
    failures: 1,
    recovers: true,
    outcomes: FETCHED,
  },
  {
    fault: "500 at every attempt",
    rules: [{ fault: "server-error" }],
    requests: 3,
    failures: 3,
    outcomes: OUTAGE,
  },
  {
    fault: "no answer within the time of an attempt",
    rules: [{ fault: "slow" }],
    settings: { requestTimeoutS: 1, fetchRetries: 1 },
    requests: 2,
    failures: 2,
    outcomes: OUTAGE,
  },
  {
    fault: "an answer that does not end within that time",
    rules: [{ fault: "stalled" }],
    settings: { requestTimeoutS: 1, fetchRetries: 1 },
    requests: 2,
    failures: 2,
    outcomes: OUTAGE,
  },
  {
    fault: "connection cut during the answer",
    rules: [{ fault: "cut-off" }],
    requests: 3,
    failures: 3,
    outcomes: OUTAGE,
  },
  {
    fault: "connection reset",
    rules: [{ fault: "reset" }],
    requests: 3,
    failures: 3,
    outcomes: OUTAGE,
  },
  {
    fault: "connection refused",
    prelude: "origin-gone",
    requests: 0,
    failures: 3,
    outcomes: OUTAGE,
  },
  {
    fault: "deadline already over",
    deadlineMs: 0,
    requests: 0,
    failures: 0,
    outcomes: OUTAGE,
  },
  {
    fault: "circuit open after other failures",
    prelude: "other-tile-fails",
    requests: 0,
    failures: 3,
    outcomes: failing("terrain_circuit_open"),
  },
  {
    fault: "budget of the request used up",
    prelude: "other-tile-fetched",
    settings: { maxRemoteTilesPerRoute: 1 },
    requests: 0,
    failures: 0,
    budgetTiles: 0,
    outcomes: failing("terrain_tile_budget_exceeded"),
  },
  {
    fault: "tile cut short",
    rules: [{ fault: "shortened" }],
    requests: 1,
    failures: 0,
    outcomes: CORRUPT,
  },
  {
    fault: "empty answer",
    rules: [{ fault: "empty" }],
    requests: 1,
    failures: 0,
    outcomes: CORRUPT,
  },
  {
    fault: "a web page with status 200",
    rules: [{ fault: "html" }],
    requests: 1,
    failures: 0,
    outcomes: CORRUPT,
  },
  { fault: "garbage", rules: [{ fault: "garbage" }], requests: 1, failures: 0, outcomes: CORRUPT },
  {
    fault: "the tile of another place",
    rules: [{ fault: "wrong-place" }],
    requests: 1,
    failures: 0,
    outcomes: CORRUPT,
  },
  {
    fault: "a tile in another coordinate system",
    rules: [{ fault: "wrong-crs" }],
    requests: 1,
    failures: 0,
    outcomes: CORRUPT,
  },
  {
    fault: "a tile with two bands",
    rules: [{ fault: "two-bands" }],
    requests: 1,
    failures: 0,
    outcomes: CORRUPT,
  },
  {
    fault: "a tile of 256 x 256 pixels",
    rules: [{ fault: "wrong-size" }],
    requests: 1,
    failures: 0,
    outcomes: CORRUPT,
  },
  {
    fault: "more than 8 MiB",
    rules: [{ fault: "oversized" }],
    requests: 1,
    failures: 0,
    outcomes: CORRUPT,
  },
  {
    fault: "redirect to a host that is not listed",
    rules: [{ fault: "redirect-elsewhere" }],
    requests: 1,
    failures: 0,
    outcomes: failing("terrain_host_not_allowed"),
  },
  {
    fault: "redirect to a host that is listed",
    // The tile lies where the redirect leads.
    rules: [{ fault: "redirect-allowed" }],
    requests: 2,
    failures: 0,
    outcomes: FETCHED,
  },
  {
    fault: "no URL template",
    settings: { urlTemplate: "", requireUrlInStrict: false },
    requests: 0,
    failures: 0,
    budgetTiles: 0,
    outcomes: failing("terrain_dem_url_missing"),
  },
  {
    fault: "no URL template, while strict requests need one",
    settings: { urlTemplate: "" },
    isStrictOnly: true,
    refusedAt: "begin",
    requests: 0,
    failures: 0,
    outcomes: all("terrain_dem_url_missing"),
  },
  {
    fault: "template with a host that is not listed",
    settings: { allowedHosts: ["example.org"] },
    refusedAt: "open",
    requests: 0,
    failures: 0,
    outcomes: all("terrain_host_not_allowed"),
  },
  {
    fault: "template without `{y}`",
    settings: { urlTemplate: "http://localhost/{z}/{x}" },
    refusedAt: "open",
    requests: 0,
    failures: 0,
    outcomes: all("terrain_dem_asset_unavailable"),
  },
];
