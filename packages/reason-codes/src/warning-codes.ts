/**
 * Things that did not stop the request but make the answer weaker than asked for. Append-only, as
 * the reason codes are.
 */
export const WARNING_CODES = {
  terrain_void_on_route: "Elevation is unknown on part of a route; that part is costed as level.",
  terrain_not_available: "The region was built without elevation; every route is costed as level.",
  toll_tariff_unresolved:
    "A route uses a toll road whose tariff is not known; the toll is missing.",
  snap_moved_off_fragment:
    "The nearest road is an isolated fragment; the point was moved to the nearest connected road.",
  turn_restriction_ignored: "The extract holds turn restrictions of a kind that is not modelled.",
  conditional_access_ignored: "Conditional access tags were not evaluated.",
  road_limit_unreadable:
    "Some height, width, length or weight limits cannot be read; they are treated as no limit.",
  data_synthetic: "The region is synthetic; it is not a real place.",
  data_assumed: "Some figures are assumptions without a published source.",
  terrain_tile_stale:
    "Elevation tiles that are too old were used, because they could not be fetched again.",
  terrain_fallback_used:
    "Elevation tiles came from the region's signed snapshot, because the live source did not answer.",
  terrain_live_unavailable:
    "No live elevation source is configured; the answer rests on the region's own heights.",
  search_without_elevation:
    "The region has no heights: routes were found as if roads were level, and evaluated on live heights.",
  speed_limits_assumed:
    "Legal speed limits of some of the region's countries are not known; other limits were taken for them.",
  driver_rest_included:
    "A route takes more driving than the day allows; its duration holds daily rests.",
  data_stale: "Some data of the region are older than they may become; see the details.",
  evaluation_skipped:
    "The deadline left no time to drive the routes again with their speed carried along; figures are those of the search.",
  limit_exceeded_evaluated:
    "A shown route keeps a limit in the search, but lies above it when it is driven with its speed carried along and the stops of its driver; see the details.",
  custom_vehicle_rates:
    "Costs, tolls and legal speeds are those of the vehicle that the one of the request is based on.",
  driver_hours_not_kept:
    "Vehicles up to 3.5 t keep no rules of drivers' hours unless the request names some; the driver of a truck would have to stop on this trip.",
} as const satisfies Record<string, string>;

/** One of the frozen warning codes. */
export type WarningCode = keyof typeof WARNING_CODES;

/** A warning in an answer. */
export interface Warning {
  readonly code: WarningCode;
  readonly message: string;
  readonly details?: Readonly<Record<string, unknown>>;
}

/** Builds a warning with the standard text of its code. */
export function createWarning(
  code: WarningCode,
  details?: Readonly<Record<string, unknown>>,
): Warning {
  return details === undefined
    ? { code, message: WARNING_CODES[code] }
    : { code, message: WARNING_CODES[code], details };
}
