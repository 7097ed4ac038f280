import type { ReasonCode } from "@gradeway/reason-codes";

/** How a reason code is told over HTTP. */
export interface HttpMapping {
  readonly status: 400 | 404 | 405 | 413 | 415 | 422 | 500 | 503 | 504;
  /** Seconds after which a retry makes sense, unless the error's details say otherwise. */
  readonly retryAfterS?: number;
}

/**
 * HTTP status of every reason code: 400 malformed, 405 wrong method, 413 too large, 415 not JSON, 422
 * valid but impossible, 503 a part of the service is missing or busy, 504 out of time. A new code
 * without a row does not compile.
 */
export const REASON_HTTP = {
  request_invalid: { status: 400 },
  request_feature_unavailable: { status: 422 },
  request_too_large: { status: 413 },
  not_found: { status: 404 },
  internal_error: { status: 500 },
  planner_overloaded: { status: 503, retryAfterS: 1 },
  planner_stopped: { status: 503, retryAfterS: 1 },
  osm_pbf_invalid: { status: 503 },
  terrain_fetch_failed: { status: 503, retryAfterS: 5 },
  terrain_circuit_open: { status: 503, retryAfterS: 30 },
  terrain_host_not_allowed: { status: 503 },
  terrain_tile_corrupt: { status: 503 },
  terrain_dem_asset_unavailable: { status: 503 },
  terrain_dem_coverage_insufficient: { status: 422 },
  routing_graph_coverage_gap: { status: 422 },
  routing_graph_disconnected_od: { status: 422 },
  routing_graph_empty: { status: 503 },
  no_route_candidates: { status: 422 },
  epsilon_infeasible: { status: 422 },
  end_avoided: { status: 422 },
  route_compute_timeout: { status: 504 },
  search_budget_exceeded: { status: 422 },
  search_cost_overflow: { status: 422 },
  vehicle_profile_unavailable: { status: 422 },
  payload_exceeds_limit: { status: 422 },
  carbon_price_unknown: { status: 422 },
  asset_hash_mismatch: { status: 503 },
  asset_version_unsupported: { status: 503 },
  asset_missing: { status: 503 },
  asset_invalid: { status: 503 },
  routing_graph_warming_up: { status: 503, retryAfterS: 2 },
  media_type_unsupported: { status: 415 },
  method_not_allowed: { status: 405 },
  terrain_region_unsupported: { status: 422 },
  terrain_dem_url_missing: { status: 503 },
  terrain_tile_budget_exceeded: { status: 422 },
  terrain_decoder_overloaded: { status: 503, retryAfterS: 1 },
  terrain_snapshot_untrusted: { status: 503 },
  terrain_snapshot_signature_invalid: { status: 503 },
  asset_kind_unknown: { status: 503 },
  asset_field_unknown: { status: 503 },
  asset_expired: { status: 503 },
  asset_provenance_refused: { status: 503 },
  asset_signature_missing: { status: 503 },
  asset_signature_invalid: { status: 503 },
  asset_key_untrusted: { status: 503 },
  asset_key_revoked: { status: 503 },
  asset_manifest_outdated: { status: 503 },
  asset_fetch_failed: { status: 503, retryAfterS: 5 },
  asset_source_resting: { status: 503, retryAfterS: 30 },
  asset_host_not_allowed: { status: 503 },
  storage_insufficient: { status: 503 },
  figure_missing: { status: 503 },
  figure_not_in_force: { status: 503 },
  figure_stale: { status: 503 },
  figure_currency_mismatch: { status: 503 },
  asset_requirement_unmet: { status: 503, retryAfterS: 5 },
  region_self_test_failed: { status: 503 },
  hierarchy_graph_mismatch: { status: 503 },
  feed_figure_implausible: { status: 503 },
  feed_data_expired: { status: 503 },
  feed_data_future: { status: 503 },
  feed_data_outdated: { status: 503 },
  feed_not_kept: { status: 503 },
  vehicle_range_exceeded: { status: 422 },
  vehicle_inconsistent: { status: 422 },
} as const satisfies Record<ReasonCode, HttpMapping>;

/** Seconds for the `Retry-After` header of an error, or undefined when a retry would not help. */
export function retryAfterS(code: ReasonCode, details: object): number | undefined {
  if ("retryAfterS" in details && typeof details.retryAfterS === "number") {
    return Math.max(1, Math.ceil(details.retryAfterS));
  }
  const mapping: HttpMapping = REASON_HTTP[code];
  return mapping.retryAfterS;
}
