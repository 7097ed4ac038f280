import type { ReasonDefinition } from "./reason-definition.ts";

/** Reasons why the files or the figures of a region cannot be used; append-only as the whole list. */
export const REGION_REASONS = {
  asset_kind_unknown: {
    family: "asset",
    title: "A region holds an asset of a kind that this program does not know",
    remedy: "Use the version of the program that built the region, or build the region again.",
    retryable: false,
  },
  asset_field_unknown: {
    family: "asset",
    title: "A region file holds a field that its schema does not have",
    remedy: "Use the version of the program that built the region, or build the region again.",
    retryable: false,
  },
  asset_expired: {
    family: "asset",
    title: "A region file is older than its manifest allows",
    remedy: "Refresh the data named in `details`, or load the region without strict mode.",
    retryable: false,
  },
  asset_provenance_refused: {
    family: "asset",
    title: "A region file holds figures of a class that strict mode does not allow",
    remedy: "Replace the figures by published ones, or allow the class named in `details`.",
    retryable: false,
  },
  asset_signature_missing: {
    family: "asset",
    title: "The region is not signed and a signature is required",
    remedy: "Sign the region with `gradeway region sign`, or do not require a signature.",
    retryable: false,
  },
  asset_signature_invalid: {
    family: "asset",
    title: "The signature does not belong to the region's manifest",
    remedy: "Fetch the region again; if it was changed on purpose, sign it again.",
    retryable: false,
  },
  asset_key_untrusted: {
    family: "asset",
    title: "The region is signed with a key that is not trusted",
    remedy: "Add the public key named in `details` to the trusted keys if it is the right one.",
    retryable: false,
  },
  asset_key_revoked: {
    family: "asset",
    title: "The region is signed with a key that was revoked",
    remedy: "Sign the region with a key that is still in use.",
    retryable: false,
  },
  asset_manifest_outdated: {
    family: "asset",
    title: "A newer version of the region was accepted before",
    remedy: "Use the newer version, or remove the region from the file of accepted manifests.",
    retryable: false,
  },
  asset_fetch_failed: {
    family: "asset",
    title: "A file could not be fetched",
    remedy:
      "Try again; the cause is in `details`. A download that was cut off goes on where it ended.",
    retryable: true,
  },
  asset_source_resting: {
    family: "asset",
    title: "The source of region files failed repeatedly and is being left alone for a while",
    remedy: "Try again after the cool-down.",
    retryable: true,
  },
  asset_host_not_allowed: {
    family: "asset",
    title: "A region file would come from a host that is not allowed",
    remedy: "Add the host named in `details` to the allowed hosts if you trust it.",
    retryable: false,
  },
  storage_insufficient: {
    family: "service",
    title: "There is not enough room on the disk",
    remedy: "Make room for the bytes named in `details`, or choose another directory.",
    retryable: false,
  },
  figure_missing: {
    family: "asset",
    title: "The region lacks a figure that the answer needs",
    remedy: "Add a row for the figure in `details`, or build the region for the right country.",
    retryable: false,
  },
  figure_not_in_force: {
    family: "asset",
    title: "No row of a figure holds on the day asked for",
    remedy: "Ask for a day in one of `details.periods`, or add a row for the day.",
    retryable: false,
  },
  figure_stale: {
    family: "asset",
    title: "A figure is older than strict mode allows",
    remedy: "Refresh the figure in `details`, or do without strict mode.",
    retryable: false,
  },
  figure_currency_mismatch: {
    family: "asset",
    title: "A figure is in another currency than the region",
    remedy: "Build the region for the country of its prices, or give it prices in its currency.",
    retryable: false,
  },
  asset_requirement_unmet: {
    family: "asset",
    title: "The server holds other assets than the request demands",
    remedy: "Send the request to a server with the assets in `details`, or do not demand them.",
    retryable: true,
  },
  region_self_test_failed: {
    family: "asset",
    title: "A region could be loaded, but no trip could be planned on it",
    remedy: "Build the region again; the version that was in use before stays in use.",
    retryable: false,
  },
  hierarchy_graph_mismatch: {
    family: "asset",
    title: "A hierarchy was built for another routing graph",
    remedy: "Build the region again, so that both are of one build.",
    retryable: false,
  },
} as const satisfies Record<string, ReasonDefinition>;
