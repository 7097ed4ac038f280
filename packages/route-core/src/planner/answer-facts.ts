import type { VehicleProfile } from "../costing/vehicle-profile.ts";
import type { Weather } from "../costing/weather.ts";
import type { CarbonPrice } from "../costing/carbon-price.ts";
import type { Bbox, LonLat } from "../geo/lon-lat.ts";
import type { BatteryState } from "./battery-state.ts";

/** The vehicle that an answer is about. */
export interface DrivenVehicle {
  readonly id: string;
  readonly name: string;
  /** Multiplies all fuel: other engines than the row's. 1 in every row; of a diesel vehicle. */
  readonly technologyFactor?: number;
  /** Multiplies all fuel: what a fleet does besides the route. 1 in every row; of a diesel vehicle. */
  readonly fleetFactor?: number;
}

/** Which data and which program made an answer. */
export interface Provenance {
  readonly engine: { readonly name: "gradeway"; readonly version: string };
  readonly region: {
    readonly name: string;
    readonly synthetic: boolean;
    readonly manifestSha256: string;
  };
  readonly graph: { readonly sha256: string; readonly osmTimestamp: string | null };
  readonly elevation: {
    readonly source: string;
    readonly coverageRatio: number;
    /** Standard deviation in metres with which heights were smoothed along the network. */
    readonly smoothingM: number;
  };
  /** Heights that were sampled for the answer; absent where those of the graph count. */
  readonly liveElevation?: {
    readonly source: string;
    /** Hash over the ids and bytes of the tiles that were used. */
    readonly tilesSha256: string;
    /** Standard deviation of the smoothing along each route, m. */
    readonly smoothingM: number;
  };
  readonly rates: { readonly sha256: string; readonly asOf: string };
  /** The price of carbon in the money; absent where it is none. */
  readonly carbonPrice?: CarbonPrice;
  readonly vehicles: { readonly sha256: string };
  /** The vehicle that was driven; a region by itself has none. */
  readonly vehicle?: DrivenVehicle;
  /** All figures of the vehicle, where the request described one. */
  readonly customVehicle?: VehicleProfile;
  /** The weather that the trip was planned with, where the request told of one. */
  readonly weather?: Weather;
  /** What the battery set out with; absent for a diesel vehicle. */
  readonly battery?: BatteryState;
  /** sha256 of every asset of the region by its name. */
  readonly assets: Readonly<Record<string, string>>;
  readonly attribution: readonly string[];
}

/** Names a vehicle with what multiplies its fuel. */
export function drivenVehicle(vehicle: VehicleProfile): DrivenVehicle {
  const { id, name } = vehicle;
  if (vehicle.energy === "battery") return { id, name };
  const { technologyFactor = 1, fleetFactor = 1 } = vehicle;
  return { id, name, technologyFactor, fleetFactor };
}

/** Where an end of the trip was put on the road network. */
export interface SnapReport {
  readonly lonLat: LonLat;
  readonly distanceM: number;
  readonly osmWayId: number;
}

/** Where a trip was put on the road network. */
export interface SnappedTrip {
  readonly origin: SnapReport;
  readonly destination: SnapReport;
  /** Present where the trip has waypoints. */
  readonly waypoints?: readonly SnapReport[];
}

/** Figures about the work done; never part of the reproducible body. */
export interface PlanDiagnostics {
  readonly searchMs: number;
  readonly totalMs: number;
  readonly labels: number;
  readonly pops: number;
  readonly frontSize: number;
}

/** Public facts about a loaded region. */
export interface RegionSummary {
  readonly name: string;
  readonly synthetic: boolean;
  readonly bbox: Bbox;
  readonly currency: string;
  readonly nodeCount: number;
  readonly edgeCount: number;
  readonly attribution: readonly string[];
  readonly vehicles: readonly {
    readonly id: string;
    readonly name: string;
    readonly maxPayloadKg: number;
  }[];
}
