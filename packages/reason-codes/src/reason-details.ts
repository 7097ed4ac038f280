import type { ReasonCode } from "./reason-codes.ts";

/** One fault in a request or a file: where, and what is wrong. */
export interface Issue {
  /** JSON pointer of the field, or "" for the whole document. */
  readonly pointer: string;
  readonly message: string;
}

/** Codes that carry data, with the shape of that data. */
interface DetailsByCode {
  request_invalid: { readonly issues: readonly Issue[] };
  request_feature_unavailable: { readonly field: string };
  request_too_large: { readonly limitBytes: number };
  osm_pbf_invalid: {
    /** Byte offset in the file of the block at fault. */
    readonly offset: number;
    readonly problem: string;
  };
  terrain_fetch_failed: {
    readonly tile: string;
    readonly status?: number;
    readonly attempts: number;
    readonly problem: string;
  };
  terrain_circuit_open: { readonly origin: string; readonly retryAfterS: number };
  terrain_host_not_allowed: { readonly host: string };
  terrain_tile_corrupt: { readonly tile: string; readonly problem: string };
  terrain_dem_asset_unavailable: { readonly source: string; readonly problem: string };
  terrain_dem_coverage_insufficient: {
    readonly requiredRatio: number;
    readonly observedRatio: number;
    readonly missingTiles: readonly string[];
    /** Which leg of a trip with waypoints, counted from 1. */
    readonly leg?: number;
  };
  terrain_region_unsupported: { readonly bbox: readonly [number, number, number, number] };
  terrain_tile_budget_exceeded: { readonly limit: number; readonly needed: number };
  terrain_decoder_overloaded: { readonly waiting: number; readonly retryAfterS: number };
  /** The key is named by the sha256 of its public half (SPKI, DER). */
  terrain_snapshot_untrusted: { readonly source: string; readonly keyId: string };
  terrain_snapshot_signature_invalid: { readonly source: string; readonly keyId: string };
  routing_graph_coverage_gap: {
    readonly point: "origin" | "destination" | `waypoint ${number}`;
    readonly lonLat: readonly [number, number];
    readonly radiusM: number;
    /** Distance to the nearest road of any kind; null when none lies within the hard limit. */
    readonly nearestRoadM: number | null;
    /** The rule that keeps the vehicle off that road; null when it simply is too far. */
    readonly refusedBy: string | null;
    /** OSM way of that road. */
    readonly osmWayId: number | null;
    /** Distance to the nearest road that the vehicle may use; null when none within the hard limit. */
    readonly nearestUsableM: number | null;
  };
  routing_graph_disconnected_od: {
    readonly originComponentNodes: number;
    readonly destinationComponentNodes: number;
  };
  route_compute_timeout: { readonly deadlineMs: number; readonly elapsedMs: number };
  search_budget_exceeded: { readonly limitBytes: number };
  search_cost_overflow: { readonly objective: string };
  /** Seconds, currency units, kg: the limited objectives, and what each could be at best. */
  epsilon_infeasible: {
    readonly limits: { readonly time?: number; readonly money?: number; readonly co2e?: number };
    readonly best: { readonly time?: number; readonly money?: number; readonly co2e?: number };
  };
  end_avoided: {
    readonly point: "origin" | "destination" | `waypoint ${number}`;
    readonly lonLat: readonly [number, number];
    readonly osmWayId: number;
  };
  /** The field of the request that leaves no route. */
  no_route_candidates: { readonly field?: string };
  vehicle_profile_unavailable: { readonly vehicle: string; readonly known: readonly string[] };
  payload_exceeds_limit: { readonly payloadKg: number; readonly maxPayloadKg: number };
  vehicle_inconsistent: { readonly issues: readonly Issue[] };
  vehicle_range_exceeded: {
    /** Least that any route draws on balance. */
    readonly neededKwh: number;
    /** What may be drawn before the reserve is touched. */
    readonly availableKwh: number;
    readonly usableKwh: number;
    /** Shares of `usableKwh`. */
    readonly stateOfCharge: number;
    readonly reserve: number;
  };
  carbon_price_unknown: { readonly carbonPrice: string; readonly known: readonly string[] };
  asset_hash_mismatch: {
    readonly asset: string;
    readonly expectedSha256: string;
    /** Null when the file was not read to its end because its size is another one. */
    readonly observedSha256: string | null;
  };
  asset_version_unsupported: {
    readonly asset: string;
    readonly observed: number | string;
    readonly supported: readonly (number | string)[];
  };
  asset_missing: { readonly asset: string; readonly path: string };
  asset_invalid: { readonly asset: string; readonly issues: readonly Issue[] };
  asset_kind_unknown: { readonly asset: string; readonly kind: string };
  asset_field_unknown: { readonly asset: string; readonly issues: readonly Issue[] };
  asset_expired: {
    readonly asset: string;
    /** Date of the data, and how many days old it may become. */
    readonly asOf: string;
    readonly maxAgeDays: number;
    readonly ageDays: number;
  };
  asset_provenance_refused: {
    readonly asset: string;
    readonly provenance: string;
    readonly allowed: readonly string[];
  };
  asset_signature_missing: { readonly asset: string };
  asset_signature_invalid: { readonly asset: string; readonly keyId: string };
  asset_key_untrusted: { readonly asset: string; readonly keyId: string };
  asset_key_revoked: { readonly asset: string; readonly keyId: string };
  asset_manifest_outdated: {
    readonly asset: string;
    readonly sequence: number;
    readonly acceptedSequence: number;
  };
  asset_fetch_failed: {
    readonly location: string;
    readonly status?: number;
    readonly attempts: number;
    readonly problem: string;
  };
  asset_source_resting: { readonly origin: string; readonly retryAfterS: number };
  asset_host_not_allowed: { readonly host: string };
  asset_requirement_unmet: {
    readonly unmet: readonly {
      readonly asset: string;
      readonly demandedSha256: string;
      /** Null when the region has no such asset. */
      readonly activeSha256: string | null;
    }[];
  };
  region_self_test_failed: { readonly problem: string };
  /** Hashes in the headers of routing graphs: of the one at hand, and of the one that was meant. */
  hierarchy_graph_mismatch: { readonly expectedSha256: string; readonly observedSha256: string };
  storage_insufficient: {
    readonly directory: string;
    readonly neededBytes: number;
    readonly availableBytes: number;
  };
  figure_missing: { readonly figure: string };
  figure_not_in_force: {
    readonly figure: string;
    /** ISO date. */
    readonly on: string;
    /** `first/last` of every row, `..` for no end. */
    readonly periods: readonly string[];
  };
  figure_stale: {
    readonly figure: string;
    readonly validFrom: string;
    readonly on: string;
    readonly ageDays: number;
    readonly maxAgeDays: number;
  };
  figure_currency_mismatch: {
    readonly figure: string;
    readonly unit: string;
    readonly currency: string;
  };
  feed_figure_implausible: { readonly feed: string; readonly issues: readonly Issue[] };
  feed_data_expired: {
    readonly feed: string;
    /** ISO date of the figures. */
    readonly asOf: string;
    readonly ageDays: number;
    readonly maxAgeDays: number;
  };
  feed_data_future: { readonly feed: string; readonly asOf: string; readonly today: string };
  feed_data_outdated: { readonly feed: string; readonly asOf: string; readonly heldAsOf: string };
  feed_not_kept: { readonly feed: string; readonly problem: string };
  planner_overloaded: { readonly retryAfterS: number };
}

/** Details of a code; an empty object for codes that carry none. */
export type ReasonDetails<C extends ReasonCode> = C extends keyof DetailsByCode
  ? DetailsByCode[C]
  : Record<string, never>;
