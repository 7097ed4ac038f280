import { FEED_REASONS } from "./feed-reasons.ts";
import type { ReasonDefinition } from "./reason-definition.ts";
import { REGION_REASONS } from "./region-reasons.ts";

/**
 * Every reason an expected failure can have. The list is append-only: a code is never renamed or
 * removed, because callers branch on it.
 */
export const REASON_CODES = {
  request_invalid: {
    family: "request",
    title: "The request is malformed",
    remedy: "Correct the fields named in `details.issues`. Coordinates are [lon, lat].",
    retryable: false,
  },
  request_feature_unavailable: {
    family: "request",
    title: "The request asks for something this version does not model",
    remedy: "Leave out the field named in `details.field`.",
    retryable: false,
  },
  request_too_large: {
    family: "request",
    title: "The request body is larger than the limit",
    remedy: "Send a smaller request.",
    retryable: false,
  },
  not_found: {
    family: "request",
    title: "There is nothing at this address",
    remedy: "See the list of endpoints in the README of the API.",
    retryable: false,
  },
  internal_error: {
    family: "service",
    title: "A fault of ours",
    remedy: "Report it with the instance id of the answer.",
    retryable: false,
  },
  planner_overloaded: {
    family: "service",
    title: "Too many requests are waiting",
    remedy: "Try again after the time in Retry-After.",
    retryable: true,
  },
  planner_stopped: {
    family: "service",
    title: "The planner is shutting down or was cancelled",
    remedy: "Send the request again.",
    retryable: true,
  },
  osm_pbf_invalid: {
    family: "osm",
    title: "The OpenStreetMap file cannot be read",
    remedy: "Check that the file is a complete .osm.pbf; download it again if it was cut off.",
    retryable: false,
  },
  terrain_fetch_failed: {
    family: "terrain",
    title: "An elevation tile could not be fetched",
    remedy: "Check the tile source and the network; the cause is in `details`.",
    retryable: true,
  },
  terrain_circuit_open: {
    family: "terrain",
    title: "The elevation source failed repeatedly and is being left alone for a while",
    remedy: "Try again after the cool-down.",
    retryable: true,
  },
  terrain_host_not_allowed: {
    family: "terrain",
    title: "The elevation source is not on an allowed host",
    remedy: "Add the host to the allowed hosts, or use another source.",
    retryable: false,
  },
  terrain_tile_corrupt: {
    family: "terrain",
    title: "An elevation tile is damaged or not of the expected form",
    remedy: "Replace the tile named in `details`.",
    retryable: false,
  },
  terrain_dem_asset_unavailable: {
    family: "terrain",
    title: "The elevation source does not exist",
    remedy: "Check the directory or URL template of the tiles.",
    retryable: false,
  },
  terrain_dem_coverage_insufficient: {
    family: "terrain",
    title: "Elevation is known for too little of the roads",
    remedy: "Provide the missing tiles, or do without strict and accept void elevation.",
    retryable: false,
  },
  routing_graph_coverage_gap: {
    family: "graph",
    title: "No usable road near the point",
    remedy: "Move the point to a road that the vehicle may use, within 1 km.",
    retryable: false,
  },
  routing_graph_disconnected_od: {
    family: "graph",
    title: "No road connects origin and destination for this vehicle",
    remedy: "Choose points on the same connected network.",
    retryable: false,
  },
  routing_graph_empty: {
    family: "graph",
    title: "The extract holds no road that a truck may use",
    remedy: "Use an extract with roads.",
    retryable: false,
  },
  no_route_candidates: {
    family: "search",
    title: "No route satisfies the request",
    remedy: "Change the request as `details` says.",
    retryable: false,
  },
  route_compute_timeout: {
    family: "search",
    title: "The search did not finish before its deadline",
    remedy: "Raise deadlineMs, or ask for a larger epsilon.",
    retryable: true,
  },
  search_budget_exceeded: {
    family: "search",
    title: "The search needed more memory than its limit",
    remedy: "Ask for a larger epsilon or a shorter trip.",
    retryable: false,
  },
  search_cost_overflow: {
    family: "search",
    title: "A route costs more than the search can count exactly",
    remedy: "Shorten the trip, or check the region's prices.",
    retryable: false,
  },
  vehicle_profile_unavailable: {
    family: "vehicle",
    title: "The vehicle is not known in this region",
    remedy: "Use one of the ids in `details.known`.",
    retryable: false,
  },
  payload_exceeds_limit: {
    family: "vehicle",
    title: "The payload is heavier than the vehicle may carry",
    remedy: "Lower payloadKg or choose a larger vehicle.",
    retryable: false,
  },
  carbon_price_unknown: {
    family: "request",
    title: "The region has no carbon price of that name",
    remedy: "Name one of `details.known`, give a number per tonne, or leave carbonPrice out.",
    retryable: false,
  },
  asset_hash_mismatch: {
    family: "asset",
    title: "A region file is not the one its manifest describes",
    remedy: "Build or fetch the region again.",
    retryable: false,
  },
  asset_version_unsupported: {
    family: "asset",
    title: "A region file has a format version that this program does not read",
    remedy: "Build the region again with this version.",
    retryable: false,
  },
  asset_missing: {
    family: "asset",
    title: "A file cannot be read",
    remedy: "Check the path in `details`; a region is built with `gradeway region build`.",
    retryable: false,
  },
  asset_invalid: {
    family: "asset",
    title: "A region file does not follow its schema",
    remedy: "Build the region again with this version.",
    retryable: false,
  },
  routing_graph_warming_up: {
    family: "service",
    title: "The region is still being loaded",
    remedy: "Try again shortly.",
    retryable: true,
  },
  media_type_unsupported: {
    family: "request",
    title: "The request body is of a kind that is not read",
    remedy: "Send JSON in UTF-8 with content-type: application/json and without content-encoding.",
    retryable: false,
  },
  method_not_allowed: {
    family: "request",
    title: "The address does not answer to this method",
    remedy: "Use a method named in the Allow header.",
    retryable: false,
  },
  terrain_region_unsupported: {
    family: "terrain",
    title: "The place lies outside the area that elevation is served for",
    remedy: "Ask for a place within `details.bbox`.",
    retryable: false,
  },
  terrain_dem_url_missing: {
    family: "terrain",
    title: "Strict mode needs a live elevation source and none is configured",
    remedy: "Set LIVE_TERRAIN_DEM_URL_TEMPLATE, or LIVE_TERRAIN_REQUIRE_URL_IN_STRICT=false.",
    retryable: false,
  },
  terrain_tile_budget_exceeded: {
    family: "terrain",
    title: "The request needs more elevation tiles than it may fetch",
    remedy: "Ask for a shorter line, warm the cache, or raise the limit.",
    retryable: false,
  },
  terrain_decoder_overloaded: {
    family: "terrain",
    title: "Too many elevation tiles are waiting to be decoded",
    remedy: "Try again after the time in Retry-After.",
    retryable: true,
  },
  terrain_snapshot_untrusted: {
    family: "terrain",
    title: "The snapshot of elevation tiles is signed with a key that is not trusted",
    remedy: "Trust the key named in `details` if it is the right one, or use another snapshot.",
    retryable: false,
  },
  terrain_snapshot_signature_invalid: {
    family: "terrain",
    title: "The signature of the snapshot of elevation tiles does not fit its list of tiles",
    remedy: "Fetch the snapshot again: it was changed after it was signed.",
    retryable: false,
  },
  epsilon_infeasible: {
    family: "search",
    title: "No route keeps the limits of the request",
    remedy: "Raise the limits: `details.best` has the best possible value of each on its own.",
    retryable: false,
  },
  end_avoided: {
    family: "search",
    title: "An end of the trip lies on a road that the request avoids",
    remedy: "Move the end named in `details.point`, or avoid less.",
    retryable: false,
  },
  ...REGION_REASONS,
  ...FEED_REASONS,
  vehicle_range_exceeded: {
    family: "vehicle",
    title: "The battery does not last for the trip",
    remedy: "Start with a fuller battery, keep less in reserve, or charge on the way.",
    retryable: false,
  },
  vehicle_inconsistent: {
    family: "vehicle",
    title: "The vehicle of the request cannot exist",
    remedy: "Correct the fields named in `details.issues`; state `platedKg` for a heavier vehicle.",
    retryable: false,
  },
} as const satisfies Record<string, ReasonDefinition>;

/** One of the frozen reason codes. */
export type ReasonCode = keyof typeof REASON_CODES;
