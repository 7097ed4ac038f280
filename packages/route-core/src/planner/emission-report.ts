/** Grams CO2e per tonne-kilometre: burnt, made, and both. */
export interface Intensity {
  readonly ttw: number;
  readonly wtt: number;
  /** Well to wheel. */
  readonly wtw: number;
}

/**
 * What ISO 14083:2023 asks a carrier to report about a transport, on road alone and without hubs. An
 * intensity is null where nothing is carried: emissions without transport activity have none.
 */
export interface EmissionReport {
  readonly standard: "ISO 14083:2023";
  readonly energyCarrier: "diesel" | "electricity";
  /** Of the loaded trip and the empty kilometres that go with it, kg CO2e. */
  readonly co2eKg: { readonly ttw: number; readonly wtt: number; readonly total: number };
  /** Mass of the freight, without packaging of the carrier. */
  readonly payloadKg: number;
  readonly distance: {
    /** Driven on this route. */
    readonly actualKm: number;
    /** Between origin and destination. */
    readonly greatCircleKm: number;
    /**
     * Actual by great-circle distance: the distance adjustment factor. Null where a trip ends where
     * it began.
     */
    readonly adjustmentFactor: number | null;
  };
  /** Tonne-kilometres on either distance. */
  readonly transportActivityTkm: { readonly actual: number; readonly greatCircle: number };
  /**
   * Emissions by transport activity on either distance. The standard counts activity by great circle
   * or shortest feasible distance; the latter is not computed.
   */
  readonly gPerTkm: {
    readonly actual: Intensity | null;
    readonly greatCircle: Intensity | null;
  };
  /** Present where the request names a share of empty running. */
  readonly emptyRunning?: EmptyRunning;
}

/** Kilometres without freight that the loaded ones bring along. */
export interface EmptyRunning {
  /** Of all kilometres. */
  readonly share: number;
  /** Of the empty vehicle on this route, kg, by the search tier whatever tier the rest is from. */
  readonly co2eKg: { readonly ttw: number; readonly wtt: number };
}
